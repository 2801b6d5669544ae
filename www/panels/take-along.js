// What else can be taken from the vault: the bundle with sealed keys, and a client's certificate with its key as PKCS#12.
/** @import { State } from '../state.js' */
import { html, nothing } from 'lit-html';
import { icon } from '../icons.js';
import { told } from '../i18n.js';

/** @param {State} state @param {import('../i18n.js').Language} language @param {import('./parts.js').Translate} t @param {import('./parts.js').Actions} actions */
export function takeAlong(state, language, t, actions) {
  const { takeaway } = actions, clients = state.plan.certificates.filter(({ id, kind }) => kind === 'client' && (!state.imported || state.imported.keys.includes(id) || state.issued)), sealed = state.issued !== null && !state.judged?.lesson.id;
  const words = takeaway.error ? told(takeaway.error, language) : null;
  /** @param {(form: HTMLFormElement, passphrase: string) => void} act */
  const sending = (act) => (/** @type {Event} */ event) => {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target), box = /** @type {HTMLInputElement} */ (form.elements.namedItem('passphrase')), passphrase = box.value;
    box.value = '';
    act(form, passphrase);
  };
  /** @param {string} field */
  const passphrase = (field) => html`<label class="field tall"><span>${t('sealed.passphrase')}</span><input type="password" name="passphrase" autocomplete="new-password" data-field=${field} required></label>`;
  return html`<section class="part takealong"><details><summary>${t('take.title')}</summary>
    ${words ? html`<p class="error" role="alert"><b>${words.message}</b> ${words.hint}</p>` : nothing}
    ${sealed ? html`<form @submit=${sending((_, word) => takeaway.sealed(word, `${state.plan.cluster.name}-sealed.zip`))}><h3>${t('take.sealed')}</h3><p class="hint">${t('take.sealed.what')}</p>${passphrase('take.sealed')}<button type="submit" class="textbutton">${icon('down', 13)}${t('take.sealed.do')}</button></form>` : nothing}
    ${clients.length ? html`<form @submit=${sending((form, word) => takeaway.pkcs12(/** @type {HTMLSelectElement} */ (form.elements.namedItem('certificate')).value, word))}><h3>${t('take.pkcs12')}</h3><p class="hint">${t('take.pkcs12.what')}</p>
      <label class="field tall"><span>${t('take.certificate')}</span><select name="certificate" data-field="take.certificate">${clients.map(({ id }) => html`<option value=${id} ?selected=${id === 'admin'}>${id}</option>`)}</select></label>${passphrase('take.pkcs12')}
      <button type="submit" class="textbutton">${icon('down', 13)}${t('take.pkcs12.do')}</button></form>` : nothing}</details></section>`;
}
