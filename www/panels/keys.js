// While keys are made: each one, waiting, searching or made. RSA search has no percentage, so none is shown.
/** @import { State } from '../state.js' */
import { html } from 'lit-html';
import { icon } from '../icons.js';
import { made } from '../state.js';
import { algorithmName } from './parts.js';

/** @param {State} state @param {number} workers @param {import('./parts.js').Translate} t */
export function keys(state, workers, t) {
  const n = state.keys.size, done = made(state).size;
  return html`<header><h2 tabindex="-1">${state.signing ? t('keys.signing') : t('keys.title', { n })}</h2>
    <p class="dial">${t('keys.how', { algorithm: algorithmName(state.plan.cluster.keyAlgorithm), workers })}</p>
    <progress max=${n} .value=${done} aria-label=${t('keys.progress', { n, made: done })}></progress></header>
    <ul class="keys">${[...state.keys].map(([id, key]) => html`<li class=${key.state}>
      ${icon(key.state === 'made' ? 'check' : key.state === 'searching' ? 'key' : 'clock', 15)}
      <span class="name">${id}<span>.key</span></span>
      <span class="ms">${key.state === 'made' ? key.ms === null ? t('keys.ahead') : t('keys.made', { ms: Math.round(key.ms) }) : t(key.state === 'searching' ? 'keys.searching' : 'keys.waiting')}</span></li>`)}</ul>
    <p class="hint">${t(state.plan.cluster.keyAlgorithm.startsWith('rsa-') ? 'keys.why' : 'keys.why.ecdsa')}</p><p class="hint">${t('keys.vault')}</p>`;
}
