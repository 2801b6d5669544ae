// A stack of equal hosts, opened: its nodes as a list, of which one can be drawn by itself.
/** @import { Node } from '../wasm.d.ts' */
import { html, nothing } from 'lit-html';
import { icon } from '../icons.js';
import { foundNothing } from './empty.js';
import { pager } from './pager.js';
import { closeButton } from './parts.js';

/** @typedef {{ page: number, filter: string }} StackView */

const PAGE = 20;

/** @param {Node[]} hosts @param {StackView} view @param {string | null} focus @param {import('./parts.js').Translate} t @param {import('./parts.js').Actions} actions */
export function stackPanel(hosts, view, focus, t, actions) {
  const sought = view.filter.trim(), found = hosts.filter(({ name, addresses }) => [name, ...addresses].some((text) => text.includes(sought)));
  const page = Math.min(view.page, Math.max(0, Math.ceil(found.length / PAGE) - 1));
  return html`<header>${closeButton(t, actions)}<h2 tabindex="-1">${t('stack.title', { n: hosts.length })}</h2><p class="dial">${t('stack.how')}</p>
    ${focus ? html`<button type="button" class="textbutton" @click=${() => actions.focus(null)}>${icon('back', 13)}${t('stack.back')}</button>` : ''}</header>
    <section class="part"><input class="filter" type="search" aria-label=${t('form.filter')} placeholder=${t('form.filter')} .value=${view.filter}
      @input=${(/** @type {Event} */ event) => actions.stack({ filter: /** @type {HTMLInputElement} */ (event.target).value, page: 0 })}>
    ${pager(found.length, PAGE, page, (to) => actions.stack({ page: to }), t)}
    ${found.length ? nothing : foundNothing(view.filter, t, () => actions.stack({ filter: '', page: 0 }))}
    <ul class="connections">${found.slice(page * PAGE, (page + 1) * PAGE).map(({ name, addresses }) => html`<li><button type="button" aria-pressed=${name === focus ? 'true' : 'false'} @click=${() => actions.focus(name)}>
      <span class="dot ${name === focus ? 'issued' : ''}"></span><span>${name}</span><em>${addresses[0] ?? ''}</em></button></li>`)}</ul></section>`;
}
