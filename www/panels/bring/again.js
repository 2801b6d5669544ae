// What is made again, and why: chosen certificate by certificate, with the key that each has or a new one. Nothing is made here.
/** @import { State } from '../../state.js' */
/** @import { KeyChoice, PlannedCertificate } from '../../wasm.d.ts' */
/** @import { Bringing } from '../../bringing.js' */
import { html, nothing } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { icon } from '../../icons.js';
import { told } from '../../i18n.js';
import { needed } from '../../mending.js';
import { visible } from '../../share.js';
import { chooser } from '../parts.js';
import { reasonSentence } from '../reissue.js';

/** @typedef {import('../parts.js').Translate} Translate */

const DAYS = [0, 30, 90, 365];

/** @param {State} state @param {Bringing} bring @param {import('../../i18n.js').Language} language @param {Translate} t */
export function again(state, bring, language, t) {
  const { mending } = bring, { view } = mending, { renewal, refusal, proposal, chosen } = view, n = renewal?.orders.length ?? Object.keys(chosen).length;
  if (state.refusal) return html`<p class="hint">${t('generate.refused')}</p>`;
  const words = refusal ? told(refusal, language) : null, gone = (proposal ?? []).filter((one) => !needed(one));
  return html`<p class="lead">${proposal === null ? t('mending.asking') : n ? t('mending.plan', { n }) : t('mending.nothing')}</p>
    <p class="hint">${t('mending.change')}</p>
    ${chooser(t('mending.until'), DAYS.map((days) => [String(days), t(days ? 'mending.until.days' : 'mending.until.now', { n: days })]), String(view.days), (days) => mending.propose(Number(days)), 'mending.days')}
    <div class="pickwhat">${[['mending.needed', () => mending.propose()], ['mending.leaves', () => mending.choose(leaves(state))], ['mending.none', () => mending.choose({})]].map(([label, act]) =>
      html`<button type="button" class="textbutton" @click=${act}>${t(/** @type {import('../../i18n.js').Key} */ (label))}</button>`)}</div>
    ${words ? html`<p class="error" role="alert"><b>${visible(words.message)}</b> ${visible(words.hint)}</p>` : nothing}
    ${renewal?.cautions.length ? html`<ul class="cautions">${renewal.cautions.slice(0, 12).map((one) => html`<li class="warning">${icon('key', 13)}<span>${t(`caution.${one.code}`, { .../** @type {Record<string, string | number>} */ (/** @type {unknown} */ (one)), at: 'at' in one ? one.at.slice(0, 10) : '' })}</span></li>`)}</ul>` : nothing}
    <div class="buttons"><button type="button" class="primary small" data-act="make" ?disabled=${!renewal} @click=${() => mending.make()}>${icon('key', 15)}${t(elsewhere(renewal) ? 'mending.make.requests' : 'mending.make', { n })}</button></div>
    <ul class="orders">${state.plan.certificates.map((planned) => order(planned, state, bring, t))}</ul>
    ${state.plan.shown ? html`<p class="hint">${t('guide.shown', { shown: state.plan.shown.length, n: state.plan.totals.workers })}</p>` : nothing}
    ${gone.length ? html`<p class="hint">${t('mending.gone', { n: gone.length, which: gone.slice(0, 8).map(({ certificate }) => certificate).join(', ') })}</p>` : nothing}
    <section class="part"><h3>${t('rotation.title')}</h3><p class="hint">${t('rotation.what')}</p>${state.plan.certificates.filter(({ kind }) => kind === 'authority').map(({ id }) =>
      html`<button type="button" class="textbutton" @click=${() => mending.choose({ [id]: 'new' })}>${icon('loop', 13)}${t('rotation.of', { id })}</button> `)}</section>`;
}

/** Whether somebody else has to sign. @param {import('../../wasm.d.ts').Renewal | null} renewal */
export const elsewhere = (renewal) => renewal?.cautions.some(({ code }) => code === 'signed-elsewhere') ?? false;

/** Everything but the authorities, for the keys that are there. @param {State} state @returns {Record<string, KeyChoice>} */
const leaves = ({ plan, imported }) => Object.fromEntries(plan.certificates.filter(({ kind }) => kind !== 'authority' && kind !== 'key-pair').map(({ id }) => [id, imported?.keys.includes(id) ? 'keep' : 'new']));

/** @param {PlannedCertificate} planned @param {State} state @param {Bringing} bring @param {Translate} t */
function order({ id, kind }, { imported }, { mending }, t) {
  const { chosen, renewal, proposal } = mending.view, made = renewal?.orders.find(({ certificate }) => certificate === id), key = made?.key ?? chosen[id];
  const reasons = made?.reasons ?? proposal?.find(({ certificate }) => certificate === id)?.reasons ?? [], taken = id in chosen, usual = imported?.keys.includes(id) ? 'keep' : 'new';
  return html`<li class=${key ? 'chosen' : ''}><label class="check"><input type="checkbox" data-order=${id} .checked=${live(key !== undefined)} ?disabled=${made !== undefined && !taken} @change=${() => mending.one(id, taken ? null : kind === 'authority' ? usual : 'new')}>
      <span><b>${id}</b>${imported?.given.has(id) || kind === 'key-pair' ? nothing : html` <em>${t('mending.not-given')}</em>`}</span></label>
    ${key ? html`<select aria-label=${t('mending.key', { id })} data-key-of=${id} .value=${live(key)} ?disabled=${!taken} @change=${(/** @type {Event} */ event) => mending.one(id, /** @type {KeyChoice} */ (/** @type {HTMLSelectElement} */ (event.target).value))}>
      ${/** @type {const} */ (['keep', 'new']).map((one) => html`<option value=${one} ?selected=${one === key}>${t(`mending.key.${one}`)}</option>`)}</select>` : nothing}
    ${key ? reasons.slice(0, 4).map((reason) => html`<small>${reasonSentence(reason, t)}</small>`) : nothing}</li>`;
}
