// Zoom, where the figure is too small to read.
import { html, nothing } from 'lit-html';
import { icon } from '../icons.js';

/** @param {{ needed: boolean, closer: boolean, step: (way: 1 | -1 | 0) => void }} lens @param {import('./parts.js').Translate} t */
export const zoom = (lens, t) => (lens.needed ? html`<div class="zoom" role="group" aria-label=${t('zoom')}>
  <button type="button" class="square" aria-label=${t('zoom.out')} title="${t('zoom.out')} (-)" ?disabled=${!lens.closer} @click=${() => lens.step(-1)}>${icon('minus')}</button>
  <button type="button" class="square" aria-label=${t('zoom.in')} title="${t('zoom.in')} (+)" @click=${() => lens.step(1)}>${icon('plus')}</button>
  <button type="button" class="textbutton" title="${t('zoom.fit')} (0)" ?disabled=${!lens.closer} @click=${() => lens.step(0)}>${t('zoom.fit')}</button></div>` : nothing);
