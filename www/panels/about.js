// How this page makes its keys on this machine, what of it could not be used here, and by what to know the file again.
/** @import { Kernels } from '../kernel.js' */
/** @import { Status } from '../workshop.js' */
/** @import { Key } from '../i18n.js' */
import { html, nothing } from 'lit-html';
import { fingerprint } from '../fingerprint.js';
import { aheadSentence } from './parts.js';

/** @param {Kernels | null} kernels null: not known yet @param {Status} status @param {import('./parts.js').Translate} t */
export function about(kernels, status, t) {
  if (!kernels) return nothing;
  const { modules, unknown, broken } = kernels;
  const name = (/** @type {string} */ kernel) => t(/** @type {Key} */ (`kernel.${kernel}`));
  const next = modules.find((one) => !status.refused.includes(one.name))?.name ?? 'scalar';
  const lines = [
    t(status.kernel ? 'about.runs' : 'about.will', { kernel: name(status.kernel ?? next) }),
    ...status.refused.map((kernel) => t('about.refused', { kernel: name(kernel) })),
    ...broken.map((kernel) => t('about.broken', { kernel: name(kernel) })),
    ...unknown.map((kernel) => t('about.unknown', { kernel: name(kernel) })),
    t('about.checked'), aheadSentence(status, t),
  ];
  return html`<section class="part"><details class="about" ?open=${status.refused.length + broken.length > 0}><summary>${t('about.title')}</summary>
    ${lines.filter(Boolean).map((line) => html`<p>${line}</p>`)}${sameFile(t)}</details></section>`;
}

/** Nothing for a page that build.mjs did not make. @param {import('./parts.js').Translate} t */
function sameFile(t) {
  const digits = fingerprint();
  return digits && html`<p>${t('about.fingerprint')}</p><p><code id="fingerprint">${digits}</code></p><p>${t('about.fingerprint.check')}</p><p><code>sed '$d' hardway.html | sha256sum</code></p><p>${t('about.fingerprint.limit')}</p>`;
}
