// In the figure's place when the core cannot be started: without it nothing can be planned or made.
import { html } from 'lit-html';
import { explained } from '../i18n.js';

/** @param {import('../wasm.d.ts').CoreError} error @param {import('../i18n.js').Language} language @param {import('./parts.js').Translate} t */
export function broken(error, language, t) {
  const { message, hint } = explained(error, language);
  return html`<div class="before" role="alert"><p><b>${t('boot.failed')}</b></p><p>${message}</p><p>${hint}</p></div>`;
}
