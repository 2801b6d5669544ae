// Edits of a description as pure functions. They do not judge: the core does.
/** @import { CertificateChange, CoreError, Description, Node, Role } from './wasm.d.ts' */

/** What is changed of a node goes with its name into the certificates that are its own. @param {Description} description @param {number} index @param {Partial<Node>} change @returns {Description} */
export function withNode(description, index, change) {
  const before = description.nodes?.[index]?.name, { name } = change;
  const edited = { ...description, nodes: (description.nodes ?? []).map((node, i) => (i === index ? { ...node, ...change } : node)) };
  return before === undefined || name === undefined ? edited : changesOf(edited, before, (rest) => name + rest);
}

/** @param {Description} description @param {number} index @returns {Description} */
export function withoutNode(description, index) {
  const gone = description.nodes?.[index]?.name;
  const edited = { ...description, nodes: (description.nodes ?? []).filter((_, i) => i !== index) };
  return gone === undefined ? edited : changesOf(edited, gone, () => null);
}

/** A node changes places with the next of its role. @param {Description} description @param {number} index @param {-1 | 1} by @returns {Description} */
export function withMoved(description, index, by) {
  const nodes = [...description.nodes ?? []], { role } = nodes[index];
  let to = index + by;
  while (nodes[to] && nodes[to].role !== role) to += by;
  if (nodes[to]) [nodes[index], nodes[to]] = [nodes[to], nodes[index]];
  return { ...description, nodes };
}

/**
 * The changes of a node's own certificates, whose ids are its name or begin with it.
 * @param {Description} description @param {string} name @param {(rest: string) => string | null} renamed null: the change goes
 */
function changesOf(description, name, renamed) {
  const changes = Object.entries(description.certificates ?? {});
  if (changes.length === 0) return description;
  const own = (/** @type {string} */ id) => id === name || id.startsWith(`${name}/`);
  const kept = changes.map(([id, change]) => /** @type {const} */ ([own(id) ? renamed(id.slice(name.length)) : id, change]));
  return { ...description, certificates: Object.fromEntries(kept.filter(([id]) => id !== null)) };
}

/** What is changed of one certificate; a part of undefined is the preset's again. @param {Description} description @param {string} id @param {CertificateChange} change @returns {Description} */
export function withChange(description, id, change) {
  const parts = Object.entries({ ...description.certificates?.[id], ...change }).filter(([, value]) => value !== undefined);
  const { [id]: _, ...others } = description.certificates ?? {};
  return { ...description, certificates: parts.length ? { ...others, [id]: Object.fromEntries(parts) } : others };
}

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

/** What is typed into a field of addresses: one, or several apart by commas. @param {string} text */
export const addressesIn = (text) => text.split(',').map((part) => part.trim());

/** What is typed into a field of names, which may be empty. @param {string} text */
export const namesIn = (text) => (text.trim() === '' ? [] : addressesIn(text));

/** A whole number where one is typed; anything else goes to the core as it stands, to be refused there. @param {string} text */
export const daysIn = (text) => /** @type {number} */ (/^-?\d{1,15}$/.test(text.trim()) ? Number(text) : /** @type {unknown} */ (text));

/**
 * The field of the form that an error belongs next to; '' when the form has none for it.
 * @param {CoreError | null} error @param {Description} description
 */
export function fieldOf(error, description) {
  const field = error?.field ?? '';
  const [, index, part] = /^nodes\[(\d+)\](?:\.(name(?!s)|names|addresses|role))?/.exec(field) ?? [];
  if (index !== undefined) return description.nodes?.[Number(index)] ? `nodes[${index}].${part ?? 'name'}` : 'nodes';
  if (field.startsWith('certificates')) return 'certificates';
  // The core does not say which of the two dates is over.
  if (error?.code === 'date-past') return error.found === description.validUntil ? 'validUntil' : 'authorityValidUntil';
  return FIELDS.has(field) ? field : '';
}

const FIELDS = new Set(['preset', 'name', 'nodes', 'serviceCidr', 'clusterDomain', 'controlPlaneEndpoint', 'kubernetesVersion', 'keyAlgorithm', 'validityDays', 'validUntil',
  'authorityValidityDays', 'authorityValidUntil', ...['C', 'ST', 'L', 'O', 'OU'].map((type) => `authoritySubject.${type}`)]);
