// The request beside the certificate that answers it: what was copied, what the authority added.
/** @import { Acts, File, Which } from '../bytes.js' */
/** @import { Node } from '../bytes/nodes.js' */
/** @import { Fate, Pair } from '../bytes/compare.js' */
/** @import { Translate } from './parts.js' */
import { html } from 'lit-html';
import { icon } from '../icons.js';
import { summary, titleOf } from '../bytes/words.js';

/** A mark of its own for each, beside the word. @type {Record<Fate, string>} */
const MARKS = { same: '=', changed: '≠', dropped: '−', added: '+', own: '~' };

/** @param {Fate} fate @param {Translate} t */
export const fateMark = (fate, t) => html`<span class="fate ${fate}"><span aria-hidden="true">${MARKS[fate]}</span>${t(`bytes.fate.${fate}`)}</span>`;

/** @param {Pair[]} pairs @param {File} request @param {File} certificate @param {Translate} t @param {Acts} acts */
export function comparison(pairs, request, certificate, t, acts) {
  const fates = [...new Set(pairs.map(({ fate }) => fate))];
  return html`<div class="bytescompare" tabindex="0" role="region" aria-label=${t('bytes.compare')}><p class="lead">${t('bytes.compare.lead')}</p>
    <table><thead><tr><th scope="col">${t('bytes.tree')}</th><th scope="col">${t('bytes.request')} <small>${request.name}</small></th><td></td><th scope="col">${t('bytes.certificate')} <small>${certificate.name}</small></th></tr></thead>
    ${fates.map((fate) => html`<tbody class=${fate}><tr><th class="group" scope="rowgroup" colspan="4">${t(`bytes.group.${fate}`)}</th></tr>${pairs.filter((pair) => pair.fate === fate).map((pair) => row(pair, { request, certificate }, t, acts))}</tbody>`)}</table></div>`;
}

/** @param {Pair} pair @param {Record<Which, File>} files @param {Translate} t @param {Acts} acts */
const row = ({ field, about, fate, request, certificate }, files, t, acts) => html`<tr><th scope="row">${about ?? field}</th>
  <td data-file=${t('bytes.request')}>${cell('request', request, files, t, acts)}</td><td>${fateMark(fate, t)}</td><td data-file=${t('bytes.certificate')}>${cell('certificate', certificate, files, t, acts)}</td></tr>`;

/** @param {Which} which @param {Node | null} node @param {Record<Which, File>} files @param {Translate} t @param {Acts} acts */
function cell(which, node, files, t, acts) {
  if (!node) return html`<span class="absent">${t('bytes.absent')}</span>`;
  const { part, end } = node, label = t('bytes.show', { field: titleOf(part), file: t(`bytes.${which}`) });
  return html`<span class="what">${summary(part, files[which].bytes, t)}</span><button type="button" class="textbutton" title=${label} @click=${() => acts.show(which, node.id)}><span class="unseen">${label}: </span>${t('bytes.range', { from: part.start, to: end - 1, n: end - part.start })}${icon('arrow', 11)}</button>`;
}
