// A list that has nothing to show says why, and how it gets something.
import { html, nothing } from 'lit-html';

/** @param {string} words @param {string} [way] what a click does @param {() => void} [act] */
export const empty = (words, way = '', act = () => {}) => html`<p class="empty">${words}${way ? html` <button type="button" class="textbutton" @click=${act}>${way}</button>` : nothing}</p>`;

/** A filter that finds nothing. @param {string} text @param {import('./parts.js').Translate} t @param {() => void} clear */
export const foundNothing = (text, t, clear) => empty(t('empty.filter', { text }), t('empty.clear'), clear);
