// Requests out, signed certificates in: for whoever has not the authority's key.
/** @import { State } from '../../state.js' */
/** @import { Bringing } from '../../bringing.js' */
import { html, nothing } from 'lit-html';
import { icon } from '../../icons.js';
import { told } from '../../i18n.js';
import { saved } from '../../passing.js';
import { visible } from '../../share.js';

/** @param {State} state @param {Bringing} bring @param {import('../../i18n.js').Language} language @param {import('../parts.js').Translate} t */
export function waitingPanel({ waiting }, bring, language, t) {
  if (!waiting) return nothing;
  const { mending } = bring, { back, came } = mending.view, words = back ? told(back, language) : null;
  const give = (/** @type {string} */ text) => { if (text.trim()) mending.back([new Blob([text])]); };
  return html`<header><h2 tabindex="-1">${t('waiting.title', { n: waiting.ids.length })}</h2></header><ol class="next">
      <li><p>${t('waiting.take', { name: waiting.name })}</p><button type="button" class="textbutton" data-act="requests" @click=${() => saved(waiting.zip, waiting.name)}>${icon('down', 13)}${t('waiting.download')}</button></li>
      <li><p>${t('waiting.sign')}</p></li>
      <li><p>${t('waiting.back')}</p><label class="textbutton picker">${icon('folder', 13)}${t('waiting.files')}<input type="file" multiple class="unseen" data-field="waiting.files" @change=${(/** @type {Event} */ event) => { const input = /** @type {HTMLInputElement} */ (event.target); mending.back([...(input.files ?? [])]); input.value = ''; }}></label>
        <label class="field tall"><span>${t('waiting.paste')}</span><textarea rows="3" class="mono" data-field="waiting.paste" autocomplete="off" spellcheck="false" placeholder="-----BEGIN CERTIFICATE-----"
          @paste=${(/** @type {ClipboardEvent} */ event) => { event.preventDefault(); give(event.clipboardData?.getData('text/plain') ?? ''); }}
          @change=${(/** @type {Event} */ event) => { const box = /** @type {HTMLTextAreaElement} */ (event.target), text = box.value; box.value = ''; give(text); }}></textarea></label></li></ol>
    ${words ? html`<p class=${back?.code === 'import-key-among-certificates' ? 'warning' : 'error'} role="alert">${back?.code === 'import-key-among-certificates' ? icon('key', 15) : nothing}<span><b>${visible(words.message)}</b> ${visible(words.hint)}${back?.code === 'import-key-among-certificates' ? ` ${t('waiting.key')}` : ''}</span></p>` : nothing}
    ${came.length ? html`<p class="hint" role="status">${t('waiting.came', { which: came.join(', ') })}</p>` : nothing}
    <h3>${t('waiting.left')}</h3><ul class="orders">${waiting.ids.map((id) => html`<li><b>${id}.csr</b></li>`)}</ul>
    <button type="button" class="textbutton" @click=${() => mending.restore()}>${icon('back', 13)}${t('renewed.back')}</button>`;
}
