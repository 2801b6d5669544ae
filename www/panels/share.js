// The row above the form: steps back and forth, and the ways to pass a cluster on.
import { html } from 'lit-html';
import { icon } from '../icons.js';

/** @param {{ undo: boolean, redo: boolean }} can @param {import('./parts.js').Translate} t @param {import('./parts.js').Actions} actions */
export function formTools(can, t, actions) {
  /** @param {import('../icons.js').IconName} name @param {import('../i18n.js').Key} label @param {() => void} act @param {boolean} [enabled] */
  const button = (name, label, act, enabled = true) => html`<button type="button" class="square" aria-label=${t(label)} title=${t(label)} ?disabled=${!enabled} @click=${act}>${icon(name, 15)}</button>`;
  return html`<div class="formtools" role="toolbar" aria-label=${t('tools')}>
    ${button('undo', 'undo', actions.undo, can.undo)}${button('redo', 'redo', actions.redo, can.redo)}<span class="gap"></span>
    ${button('lines', 'many.open', () => actions.many({}))}${button('link', 'share.link', actions.copyLink)}${button('down', 'share.save', actions.save)}${button('folder', 'share.open', actions.open)}</div>`;
}
