// As whom the listener sees the caller: what it would read from the certificate, and what it did.
/** @import { State } from '../state.js' */
/** @import { Connection, Verdict } from '../wasm.d.ts' */
import { html, nothing } from 'lit-html';
import { escaped } from '../hearing.js';
import { spoken } from '../i18n.js';
import { seen } from '../identity.js';
import { named } from '../names.js';

/** @typedef {import('./parts.js').Translate} Translate */

/** Before it was tried. @param {State} state @param {Connection} connection @param {Translate} t */
export function identity({ plan }, connection, t) {
  const caller = seen(connection, plan);
  return caller ? html`<div class="identity"><h3>${t('identity', { who: named(connection.listener).name })}</h3>${card(caller.user, caller.groups, t)}</div>` : nothing;
}

/** As whom the listener sees the caller, and what that may do. @param {Verdict} verdict @param {string} who @param {import('../i18n.js').Language} language @param {Translate} t */
export const seenAs = ({ identity }, who, language, t) => (!identity ? nothing : html`<div class="identity ${identity.nobody ? 'nobody' : ''}"><h3>${t('verdict.sees', { who })}</h3>
  ${card(identity.user, identity.groups, t)}<p>${spoken(identity.may, language)}</p></div>`);

/** Everyone who is known is in this group, and nobody else. */
const ALL = 'system:authenticated';

/** User and groups, each with where it was read. @param {string} user @param {string[]} groups @param {Translate} t */
export function card(user, groups, t) {
  const token = user.startsWith('system:serviceaccount:'), unknown = user === 'system:anonymous';
  const from = (/** @type {string} */ group) => (unknown ? nothing : html` <em>${t(group === ALL ? 'identity.added' : token ? 'identity.token' : 'identity.o')}</em>`);
  return html`<dl><dt>${t('identity.user')}</dt><dd>${escaped(user)}${unknown ? nothing : html` <em>${t(token ? 'identity.token' : 'identity.cn')}</em>`}</dd>
    <dt>${t('identity.groups')}</dt>${groups.map((group) => html`<dd>${escaped(group)}${from(group)}</dd>`)}</dl>`;
}
