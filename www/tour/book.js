// What the walkthrough tells of the cluster at hand: chapters, questions, slides, read out of each plan once.
/** @import { Plan } from '../wasm.d.ts' */
/** @import { Chapter, ChapterId } from './chapters.js' */
/** @import { Question } from './questions.js' */
import { CHAPTERS, chaptersOf } from './chapters.js';
import { questionsOf } from './questions.js';
import { slidesOf } from './walk.js';

export class Book {
  #plan;
  /** @type {{ plan: Plan, chapters: Chapter[], questions: Map<ChapterId, Question[]> } | null} */
  #read = null;

  /** @param {() => Plan} plan */
  constructor(plan) { this.#plan = plan; }

  /** @param {ChapterId} id */
  chapter = (id) => this.#now().chapters[CHAPTERS.indexOf(id)];

  /** @param {ChapterId} id */
  questions = (id) => {
    const { plan, questions } = this.#now();
    if (!questions.has(id)) questions.set(id, questionsOf(plan, this.chapter(id)));
    return /** @type {Question[]} */ (questions.get(id));
  };

  /** @param {ChapterId} id */
  slides = (id) => slidesOf(this.#plan(), this.chapter(id), this.questions(id));

  #now() {
    const plan = this.#plan();
    return this.#read?.plan === plan ? this.#read : (this.#read = { plan, chapters: chaptersOf(plan), questions: new Map() });
  }
}
