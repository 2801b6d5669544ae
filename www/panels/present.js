// Present mode: the figure with the chapter's part lit at the left, one thing at the right, readable from the back of a room.
/** @import { State } from '../state.js' */
/** @import { Tour } from '../tour/tour.js' */
/** @import { Slide } from '../tour/walk.js' */
/** @import { Key, Language } from '../i18n.js' */
/** @import { Actions, Translate } from './parts.js' */
import { html, nothing } from 'lit-html';
import { icon } from '../icons.js';
import { CHAPTERS, folders } from '../tour/chapters.js';
import { certificateLines, keyLines, requestLines } from '../tour/objects.js';
import { paragraphs, told } from '../tour/words.js';
import { made } from '../state.js';
import { summary } from './bar.js';
import { rich } from '../i18n.js';
import { unique } from '../layout/geometry.js';
import { modeText, publicFile } from '../names.js';
import { mark, optionText, outcome, verdict } from './tour-question.js';
import { fields, sentence } from './tour-steps.js';
import { badgeHalf, plateHalf, storyTitle } from './tour-story.js';

/** @typedef {{ language: Language, byHand: import('../by-hand.js').ByHand }} Around */

/** @param {Tour} tour @param {State} state @param {{ drawing: unknown, piece: boolean }} figure piece: of it only a part @param {Around} around @param {Translate} t @param {Actions} actions */
export function present(tour, state, figure, around, t, actions) {
  const { walk, chapter, show } = tour, { slides } = show, now = Math.min(walk.slide, slides.length - 1), slide = slides[now], at = CHAPTERS.indexOf(walk.chapter), broken = state.judged?.lesson.id ?? null;
  const body = broken ? experiment(broken, state, t) : walk.menu === 'help' ? help(t) : walk.menu === 'experiments' ? experiments(tour, state, t) : shown(slide, tour, state, around, t, actions);
  return html`<div class="presentfigure ${figure.piece ? 'piece' : ''}" inert>${figure.drawing}</div><main class="slide is-${broken ? 'broken' : walk.menu ?? slide.kind}" aria-live="polite" tabindex="0">
    <p class="chaptername">${broken ? t('lessons') : slide.kind === 'title' ? t('tour.count', { n: at + 1, of: CHAPTERS.length }) : html`${at + 1}<span>${t(`tour.${chapter.id}`)}</span>`}</p>${body}</main>
    <footer class="presentfoot"><ol class="dots" aria-label=${t('tour.slide', { n: now + 1, of: slides.length })}>${slides.map(({ kind }, i) => html`<li class="${i === now ? 'now' : i < now ? 'done' : ''} ${kind === 'question' ? 'asks' : ''}"></li>`)}</ol>
      <p class="presentstate">${status(tour, state, t)}</p>
      <p class="presentkeys">${['back', 'next'].map((way) => html`<button type="button" aria-label=${t(/** @type {Key} */ (`tour.slide.${way}`))} @click=${() => show.press(/** @type {'back' | 'next'} */ (way))}><kbd>${way === 'back' ? '←' : '→'}</kbd><span class="touched">${t(/** @type {Key} */ (`tour.slide.${way}`))}</span></button>`)}
      <button type="button" class="forkeys" @click=${() => show.press('help')}><kbd>?</kbd>${t('tour.help')}</button><button type="button" @click=${() => show.press('close')}><kbd>Esc</kbd><span>${t(broken ? 'tour.experiments.mend' : walk.menu ? 'close' : 'tour.stop')}</span></button></p></footer>`;
}

/** @param {Tour} tour @param {State} state @param {Translate} t */
const status = ({ show }, state, t) => (state.phase === 'issued' ? (state.judged ? rich(summary(state.judged, t)) : t('state.issued')) : state.phase === 'generating' ? t('keys.progress', { n: state.plan.totals.keys, made: made(state).size }) : html`<button type="button" @click=${() => show.press('generate')}><kbd>G</kbd>${t('generate', { n: state.plan.totals.keys })}</button>`);

