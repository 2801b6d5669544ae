// Below the figure: what its shapes mean.
import { html, svg } from 'lit-html';
import { lineSample } from '../diagram.js';
import { drawnIcon } from '../icons.js';

const BADGE = svg`<svg width="30" height="18" viewBox="0 0 30 18" class="chip badge k made" aria-hidden="true"><rect x=".5" y=".5" width="29" height="17" rx="8.5" class="body"/><circle cx="9" cy="9" r="6.5" class="seal"/>${drawnIcon('idcard', 4.6, 4.6, 8.8, 'sealed')}</svg>`;
const PLATE = svg`<svg width="30" height="18" viewBox="0 0 30 18" class="chip plate k made" aria-hidden="true"><rect x=".5" y=".5" width="29" height="17" rx="1.5" class="body"/><rect x=".5" y=".5" width="15" height="17" class="seal"/>${drawnIcon('lock', 3.3, 4.2, 9.4, 'sealed')}</svg>`;
const TOKEN = svg`<svg width="30" height="18" viewBox="0 0 30 18" class="chip ticket t made" aria-hidden="true"><path class="body" d="M.5.5h29v5.5a3 3 0 0 0 0 6v5.5H.5V12a3 3 0 0 0 0-6z"/></svg>`;

/** @param {import('../layout.js').View} view @param {import('../hearing.js').Standing[] | null} judged what there is to explain @param {import('./parts.js').Translate} t */
export const legend = (view, judged, t) => html`
  ${view === 'certificates' ? [[BADGE, t('legend.badge')], [PLATE, t('legend.plate')], [TOKEN, t('legend.token')]].map(item) : ''}
  ${(judged ? judged.map((one) => [lineSample(one), t(`legend.${one}`)]) : [[lineSample(''), t('state.planned')], [lineSample('issued'), t('legend.issued')]]).map(item)}`;

/** @param {unknown[]} entry */
const item = ([drawing, words]) => html`<span class="item">${drawing}${words}</span>`;
