// A connection that was really tried: each check of both ends, expected against found, and what is printed where.
/** @import { Check, Connection, Verdict } from '../wasm.d.ts' */
import { html, nothing } from 'lit-html';
import { icon } from '../icons.js';
import { escaped, standing } from '../hearing.js';
import { named } from '../names.js';

/** @typedef {import('./parts.js').Translate} Translate */

const MARKS = /** @type {const} */ ({ verified: 'check', refused: 'cross', nobody: 'question', 'not-given': 'minus' });

/** A state by its shape and its word. @param {import('../hearing.js').Standing} state @param {string} words */
export const mark = (state, words) => html`<span class="standing ${state}"><span class="glyph">${icon(MARKS[state], 12)}</span>${words}</span>`;

/** @param {Verdict} verdict */
const stand = ({ side, state, identity }) => /** @type {import('../hearing.js').Standing} */ (standing({ side, state, nobody: identity?.nobody ?? false }));

/** Who refuses, or nobody. @param {Verdict} verdict @param {Connection} connection @param {Translate} t */
export function verdictLine(verdict, connection, t) {
  const who = named(verdict.side === 'client' ? connection.caller : connection.listener).name;
  if (verdict.state === 'not-given') return html`<p class="state">${mark('not-given', t('verdict.not-given.long'))}</p><p class="hint">${verdict.missing.length ? t('verdict.not-given.files', { files: verdict.missing.join(', ') }) : t('verdict.not-given.address')}</p>`;
  return html`<p class="state">${mark(stand(verdict), verdict.side ? t(`verdict.refused.${verdict.side}`, { who }) : t(stand(verdict) === 'nobody' ? 'verdict.nobody.long' : 'verdict.verified.long'))}</p>`;
}

/** The component's own words first, then what the other end hears. @param {Verdict} verdict @param {Connection} connection @param {Translate} t */
export function words(verdict, connection, t) {
  if (!verdict.side) return nothing;
  const other = named(verdict.side === 'client' ? connection.listener : connection.caller).name;
  return html`<dl class="said"><dt>${t('verdict.logs', { who: verdict.logAt.replace('@', ' ') })}</dt><dd class="own" lang="en">${escaped(verdict.log ?? verdict.text)}</dd>
    ${verdict.other ? html`<dt>${t('verdict.hears', { who: other })}</dt><dd lang="en">${escaped(verdict.other)}</dd>` : html`<dt>${t('verdict.silent', { who: other })}</dt>`}</dl>`;
}

/** What failed with its values; the values of what held, all in one fold. @param {Check[]} checks @param {Translate} t */
export function checkList(checks, t) {
  const held = checks.filter((one) => one.held);
  return html`<ul class="checks tried">${checks.map((one) => html`
    <li class=${one.held === null ? 'unreached' : one.held ? 'held' : 'failed'}>${icon(one.held === null ? 'clock' : one.held ? 'check' : 'cross', 13)}<div><b>${t(`checked.${one.check}`)}</b><span class="unseen">: ${t(one.held === null ? 'checked.unreached' : one.held ? 'checked.held' : 'checked.failed')}</span>
      ${one.held === null ? html`<em>${t('checked.unreached')}</em>` : one.held ? gist(one, t) : html`<dl>${values(one, t)}</dl>`}</div></li>`)}</ul>
    ${held.length ? html`<details class="checks values"><summary>${t('checked.values')}</summary><dl>${held.map((one) => html`<dt class="what">${t(`checked.${one.check}`)}</dt>${values(one, t)}`)}</dl></details>` : nothing}`;
}

/** @param {Check} check @param {Translate} t */
const values = ({ check, expected, found }, t) => html`<dt>${t(check === 'validity' ? 'checked.now' : 'checked.expected')}</dt><dd>${escaped(expected) || (check === 'readable' ? t('checked.readable.expected') : '–')}</dd>
  <dt>${t(check === 'validity' ? 'field.validity' : 'checked.found')}</dt><dd>${escaped(found) || t('checked.nothing')}</dd>`;

/** The checks whose expected value says it all. @type {Set<Check['check']>} */
const PLAIN = new Set(/** @type {Check['check'][]} */ (['allowed-name', 'name', 'peer', 'usage']));

/** The one value that a reader looks for; keys and their identifiers are in the fold. @param {Check} check @param {Translate} t */
function gist({ check, expected, found }, t) {
  const until = check === 'validity' ? /– (\d{4}-\d\d-\d\d)T/.exec(found)?.[1] : undefined;
  if (until) return html`<em>${t('field.day', { day: until })}</em>`;
  const value = PLAIN.has(check) ? expected : check === 'issuer' ? found.replace(/ \([0-9A-F:]+\)$/, '') : '';
  return value ? html`<code>${escaped(value)}</code>` : nothing;
}
