// What ends when: a line of time, a table, and the same as a calendar file.
/** @import { Expiry } from '../../wasm.d.ts' */
/** @import { State } from '../../state.js' */
import { html, nothing, svg } from 'lit-html';
import { icon } from '../../icons.js';
import { formats } from '../../i18n.js';

/** @typedef {import('../parts.js').Translate} Translate */

/** Rows that are shown of very many. */
const MOST = 80;
const WIDTH = 308, LEFT = 8, SPAN = WIDTH - 2 * LEFT;

/** @param {Expiry} one */
const state = ({ days }) => (days < 0 ? 'over' : days < 30 ? 'soon' : days < 90 ? 'near' : 'far');

/** @param {Expiry[]} all @param {State} page @param {Translate} t @param {import('../parts.js').Actions} actions */
export function expiry(all, page, t, actions) {
  if (all.length === 0) return html`<p class="hint">${t('expiry.none')}</p>`;
  const { day } = formats('en');
  return html`<p class="lead">${t('expiry.first', { id: all[0].certificate, day: day(all[0].notAfter) })}</p>${timeline(all, t)}
    <button type="button" class="textbutton" data-act="calendar" @click=${() => actions.takeaway.calendar(page.plan.cluster.name)}>${icon('down', 13)}${t('expiry.calendar')}</button><p class="hint">${t('expiry.calendar.what')}</p>
    <table class="expiries"><thead><tr><th scope="col">${t('expiry.certificate')}</th><th scope="col">${t('expiry.until')}</th><th scope="col">${t('expiry.days')}</th></tr></thead>
      <tbody>${all.slice(0, MOST).map((one) => html`<tr class=${state(one)}><th scope="row"><button type="button" @click=${() => actions.select({ certificate: one.certificate })}>${one.certificate}</button></th><td>${day(one.notAfter)}</td>
        <td>${one.days < 0 ? t('expiry.over') : one.days}${state(one) === 'soon' ? html` <b>${t('expiry.soon')}</b>` : nothing}</td></tr>`)}</tbody></table>
    ${all.length > MOST ? html`<p class="hint">${t('more', { n: all.length - MOST })}</p>` : nothing}`;
}

/** From today to the last end, in the square root of time: what is near needs the room. @param {number} days @param {number} last */
export const place = (days, last) => LEFT + (days <= 0 ? 0 : Math.sqrt(days / Math.max(1, last)) * SPAN);

/** @param {Expiry[]} all @param {Translate} t */
function timeline(all, t) {
  const last = Math.max(90, ...all.map(({ days }) => days)), marks = [0, 30, 90, 365, 3650].filter((days) => days <= last);
  return html`<svg class="timeline" viewBox="0 0 ${WIDTH} 46" role="img" aria-label=${t('expiry.timeline', { n: all.length })}>
    <path class="axis" d="M${LEFT} 26H${WIDTH - LEFT}" />${marks.map((days) => svg`<g class="tick"><path d="M${place(days, last)} 22v8" /><text x=${place(days, last)} y="42" text-anchor=${days === 0 ? 'start' : 'middle'}>${days === 0 ? t('expiry.today') : days}</text></g>`)}
    ${all.slice(0, 400).map((one) => svg`<circle class=${state(one)} cx=${place(one.days, last)} cy="26" r="5"><title>${one.certificate}: ${one.notAfter.slice(0, 10)}</title></circle>`)}</svg>`;
}
