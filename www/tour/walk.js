// Where somebody is in the walkthrough, and how each step changes that. Pure: no DOM, no storage.
/** @import { Plan } from '../wasm.d.ts' */
/** @import { Chapter, ChapterId } from './chapters.js' */
/** @import { Question } from './questions.js' */
import { CHAPTERS, folders, stories } from './chapters.js';
import { guessed } from './questions.js';

/** @typedef {{ picked: Set<string>, revealed: boolean }} Guess */
/** @typedef {{ read: Set<ChapterId>, answered: Map<string, boolean> }} Progress answered: by question, whether the guess was right */
/** @typedef {'help' | 'experiments' | null} Menu */
/**
 * @typedef {Progress & { on: boolean, chapter: ChapterId, certificate: string | null, story: string | null, presenting: boolean, slide: number,
 *   menu: Menu, cursor: number, guesses: Map<string, Guess> }} Walk
 *   certificate, story: the one of several that is shown; cursor: in the menu of experiments
 */
/**
 * @typedef {{ kind: 'title' } | { kind: 'text', n: number } | { kind: 'key' | 'request' | 'certificate' | 'commands', certificate: string } | { kind: 'folder', node: string }
 *   | { kind: 'story', connection: string, half: 'plate' | 'badge' } | { kind: 'question', question: Question, n: number }} Slide
 */

/** @param {Progress} progress @returns {Walk} */
export const begin = (progress) => ({ ...progress, on: false, chapter: CHAPTERS[0], certificate: null, story: null, presenting: false, slide: 0, menu: null, cursor: 0, guesses: new Map() });

/** @param {Walk} walk @param {ChapterId} chapter @returns {Walk} */
export const opened = (walk, chapter) => ({ ...walk, on: true, chapter, certificate: null, story: null, slide: 0, menu: null });

/** The next chapter or the one before; who goes on has read the one before. @param {Walk} walk @param {1 | -1} by @returns {Walk} */
export function gone(walk, by) {
  const to = CHAPTERS[CHAPTERS.indexOf(walk.chapter) + by], read = by > 0 ? new Set([...walk.read, walk.chapter]) : walk.read;
  return to ? opened({ ...walk, read }, to) : { ...walk, read };
}

/** A choice of one replaces the one before; once revealed it stands. @param {Walk} walk @param {Question} question @param {string} option @returns {Walk} */
export function picked(walk, { id, many, options }, option) {
  const before = walk.guesses.get(id);
  if (before?.revealed || !options.some((one) => one.id === option)) return walk;
  const choice = new Set(many ? before?.picked : []);
  if (before?.picked.has(option)) choice.delete(option); else choice.add(option);
  return { ...walk, guesses: new Map(walk.guesses).set(id, { picked: choice, revealed: false }) };
}

/** Who guessed nothing is told, and has not answered. @param {Walk} walk @param {Question} question @param {Question[]} all the chapter's @returns {Walk} */
export function revealed(walk, { id, options }, all) {
  const guess = walk.guesses.get(id);
  if (guess?.revealed) return walk;
  const choice = guess?.picked ?? new Set(), guesses = new Map(walk.guesses).set(id, { picked: choice, revealed: true });
  const answered = choice.size ? new Map(walk.answered).set(id, guessed(options, choice)) : walk.answered;
  const read = all.every((one) => answered.has(one.id) || guesses.get(one.id)?.revealed) ? new Set([...walk.read, walk.chapter]) : walk.read;
  return { ...walk, read, answered, guesses };
}

/** A question as if it had not been asked yet; that it was answered stays known. @param {Walk} walk @param {string} id @returns {Walk} */
export function again(walk, id) {
  const guesses = new Map(walk.guesses);
  guesses.delete(id);
  return { ...walk, guesses };
}

/** What is shown of a chapter in a room, one after another. @param {Plan} plan @param {Chapter} chapter @param {Question[]} questions @returns {Slide[]} */
export function slidesOf(plan, { id, certificates: [first], connections }, questions) {
  /** @type {Slide[]} */
  const told = !first ? [] : (first.kind === 'key-pair' ? /** @type {const} */ (['key', 'commands']) : /** @type {const} */ (['key', 'request', 'certificate', 'commands'])).map((kind) => ({ kind, certificate: first.id }));
  if (id === 'distribution') for (const { node } of ends(folders(plan))) told.push({ kind: 'folder', node });
  if (id === 'arrows') for (const story of stories(connections)) for (const half of /** @type {const} */ (['plate', 'badge'])) told.push({ kind: 'story', connection: story.id, half });
  return [{ kind: 'title' }, ...[1, 2, 3].map((n) => ({ kind: /** @type {const} */ ('text'), n })), ...told, ...questions.map((question, n) => ({ kind: /** @type {const} */ ('question'), question, n }))];
}

/** @template T @param {T[]} all */
const ends = (all) => (all.length > 1 ? [all[0], /** @type {T} */ (all.at(-1))] : all);

/** One slide on or back, over the ends of chapters. @param {Walk} walk @param {1 | -1} by @param {(chapter: ChapterId) => Slide[]} slides @returns {Walk} */
export function stepped(walk, by, slides) {
  const all = slides(walk.chapter), now = Math.min(walk.slide, all.length - 1), to = now + by;
  if (to >= 0 && to < all.length) return { ...walk, slide: to };
  const moved = gone(walk, by);
  if (moved.chapter === walk.chapter) return { ...moved, slide: now };
  return { ...moved, slide: by > 0 ? 0 : slides(moved.chapter).length - 1 };
}

/** The first slide of all, or the last. @param {Walk} walk @param {boolean} last @param {(chapter: ChapterId) => Slide[]} slides @returns {Walk} */
export function ended(walk, last, slides) {
  const chapter = CHAPTERS[last ? CHAPTERS.length - 1 : 0];
  return { ...opened(walk, chapter), slide: last ? slides(chapter).length - 1 : 0 };
}
