// A connection that was really tried: each check of both ends, expected against found, and what is printed where.
/** @import { Check, Connection, Verdict } from '../wasm.d.ts' */
import { html, nothing } from 'lit-html';
import { icon } from '../icons.js';
import { escaped, standing } from '../hearing.js';
import { spoken } from '../i18n.js';
import { named } from '../names.js';

/** @typedef {import('./parts.js').Translate} Translate */

const MARKS = /** @type {const} */ ({ verified: 'check', refused: 'cross', nobody: 'question' });

/** A state by its shape and its word. @param {import('../hearing.js').Standing} state @param {string} words */
export const mark = (state, words) => html`<span class="standing ${state}"><span class="glyph">${icon(MARKS[state], 12)}</span>${words}</span>`;

/** @param {Verdict} verdict */
const stand = ({ side, identity }) => /** @type {import('../hearing.js').Standing} */ (standing({ side, nobody: identity?.nobody ?? false }));

/** Who refuses, or nobody. @param {Verdict} verdict @param {Connection} connection @param {Translate} t */
export function verdictLine(verdict, connection, t) {
  const who = named(verdict.side === 'client' ? connection.caller : connection.listener).name;
  return html`<p class="state">${mark(stand(verdict), verdict.side ? t(`verdict.refused.${verdict.side}`, { who }) : t(stand(verdict) === 'nobody' ? 'verdict.nobody.long' : 'verdict.verified.long'))}</p>`;
}

/** The component's own words first, then what the other end hears. @param {Verdict} verdict @param {Connection} connection @param {Translate} t */
export function words(verdict, connection, t) {
  if (!verdict.side) return nothing;
  const other = named(verdict.side === 'client' ? connection.listener : connection.caller).name;
  return html`<dl class="said"><dt>${t('verdict.logs', { who: verdict.logAt.replace('@', ' ') })}</dt><dd class="own" lang="en">${escaped(verdict.log ?? verdict.text)}</dd>
    ${verdict.other ? html`<dt>${t('verdict.hears', { who: other })}</dt><dd lang="en">${escaped(verdict.other)}</dd>` : html`<dt>${t('verdict.silent', { who: other })}</dt>`}</dl>`;
}

/** @param {Check[]} checks @param {Translate} t */
export const checkList = (checks, t) => html`<ul class="checks tried">${checks.map(({ check, held, expected, found }) => html`
  <li class=${held === null ? 'unreached' : held ? 'held' : 'failed'}>${icon(held === null ? 'clock' : held ? 'check' : 'cross', 13)}<div><b>${t(`checked.${check}`)}</b><span class="unseen">: ${t(held === null ? 'checked.unreached' : held ? 'checked.held' : 'checked.failed')}</span>
    ${held === null ? html`<em>${t('checked.unreached')}</em>` : html`<dl><dt>${t(check === 'validity' ? 'checked.now' : 'checked.expected')}</dt><dd>${escaped(expected) || (check === 'readable' ? t('checked.readable.expected') : '–')}</dd><dt>${t(check === 'validity' ? 'field.validity' : 'checked.found')}</dt><dd>${escaped(found) || t('checked.nothing')}</dd></dl>`}</div></li>`)}</ul>`;

/** As whom the listener sees the caller, and what that may do. @param {Verdict} verdict @param {string} who @param {import('../i18n.js').Language} language @param {Translate} t */
export function seenAs({ identity }, who, language, t) {
  if (!identity) return nothing;
  return html`<div class="identity ${identity.nobody ? 'nobody' : ''}"><h3>${t('verdict.sees', { who })}</h3><dl><dt>${t('identity.user')}</dt><dd>${escaped(identity.user)} <em>${t(identity.user.startsWith('system:serviceaccount:') ? 'identity.token' : 'identity.cn')}</em></dd>
    <dt>${t('identity.groups')}</dt><dd>${escaped(identity.groups.join(', '))}</dd></dl><p>${spoken(identity.may, language)}</p></div>`;
}
