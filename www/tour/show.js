// Present mode: the whole screen, one thing at a time, by keyboard or clicker.
/** @import { Intent } from './keys.js' */
/** @import { Page, Tour } from './tour.js' */
import { CHAPTERS } from './chapters.js';
import { ended, gone, opened, stepped } from './walk.js';

export class Show {
  #tour;
  #page;
  /** @type {Element | null} */
  #origin = null;
  /** Whether the browser really went to full screen. */
  #full = false;

  /** @param {Tour} tour @param {Page} page */
  constructor(tour, page) {
    this.#tour = tour;
    this.#page = page;
  }

  get slides() { return this.#tour.book.slides(this.#tour.walk.chapter); }
  get slide() { return this.slides[Math.min(this.#tour.walk.slide, this.slides.length - 1)]; }

  start = () => {
    const { walk } = this.#tour;
    this.#origin = document.activeElement;
    this.#tour.unselect();
    this.#tour.set({ ...walk, on: true, presenting: true, slide: 0, menu: null });
    document.documentElement.requestFullscreen?.().then(() => { this.#full = true; }, () => {});
    requestAnimationFrame(() => requestAnimationFrame(() => document.getElementById('present')?.focus()));
  };

  stop = () => {
    if (!this.#tour.walk.presenting) return;
    this.#mend();
    this.#tour.set({ ...this.#tour.walk, presenting: false, menu: null });
    this.#full = false;
    if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
    const origin = this.#origin instanceof HTMLElement && this.#origin !== document.body ? this.#origin : null;
    requestAnimationFrame(() => requestAnimationFrame(() => (origin?.isConnected ? origin : /** @type {HTMLElement | null} */ (document.querySelector('#panel .presentbutton')))?.focus()));
  };

  listen() {
    // The browser keeps Escape to itself while the page fills the screen, and tells only that it no longer does.
    document.addEventListener('fullscreenchange', () => { if (!document.fullscreenElement && this.#full) this.stop(); });
    addEventListener('resize', () => { if (this.#tour.walk.presenting) this.#page.changed(); });
  }

  /** @param {Intent | number} what */
  press(what) {
    const tour = this.#tour, { walk } = tour, actions = this.#page.actions();
    if (what === 'help' || what === 'experiments') return this.#menu(walk.menu === what ? null : what);
    if (what === 'theme') return actions.theme();
    if (what === 'language') return actions.language(document.documentElement.lang === 'ja' ? 'en' : 'ja');
    if (what === 'generate') return this.#generate();
    if (what === 'close') return this.#page.state().judged?.lesson.id ? this.#mend() : walk.menu ? this.#menu(null) : this.stop();
    if (walk.menu === 'experiments') return this.#experiment(what);
    if (walk.menu) return this.#menu(null);
    if (typeof what === 'number') return this.#digit(what);
    const { slide } = this, hidden = slide.kind === 'question' && !walk.guesses.get(slide.question.id)?.revealed;
    if (hidden && slide.kind === 'question' && (what === 'next' || what === 'reveal')) return tour.reveal(slide.question);
    if (what === 'down' || what === 'up') return tour.set(gone(walk, what === 'down' ? 1 : -1));
    if (what === 'first' || what === 'last') return tour.set(ended(walk, what === 'last', tour.book.slides));
    tour.set(stepped(walk, what === 'back' ? -1 : 1, tour.book.slides));
  }

  /** @param {import('./walk.js').Menu} menu */
  #menu = (menu) => {
    if (menu !== 'experiments') this.#mend();
    this.#tour.set({ ...this.#tour.walk, menu, cursor: 0 });
  };

  /** @param {number} n */
  #digit(n) {
    const tour = this.#tour, { slide } = this;
    if (slide.kind !== 'question') tour.set(opened(tour.walk, CHAPTERS[n]));
    else if (slide.question.options[n]) tour.pick(slide.question, slide.question.options[n].id);
  }

  #generate() {
    const { phase } = this.#page.state();
    if (phase === 'planned' || phase === 'failed') this.#page.actions().start();
  }

  /** In the menu of experiments. @param {Intent | number} what */
  #experiment(what) {
    const tour = this.#tour, { judged } = this.#page.state(), all = judged?.lessons ?? [], { cursor } = tour.walk;
    if (judged?.lesson.id) return this.#mend();
    const to = typeof what === 'number' ? what : what === 'down' ? cursor + 1 : what === 'up' ? cursor - 1 : what === 'first' ? 0 : what === 'last' ? all.length - 1 : cursor;
    if (all.length) tour.set({ ...tour.walk, cursor: (to + all.length) % all.length });
    if (all[to] && (typeof what === 'number' || what === 'next' || what === 'reveal')) this.#page.actions().lesson(all[to]);
    if (what === 'back') this.#menu(null);
  }

  #mend() { if (this.#page.state().judged?.lesson.id) this.#page.actions().lesson(null); }
}
