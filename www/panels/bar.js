// Above the figure: the two views, and one sentence on what the figure shows now.
/** @import { State } from '../state.js' */
import { html } from 'lit-html';
import { icon } from '../icons.js';
import { rich } from '../i18n.js';
import { segments } from './parts.js';

/**
 * @param {State} state @param {import('../layout.js').View} view @param {boolean} drawer
 * @param {import('./parts.js').Translate} t @param {import('./parts.js').Actions} actions
 */
export const bar = (state, view, drawer, t, actions) => html`
  <button type="button" class="drawerbutton" aria-expanded=${drawer ? 'true' : 'false'} aria-controls="form" @click=${() => actions.drawer(!drawer)}>${icon('menu', 15)}${t('drawer')}</button>
  ${segments(t('view'), [['components', t('view.components')], ['certificates', t('view.certificates')]], view, actions.view)}
  <p class="sum ${state.refusal || state.failure ? 'bad' : ''}">${rich(sentence(state, t))}</p>`;

/** @param {State} state @param {import('./parts.js').Translate} t */
function sentence({ phase, plan, refusal, dropped }, t) {
  const n = plan.totals.connections;
  if (refusal) return t('sum.refused');
  if (phase === 'failed') return t('sum.failed');
  if (phase === 'issued') return t('sum.issued', { n });
  if (phase === 'generating') return t('sum.generating');
  return dropped ? t('sum.dropped') : t('sum.planned', { n });
}
