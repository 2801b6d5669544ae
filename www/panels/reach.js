// How far a certificate reaches, in a sentence or two: this file on these nodes, for these arrows; of an authority, what it signed and what checks with it.
/** @import { State } from '../state.js' */
/** @import { Connection, PlannedCertificate } from '../wasm.d.ts' */
import { html, nothing } from 'lit-html';
import { keyed } from 'lit-html/directives/keyed.js';
import { icon } from '../icons.js';
import { rich } from '../i18n.js';
import { nodesOf } from '../placed.js';
import { named, publicFile } from '../names.js';
import { byKind } from './parts.js';

/** @typedef {import('./parts.js').Translate} Translate */
/** @typedef {import('./parts.js').Actions} Actions */

/** @param {State} state @param {PlannedCertificate} planned @param {Translate} t @param {Actions} actions */
export function reach({ plan, phase }, planned, t, actions) {
  const { id, kind } = planned, { names, n } = nodesOf(plan, id), file = publicFile(planned);
  const nodes = n === 0 ? t('reach.nowhere') : listed(names, n, t);
  if (kind === 'authority') {
    const signed = plan.certificates.filter((one) => one.issuer === id && one.id !== id).length;
    const ends = plan.connections.flatMap(({ caller, client, listener, server }) => [...(client.authority === id ? [caller] : []), ...(server.authority === id ? [listener] : [])]);
    return html`<div class="reach"><p>${rich(t(phase === 'issued' ? 'reach.signed' : 'reach.signed.planned', { file, n: signed }))}</p>
      <p>${rich(t('reach.file', { file, nodes }))}</p>
      ${ends.length ? keyed(id, html`<details @toggle=${(/** @type {Event} */ event) => actions.trust(/** @type {HTMLDetailsElement} */ (event.target).open)}><summary>${t('reach.trust', { n: ends.length })}</summary>
        <p>${t('reach.trust.who', { who: [...new Set(ends.map((one) => named(one).name))].map((name) => (name === 'pod' ? t('box.pods') : name)).join(', ') })}</p></details>`) : html`<p>${t('reach.trust.nobody')}</p>`}</div>`;
  }
  const used = plan.connections.filter(({ client, server }) => [client.certificate, client.tokenSigner, server.certificate].includes(id));
  if (used.length === 0) return n === 0 ? nothing : html`<div class="reach"><p>${rich(t('reach.file', { file, nodes }))}</p></div>`;
  // One line for all that run the same way.
  const arrows = [...byKind(used).values()];
  return html`<div class="reach"><p>${rich(t('reach.arrows', { file, nodes, n: arrows.length }))}</p>
    <ul class="connections">${arrows.map(([first, ...more]) => html`
      <li><button type="button" @click=${() => actions.select({ connection: first.id })}>${part(first, id, t)}<span>${route(first, t)}</span>${more.length ? html`<i>×${more.length + 1}</i>` : nothing}<em>:${first.port}</em></button></li>`)}</ul></div>`;
}

/** The first few by name. @param {string[]} names @param {number} n @param {Translate} t */
const listed = (names, n, t) => (n <= 4 ? names.join(', ') : t('reach.more', { some: names.slice(0, 3).join(', '), n: n - 3 }));

/** @param {Connection} connection @param {Translate} t */
const route = ({ caller, listener }, t) => t('reach.way', { caller: named(caller).name, listener: named(listener).name });

/** Which end shows it, by the shape that it has there. @param {Connection} connection @param {string} id @param {Translate} t */
function part({ client, server }, id, t) {
  const [shapes, words] = client.certificate === id ? (server.certificate === id ? [['idcard', 'lock'], 'reach.both'] : [['idcard'], 'reach.badge']) : server.certificate === id ? [['lock'], 'reach.plate'] : [['key'], 'reach.token'];
  const said = t(/** @type {import('../i18n.js').Key} */ (words));
  return html`<span class="shown" title=${said}>${shapes.map((shape) => icon(/** @type {import('../icons.js').IconName} */ (shape), 13))}<span class="unseen">${said}: </span></span>`;
}
