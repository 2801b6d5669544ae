// The fields as boxes in boxes: a tree that the arrow keys walk.
/** @import { Acts, File } from '../bytes.js' */
/** @import { Node, Place } from '../bytes/nodes.js' */
/** @import { Pair } from '../bytes/compare.js' */
/** @import { Translate } from './parts.js' */
import { html, nothing } from 'lit-html';
import { summary } from '../bytes/words.js';
import { fateMark } from './bytes-compare.js';

/** @param {File} file @param {Place} place @param {string | null} hovered @param {Pair[]} pairs @param {Translate} t @param {Acts} acts */
export function treeView({ nodes, bytes }, place, hovered, pairs, t, acts) {
  const fates = new Map(pairs.flatMap(({ request, certificate, fate }) => [request, certificate].flatMap((node) => (node ? [[node, fate]] : []))));
  const roots = nodes.filter(({ parent }) => parent === null);
  /** @param {Node} node @param {number} i @param {Node[]} siblings @returns {import('lit-html').TemplateResult} */
  const item = (node, i, siblings) => {
    const { id, part, children, level } = node, inner = children.length > 0, open = inner && place.open.has(id), fate = fates.get(node);
    // The boxes are nested, the items are not: an item's name is its row, and the level says where it is.
    return html`<li role="none"><div class="partrow ${id === hovered ? 'hovered' : ''}" role="treeitem" data-part=${id} aria-describedby=${id === place.current ? 'bytes-said' : nothing} aria-level=${level} aria-posinset=${i + 1} aria-setsize=${siblings.length}
      aria-expanded=${inner ? String(open) : nothing} aria-selected=${String(id === place.current)} tabindex=${id === place.current ? 0 : -1}><span class="corner ${inner ? 'inner' : ''}" aria-hidden="true"></span><b>${part.field}</b>${part.about ? html` <i>${part.about}</i>` : nothing}
        <span class="gist">${open ? nothing : summary(part, bytes, t)}</span> ${fate ? fateMark(fate, t) : nothing} <small>${part.tag?.name ?? t('bytes.count', { n: part.length })}</small></div>
      ${open ? html`<ul role="none">${children.map(item)}</ul>` : nothing}</li>`;
  };
  return html`<ul class="parts" role="tree" aria-label=${t('bytes.tree')} @keydown=${acts.key} @pointerleave=${() => acts.hover(null)}
    @pointermove=${(/** @type {Event} */ event) => acts.hover(partAt(event))} @click=${(/** @type {Event} */ event) => clicked(event, acts)}>${roots.map(item)}</ul>`;
}

/** @param {Event} event */
const partAt = ({ target }) => /** @type {Element} */ (target).closest('[data-part]')?.getAttribute('data-part') ?? null;

/** The corner opens and closes; anywhere else chooses. @param {Event} event @param {Acts} acts */
function clicked(event, acts) {
  const part = partAt(event), corner = /** @type {Element} */ (event.target).closest('.corner.inner');
  if (part === null) return;
  if (corner) acts.toggle(part);
  else acts.choose(part);
}
