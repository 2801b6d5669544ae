// The ways to the dialog: a button in the top bar, and an invitation beside the figure.
import { html } from 'lit-html';
import { icon } from '../../icons.js';

/** @param {import('../parts.js').Translate} t @param {import('../parts.js').Actions} actions */
export const bringButton = (t, actions) => html`<button type="button" class="bringbutton" title=${t('bring.title')} @click=${() => actions.bring.ask()}>${icon('folder', 15)}<span>${t('bring.button')}</span></button>`;

/** @param {import('../parts.js').Translate} t @param {import('../parts.js').Actions} actions */
export const bringInvitation = (t, actions) => html`<section class="part bringpart"><h3>${t('bring.title')}</h3><p class="hint">${t('bring.invitation')}</p><button type="button" class="textbutton" @click=${() => actions.bring.ask()}>${icon('folder', 13)}${t('bring.button')}</button></section>`;
