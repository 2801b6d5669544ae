// Words. Keys are typed from English, which is also what stands in for a missing translation.
import { html } from 'lit-html';
import { en } from './locales/en.js';
import { ja } from './locales/ja.js';
import { jaCore } from './locales/ja-core.js';

/** @typedef {keyof typeof en} Key */
/** @typedef {'en' | 'ja'} Language */
/** @typedef {(key: Key, values?: Record<string, string | number>) => string} Translate */

/** @type {Record<Language, Record<Key, string>>} */
export const LOCALES = { en, ja };

/** @param {Language} language @returns {Translate} */
export const translator = (language) => (key, values = {}) => {
  const sentence = plural(LOCALES[language][key] ?? en[key] ?? key, values);
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
};

/** '{n|key|keys}' takes the form that fits n. @param {string} sentence @param {Record<string, string | number>} values */
const plural = (sentence, values) =>
  sentence.replace(/\{(\w+)\|([^|}]*)\|([^}]*)\}/g, (_, name, one, many) => (values[name] === 1 ? one : many));

/** Text with *stressed* words. @param {string} text */
export const rich = (text) => text.split('*').map((part, i) => (i % 2 ? html`<b>${part}</b>` : part));

/**
 * An error in the reader's language: the core's own English where no translation exists.
 * @param {import('./wasm.d.ts').CoreError} error @param {Language} language
 */
export function explained(error, language) {
  const t = translator(language), message = `error.${error.code}`, hint = `hint.${error.code}`;
  const values = { found: error.found ?? '', expected: error.expected ?? '', field: error.field ?? '' };
  return {
    message: language !== 'en' && message in en ? t(/** @type {Key} */ (message), values) : error.message,
    hint: language !== 'en' && hint in en ? t(/** @type {Key} */ (hint), values) : error.hint,
  };
}

/** A sentence of the core's, which writes English. @param {string} sentence @param {Language} language */
export const spoken = (sentence, language) => (language === 'ja' ? jaCore[sentence] : undefined) ?? sentence;

/** Numbers, sizes and dates as the language writes them. @param {Language} language */
export const formats = (language) => ({
  /** @param {number} bytes */
  size: (bytes) => `${new Intl.NumberFormat(language).format(Math.ceil(bytes / 1024))} KB`,
  /** @param {string} instant RFC 3339 */
  day: (instant) => instant.slice(0, 10),
  /** @param {string} instant RFC 3339 */
  instant: (instant) => instant.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC'),
});
