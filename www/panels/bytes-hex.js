// The bytes themselves, 16 or 8 in a row, with their place in the file and, where they are letters, the letters.
/** @import { Acts, File } from '../bytes.js' */
/** @import { Node } from '../bytes/nodes.js' */
import { html } from 'lit-html';
import { guard } from 'lit-html/directives/guard.js';
import { roleOf } from '../bytes/nodes.js';
import { hexOf, letterOf, offsetOf } from '../bytes/words.js';

/** @param {File} file @param {Node | undefined} node what is shown @param {number} columns @param {import('./parts.js').Translate} t @param {Acts} acts */
export function hexView({ bytes, faults }, node, columns, t, acts) {
  const starts = Array.from({ length: Math.ceil(bytes.length / columns) }, (_, i) => i * columns), wrong = faults[0]?.at;
  return html`<div class="hexview" tabindex="0" role="region" aria-label=${t('bytes.hex')} data-columns=${columns}
    @pointermove=${(/** @type {Event} */ event) => acts.byte(byteAt(event), false)} @pointerleave=${() => acts.byte(null, false)} @click=${(/** @type {Event} */ event) => acts.byte(byteAt(event), true)}>
    <div class="hexrow head" aria-hidden="true"><span class="offset">${t('bytes.offset')}</span><span class="octets">${Array.from({ length: columns }, (_, i) => html`<i>${i.toString(16)}</i>`)}</span><span class="letters">${t('bytes.letters')}</span></div>
    ${starts.map((start) => guard([bytes, columns, wrong, ...rolesIn(node, start, start + columns)], () => row(bytes, start, columns, node, wrong)))}</div>`;
}

/** What a row's look depends on. @param {Node | undefined} node @param {number} from @param {number} to */
function rolesIn(node, from, to) {
  if (!node || node.end <= from || node.part.start >= to) return [-1, -1, -1];
  const { start, header } = node.part;
  return [start, start + header, node.end].map((edge) => Math.min(Math.max(edge, from), to));
}

/** @param {Uint8Array} bytes @param {number} start @param {number} columns @param {Node | undefined} node @param {number | undefined} wrong */
function row(bytes, start, columns, node, wrong) {
  const own = [...bytes.subarray(start, start + columns)];
  /** @param {number} byte */
  const look = (byte) => {
    const role = node && roleOf(node, byte);
    return `${role ? `byte-${role}` : ''}${byte === wrong ? ' wrong' : ''}`;
  };
  return html`<div class="hexrow"><span class="offset">${offsetOf(start)}</span>
    <span class="octets">${own.map((byte, i) => html`<i class=${look(start + i)} data-byte=${start + i}>${hexOf(byte)}</i>`)}</span>
    <span class="letters" aria-hidden="true">${own.map((byte, i) => html`<i class=${look(start + i)} data-letter=${start + i}>${letterOf(byte)}</i>`)}</span></div>`;
}

/** @param {Event} event */
function byteAt({ target }) {
  const { byte, letter } = /** @type {HTMLElement} */ (target).dataset, at = byte ?? letter;
  return at === undefined ? null : Number(at);
}
