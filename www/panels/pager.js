// The way through a list that is too long for one look.
import { html } from 'lit-html';
import { icon } from '../icons.js';

/** @param {number} count @param {number} size @param {number} page from 0 @param {(page: number) => void} turn @param {import('./parts.js').Translate} t */
export function pager(count, size, page, turn, t) {
  const last = Math.max(0, Math.ceil(count / size) - 1), first = Math.min(count, page * size + 1);
  return html`<div class="pager"><button type="button" class="square" aria-label=${t('pager.before')} ?disabled=${page === 0} @click=${() => turn(page - 1)}>${icon('back', 13)}</button>
    <span>${t('pager.where', { first, last: Math.min(count, (page + 1) * size), n: count })}</span>
    <button type="button" class="square" aria-label=${t('pager.after')} ?disabled=${page >= last} @click=${() => turn(page + 1)}>${icon('arrow', 13)}</button></div>`;
}
