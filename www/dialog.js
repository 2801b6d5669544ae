// The one dialog in which clusters come: by link or file, or by a list of nodes.
/** @import { Dialog } from './passing.js' */
/** @import { Preset } from './wasm.d.ts' */
import { render } from 'lit-html';
import { bringDialog } from './panels/bring/dialog.js';
import { manyDialog } from './panels/many.js';
import { openingDialog } from './panels/opening.js';

/** @param {HTMLDialogElement} element @param {Dialog | null} dialog @param {Preset[]} presets @param {import('./i18n.js').Language} language @param {import('./i18n.js').Translate} t @param {import('./panels/parts.js').Actions} actions */
export function drawDialog(element, dialog, presets, language, t, actions) {
  if (dialog) render('opening' in dialog ? openingDialog(dialog.opening, presets, language, t, actions) : manyDialog(dialog.many, dialog.outcome, language, t, actions), element);
  if (dialog && !element.open) element.showModal();
  if (!dialog && element.open) element.close();
}

/** @param {HTMLDialogElement} element @param {import('./bringing.js').Bringing} bring @param {import('./i18n.js').Language} language @param {import('./i18n.js').Translate} t @param {import('./panels/parts.js').Actions} actions */
export function drawBringing(element, bring, language, t, actions) {
  const { open } = bring.view;
  if (open) render(bringDialog(bring, language, t, actions), element);
  if (open && !element.open) element.showModal();
  if (!open && element.open) element.close();
}
