// The boxes of a certificate or a request as a tree that can be walked. Pure.
/** @import { Anatomy, Part } from '../wasm.d.ts' */

/** @typedef {{ id: string, part: Part, parent: Node | null, level: number, children: Node[], end: number }} Node id: its place, '0.2.1'; end: the byte after its last one */

/** Every box, each before those within. @param {Anatomy} anatomy @returns {Node[]} */
export function nodesOf({ parts }) {
  /** @type {Node[]} */
  const all = [];
  /** @param {Part[]} parts @param {Node | null} parent @returns {Node[]} */
  const add = (parts, parent) => parts.map((part, i) => {
    const id = parent ? `${parent.id}.${i}` : `${i}`, level = parent ? parent.level + 1 : 1;
    /** @type {Node} */
    const node = { id, part, parent, level, children: [], end: part.start + part.header + part.length };
    all.push(node);
    node.children = add(part.parts, node);
    return node;
  });
  add(parts, null);
  return all;
}

/** The innermost box that a byte belongs to. @param {Node[]} nodes @param {number} byte */
export const innermost = (nodes, byte) => nodes.findLast(({ part, end }) => part.start <= byte && byte < end);

/** From the outermost box to this one. @param {Node} node @returns {Node[]} */
export const pathOf = (node) => (node.parent ? [...pathOf(node.parent), node] : [node]);

/** What is open at first: down to the fields, which say in a line what is in them. @param {Node[]} nodes */
export const openAtFirst = (nodes) => new Set(nodes.filter(({ level, part, children }) => children.length > 0 && (level < 3 || ['attributes', 'extensions', 'Extensions'].includes(part.field))).map(({ id }) => id));

/** Those whose box is open all the way up. @param {Node[]} nodes @param {ReadonlySet<string>} open */
export const visible = (nodes, open) => nodes.filter((node) => pathOf(node).every((one) => one === node || open.has(one.id)));

/** With every box open that this one is in. @param {Node} node @param {ReadonlySet<string>} open */
export const openTo = (node, open) => new Set([...open, ...pathOf(node).slice(0, -1).map(({ id }) => id)]);

/** @typedef {{ current: string, open: ReadonlySet<string> }} Place */

/**
 * Where a key leads, as trees do it everywhere (ARIA Authoring Practices); null: nowhere by this key.
 * @param {Node[]} nodes @param {Place} place @param {string} key @returns {Place | null}
 */
export function step(nodes, { current, open }, key) {
  const shown = visible(nodes, open), at = shown.findIndex(({ id }) => id === current), node = shown[at];
  if (!node) return null;
  const inner = node.children.length > 0, isOpen = inner && open.has(node.id);
  /** @param {Node | null | undefined} to */
  const go = (to) => ({ current: (to ?? node).id, open });
  switch (key) {
    case 'ArrowDown': return go(shown[at + 1]);
    case 'ArrowUp': return go(shown[at - 1]);
    case 'Home': return go(shown[0]);
    case 'End': return go(shown.at(-1));
    case 'ArrowRight': return !inner ? go(node) : isOpen ? go(node.children[0]) : { current, open: new Set([...open, node.id]) };
    case 'ArrowLeft': return isOpen ? { current, open: without(open, node.id) } : go(node.parent);
    default: return null;
  }
}

/** @param {ReadonlySet<string>} open @param {string} id */
const without = (open, id) => new Set([...open].filter((one) => one !== id));

/** A click on a box's corner. @param {ReadonlySet<string>} open @param {string} id */
export const toggled = (open, id) => (open.has(id) ? without(open, id) : new Set([...open, id]));

/** The bytes of PEM. @param {string} pem */
export function bytesOf(pem) {
  const text = atob(pem.replace(/-----[^-]*-----|\s/g, ''));
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

/** @typedef {'tag' | 'length' | 'content'} Role */

/** What a byte is to a box: null if it is outside. @param {Node} node @param {number} byte @returns {Role | null} */
export function roleOf({ part: { start, header }, end }, byte) {
  if (byte < start || byte >= end) return null;
  return byte >= start + header ? 'content' : byte === start ? 'tag' : 'length';
}
