// What is said to those who do not see the page, when and how urgently. Progress is told in quarters: nobody wants to hear of a thousand keys.
/** @import { State } from './state.js' */
/** @import { Translate } from './i18n.js' */
import { explained } from './i18n.js';
import { summary } from './panels/bar.js';
import { named } from './names.js';
import { made } from './state.js';

/** @typedef {{ text: string, how: 'polite' | 'progress' | 'urgent', about?: object }} Said progress: left out where another was just said; about: what is told of once */

/** @param {State} state @param {Translate} t @param {import('./i18n.js').Language} language @returns {Said} */
export function announcement(state, t, language) {
  const { phase, plan, judged, issued, failure, heard, selection } = state;
  if (failure) {
    const { message, hint } = explained(failure, language);
    return { text: [t('failure.title'), message, hint].join(' '), how: 'urgent' };
  }
  if (phase === 'generating') return { text: progress(state, t), how: 'progress' };
  if (phase === 'issued' || phase === 'imported') {
    // The verdicts follow within the second, and the whole is one sentence then.
    if (!judged) return { text: '', how: 'polite' };
    if (heard && selection?.kind === 'arrow' && heard.verdict.connection === selection.connection) return { text: tried(state, t), how: 'polite', about: heard };
    const { id } = judged.lesson, ready = issued ? t('live.issued', { name: issued.name }) : t('live.imported', { n: state.imported?.findings.length ?? 0 });
    return { text: [id ? t('speech.lesson', { name: t(/** @type {import('./i18n.js').Key} */ (`lesson.${id}`)) }) : '', plain(summary(judged, t)), id ? '' : ready].filter(Boolean).join(' '), how: 'polite', about: judged };
  }
  if (state.cancelled !== null) return { text: plain(t('sum.cancelled', { n: state.cancelled, of: plan.totals.keys })), how: 'polite' };
  return { text: state.refusal ? '' : plain(state.fresh ? t('sum.first', { n: plan.totals.keys }) : t(state.dropped ? 'sum.dropped' : 'sum.planned', { n: plan.totals.connections })), how: 'polite' };
}

/** @param {string} text */
const plain = (text) => text.replaceAll('*', '').trim();

/** @param {State} state @param {Translate} t */
function progress(state, t) {
  const n = state.imported ? state.keys.size : state.plan.totals.keys, quarter = n ? Math.floor((made(state).size * 4) / n) : 0;
  if (state.signing) return t('keys.signing');
  return quarter === 0 ? t('keys.title', { n }) : t('speech.quarter', { percent: quarter * 25, n });
}

/** @param {State} state @param {Translate} t */
function tried({ heard, plan }, t) {
  const verdict = heard?.verdict, connection = plan.connections.find(({ id }) => id === verdict?.connection);
  if (!verdict || !connection) return '';
  const [caller, listener] = [connection.caller, connection.listener].map((one) => named(one).name);
  const words = verdict.side ? t(`verdict.refused.${verdict.side}`, { who: verdict.side === 'client' ? caller : listener }) : t(verdict.identity?.nobody ? 'verdict.nobody.long' : 'verdict.verified.long');
  return t('speech.tried', { caller, listener, verdict: words });
}