/** @param {Slide} slide @param {Tour} tour @param {State} state @param {Around} around @param {Translate} t @param {Actions} actions */
function shown(slide, tour, state, { language, byHand }, t, actions) {
  const { chapter } = tour;
  switch (slide.kind) {
    case 'title':
      return html`<h2>${t(`tour.${chapter.id}`)}</h2><p class="big">${told(t, `tour.${chapter.id}.lead`, chapter.values)}</p>
        <ul class="maketags">${chapter.certificates.slice(0, 3).map((one) => html`<li>${icon(one.kind === 'authority' ? 'seal' : one.kind.startsWith('server') ? 'lock' : one.kind === 'client' ? 'idcard' : 'key', 26)}<span><b>${publicFile(one)}</b><small>${t(`kind.${one.kind}`)}</small></span></li>`)}</ul>`;
    case 'text':
      return html`<p class="saying">${paragraphs(chapter, t)[slide.n - 1]}</p>`;
    case 'key': case 'request': case 'certificate':
      return making(slide.kind, slide.certificate, state, language, t);
    case 'commands':
      return commands(byHand.recipe(state.plan, slide.certificate), t);
    case 'folder': {
      const folder = folders(state.plan).find(({ node }) => node === slide.node);
      return folder && folderSlide(folder, t);
    }
    case 'story': {
      const connection = state.plan.connections.find(({ id }) => id === slide.connection);
      return connection && html`<h2>${storyTitle(connection, t)}</h2><div class="story">${(slide.half === 'plate' ? plateHalf : badgeHalf)(connection, state, t, actions)}</div>`;
    }
    case 'question':
      return question(slide, tour, t);
  }
}

/** @param {'key' | 'request' | 'certificate'} kind @param {string} id @param {State} state @param {Language} language @param {Translate} t */
function making(kind, id, state, language, t) {
  const planned = state.plan.certificates.find((one) => one.id === id);
  if (!planned) return nothing;
  const lines = kind === 'key' ? keyLines(state, planned, t) : kind === 'request' ? requestLines(state, planned, t) : certificateLines(state, planned, language, t).filter(({ minor }) => minor !== true);
  const ending = kind === 'key' ? '.key' : kind === 'request' ? '.csr' : '.crt';
  return html`<h2>${icon(kind === 'key' ? 'key' : kind === 'request' ? 'lines' : 'seal', 34)}${t(`tour.step.${kind}`)}<code>${id}${ending}</code></h2><p>${sentence(kind, planned, t)}</p>
    ${fields(lines, 3)}${planned.kind === 'key-pair' ? html`<p>${told(t, 'tour.pair', { file: publicFile(planned) })}</p>` : nothing}`;
}

/** The same by hand; a slide folds lines as it has room, and never between an option and its value. A file of twenty lines and more cannot be read from the back: it is named. @param {import('../wasm.d.ts').Recipe | null} recipe @param {Translate} t */
const commands = (recipe, t) => (recipe === null ? nothing : html`<h2>${icon('terminal', 34)}openssl</h2>${recipe.openssl.steps.slice(0, 3).map(({ command }) => html`<pre class="typed">${command.trimEnd().replace(/\s*\\\n\s*/g, ' ').split(/ (?=-)/).map((word) => html`<span>${word}</span> `)}</pre>`)}${recipe.openssl.files.slice(0, 1).map(({ name }) => html`<p class="aside">${told(t, 'tour.slide.config', { file: name })}</p>`)}`);

/** What lies on one node, by folder: names only, so that they can be read from the back. @param {import('../tour/chapters.js').Folder} folder @param {Translate} t */
function folderSlide({ node, files }, t) {
  const split = files.map((file) => ({ ...file, at: file.path.lastIndexOf('/') + 1 })), most = 10, places = unique(split.map(({ path, at }) => path.slice(0, at))).slice(0, 2), shown = split.filter(({ path, at }) => places.includes(path.slice(0, at))).slice(0, most);
  return html`<h2>${icon('folder', 34)}${node}</h2>${places.map((place) => html`<p class="place">${place}</p><ul class="filelist">${shown.filter(({ path, at }) => path.slice(0, at) === place)
    .map(({ path, at, secret, mode }) => html`<li class=${secret ? 'secret' : ''}>${icon(secret ? 'key' : 'idcard', 20)}${path.slice(at)}${secret ? html`<span class="unseen">${modeText(mode)}</span>` : nothing}</li>`)}</ul>`)}
    ${files.length > shown.length ? html`<p>${t('more', { n: files.length - shown.length })}</p>` : nothing}<p class="prompt">${icon('key', 20)} ${t('tour.slide.secret')}</p>`;
}

