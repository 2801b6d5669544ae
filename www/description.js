// Edits of a description as pure functions. They do not judge: the core does.
/** @import { CoreError, Description, Node, Role } from './wasm.d.ts' */

/** @param {Description} description @param {number} index @param {Partial<Node>} change @returns {Description} */
export const withNode = (description, index, change) =>
  ({ ...description, nodes: (description.nodes ?? []).map((node, i) => (i === index ? { ...node, ...change } : node)) });

/** @param {Description} description @param {number} index @returns {Description} */
export const withoutNode = (description, index) => ({ ...description, nodes: (description.nodes ?? []).filter((_, i) => i !== index) });

/** One more of its role: the last one's name and address, counted on to the next that is free. @param {Description} description @param {Role} role @returns {Description} */
export function withAnother(description, role) {
  const nodes = description.nodes ?? [], peers = nodes.filter((node) => node.role === role), last = peers.at(-1);
  const [, stem, number] = /^(.*?)(\d*)$/.exec(last?.name ?? FIRST[role]) ?? ['', FIRST[role], ''];
  const name = last ? free((n) => `${stem}${n}`, Number(number || 1) + 1, nodes.map((node) => node.name)) : FIRST[role];
  const address = followed(last?.addresses[0] ?? nodes.at(-1)?.addresses[0] ?? '', nodes.flatMap((node) => node.addresses));
  const node = { name, role, addresses: [address] }, at = last ? nodes.indexOf(last) + 1 : nodes.length;
  return { ...description, nodes: [...nodes.slice(0, at), node, ...nodes.slice(at)] };
}

const FIRST = /** @type {const} */ ({ 'control-plane': 'master-1', worker: 'worker-1', 'load-balancer': 'loadbalancer', etcd: 'etcd-1' });

/** The next free address after this one, if its last part is a plain number. @param {string} address @param {string[]} taken */
function followed(address, taken) {
  const [, stem, number] = /^(.*\D)(\d{1,3})$/.exec(address) ?? [];
  return number === undefined || address.includes(':') ? '' : free((n) => `${stem}${n}`, Number(number) + 1, taken);
}

/** @param {(n: number) => string} make @param {number} from @param {string[]} taken */
function free(make, from, taken) {
  let n = from;
  while (taken.includes(make(n))) n++;
  return make(n);
}

/** What is typed into an address field: one, or several apart by commas. @param {string} text */
export const addressesIn = (text) => text.split(',').map((part) => part.trim());

/** A whole number where one is typed; anything else goes to the core as it stands, to be refused there. @param {string} text */
export const daysIn = (text) => /** @type {number} */ (/^-?\d{1,15}$/.test(text.trim()) ? Number(text) : /** @type {unknown} */ (text));

/**
 * The field of the form that an error belongs next to; '' when the form has none for it.
 * @param {CoreError | null} error @param {Description} description
 */
export function fieldOf(error, description) {
  const field = error?.field ?? '';
  const [, index, part] = /^nodes\[(\d+)\](?:\.(name|addresses))?/.exec(field) ?? [];
  if (index !== undefined) return description.nodes?.[Number(index)] ? `nodes[${index}].${part ?? 'name'}` : 'nodes';
  return ['name', 'nodes', 'serviceCidr', 'clusterDomain', 'keyAlgorithm', 'validityDays'].includes(field) ? field : '';
}
