// Words. Keys are typed from English, which is also what stands in for a missing translation.
import { html } from 'lit-html';
import { en } from './locales/en.js';
import { ja } from './locales/ja.js';
import { shapeJa } from './locales/ja-shape.js';

/** @typedef {keyof typeof en} Key */
/** @typedef {'en' | 'ja' | 'zxx'} Language zxx (ISO 639: no words at all) shows the keys, so that a test finds text that no locale knows of */
/** @typedef {(key: Key, values?: Record<string, string | number>) => string} Translate */

/** @type {Record<'en' | 'ja', Record<Key, string>>} */
export const LOCALES = { en, ja };

/** The language that was chosen before, else the first of the reader's that there is. @param {string | null} chosen @param {readonly string[]} wanted as navigator.languages @returns {Language} */
export const languageOf = (chosen, wanted) => {
  const known = /** @type {const} */ (['en', 'ja']);
  if (chosen === 'zxx') return chosen;
  return known.find((one) => one === chosen) ?? wanted.map((tag) => known.find((one) => one === tag.toLowerCase().split('-')[0])).find(Boolean) ?? 'en';
};

/** @param {Language} language @param {boolean} [joined] as a page is set, or as a text that others go on working with @returns {Translate} */
export const translator = (language, joined = true) => (key, values = {}) => {
  if (language === 'zxx') return `‹${key}›`;
  const own = plural(LOCALES[language][key] ?? en[key] ?? key, values), sentence = language === 'ja' && joined ? together(own) : own;
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
};

/**
 * Japanese breaks its lines anywhere, but what follows a name or a number (a particle, a counter) begins none. Two phrases that browsers cut in the wrong place are joined.
 * @param {string} sentence
 */
const together = (sentence) => sentence.replace(/(?<=[\w.)*”}]) (?=[ぁ-ん])|(?<=[\d}]) (?=[ァ-ヶ一-龠])|(?<=[A-Z]) (?=[ァ-ヶ])|(?<=第) (?=[\d{])/g, '\u00a0').replace(/誰に(?=でも)|」と(?=いう)/g, '$&\u2060');

/** '{n|key|keys}' takes the form that fits n. @param {string} sentence @param {Record<string, string | number>} values */
const plural = (sentence, values) =>
  sentence.replace(/\{(\w+)\|([^|}]*)\|([^}]*)\}/g, (_, name, one, many) => (values[name] === 1 ? one : many));

/** Text with *stressed* words. @param {string} text */
export const rich = (text) => text.split('*').map((part, i) => (i % 2 ? (NAME.test(part) ? html`<b class="unbroken">${part}</b>` : html`<b>${part}</b>`) : part));
/** A file's name, or a user's, which no line should end inside of. */
const NAME = /^[\w.:-]{1,28}$/;

/**
 * An error in the reader's language. The core brings its own English, the page's own errors bring none.
 * @param {import('./wasm.d.ts').CoreError} error @param {Language} language
 */
export function explained(error, language) {
  const t = translator(language), { code, field = '', found = '', expected = '', facts = {} } = error, shape = language === 'ja' && code === 'description-shape' ? shapeJa : String;
  const values = { field: field || t('error.whole'), found: shape(found), expected: shape(expected), ...facts, role: facts.role ? t(/** @type {Key} */ (`role.${facts.role}`)) : '' };
  /** @param {string} key @param {string | undefined} own */
  const say = (key, own) => (key in en && (language !== 'en' || !own) ? t(/** @type {Key} */ (key), values) : own ?? '');
  // What a machine said stays as it is, for whoever reports it.
  return { message: say(`error.${code}`, error.message) + (UNFORESEEN.has(code) && found ? ` (${found})` : ''), hint: say(`hint.${code}`, error.hint) };
}

/** The same for what is told in running text: the core's English is made for a terminal. @param {import('./wasm.d.ts').CoreError} error @param {Language} language */
export const told = (error, language) => explained(`error.${error.code}` in en ? { ...error, message: undefined, hint: undefined } : error, language);

const UNFORESEEN = new Set(['unexpected', 'worker-died']);

/** A sentence of the core's, which comes in every language. @param {import('./wasm.d.ts').Words} words @param {Language} language */
export const spoken = (words, language) => (language === 'zxx' ? (words.en ? '‹core›' : '') : words[language]);

/** Numbers, sizes and dates as the language writes them. @param {Language} language */
export const formats = (language) => ({
  /** @param {number} bytes */
  size: (bytes) => `${new Intl.NumberFormat(language).format(Math.ceil(bytes / 1024))} KB`,
  /** @param {string} instant RFC 3339 */
  day: (instant) => instant.slice(0, 10),
  /** @param {string} instant RFC 3339 */
  instant: (instant) => instant.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC'),
});
