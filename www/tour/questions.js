// "Predict, then reveal": three questions a chapter. What is right is read out of the plan of the cluster at hand, not written down.
/** @import { Plan } from '../wasm.d.ts' */
/** @import { Chapter, ChapterId, Values } from './chapters.js' */
import { facts } from './chapters.js';
import { accounts } from './questions-accounts.js';
import { callers } from './questions-callers.js';
import { listeners } from './questions-listeners.js';
import { whole } from './questions-whole.js';

/** @typedef {{ id: string, text: string | null, right: boolean }} Option text: a name of the cluster's own; null: a sentence of ours, by the id */
/** @typedef {{ id: string, many: boolean, options: Option[], values: Values }} Question many: more than one may be right, or none */
/** @typedef {(known: import('./chapters.js').Facts, chapter: Chapter) => Question[]} Asking */

/** @type {Record<ChapterId, Asking>} */
const ASKED = { ...callers, ...listeners, ...accounts, ...whole };

/** @param {Plan} plan @param {Chapter} chapter @returns {Question[]} */
export const questionsOf = (plan, chapter) => ASKED[chapter.id](facts(plan), chapter).map((question) => ({ ...question, values: { ...chapter.values, ...question.values }, options: mixed(question) }));

/**
 * One is right. @param {string} id @param {Values} values @param {(string | number | null | undefined | false)[]} names the cluster's own words @param {string | number} right
 * @returns {Question}
 */
export function one(id, values, names, right) {
  const texts = [...new Set([right, ...names].filter((name) => name !== null && name !== undefined && name !== false && name !== '').map(String))].slice(0, 4);
  return { id, many: false, values, options: texts.map((text) => ({ id: text, text, right: text === String(right) })) };
}

/** One of our own sentences is right. @param {string} id @param {Values} values @param {string[]} sentences @param {string} right @returns {Question} */
export const sentence = (id, values, sentences, right) => ({ id, many: false, values, options: sentences.map((one) => ({ id: one, text: null, right: one === right })) });

/** Any number may be right. @param {string} id @param {Values} values @param {[string, boolean][]} parts @param {boolean} [ours] whether they are our own sentences @returns {Question} */
export const some = (id, values, parts, ours = false) => ({
  id, many: true, values, options: [...new Map(parts.filter(([name]) => name))].slice(0, 5).map(([name, right]) => ({ id: name, text: ours ? null : name, right })),
});

/** The same order each time, but not with the right one first. @param {Question} question @returns {Option[]} */
function mixed({ id, options }) {
  const numbers = options.every(({ text }) => text !== null && /^\d+$/.test(text));
  if (numbers) return [...options].sort((a, b) => Number(a.text) - Number(b.text));
  return [...options].sort((a, b) => weight(id + a.id) - weight(id + b.id));
}

/** @param {string} text FNV-1a */
const weight = (text) => [...text].reduce((hash, char) => Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0, 0x811c9dc5);

/** @param {{ right: boolean, id: string }[]} options @param {Set<string>} picked */
export const guessed = (options, picked) => options.every(({ id, right }) => picked.has(id) === right);
