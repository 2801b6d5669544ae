// A field of the form with its message: every keystroke goes to the core; what it refuses stands next to the field.
/** @import { State } from '../state.js' */
/** @import { Description } from '../wasm.d.ts' */
import { html, nothing } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { fieldOf } from '../description.js';
import { explained } from '../i18n.js';
import { algorithmName } from '../names.js';

/** @typedef {ReturnType<typeof fields>} Fields */

/** @type {import('../wasm.d.ts').KeyAlgorithm[]} */
export const ALGORITHMS = ['rsa-2048', 'rsa-3072', 'rsa-4096', 'ecdsa-p256', 'ecdsa-p384'];

/** @param {State} state @param {import('../i18n.js').Language} language @param {import('./parts.js').Actions} actions */
export function fields({ description, refusal }, language, actions) {
  const wrong = refusal ? fieldOf(refusal, description) : null, words = refusal ? explained(refusal, language) : null;

  return {
    description, wrong, refusal,
    /** @param {Partial<Description>} change @param {string} [field] the one that is typed into */
    edit: (change, field) => actions.edit({ ...description, ...change }, field),

    /** The message of a field, which its input names as its description. @param {string} field */
    error: (field) => (field === wrong && words ? html`<p class="error" id="error" role="alert"><b>${words.message}</b> ${words.hint}</p>` : nothing),

    /** @param {string} label @param {string} field @param {string} value @param {(text: string) => void} set @param {{ style?: string, type?: string, placeholder?: string }} [how] */
    input: (label, field, value, set, { style = 'mono', type = 'text', placeholder = '' } = {}) => html`<input class=${style} type=${type} aria-label=${label} .value=${live(value)}
      data-field=${field} placeholder=${placeholder} autocomplete="off" autocapitalize="off" spellcheck="false" aria-invalid=${field === wrong ? 'true' : 'false'}
      aria-describedby=${field === wrong ? 'error' : nothing} @input=${(/** @type {InputEvent} */ event) => set(/** @type {HTMLInputElement} */ (event.target).value)}>`,

    /** A choice of a few. @param {string} label @param {string} field @param {string} value @param {[string, string][]} options @param {(value: string) => void} set */
    select: (label, field, value, options, set) => html`<select aria-label=${label} data-field=${field} .value=${live(value)} aria-invalid=${field === wrong ? 'true' : 'false'}
      aria-describedby=${field === wrong ? 'error' : nothing} @change=${(/** @type {Event} */ event) => set(/** @type {HTMLSelectElement} */ (event.target).value)}>
      ${options.map(([one, text]) => html`<option value=${one} ?selected=${one === value}>${text}</option>`)}</select>`,
  };
}

/** @type {[string, string][]} */
export const algorithmOptions = ALGORITHMS.map((one) => [one, algorithmName(one)]);
