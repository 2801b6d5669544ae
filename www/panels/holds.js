// What is inside a kubeconfig, or named by it: the link between a flag and a certificate.
import { kubeconfigOf } from '../placed.js';

/** '' for any other file. @param {import('../wasm.d.ts').Plan} plan @param {string} node @param {string} value of a flag @param {import('./parts.js').Translate} t */
export function holds(plan, node, value, t) {
  const found = kubeconfigOf(plan, node, value);
  return found ? t(found.paths ? 'flag.names' : 'flag.holds', { certificate: `${found.certificate}.crt`, authority: `${found.authority}.crt` }) : '';
}
