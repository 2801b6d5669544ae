// Every connection in a table that can be sorted and filtered: thousands have no place in a figure.
/** @import { State } from '../state.js' */
import { html, nothing } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { icon } from '../icons.js';
import { escaped, standing } from '../hearing.js';
import { empty, foundNothing } from './empty.js';
import { pager } from './pager.js';
import { named } from '../names.js';
import { mark } from './verdict.js';

/** @typedef {'caller' | 'host' | 'listener' | 'state' | 'user'} Column */
/** @typedef {{ on: boolean, sort: Column, down: boolean, filter: string, fallen: boolean, page: number }} TableView */
/** @typedef {{ id: string, caller: string, badge: string, listener: string, plate: string, host: string, state: import('../hearing.js').Standing | null, user: string, text: string }} Line */

/** @type {TableView} */
export const CLOSED = { on: false, sort: 'caller', down: false, filter: '', fallen: false, page: 0 };
const PAGE = 50;
const COLUMNS = /** @type {const} */ (['caller', 'listener', 'host', 'state', 'user']);
const words = new Intl.Collator('en', { numeric: true });

/** @param {State} state @returns {Line[]} */
function lines({ judged, plan }) {
  const shows = shownBy(plan.connections);
  return judged ? judged.overview.rows.map((row) => ({ id: row.connection, caller: row.caller, listener: row.listener, ...shows(row), host: row.host, state: standing(row), user: row.user ?? '', text: row.text }))
    : plan.connections.map((one) => ({ id: one.id, caller: one.caller, listener: one.listener, ...shows(one), host: one.dials[0].host, state: null, user: '', text: '' }));
}

/**
 * What both ends show; badge is '' for a token. Of many workers some are in the plan: another of the same kind tells, with its own node's name in place.
 * @param {import('../wasm.d.ts').Connection[]} connections
 */
export function shownBy(connections) {
  const kinds = new Map(connections.map((one) => [one.kind, one])), known = new Map(connections.map((one) => [`${one.caller} ${one.listener} ${one.kind}`, one]));
  return (/** @type {{ kind: string, caller: string, listener: string }} */ { kind, caller, listener }) => {
    const own = known.get(`${caller} ${listener} ${kind}`), like = own ?? kinds.get(kind);
    const at = (/** @type {string} */ id, /** @type {string} */ theirs, /** @type {string} */ mine) => {
      const [from, to] = [theirs, mine].map((end) => named(end).node);
      return !own && from && (id === from || id.startsWith(`${from}/`)) ? to + id.slice(from.length) : id;
    };
    return { badge: like?.client.certificate ? `${at(like.client.certificate, like.caller, caller)}.crt` : '', plate: like ? `${at(like.server.certificate, like.listener, listener)}.crt` : '' };
  };
}

/** The lines that are asked for, in the order that is asked for. @param {Line[]} all @param {TableView} view */
export function arranged(all, { sort, down, filter, fallen }) {
  const wanted = filter.trim().toLowerCase();
  const kept = all.filter((line) => (!fallen || (line.state !== null && line.state !== 'verified')) && (wanted === '' || [line.caller, line.badge, line.listener, line.plate, line.host, line.user, line.text].some((text) => text.toLowerCase().includes(wanted))));
  const sign = down ? -1 : 1;
  return kept.sort((one, other) => sign * words.compare(one[sort] ?? '', other[sort] ?? '') || words.compare(one.id, other.id));
}

/** @param {State} state @param {TableView} view @param {import('./parts.js').Translate} t @param {import('./parts.js').Actions} actions */
export function table(state, view, t, actions) {
  const all = lines(state), kept = arranged(all, view), page = Math.min(view.page, Math.max(0, Math.ceil(kept.length / PAGE) - 1));
  const chosen = state.selection?.kind === 'arrow' ? state.selection.connection : '';
  return html`<div class="tableview"><div class="tabletools"><label><span class="unseen">${t('table.filter')}</span><input type="search" data-field="table.filter" placeholder=${t('table.filter')} .value=${live(view.filter)} autocomplete="off" spellcheck="false"
      @input=${(/** @type {Event} */ event) => actions.table({ filter: /** @type {HTMLInputElement} */ (event.target).value, page: 0 })}></label>
    ${state.judged ? html`<label class="check"><input type="checkbox" data-field="table.fallen" .checked=${live(view.fallen)} @change=${(/** @type {Event} */ event) => actions.table({ fallen: /** @type {HTMLInputElement} */ (event.target).checked, page: 0 })}><span>${t('table.fallen')}</span></label>` : nothing}
    ${kept.length > PAGE ? pager(kept.length, PAGE, page, (to) => actions.table({ page: to }), t) : html`<span class="count">${t('table.count', { n: kept.length, of: all.length })}</span>`}</div>
    <div class="tablescroll" tabindex="0" role="region" aria-label=${t('view.table')}><table><thead><tr>${COLUMNS.map((column) => heading(column, view, t, actions))}</tr></thead>
    <tbody>${kept.slice(page * PAGE, (page + 1) * PAGE).map((line) => row(line, line.id === chosen, state, t, actions))}</tbody></table>
    ${kept.length ? nothing : view.filter.trim() ? foundNothing(view.filter, t, () => actions.table({ filter: '', page: 0 })) : empty(t('empty.fallen'))}</div></div>`;
}

/** @param {Column} column @param {TableView} view @param {import('./parts.js').Translate} t @param {import('./parts.js').Actions} actions */
const heading = (column, { sort, down }, t, actions) => html`<th scope="col" aria-sort=${sort !== column ? 'none' : down ? 'descending' : 'ascending'}>
  <button type="button" @click=${() => actions.table({ sort: column, down: sort === column && !down, page: 0 })}>${t(`table.${column}`)}${sort === column ? icon(down ? 'lower' : 'raise', 11) : nothing}</button></th>`;

/** @param {Line} line @param {boolean} chosen @param {State} state @param {import('./parts.js').Translate} t @param {import('./parts.js').Actions} actions */
const row = (line, chosen, { phase }, t, actions) => html`<tr class=${chosen ? 'selected' : ''}>
  <th scope="row"><button type="button" data-connection=${line.id} @click=${() => actions.select({ connection: line.id })}>${line.caller.replace('@', ' ')}</button><small>${line.badge || t('legend.token')}</small></th><td>${line.listener.replace('@', ' ')}<small>${line.plate}</small></td><td class="mono">${line.host}</td>
  <td>${line.state ? mark(line.state, t(`verdict.${line.state}`)) : t(phase === 'issued' ? 'state.issued' : 'state.planned')}${line.text ? html`<small lang="en">${escaped(line.text)}</small>` : nothing}</td><td class="mono">${escaped(line.user) || '–'}</td></tr>`;
