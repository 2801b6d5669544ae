// The walkthrough at the right of the figure: a chapter, its three steps, its three questions, and the way on.
/** @import { State } from '../state.js' */
/** @import { Tour } from '../tour/tour.js' */
/** @import { Language } from '../i18n.js' */
/** @import { Actions, Translate } from './parts.js' */
import { html, nothing } from 'lit-html';
import { keyed } from 'lit-html/directives/keyed.js';
import { icon } from '../icons.js';
import { CHAPTERS, folders } from '../tour/chapters.js';
import { modeText } from '../names.js';
import { paragraphs, told } from '../tour/words.js';
import { call } from './by-hand.js';
import { questionCard } from './tour-question.js';
import { steps } from './tour-steps.js';
import { storyCard, storyChooser } from './tour-story.js';

/** @param {Tour} tour @param {State} state @param {Language} language @param {Translate} t @param {Actions} actions @param {{ figure: unknown, byHand: import('../by-hand.js').ByHand }} around figure: on small screens, where it is not beside */
export function tourPanel(tour, state, language, t, actions, { figure, byHand }) {
  const { chapter, questions } = tour, at = CHAPTERS.indexOf(chapter.id), { id } = chapter;
  return keyed(id, html`<div class="tour"><header class="tourhead"><button type="button" class="close" aria-label=${t('tour.leave')} title=${t('tour.leave')} @click=${tour.leave}>${icon('cross', 15)}</button>
      <p class="tourcount">${t('tour.count', { n: at + 1, of: CHAPTERS.length })}</p><h2 tabindex="-1">${t(`tour.${id}`)}</h2><p class="tourlead">${told(t, `tour.${id}.lead`, chapter.values)}</p></header>
    ${contents(tour, t)}
    <div class="tourtools"><button type="button" class="primary quiet small presentbutton" @click=${tour.show.start}>${icon('screen', 15)}${t('tour.present')}<kbd>P</kbd></button>
      <button type="button" class="textbutton" @click=${tour.copyLink}>${icon('link', 14)}${t('tour.link')}</button></div>
    ${figure}
    <div class="tourtext">${paragraphs(chapter, t).map((text) => html`<p>${text}</p>`)}</div>
    ${chapter.certificates.length ? steps(tour, state, byHand, language, t, actions) : nothing}
    ${id === 'distribution' ? folders(state.plan).map((folder) => folderTable(folder, t)) : nothing}
    ${id === 'arrows' && tour.story ? html`${storyChooser(tour, t)}${storyCard(tour.story, state, t, actions)}${call(byHand.call(state.plan, tour.story.id), t, actions)}` : nothing}
    <section class="quiz" aria-label=${t('tour.questions')}><h3>${t('tour.questions')}</h3>${questions.map((question, n) => questionCard(tour, question, n, t))}</section>
    <nav class="tourmoves" aria-label=${t('tour')}><button type="button" class="primary quiet small" ?disabled=${at === 0} @click=${() => tour.go(-1)}>${icon('back', 14)}${t('tour.back')}</button>
      <span>${t('tour.keys')}</span>
      ${at < CHAPTERS.length - 1 ? html`<button type="button" class="primary small" @click=${() => tour.go(1)}>${t('tour.next')}${icon('arrow', 14)}</button>`
      : html`<button type="button" class="primary small" @click=${() => { tour.go(1); tour.leave(); }}>${t('tour.finish')}${icon('check', 14)}</button>`}</nav></div>`);
}

/** All chapters, with what was read and answered. @param {Tour} tour @param {Translate} t */
function contents(tour, t) {
  const { walk } = tour, all = CHAPTERS.flatMap(tour.book.questions), answered = all.filter(({ id }) => walk.answered.has(id)).length;
  return html`<details class="contents"><summary>${t('tour.contents')}<em>${t('tour.progress', { read: walk.read.size, of: CHAPTERS.length, answered, questions: all.length })}</em></summary>
    <ol>${CHAPTERS.map((id) => { const own = tour.book.questions(id), done = own.filter((one) => walk.answered.has(one.id)).length; return html`<li class=${walk.read.has(id) ? 'read' : ''}>
      <a href="#chapter=${id}" aria-current=${id === walk.chapter ? 'page' : nothing}><span class="tick">${walk.read.has(id) ? icon('check', 12) : nothing}</span><span>${t(`tour.${id}`)}<span class="unseen">${walk.read.has(id) ? `: ${t('tour.read')}` : ''}</span></span><i>${done}/${own.length}</i></a></li>`; })}</ol></details>`;
}

/** @param {import('../tour/chapters.js').Folder} folder @param {Translate} t */
const folderTable = ({ node, files }, t) => html`<section class="part folder"><h3>${icon('folder', 14)}${node}</h3><table><thead class="unseen"><tr><th scope="col">${t('tour.file')}</th><th scope="col">${t('tour.mode')}</th></tr></thead>
  <tbody>${files.map(({ path, secret, mode }) => html`<tr class=${secret ? 'secret' : ''}><td>${icon(secret ? 'key' : 'idcard', 12)}<span>${path}</span></td><td>${modeText(mode)}</td></tr>`)}</tbody></table></section>`;
