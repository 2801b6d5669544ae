// The two ways into the walkthrough: a button in the top bar, and a line where nothing is selected.
import { html } from 'lit-html';
import { icon } from '../icons.js';
import { CHAPTERS } from '../tour/chapters.js';

/** @param {boolean} on @param {import('./parts.js').Translate} t @param {import('./parts.js').Actions} actions */
export const tourButton = (on, t, actions) => html`<button type="button" class="tourbutton" aria-pressed=${on ? 'true' : 'false'} title=${t('tour.invite', { n: CHAPTERS.length })} @click=${() => (on ? actions.tour.leave() : actions.tour.open())}>${icon('steps', 16)}<span>${t('tour')}</span></button>`;

/** @param {import('./parts.js').Translate} t @param {import('./parts.js').Actions} actions */
export const tourInvitation = (t, actions) => html`<button type="button" class="invitation" @click=${() => actions.tour.open()}>${icon('steps', 18)}<span><b>${t('tour')}</b><small>${t('tour.invite', { n: CHAPTERS.length })}</small></span>${icon('arrow', 14)}</button>`;
