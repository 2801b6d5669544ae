// What the page says of itself: to those who do not see the figure, and for a moment to everybody.
/** @import { State } from './state.js' */
import { explained } from './i18n.js';
import { summary } from './panels/bar.js';
import { made } from './state.js';

let said = '';

/** One sentence for those who do not see the figure; the same sentence is not said twice. @param {string} text */
export function say(text) {
  if (text === said) return;
  said = text;
  const live = document.getElementById('live');
  if (live) live.textContent = text;
}

/** @param {State} state @param {import('./i18n.js').Translate} t @param {import('./i18n.js').Language} language */
export function announcement(state, t, language) {
  if (state.phase === 'generating') return state.signing ? t('keys.signing') : t('keys.progress', { n: state.plan.totals.keys, made: made(state).size });
  if (state.phase === 'issued') {
    const ready = t('live.issued', { name: state.issued?.name ?? '' });
    return state.judged ? `${summary(state.judged, t)} ${state.judged.lesson.id ? '' : ready}`.replaceAll('*', '').trim() : ready;
  }
  if (state.failure) return `${t('failure.title')} ${explained(state.failure, language).message}`;
  return state.dropped ? t('sum.dropped').replaceAll('*', '') : '';
}

/** What was done, for a while. @param {string} text */
export function toast(text) {
  document.querySelector('.toast')?.remove();
  const shown = Object.assign(document.createElement('p'), { className: 'toast', textContent: text });
  document.body.append(shown);
  say(text);
  setTimeout(() => shown.remove(), 5000);
}

/** On plain http there is no clipboard; a selection and the old command do. @param {string} text */
export async function copied(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = Object.assign(document.createElement('textarea'), { value: text, className: 'unseen' });
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  if (!done) throw new Error('refused');
}
