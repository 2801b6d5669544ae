// One question: guess first, then see what this cluster's own plan says, and why.
/** @import { Tour } from '../tour/tour.js' */
/** @import { Option, Question } from '../tour/questions.js' */
/** @import { Key } from '../i18n.js' */
/** @import { Translate } from './parts.js' */
import { html, nothing } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { icon } from '../icons.js';
import { guessed } from '../tour/questions.js';
import { told } from '../tour/words.js';

/** @param {Question} question @param {Option} option @param {Translate} t */
export const optionText = ({ id, values }, { id: option, text }, t) => (text === null ? told(t, `o.${id}.${option}`, values) : /^\d+$/.test(text) ? text : html`<code>${text}</code>`);

/** @param {Tour} tour @param {Question} question @param {number} n @param {Translate} t */
export function questionCard(tour, question, n, t) {
  const { id, many, options, values } = question, guess = tour.walk.guesses.get(id), open = guess?.revealed ?? false, chosen = guess?.picked ?? new Set(), before = tour.walk.answered.has(id);
  return html`<fieldset class="question ${open ? 'revealed' : ''}" data-question=${id}><legend><span class="qn">${n + 1}</span><span>${told(t, `q.${id}`, values)}${many ? html` <em>${t('tour.many')}</em>` : nothing}${before && !open ? html` <em class="before-answered">${t('tour.answered')}</em>` : nothing}</span></legend>
    ${options.map((option) => html`<label class="option ${mark(open, option, chosen)}"><input type=${many ? 'checkbox' : 'radio'} name="q-${id}" .checked=${live(chosen.has(option.id))} ?disabled=${open} @change=${() => tour.pick(question, option.id)}>
      <span>${optionText(question, option, t)}</span>${open ? verdict(option, chosen, t) : nothing}</label>`)}
    ${open ? html`<div class="why" tabindex="-1"><p><b>${t(outcome(question, chosen))}</b> ${told(t, `why.${id}`, values)}</p><button type="button" class="textbutton" @click=${() => tour.again(id)}>${icon('undo', 13)}${t('tour.again')}</button></div>`
    : html`<button type="button" class="primary quiet small" @click=${() => tour.reveal(question)}>${t(chosen.size ? 'tour.reveal' : 'tour.reveal.unguessed')}</button>`}</fieldset>`;
}

/** @param {Question} question @param {Set<string>} chosen @returns {Key} */
export const outcome = ({ options }, chosen) => (chosen.size === 0 && options.some(({ right }) => right) ? 'tour.told' : guessed(options, chosen) ? 'tour.right' : 'tour.wrong');

/** How an option is drawn. @param {boolean} open @param {Option} option @param {Set<string>} chosen */
export const mark = (open, { id, right }, chosen) => `${open ? (right ? 'right' : 'wrong') : ''} ${chosen.has(id) ? 'chosen' : ''}`;

/** By shape and word, not by colour alone. @param {Option} option @param {Set<string>} chosen @param {Translate} t */
export const verdict = ({ id, right }, chosen, t) => (right ? html`<i class="sign">${icon('check', 14)}<span class="unseen">${t('tour.option.right')}</span></i>` : chosen.has(id) ? html`<i class="sign">${icon('cross', 14)}<span class="unseen">${t('tour.option.wrong')}</span></i>` : nothing);
