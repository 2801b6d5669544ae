// The walkthrough's sentences, with the names of the cluster at hand in them.
/** @import { Key, Translate } from '../i18n.js' */
/** @import { Chapter, Values } from './chapters.js' */
import { LOCALES, rich } from '../i18n.js';

/** What a sentence names may be typed by anybody, and is not to be taken for stress. @param {Translate} t @param {string} key @param {Values} [values] */
export const told = (t, key, values = {}) => rich(t(/** @type {Key} */ (key), Object.fromEntries(Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? value.replaceAll('*', '∗') : value]))));

/** The keys of a chapter's paragraphs: this cluster's variant, where the text has one. @param {Pick<Chapter, 'id' | 'variant'>} chapter */
export const textKeys = ({ id, variant }) => [1, 2, 3].map((n) => [`tour.${id}.${n}.${variant}`, `tour.${id}.${n}`]).map(([own, common]) => (own in LOCALES.en ? own : common));

/** @param {Chapter} chapter @param {Translate} t */
export const paragraphs = (chapter, t) => textKeys(chapter).map((key) => told(t, key, chapter.values));
