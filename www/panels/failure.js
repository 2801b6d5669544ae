// What went wrong while generating, and what to do about it.
import { html } from 'lit-html';
import { explained } from '../i18n.js';

/**
 * @param {import('../wasm.d.ts').CoreError} failure @param {import('../i18n.js').Language} language
 * @param {import('./parts.js').Translate} t @param {import('./parts.js').Actions} actions
 */
export function failed(failure, language, t, actions) {
  const { message, hint } = explained(failure, language);
  return html`<section class="failure"><h2>${t('failure.title')}</h2><p class="message">${message}</p><p>${hint}</p>
    <p class="hint">${t('failure.nothing')}</p>
    <button type="button" class="primary small" @click=${actions.start}>${t('generate.retry')}</button></section>`;
}
