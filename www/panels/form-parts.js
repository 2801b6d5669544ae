// Around the form's fields: the way out of the drawer, the setting for keys made ahead, and the names that the topology puts into kube-apiserver.crt.
/** @import { Plan } from '../wasm.d.ts' */
import { html, nothing } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { icon } from '../icons.js';
import { named } from '../names.js';
import { aheadSentence } from './parts.js';

/** @param {import('./parts.js').Translate} t @param {import('./parts.js').Actions} actions */
export const closeDrawer = (t, actions) => html`<div class="drawerhead"><h2>${t('drawer')}</h2>
  <button type="button" class="square" aria-label=${t('close')} @click=${() => actions.drawer(false)}>${icon('cross', 15)}</button></div>`;

/** The setting that lets keys be made before anybody asks, and how far they are. @param {{ on: boolean, status: import('../workshop.js').Status }} ahead @param {import('./parts.js').Translate} t @param {import('./parts.js').Actions} actions */
export const madeAhead = ({ on, status }, t, actions) => html`<label class="check"><input type="checkbox" data-setting="early" .checked=${live(on)} aria-describedby="ahead"
    @change=${(/** @type {Event} */ event) => actions.early(/** @type {HTMLInputElement} */ (event.target).checked)}><span>${t('ahead.setting')}</span></label>
  <p class="remark" id="ahead">${aheadSentence(status, t)}</p>`;

/** Names come from arrows: each stands here with who dials it. @param {Plan} plan @param {import('./parts.js').Translate} t @param {import('./parts.js').Actions} actions */
export function namesOf({ certificates, connections }, t, actions) {
  const id = connections.find(({ listener }) => listener.startsWith('kube-apiserver@'))?.server.certificate;
  const server = certificates.find((certificate) => certificate.id === id);
  if (!server || !id) return nothing;
  const addresses = server.names.filter(({ type }) => type === 'ip'), dns = server.names.length - addresses.length;
  return html`<section><button type="button" class="sanbox" @click=${() => actions.select({ certificate: id })}>
    <span class="head">${icon('lock', 15)}${t('form.sans', { file: `${id}.crt` })}</span>
    <span class="list">${addresses.slice(0, 6).map(({ value, diallers }) => {
      const callers = [...new Set(diallers.map((one) => named(one.split('/')[0]).name))].sort((a, b) => a.length - b.length);
      return html`<code>${value}</code><span>${callers.length > 1 ? `${callers[0]} +${callers.length - 1}` : callers[0] ?? ''}</span>`;
    })}${addresses.length > 6 ? html`<code>…</code><span>+${addresses.length - 6}</span>` : nothing}
    ${dns ? html`<code>kubernetes…</code><span>${t('form.dns', { n: dns })}</span>` : nothing}</span></button></section>`;
}
