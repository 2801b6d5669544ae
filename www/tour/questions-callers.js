// The authority, and those who only call: what a badge is, who reads it, and what in it counts.
/** @import { Asking } from './questions.js' */
import { commonName, named } from '../names.js';
import { unique } from '../layout/geometry.js';
import { group } from './chapters.js';
import { one, sentence, some } from './questions.js';

/** @satisfies {Record<string, Asking>} */
export const callers = {
  ca: ({ connections, certificates, ca, plan }) => {
    const signed = certificates.filter(({ kind, issuer }) => issuer === ca.id && kind !== 'key-pair').length + (plan.totals.certificates - certificates.filter(({ kind }) => kind !== 'key-pair').length);
    const untouched = connections.filter(({ client, server }) => client.authority !== ca.id && server.authority !== ca.id).length;
    return [
      sentence('ca.self', {}, ['itself', 'public', 'apiserver', 'nobody'], ca.issuer === ca.id ? 'itself' : 'public'),
      one('ca.count', { n: plan.totals.certificates, signed }, [1, plan.totals.certificates, signed - 1, plan.totals.certificates + 2], signed),
      one('ca.anew', { n: connections.length, untouched }, [0, 1, Math.ceil(connections.length / 2), connections.length], untouched),
    ];
  },
  admin: ({ certificate, plan, ca }) => {
    const admin = certificate('admin'), cn = commonName(admin), o = group(admin);
    return [
      one('admin.user', { cn }, [o, 'admin.crt', 'root', 'kubectl', commonName(ca)], cn),
      sentence('admin.rights', { o: o || '–' }, ['o', 'cn', 'file', 'signature'], o ? 'o' : 'cn'),
      sentence(o === 'system:masters' ? 'admin.lost' : 'admin.lost.bound', { days: admin?.validityDays ?? plan.cluster.validityDays, o }, ['delete', 'revoke', 'binding', 'wait'], o === 'system:masters' ? 'wait' : 'binding'),
    ];
  },
  'controller-manager': ({ connections, certificates, signer, plate, first }, { certificates: [own] }) => {
    const call = first('kube-controller-manager/kube-apiserver'), readers = unique(connections.filter(({ client }) => client.certificate === own?.id).map(({ listener }) => named(listener).name));
    return [
      sentence('controller-manager.local', { host: call?.dials[0].host ?? '' }, ['needs', 'local', 'anonymous'], call?.client.certificate ? 'needs' : 'local'),
      some('controller-manager.keys', {}, [[`${own?.id ?? ''}.key`, true], [signer ? `${signer.id}.key` : '', true], [`${plate?.id ?? ''}.key`, false], [`${certificates.find(({ id }) => /scheduler/.test(id))?.id ?? 'kube-scheduler'}.key`, false]]),
      one('controller-manager.checks', {}, ['etcd', 'kubelet', 'kube-scheduler', 'kube-proxy'], readers[0] ?? 'kube-apiserver'),
    ];
  },
  'kube-proxy': ({ connections, workers, masters, plate, pod, toKubelet, signer, plan, certificate }, { certificates: [own], connections: calls }) => {
    if (!own) return [
      sentence('kube-proxy.token', {}, ['token', 'kubelet', 'nothing'], pod ? 'token' : 'nothing'),
      one('kube-proxy.signed', {}, plan.certificates.filter(({ kind }) => kind === 'authority').map(({ id }) => `${id}.key`), `${signer?.id ?? ''}.key`),
      one('kube-proxy.trusts', {}, ['etcd/ca.crt', 'front-proxy-ca.crt', `${signer?.id}.pub`], `${pod?.client.authority ?? 'ca'}.crt`),
    ];
    const users = (/** @type {typeof calls} */ some) => new Set(some.map(({ client }) => commonName(certificate(client.certificate)))).size;
    const usual = calls[0]?.dials[0], n = plan.totals.workers || masters.length, shown = users(calls);
    return [
      one('kube-proxy.users', { n, users: shown, kubelets: n }, [n, 0, n + 1, n * 2], shown),
      one(usual?.via ? 'kube-proxy.plate' : 'kube-proxy.plate.direct', { via: usual?.via ?? '' }, [usual?.via && `${usual.via}.crt`, `${own.id}.crt`, toKubelet && `${toKubelet.server.certificate}.crt`, 'ca.crt'], `${calls[0]?.server.certificate ?? plate?.id}.crt`),
      one('kube-proxy.dials', {}, [workers[0]?.addresses[0], connections.find(({ kind }) => kind === 'kube-apiserver/etcd')?.dials[0].host, pod?.dials[0].host, '0.0.0.0'], usual?.host ?? plate?.names[0]?.value ?? ''),
    ];
  },
  scheduler: ({ plate, ca }, { certificates: [own], connections: [call] }) => [
    sentence('scheduler.typo', { cn: commonName(own) }, ['forbidden', 'alert', 'unauthorized', 'same'], 'forbidden'),
    some('scheduler.checks', { host: call?.dials[0].host ?? '', plate: plate?.id ?? '', ca: call?.client.authority ?? ca.id }, [['signed', true], ['names', true], ['valid', true], ['cn', false]], true),
    some('scheduler.sends', {}, [[`${own?.id}.crt`, true], [`${own?.id}.key`, false], [`${ca.id}.key`, false]]),
  ],
};
