// While keys are made: each one, waiting, searching or made; of very many the last ones. RSA search has no percentage, so none is shown.
/** @import { State } from '../state.js' */
import { html } from 'lit-html';
import { icon } from '../icons.js';
import { formats } from '../i18n.js';
import { made } from '../state.js';
import { algorithmName } from '../names.js';

/** Rows that are shown of very many keys. */
const ROWS = 40;

/** @param {State} state @param {number} workers @param {import('../i18n.js').Language} language @param {import('./parts.js').Translate} t */
export function keys(state, workers, language, t) {
  const n = state.imported ? state.keys.size : state.plan.totals.keys, done = made(state).size;
  return html`<header><h2 tabindex="-1">${state.signing ? t(state.packed ? 'keys.packing' : 'keys.signing', { size: formats(language).size(state.packed) }) : t('keys.title', { n })}</h2>
    <p class="dial">${t('keys.how', { algorithm: algorithmName(state.plan.cluster.keyAlgorithm), workers })}</p>
    <progress max=${n} .value=${done} aria-label=${t('keys.progress', { n, made: done })}></progress></header>
    <ul class="keys">${shown(state).map(([id, key]) => html`<li class=${key.state}>
      ${icon(key.state === 'made' ? 'check' : key.state === 'searching' ? 'key' : 'clock', 15)}
      <span class="name">${id}<span>.key</span></span>
      <span class="ms">${key.state === 'made' ? key.ms === null ? t('keys.ahead') : t('keys.made', { ms: Math.round(key.ms) }) : t(key.state === 'searching' ? 'keys.searching' : 'keys.waiting')}</span></li>`)}</ul>
    <p class="hint">${t(state.plan.cluster.keyAlgorithm.startsWith('rsa-') ? 'keys.why' : 'keys.why.ecdsa')}</p><p class="hint">${t('keys.vault')}</p>`;
}

/** @param {State} state */
function shown({ keys }) {
  if (keys.size <= ROWS) return [...keys];
  const begun = [...keys].filter(([, { state }]) => state !== 'waiting'), searching = begun.filter(([, { state }]) => state === 'searching');
  return [...searching, ...begun.filter(([, { state }]) => state === 'made').slice(-ROWS).reverse()].slice(0, ROWS);
}
