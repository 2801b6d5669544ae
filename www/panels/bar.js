// Above the figure: the two views, and one sentence on what the figure shows now.
/** @import { State } from '../state.js' */
import { html } from 'lit-html';
import { icon } from '../icons.js';
import { rich } from '../i18n.js';
import { standing } from '../hearing.js';
import { exportMenu } from './export.js';
import { segments } from './parts.js';

/** @typedef {import('../layout.js').View | 'list' | 'table'} Shown list: in place of the table where there is no room for one */

/**
 * @param {State} state @param {Shown} view @param {boolean} drawer @param {unknown} zoom its buttons, where there are any @param {boolean} narrow
 * @param {import('./parts.js').Translate} t @param {import('./parts.js').Actions} actions
 */
export const bar = (state, view, drawer, zoom, narrow, t, actions) => html`
  <button type="button" class="drawerbutton" aria-expanded=${drawer ? 'true' : 'false'} aria-controls="form" @click=${() => actions.drawer(!drawer)}>${icon('menu', 15)}${t('drawer')}</button>
  ${segments(t('view'), /** @type {[Shown, string][]} */ ([...(narrow ? [['list', t('view.list')]] : []), ['components', t('view.components')], ['certificates', t('view.certificates')], ...(narrow ? [] : [['table', t('view.table')]])]), view, actions.view)}${zoom}
  ${exportMenu(t, actions)}
  <p class="sum ${state.fresh ? 'first' : ''} ${state.refusal || state.failure || (state.judged && state.judged.overview.verified + state.judged.overview.notGiven < state.judged.overview.total) ? 'bad' : ''}">${rich(sentence(state, view, t))}</p>`;

/** @param {State} state @param {Shown} view @param {import('./parts.js').Translate} t */
function sentence({ phase, plan, refusal, dropped, judged, cancelled, fresh }, view, t) {
  const n = plan.totals.connections;
  if (refusal) return t('sum.refused');
  if (phase === 'failed') return t('sum.failed');
  if (phase === 'issued') return judged ? summary(judged, t) : t('sum.issued', { n });
  if (phase === 'imported') return judged ? summary(judged, t) : t('sum.imported');
  if (phase === 'generating') return t('sum.generating');
  if (cancelled !== null) return t('sum.cancelled', { n: cancelled, of: plan.totals.keys });
  if (fresh) return t(view === 'list' ? 'list.first' : 'sum.first', { n: plan.totals.keys });
  return dropped ? t('sum.dropped') : t(view === 'list' ? 'list.sum' : 'sum.planned', { n });
}

/** How many hold. @param {import('../hearing.js').Judged} judged @param {import('./parts.js').Translate} t */
export function summary({ overview: { rows, total } }, t) {
  const count = (/** @type {import('../hearing.js').Standing} */ one) => rows.filter((row) => standing(row) === one).length;
  const n = count('verified'), refused = count('refused'), nobody = count('nobody'), missing = count('not-given');
  const sentence = t(n === total ? 'sum.verified' : refused + nobody === 0 ? 'sum.verified.some' : nobody === 0 ? 'sum.refused.some' : refused === 0 ? 'sum.nobody.some' : 'sum.fallen', { n, of: total, refused, nobody });
  return missing ? t('sum.not-given', { sentence, n: missing }) : sentence;
}
