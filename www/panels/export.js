// What can be taken out of the page, behind one button.
import { html } from 'lit-html';
import { icon } from '../icons.js';

/** @typedef {'svg' | 'png' | 'copy' | 'markdown' | 'print'} Format */

const FORMATS = /** @type {const} */ (['svg', 'png', 'copy', 'markdown', 'print']);

/** A disclosure, so that the browser brings its keyboard and its words. @param {import('./parts.js').Translate} t @param {import('./parts.js').Actions} actions */
export const exportMenu = (t, actions) => html`<details class="export" @keydown=${leave} @focusout=${left} @toggle=${watch}>
  <summary title=${t('export')}>${icon('down', 14)}<span>${t('export')}</span></summary>
  <ul>${FORMATS.map((format) => html`<li><button type="button" @click=${(/** @type {Event} */ event) => { close(of(event)); actions.export(format); }}>${t(`export.${format}`)}</button></li>`)}</ul></details>`;

/** @param {Event} event */
const of = (event) => /** @type {HTMLDetailsElement} */ (/** @type {Element} */ (event.currentTarget).closest('details'));

/** Closed from inside, the focus is on its button again. @param {HTMLDetailsElement} menu */
function close(menu) {
  menu.open = false;
  menu.querySelector('summary')?.focus();
}

/** Escape closes the menu alone, and not what else is open. @param {KeyboardEvent} event */
function leave(event) {
  const menu = of(event);
  if (event.key !== 'Escape' || !menu.open) return;
  event.stopPropagation();
  close(menu);
}

/** So does the Tab key that goes past its end. @param {FocusEvent} event */
function left(event) {
  const menu = of(event), to = /** @type {Node | null} */ (event.relatedTarget);
  if (to && !menu.contains(to)) menu.open = false;
}

/** And while it is open, a click elsewhere. @param {Event} event */
function watch(event) {
  const menu = of(event), over = new AbortController();
  if (menu.open) document.addEventListener('pointerdown', ({ target }) => {
    if (menu.open && menu.contains(/** @type {Node} */ (target))) return;
    menu.open = false;
    over.abort();
  }, { signal: over.signal });
}