/** @param {Extract<Slide, { kind: 'question' }>} slide @param {Tour} tour @param {Translate} t */
function question({ question: one, n }, tour, t) {
  const guess = tour.walk.guesses.get(one.id), open = guess?.revealed ?? false, chosen = guess?.picked ?? new Set();
  return html`<p class="asked">${t('tour.question', { n: n + 1 })}${one.many ? html` <em>${t('tour.many')}</em>` : nothing}</p><h3>${told(t, `q.${one.id}`, one.values)}</h3>
    <ol class="choices ${one.options.every(({ text }) => text !== null && text.length < (text.includes('-') ? 12 : 18)) ? 'short' : ''}">${one.options.map((option, i) => html`<li class=${mark(open, option, chosen)}><button type="button" aria-pressed=${chosen.has(option.id) ? 'true' : 'false'} ?disabled=${open} @click=${() => tour.pick(one, option.id)}><kbd>${i + 1}</kbd><span>${optionText(one, option, t)}</span>${open ? verdict(option, chosen, t) : nothing}</button></li>`)}</ol>
    ${open ? html`<p class="why"><b>${t(outcome(one, chosen))}</b> ${told(t, `why.${one.id}`, one.values)}</p>` : html`<button type="button" class="prompt" @click=${() => tour.show.press('reveal')}><kbd>Enter</kbd><span class="forkeys">${t('tour.reveal.key')}</span><span class="touched">${t('tour.reveal')}</span></button>`}`;
}

/** @param {Translate} t */
const help = (t) => html`<h2>${t('tour.help')}</h2><dl class="keylist">${[['→ ←', 'next'], ['↑ ↓', 'chapters'], ['1 – 9 0', 'digits'], ['Enter Space', 'reveal'], ['G', 'generate'], ['W', 'experiments'], ['T  L', 'look'], ['Esc', 'leave']]
  .map(([keys, what]) => html`<dt>${keys.split(/\s+/).map((key) => (key === '–' ? '–' : html`<kbd>${key}</kbd>`))}</dt><dd>${t(/** @type {Key} */ (`tour.help.${what}`))}</dd>`)}</dl>`;

/** The experiments as a menu. @param {Tour} tour @param {State} state @param {Translate} t */
const experiments = (tour, { judged }, t) => html`<h2>${t('lessons')}</h2>${judged ? html`<ol class="experiments">${judged.lessons.map((id, i) => html`<li class=${i === tour.walk.cursor ? 'now' : ''} aria-current=${i === tour.walk.cursor ? 'true' : nothing}><button type="button" @click=${() => tour.show.press(i)}><kbd>${i < 10 ? (i + 1) % 10 : '·'}</kbd>${t(/** @type {Key} */ (`lesson.${id}`))}</button></li>`)}</ol>` : html`<p><kbd>G</kbd> ${t('tour.experiments.none')}</p>`}`;

/** @param {string} id @param {State} state @param {Translate} t */
function experiment(id, { judged }, t) {
  const say = (/** @type {string} */ part) => t(/** @type {Key} */ (`lesson.${id}${part}`));
  return html`<h2>${icon('break', 34)}${say('')}</h2>${judged ? html`<p class="fallen">${rich(summary(judged, t))}</p>` : nothing}<p>${say('.what')}</p><dl class="lessonsays"><dt>${t('lesson.log')}</dt><dd>${say('.log')}</dd><dt>${t('lesson.mend')}</dt><dd>${say('.mend')}</dd></dl>`;
}
