// As whom a listener will see a caller, read out of the plan: kube-apiserver and kubelet take CN as the user and each O as a group.
/** @import { Connection, Plan } from './wasm.d.ts' */
import { commonName, named } from './names.js';

/** Null where nobody looks, as in etcd, or where a token says who it is. @param {Connection} connection @param {Plan} plan */
export function seen({ listener, client }, plan) {
  const certificate = plan.certificates.find(({ id }) => id === client.certificate);
  if (!certificate || !['kube-apiserver', 'kubelet'].includes(named(listener).name)) return null;
  return { user: commonName(certificate), groups: [...certificate.subject.filter(({ type }) => type === 'O').map(({ value }) => value), 'system:authenticated'] };
}
