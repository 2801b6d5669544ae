// The certificates and the connections as a Markdown document.
/** @import { State } from './state.js' */
/** @import { Inventory } from './inventory.js' */
import { inventory } from './inventory.js';
import { heading, paragraph, table } from './markdown.js';
import { broken } from './panels/lessons.js';

/** @typedef {import('./i18n.js').Translate} Translate */

/** @param {State} state @param {string} day @param {Translate} t */
export function markdown(state, day, t) {
  const all = inventory(state), { name } = state.plan.cluster;
  return [
    heading(t('paper.certificates', { name })), paragraph(standing(state, day, t)), table(certificateHead(t), certificateRows(all, t)), '\n', remark(t('paper.more.certificates', { n: all.more.certificates }), all.more.certificates),
    heading(t('paper.connections', { name })), table(connectionHead(t), connectionRows(all, t)), '\n', remark(t('paper.more.connections', { n: all.more.connections }), all.more.connections),
  ].join('').trimEnd() + '\n';
}

/** @param {string} text @param {number} n */
const remark = (text, n) => (n > 0 ? paragraph(text) : '');

/** Planned or issued, and whether a lesson has broken something. @param {State} state @param {string} day @param {Translate} t */
export const standing = ({ phase, judged }, day, t) =>
  [t(phase === 'issued' ? 'paper.issued' : phase === 'imported' ? 'paper.imported' : 'paper.planned', { day }), judged?.lesson.id ? t('paper.broken', { what: broken(judged.lesson, t) }) : ''].filter(Boolean).join(' ');

/** @param {Translate} t */
export const certificateHead = (t) => [t('paper.file'), t('field.subject'), t('field.issuer'), t('paper.names'), t('paper.usage'), t('paper.from'), t('paper.until'), t('paper.nodes'), 'SHA-256'];

/** @param {Inventory} all @param {Translate} t */
export const certificateRows = ({ certificates }, t) => certificates.map((one) => [
  one.broken ? `${one.file} (${t('verdict.broken')})` : one.file, one.subject || '–', one.issuer || '–', one.names.join(', ') || '–', one.usage.join(', ') || t('chip.signs'),
  one.from || '–', one.until || (one.days ? t('field.days', { n: one.days }) : '–'), one.nodes.join(', ') || '–', one.fingerprint || '–',
]);

/** @param {Translate} t */
export const connectionHead = (t) => [t('table.caller'), t('table.listener'), t('table.host'), t('paper.client'), t('paper.server'), t('table.state')];

/** @param {Inventory} all @param {Translate} t */
export const connectionRows = ({ connections }, t) => connections.map((one) => [
  one.caller.replace('@', ' '), one.listener.replace('@', ' '), one.host, one.client ?? t('chip.token'), one.server || '–',
  [t(one.state === 'issued' || one.state === 'planned' ? `state.${one.state}` : `verdict.${one.state}`), one.text].filter(Boolean).join(': '),
]);
