// Every file with what it was taken for and why, to be put right; what is sealed asks for its passphrase; what was guessed can be said.
/** @import { State, Imported } from '../../state.js' */
/** @import { ImportedFile, Preset } from '../../wasm.d.ts' */
/** @import { Bringing } from '../../bringing.js' */
import { html, nothing } from 'lit-html';
import { icon } from '../../icons.js';
import { told } from '../../i18n.js';
import { visible } from '../../share.js';
import { pager } from '../pager.js';
import { guesses } from './guesses.js';
import { itemLine } from './items.js';

/** @typedef {import('../parts.js').Translate} Translate */
/** @typedef {import('../../i18n.js').Key} Key */

const PAGE = 40;
/** What is wrong stands where it is seen, and not on the fortieth page. @param {ImportedFile} file */
const wrong = ({ troubles }) => troubles.some(({ note }) => !note);

/** @param {State} state @param {Imported} imported @param {Bringing} bring @param {Preset[]} presets @param {import('../../i18n.js').Language} language @param {Translate} t */
export const files = (state, imported, bring, presets, language, t) => html`<p class="hint">${t('files.how')}</p>
  <button type="button" class="textbutton" @click=${() => bring.ask()}>${icon('plus', 13)}${t('files.more')}</button>
  ${guesses(state, imported, bring, presets, t)}
  <section class="part"><h3>${t('bring.listing', { n: imported.listing.length })}</h3>${fileList(bring, imported.listing, imported, state, language, t)}</section>
  <section class="part"><h3>${t('bring.forget')}</h3><p class="hint">${t('bring.forget.what')}</p><button type="button" class="textbutton" data-act="forget" @click=${() => bring.forget()}>${icon('cross', 13)}${t('bring.forget')}</button></section>`;

/** @param {Bringing} bring @param {ImportedFile[]} listing @param {Imported | null} imported null: nothing was recognised @param {State | null} state @param {import('../../i18n.js').Language} language @param {Translate} t */
export function fileList(bring, listing, imported, state, language, t) {
  const { filter, page } = bring.view, wanted = filter.trim().toLowerCase();
  // Folders say nothing of themselves.
  const all = listing.filter((one) => (one.taken.type !== 'folder' || one.troubles.length) && (!wanted || fullPath(one, listing).toLowerCase().includes(wanted)));
  const kept = [...all.filter(wrong), ...all.filter((one) => !wrong(one))];
  return html`${listing.length > 12 ? html`<input type="search" class="filter" aria-label=${t('files.filter')} placeholder=${t('files.filter')} .value=${filter} @input=${(/** @type {Event} */ event) => bring.show({ filter: /** @type {HTMLInputElement} */ (event.target).value, page: 0 })}>` : nothing}
    ${kept.length > PAGE ? pager(kept.length, PAGE, page, (to) => bring.show({ page: to }), t) : nothing}
    <ul class="bringfiles">${kept.slice(page * PAGE, (page + 1) * PAGE).map((file) => html`<li><p class="filepath"><bdi>${visible(fullPath(file, listing))}</bdi></p>
      ${file.items.length ? nothing : html`<p class="taken">${taken(file, t)}</p>`}
      ${file.items.map((item) => itemLine(item, file, imported, state, bring, t))}
      ${file.troubles.slice(0, 6).map((trouble) => { const words = told({ ...trouble, found: trouble.found ?? undefined, expected: trouble.expected ?? undefined }, language); return html`<p class=${trouble.note ? 'note' : 'trouble'}>${visible(words.message)} <span>${visible(words.hint)}</span></p>`; })}
      ${file.troubles.length > 6 ? html`<p class="note">${t('more', { n: file.troubles.length - 6 })}</p>` : nothing}</li>`)}</ul>`;
}

/** @param {ImportedFile} file @param {ImportedFile[]} listing @returns {string} */
export const fullPath = ({ path, within }, listing) => (within === null ? path : `${fullPath(listing[within], listing)} › ${path}`);

/** @param {ImportedFile} file @param {Translate} t */
function taken({ taken: one }, t) {
  switch (one.type) {
    case 'known': return t(`taken.known.${one.as}`);
    case 'archive': case 'link': case 'locked': return t(`taken.${one.type}`, { as: visible(one.as) });
    default: return t(`taken.${one.type}`);
  }
}

/** The passphrase is read when it is sent, and stays nowhere. @param {Bringing} bring @param {ImportedFile[]} listing @param {Translate} t */
export function passphraseBox(bring, listing, t) {
  const sealed = listing.flatMap((file, i) => (file.sealed.length ? [[i, file]] : [])), { opened } = bring.view;
  if (sealed.length === 0) return opened ? html`<p class="hint" role="status">${t('sealed.opened', { n: opened })}</p>` : nothing;
  /** @param {Event} event */
  const send = (event) => {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target), box = /** @type {HTMLInputElement} */ (form.elements.namedItem('passphrase')), passphrase = box.value;
    box.value = '';
    bring.unlock(null, passphrase);
  };
  return html`<form class="sealedbox" @submit=${send}><p><b>${t('sealed.title', { n: sealed.length })}</b> ${sealed.slice(0, 4).map(([, file]) => visible(/** @type {ImportedFile} */ (file).path)).join(', ')}${sealed.length > 4 ? ', …' : ''}</p>
    ${opened ? html`<p class="hint" role="status">${t('sealed.opened', { n: opened })}</p>` : nothing}
    <label class="field tall"><span>${t('sealed.passphrase')}</span><input type="password" name="passphrase" autocomplete="off" data-field="sealed.passphrase" required></label><button type="submit" class="primary small">${icon('lock', 15)}${t('sealed.open')}</button></form>`;
}
