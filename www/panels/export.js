// What can be taken out of the page, behind one button.
import { html } from 'lit-html';
import { icon } from '../icons.js';

/** @typedef {'svg' | 'png' | 'copy' | 'markdown' | 'print'} Format */

const FORMATS = /** @type {const} */ (['svg', 'png', 'copy', 'markdown', 'print']);

/** A disclosure, so that the browser brings its keyboard and its words. @param {import('./parts.js').Translate} t @param {import('./parts.js').Actions} actions */
export const exportMenu = (t, actions) => html`<details class="export" @keydown=${leave} @toggle=${watch}>
  <summary>${icon('down', 14)}${t('export')}</summary>
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

/** While it is open, a click elsewhere closes it, and so does the Tab key that leaves it. @param {Event} event */
function watch(event) {
  const menu = of(event);
  if (!menu.open) return;
  const over = new AbortController();
  const outside = (/** @type {Event} */ { target }) => {
    if (menu.open && menu.contains(/** @type {Node} */ (target))) return;
    menu.open = false;
    over.abort();
  };
  for (const type of ['pointerdown', 'focusin']) document.addEventListener(type, outside, { signal: over.signal });
}
