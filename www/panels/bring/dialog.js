// "Bring your own cluster": the ways in, and what was read where no cluster came of it.
import { html, nothing } from 'lit-html';
import { icon } from '../../icons.js';
import { told } from '../../i18n.js';
import { visible } from '../../share.js';
import { fileList, passphraseBox } from './files.js';

/** @param {import('../../bringing.js').Bringing} bring @param {import('../../i18n.js').Language} language @param {import('../parts.js').Translate} t @param {import('../parts.js').Actions} actions */
export function bringDialog(bring, language, t, actions) {
  const { view } = bring, { reading, listing, more, pasted } = view;
  return html`<h2 id="bringtitle">${t('bring.title')}</h2><p class="hint">${t('bring.promise')}</p>
    <div class="ways" ?inert=${reading !== null}>
      <p class="dropzone">${icon('down', 22)}<b>${t('bring.drop')}</b><span>${t('bring.drop.what')}</span></p>
      <div class="pickers">${picker(t('bring.files'), false, bring)}${picker(t('bring.folder'), true, bring)}</div>
      <label class="field tall"><span>${t('bring.paste')}</span><textarea rows="3" class="mono" data-field="bring.paste" autocomplete="off" spellcheck="false" placeholder="-----BEGIN CERTIFICATE-----"
        @paste=${(/** @type {ClipboardEvent} */ event) => { event.preventDefault(); bring.paste(event.clipboardData?.getData('text/plain') ?? ''); }}
        @change=${(/** @type {Event} */ event) => { const box = /** @type {HTMLTextAreaElement} */ (event.target), text = box.value; box.value = ''; bring.paste(text); }}></textarea></label>
      <p class="hint">${t('bring.paste.how')}</p>
    </div>
    <div class="bringoutcome" aria-live="polite">${reading ? html`<p class="busy">${t('bring.reading', { n: reading.done, of: reading.of })}</p><progress max=${Math.max(1, reading.of)} .value=${reading.done} aria-label=${t('bring.reading', { n: reading.done, of: reading.of })}></progress>` : nothing}
      ${pasted ? html`<p class=${pasted === 'key' ? 'warning' : 'hint'} role="note">${pasted === 'key' ? icon('key', 15) : nothing}<span>${t(`bring.pasted.${pasted}`)}</span></p>` : nothing}
      ${more ? html`<p class="error">${t('bring.more')}</p>` : nothing}${wrong(bring, language, t)}</div>
    ${listing.length && !reading ? html`${passphraseBox(bring, listing, t)}<section class="part"><h3>${t('bring.listing', { n: listing.length })}</h3>${fileList(bring, listing, null, null, language, t)}</section>` : nothing}
    ${limits(t)}
    <div class="dialogbuttons">${listing.length ? html`<button type="button" class="primary quiet small" @click=${actions.bring.forget.bind(bring)}>${t('bring.forget')}</button>` : nothing}
    <button type="button" class="primary small" @click=${() => bring.dismiss()}>${t('close')}</button></div>`;
}

/** What went wrong last, as one sentence. @param {import('../../bringing.js').Bringing} bring @param {import('../../i18n.js').Language} language @param {import('../parts.js').Translate} t */
export function wrong({ view: { error } }, language, t) {
  if (!error) return nothing;
  const { message, hint } = told(error, language);
  return html`<p class="error" role="alert"><b>${visible(message)}</b> ${visible(hint)} ${t('bring.kept')}</p>`;
}

/** @param {string} words @param {boolean} folder @param {import('../../bringing.js').Bringing} bring */
const picker = (words, folder, bring) => html`<label class="primary quiet small picker">${icon('folder', 15)}${words}<input type="file" multiple class="unseen" data-field=${folder ? 'bring.folder' : 'bring.files'} ?webkitdirectory=${folder}
  @change=${(/** @type {Event} */ event) => { const input = /** @type {HTMLInputElement} */ (event.target); bring.choose([...(input.files ?? [])]); input.value = ''; }}></label>`;

/** @param {import('../parts.js').Translate} t */
const limits = (t) => html`<details class="limits"><summary>${t('bring.limits')}</summary><p class="hint">${t('bring.limits.what')}</p></details>`;
