// The dialog in which a certificate and its request are seen byte by byte.
/** @import { Acts, File, Tab, View } from '../bytes.js' */
/** @import { Node, Place } from '../bytes/nodes.js' */
/** @import { Pair } from '../bytes/compare.js' */
/** @import { Translate } from './parts.js' */
import { html, nothing } from 'lit-html';
import { icon } from '../icons.js';
import { pathOf } from '../bytes/nodes.js';
import { explanation, faultText, hexOf, offsetOf, summary, titleOf } from '../bytes/words.js';
import { comparison } from './bytes-compare.js';
import { hexView } from './bytes-hex.js';
import { treeView } from './bytes-tree.js';
import { segments } from './parts.js';

/** @typedef {{ view: View, certificate: File, request: File | null | undefined, made: boolean, file: File | null, pairs: Pair[], place: Place | null, columns: number }} Shown request: undefined while it is on its way, null when it cannot be had; made: whether the whole set was made here */

/** @param {Shown} shown @param {Translate} t @param {Acts} acts */
export function bytesDialog(shown, t, acts) {
  const { view, certificate, file } = shown, name = file?.name ?? certificate.name;
  /** @type {[Tab, string][]} */
  const tabs = [['certificate', t('bytes.certificate')], ['request', t('bytes.request')], ['compare', t('bytes.compare')]];
  return html`<header class="byteshead"><h2 id="bytes-title">${t('bytes.title', { file: name })}</h2>${segments(t('bytes.which'), tabs, view.tab, acts.tab)}
    <button type="button" class="close" aria-label=${t('close')} title=${t('close')} @click=${acts.close}>${icon('cross', 15)}</button></header>${body(shown, t, acts)}`;
}

/** @param {Shown} shown @param {Translate} t @param {Acts} acts */
function body({ view, certificate, request, made, file, pairs, place, columns }, t, acts) {
  if (view.tab !== 'certificate' && !request) return html`<p class="hint" role="status">${t(request === null ? (made ? 'bytes.gone' : 'bytes.none') : 'bytes.coming')}</p>`;
  if (view.tab === 'compare' && request) return comparison(pairs, request, certificate, t, acts);
  if (!file || !place) return nothing;
  const node = file.nodes.find(({ id }) => id === (view.hovered ?? place.current));
  return html`${faults(file, t)}<div class="bytesbody">
    ${hexView(file, node, columns, t, acts)}
    <div class="bytestree"><div class="treetools"><button type="button" class="textbutton" @click=${() => acts.all(true)}>${t('bytes.all')}</button><button type="button" class="textbutton" @click=${() => acts.all(false)}>${t('bytes.none')}</button></div>
    ${treeView(file, place, view.hovered, pairs, t, acts)}</div></div>
    <section class="bytessaid" id="bytes-said">${node ? said(node, file, t) : nothing}</section>
    <p class="bytesfoot"><span>${t('bytes.how')}</span>${command(file, t, acts)}</p>`;
}

/** @param {File} file @param {Translate} t */
const faults = ({ faults: [first, ...more] }, t) => (first ? html`<p class="error" role="alert"><b>${t('bytes.faults', { first: faultText(first, t) })}</b>${more.length ? t('bytes.faults.more', { n: more.length }) : nothing}</p>` : nothing);

/** @param {Node} node @param {File} file @param {Translate} t */
function said(node, { bytes }, t) {
  const { part, end } = node, { tag, header, start, length } = part, path = pathOf(node);
  const hex = (/** @type {number} */ from, /** @type {number} */ to) => html`<code>${[...bytes.subarray(from, to)].map(hexOf).join(' ')}</code>`;
  const value = summary(part, bytes, t), n = end - start;
  return html`<p class="path">${path.map((one) => (one === node ? html`<b>${titleOf(part)}</b>` : html`${one.part.field}<span aria-hidden="true"> › </span>`))}</p>
    <p class="meaning">${t(explanation(node))}</p>
    <dl><dt>${t('bytes.place')}</dt><dd>${n === 1 ? t('bytes.one', { from: start }) : t('bytes.range', { from: start, to: end - 1, n })} <em>${t('bytes.offset')} <code>${offsetOf(start)}</code></em></dd>
    ${tag ? html`<dt>${t('bytes.tag')}</dt><dd><span class="byte-tag">${hex(start, start + 1)}</span> ${t(tag.constructed ? 'bytes.tag.constructed' : 'bytes.tag.primitive', { name: tag.name })}</dd>
      <dt>${t('bytes.length')}</dt><dd><span class="byte-length">${hex(start + 1, start + header)}</span> ${t('bytes.length.text', { n: length })}</dd>` : nothing}
    ${value ? html`<dt>${t('bytes.value')}</dt><dd class="value">${value}</dd>` : nothing}</dl>`;
}

/** Who wants to see it with other eyes. @param {File} file @param {Translate} t @param {Acts} acts */
function command({ name }, t, acts) {
  const line = `openssl asn1parse -i -in ${name}`;
  return html`<span class="commandline">${t('bytes.same.command')} <code>${line}</code> <button type="button" class="textbutton" @click=${() => acts.copy(line)}>${icon('copy', 12)}${t('copy')}</button></span>`;
}
