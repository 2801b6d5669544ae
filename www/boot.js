// When the page cannot start: what is missing or damaged, and what to do about it.
import { html, nothing } from 'lit-html';
import { asCoreError } from './core.js';
import { explained, translator } from './i18n.js';

/** @param {unknown} thrown @param {import('./i18n.js').Language} language */
export function stuck(thrown, language) {
  const t = translator(language), error = asCoreError(thrown), { found = '' } = error;
  const { title, what, next } = {
    'browser-lacks': { title: t('boot.lacks'), what: t('boot.lacks.what', { found }), next: [t('boot.lacks.update'), t('boot.lacks.lockdown')] },
    'file-damaged': { title: t('boot.damaged'), what: t('boot.damaged.what'), next: [t('boot.damaged.again'), t('boot.damaged.other')] },
  }[error.code] ?? { title: t('boot.failed'), what: explained(error, language).message, next: [explained(error, language).hint].filter(Boolean) };
  return html`<section class="before stuck"><h2>${title}</h2><p>${what}</p>${next.length ? html`<ul>${next.map((one) => html`<li>${one}</li>`)}</ul>` : nothing}
    <p class="hint">${t('boot.nothing')}</p>${error.code === 'file-damaged' ? html`<details><summary>${t('boot.details')}</summary><p lang="en"><code>${found}</code></p></details>` : nothing}</section>`;
}
