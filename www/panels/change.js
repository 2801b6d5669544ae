// What is changed of one certificate, and what Kubernetes makes of that.
/** @import { State } from '../state.js' */
/** @import { CertificateChange, KeyAlgorithm, PlannedCertificate } from '../wasm.d.ts' */
import { html, nothing } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { daysIn, namesIn, withChange } from '../description.js';
import { explained } from '../i18n.js';
import { icon } from '../icons.js';
import { ALGORITHMS } from './fields.js';
import { algorithmName } from '../names.js';
import { warningText } from './warnings.js';

/** @param {State} state @param {PlannedCertificate} planned @param {import('../i18n.js').Language} language @param {import('./parts.js').Translate} t @param {import('./parts.js').Actions} actions */
export function change(state, planned, language, t, actions) {
  const { description, refusal, plan } = state, { id, kind } = planned, own = description.certificates?.[id], certified = kind !== 'key-pair';
  const set = (/** @type {CertificateChange} */ parts, /** @type {string} */ part) => actions.edit(withChange(description, id, parts), `certificates.${id}.${part}`);
  const wrong = refusal?.field?.startsWith(`certificates.${id}`) ? refusal.field.slice(`certificates.${id}.`.length) : null, words = wrong !== null && refusal ? explained(refusal, language) : null;
  const value = (/** @type {string} */ type) => planned.subject.find((part) => part.type === type)?.value ?? '';
  /** @param {import('../i18n.js').Key} label @param {string} part @param {string} value @param {(text: string) => void} put @param {string} [placeholder] */
  const line = (label, part, value, put, placeholder = '') => html`<label class="field"><span>${t(label)}</span><input class="mono" .value=${live(value)} data-field="change.${part}" placeholder=${placeholder}
    autocomplete="off" autocapitalize="off" spellcheck="false" aria-invalid=${wrong?.startsWith(part) ? 'true' : 'false'} @input=${(/** @type {Event} */ event) => put(/** @type {HTMLInputElement} */ (event.target).value)}></label>
    ${wrong?.startsWith(part) && words ? html`<p class="error" role="alert"><b>${words.message}</b> ${words.hint}</p>` : nothing}`;
  const warnings = plan.warnings.filter((one) => one.certificate === id);
  return html`${warnings.map((one) => html`<p class="warning">${icon('key', 15)}<span>${warningText(one, t)}</span></p>`)}
    <section class="part"><details class="change" ?open=${own !== undefined || wrong !== null}><summary>${t(own ? 'change.changed' : 'change.title')}</summary>
    ${certified ? html`${line('change.cn', 'commonName', own?.commonName ?? value('CN'), (commonName) => set({ commonName }, 'commonName'))}
      ${line('change.o', 'organization', own?.organization ?? value('O'), (organization) => set({ organization }, 'organization'), t('change.o.none'))}` : nothing}
    ${kind.startsWith('server') ? line('change.names', 'names', (own?.names ?? []).join(', '), (text) => set({ names: namesIn(text).length ? namesIn(text) : undefined }, 'names'), t('change.names.none')) : nothing}
    <label class="field"><span>${t('form.algorithm')}</span><select data-field="change.keyAlgorithm" .value=${live(own?.keyAlgorithm ?? '')}
      @change=${(/** @type {Event} */ event) => set({ keyAlgorithm: /** @type {KeyAlgorithm} */ (/** @type {HTMLSelectElement} */ (event.target).value || undefined) }, 'keyAlgorithm')}>
      <option value="" ?selected=${!own?.keyAlgorithm}>${t('change.usual', { what: algorithmName(plan.cluster.keyAlgorithm) })}</option>
      ${ALGORITHMS.map((one) => html`<option value=${one} ?selected=${own?.keyAlgorithm === one}>${algorithmName(one)}</option>`)}</select></label>
    ${certified ? line('form.days', 'validityDays', String(own?.validityDays ?? ''), (text) => set({ validityDays: text.trim() === '' ? undefined : daysIn(text) }, 'validityDays'), t('change.usual', { what: planned.validUntil ?? String(planned.validityDays) })) : nothing}
    ${own ? html`<button type="button" class="textbutton" @click=${() => actions.edit(withChange(description, id, { commonName: undefined, organization: undefined, names: undefined, keyAlgorithm: undefined, validityDays: undefined }))}>${icon('undo', 13)}${t('change.back')}</button>` : nothing}
    </details></section>`;
}
