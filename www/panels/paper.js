// What is printed: the figure on a sheet of its own, then every certificate and every connection. Drawn only while somebody prints.
/** @import { State } from '../state.js' */
import { html, nothing } from 'lit-html';
import { certificateHead, certificateRows, connectionHead, connectionRows, standing } from '../document.js';
import { standings } from '../hearing.js';
import { inventory } from '../inventory.js';
import { legend } from './legend.js';

/**
 * @param {State} state @param {{ figure: unknown, view: import('../layout.js').View, title: string, day: string }} what
 * @param {import('./parts.js').Translate} t
 */
export function paper(state, { figure, view, title, day }, t) {
  const all = inventory(state), { name } = state.plan.cluster, { certificates, connections } = all.more;
  return html`<section class="sheet"><header><h1>${t('paper.figure', { name })}</h1><p>${title}</p><p>${standing(state, day, t)}</p></header>
      <div class="legend">${legend(view, standings(state.judged), t)}</div><div class="drawing">${figure}</div></section>
    <h2>${t('paper.certificates', { name })}</h2>
    <table class="certificates">${head(narrowed(certificateHead(t)).slice(0, -1))}${certificateRows(all, t).map((cells) => certificate(narrowed(cells)))}</table>
    ${certificates ? html`<p>${t('paper.more.certificates', { n: certificates })}</p>` : nothing}
    <h2>${t('paper.connections', { name })}</h2>
    <table class="calls">${head(connectionHead(t))}<tbody>${connectionRows(all, t).map((cells) => html`<tr>${cells.map((one) => html`<td>${one}</td>`)}</tr>`)}</tbody></table>
    ${connections ? html`<p>${t('paper.more.connections', { n: connections })}</p>` : nothing}`;
}

/** @param {string[]} cells */
const head = (cells) => html`<thead><tr>${cells.map((one) => html`<th scope="col">${one}</th>`)}</tr></thead>`;

/** Both days in one column. @param {string[]} cells */
const narrowed = (cells) => [...cells.slice(0, 5), [cells[5], cells[6]].filter((one) => one !== '–').join(' – '), ...cells.slice(7)];

/** The fingerprint is too long for a column: it takes a line below. @param {string[]} cells */
function certificate(cells) {
  const fingerprint = cells.at(-1);
  return html`<tbody><tr>${cells.slice(0, -1).map((one) => html`<td>${one}</td>`)}</tr>
    ${fingerprint === '–' ? nothing : html`<tr class="fingerprint"><td colspan=${cells.length - 1}>SHA-256 <code>${fingerprint}</code></td></tr>`}</tbody>`;
}
