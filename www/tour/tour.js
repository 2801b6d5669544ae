// The walkthrough as the page has it: where one is, what the keys and the address bar do to that, and what is remembered.
/** @import { State } from '../state.js' */
/** @import { Geometry } from '../layout/geometry.js' */
/** @import { Actions } from '../panels/parts.js' */
/** @import { ChapterId } from './chapters.js' */
/** @import { Question } from './questions.js' */
/** @import { Walk } from './walk.js' */
import { attend, begin as fromTheTop, redrawn } from './attention.js';
import { Book } from './book.js';
import { CHAPTERS, stories } from './chapters.js';
import { meaning, pressing, taken } from './keys.js';
import { asLights, lighting } from './lighting.js';
import { readBack, written } from './progress.js';
import { again, begin, gone, opened, picked, revealed } from './walk.js';
import { Show } from './show.js';
import { linkTo, showHash } from '../address-bar.js';
import { remember, remembered } from '../preferences.js';

/** @typedef {{ state: () => State, changed: () => void, actions: () => Actions, busy: () => boolean }} Page what the controller does for it */

export class Tour {
  /** @type {Walk} */
  walk = begin(readBack(remembered('tour')));
  #page;
  /** Where the focus was before. @type {Element | null} */
  #origin = null;

  /** @param {Page} page */
  constructor(page) {
    this.#page = page;
    this.book = new Book(() => page.state().plan);
    this.show = new Show(this, page);
  }

  get chapter() { return this.book.chapter(this.walk.chapter); }
  get questions() { return this.book.questions(this.walk.chapter); }

  /** The connection that a chapter of several tells of now. */
  get story() {
    const all = stories(this.chapter.connections);
    return this.walk.chapter === 'arrows' ? all.find(({ id }) => id === this.walk.story) ?? all[0] ?? null : null;
  }

  /** What the chapter lights; null: the figure is as always. @param {Geometry} geometry */
  lit(geometry) {
    const { plan, selection } = this.#page.state();
    return this.walk.on && selection === null ? lighting(geometry, this.chapter, plan, this.walk.story ? this.story : null) : null;
  }

  /** @param {Geometry} geometry */
  lights(geometry) {
    const lit = this.lit(geometry);
    return lit && asLights(lit);
  }

  /** @param {ChapterId} [chapter] by default where one has not been yet */
  open = (chapter = CHAPTERS.find((id) => !this.walk.read.has(id)) ?? CHAPTERS[0]) => {
    if (!this.walk.on) this.#origin = document.activeElement;
    this.unselect();
    this.set(opened(this.walk, chapter));
    this.#begin();
  };

  leave = () => {
    this.set({ ...this.walk, on: false });
    showHash('');
    const origin = this.#origin instanceof HTMLElement && this.#origin.isConnected && this.#origin !== document.body ? this.#origin : document.querySelector('.tourbutton');
    requestAnimationFrame(() => /** @type {HTMLElement | null} */ (origin)?.focus());
  };

  /** @param {1 | -1} by */
  go = (by) => {
    const before = this.walk.chapter;
    this.unselect();
    this.set(gone(this.walk, by));
    if (this.walk.chapter !== before) this.#begin();
  };

  /** @param {Partial<Pick<Walk, 'certificate' | 'story'>>} choice */
  choose = (choice) => this.set({ ...this.walk, ...choice });
  /** @param {Question} question @param {string} option */
  pick = (question, option) => this.set(picked(this.walk, question, option));
  /** @param {Question} question */
  reveal = (question) => {
    this.set(revealed(this.walk, question, this.questions));
    this.#attend(`[data-question="${question.id}"] .why`);
  };
  /** @param {string} question */
  again = (question) => {
    this.set(again(this.walk, question));
    this.#attend(`[data-question="${question}"] input`);
  };
  copyLink = () => this.#page.actions().copy(linkTo(`#chapter=${this.walk.chapter}`));

  /** The chapter, and not what was looked at in between. */
  unselect() { if (this.#page.state().selection) this.#page.actions().select(null); }

  /** @param {Walk} walk */
  set(walk) {
    const before = this.walk;
    this.walk = walk;
    if (walk.read !== before.read || walk.answered !== before.answered) remember('tour', written(walk));
    if (walk.on && (walk.chapter !== before.chapter || !before.on)) showHash(`#chapter=${walk.chapter}`);
    this.#page.changed();
  }

  listen() {
    addEventListener('hashchange', () => this.follow());
    addEventListener('keydown', (event) => this.#key(event));
    this.show.listen();
    this.follow();
  }

  /** Opens the chapter that the address bar names. */
  follow() {
    const id = CHAPTERS.find((one) => location.hash === `#chapter=${one}`);
    if (id && !(this.walk.on && this.walk.chapter === id)) this.open(id);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.defaultPrevented || this.#page.busy()) return;
    const { on, presenting } = this.walk, what = meaning(event, { presenting, walking: on });
    if (what === null || (!presenting && taken(what, event.target)) || pressing(event, event.target)) return;
    event.preventDefault();
    if (presenting) this.show.press(what);
    else if (what === 'present') this.show.start();
    else this.go(what === 'next' ? 1 : -1);
  }

  #begin() { redrawn(() => { if (!this.walk.presenting) fromTheTop(panel()); }); }

  /** To what has been drawn anew, for what had the focus is gone. @param {string} selector */
  #attend(selector) { redrawn(() => { if (!this.walk.presenting) attend(panel().querySelector(selector)); }); }
}

const panel = () => /** @type {HTMLElement} */ (document.getElementById('panel'));
