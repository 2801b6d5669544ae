// What if: one thing broken on purpose, in a copy of the issued set.
/** @import { State } from '../state.js' */
/** @import { Key } from '../i18n.js' */
import { html, nothing } from 'lit-html';
import { icon } from '../icons.js';
import { missingNames, standing } from '../hearing.js';
import { named } from '../names.js';

/** @typedef {import('./parts.js').Translate} Translate @typedef {import('./parts.js').Actions} Actions */

/** The menu; before there is a set to break, only that there will be one. @param {State} state @param {Translate} t @param {Actions} actions */
export function lessons({ judged, phase }, t, actions) {
  if (!judged) return phase === 'planned' ? html`<section class="part"><h3>${t('lessons')}</h3><p class="hint">${t('lessons.later')}</p></section>` : nothing;
  return html`<section class="part"><h3>${t('lessons')}</h3><p class="hint">${t('lessons.hint')}</p><ul class="lessons">${judged.lessons.map((id) => html`
    <li><button type="button" aria-pressed=${judged.lesson.id === id ? 'true' : 'false'} @click=${() => actions.lesson(id)}>${icon('break', 14)}<span>${t(/** @type {Key} */ (`lesson.${id}`))}</span></button></li>`)}</ul></section>`;
}

/** The files, or the connection, or the clock. @param {{ notes: string[] }} lesson @param {Translate} t */
export const broken = ({ notes }, t) => notes.map((note) => (note === 'clock' ? t('lesson.clock') : placeOf(note, t))).join(', ');

/** 'service-account@master-2', or the connection 'kubectl/kube-apiserver@master-1', as it is read. The name of a file has no @. @param {string} note @param {Translate} t */
function placeOf(note, t) {
  if (!note.includes('@')) return note;
  const ends = note.split('/'), node = ends.map((end) => named(end).node).find(Boolean) ?? '';
  return t('lesson.place', { what: ends.map((end) => named(end).name).join(' → '), node });
}

/** What is broken now, what falls, and the way back. @param {State} state @param {Translate} t @param {Actions} actions */
export function lessonCard({ judged, plan, selection }, t, actions) {
  const id = judged?.lesson.id;
  if (!judged || !id) return nothing;
  const fallen = judged.overview.rows.filter((row) => standing(row) !== 'verified');
  const name = plan.certificates.flatMap((planned) => missingNames(judged, planned)).map(({ value }) => value).join(', ');
  /** @param {string} part */
  const say = (part) => t(/** @type {Key} */ (`lesson.${id}${part}`), { name });
  return html`<section class="lesson" aria-label=${t('lessons')}><h2>${icon('break', 15)}${say('')}</h2>
    <p>${say('.what')}</p><dl><dt>${t('lesson.log')}</dt><dd>${say('.log')}</dd><dt>${t('lesson.mend')}</dt><dd>${say('.mend')}</dd></dl>
    <p class="notes">${t('lesson.broken', { what: broken(judged.lesson, t) })}</p>
    <div class="lessonbuttons"><button type="button" class="primary small" @click=${() => actions.lesson(null)}>${icon('undo', 14)}${t('lesson.reset')}</button>
    ${fallen.length && selection === null ? html`<button type="button" class="primary quiet small" @click=${() => actions.select({ connection: fallen[0].connection })}>${t('lesson.show', { n: fallen.length })}</button>` : nothing}</div></section>`;
}

