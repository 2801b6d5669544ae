// The figure as a list, for a screen too small for it: who calls whom, grouped by who listens, each with the caller's badge and the listener's plate.
/** @import { State } from '../state.js' */
/** @import { Connection } from '../wasm.d.ts' */
import { html, nothing } from 'lit-html';
import { icon } from '../icons.js';
import { together } from '../hearing.js';
import { rich } from '../i18n.js';
import { abridged, unique } from '../layout/geometry.js';
import { stateWord } from '../labels.js';
import { present } from '../marks.js';
import { addressText, named } from '../names.js';
import { byKind } from './parts.js';
import { mark } from './verdict.js';

/** @typedef {import('./parts.js').Translate} Translate */
/** @typedef {import('./parts.js').Actions} Actions */
/** @typedef {(certificate: string | null) => string} Absent a class for what was not given */
/** @typedef {{ listener: string, port: number, plates: string[], rows: Connection[][] }} Group */

/** By listener, and in it one row for all connections of a kind, in the plan's order. @param {Connection[]} connections @returns {Group[]} */
export const grouped = (connections) => unique(connections.map((one) => named(one.listener).name)).map((listener) => {
  const rows = [...byKind(connections.filter((one) => named(one.listener).name === listener)).values()], all = rows.flat();
  return { listener, port: all[0].port, plates: unique(all.map(({ server }) => server.certificate)), rows };
});

/** @param {State} state @param {Translate} t @param {Actions} actions */
export function list(state, t, actions) {
  const absent = absentees(state);
  return html`<div class="callers ${state.phase === 'issued' || state.phase === 'imported' ? 'made' : ''}"><p class="listhow">${rich(t('list.how'))}</p>${grouped(state.plan.connections).map(({ listener, port, plates, rows }) => html`
  <section><h2><span>${listener}</span><small>:${port}, ${t('list.called', { n: rows.length })}</small></h2>
  <button type="button" class="tag plate ${letter(state, plates[0])} ${absent(plates[0])}" @click=${() => actions.select({ certificate: plates[0] })}><span class="mark">${icon('lock', 15)}</span><span class="words"><b>${abridged(plates)}.crt</b></span></button>
  <ul>${rows.map((row) => line(row, state, absent, t, actions))}</ul></section>`)}</div>`;
}

/** One arrow of the figure; where something fell, that is what it opens. @param {Connection[]} row @param {State} state @param {Absent} absent @param {Translate} t @param {Actions} actions */
function line(row, state, absent, t, actions) {
  const { judged, phase, selection } = state, fate = together(row.map(({ id }) => id), judged);
  const first = (fate && row.find(({ id }) => together([id], judged)?.standing === fate.standing)) ?? row[0], caller = named(first.caller), listener = named(first.listener);
  const word = stateWord(fate?.standing, phase === 'issued', t), badge = badgeOf(row, t), hosts = unique(row.map(({ dials: [dial] }) => addressText(dial)));
  const host = hosts.length > 1 ? `${hosts[0]} …` : hosts[0], who = caller.name === 'pod' ? t('box.pods') : caller.name, itself = first.kind.endsWith('-self');
  const chosen = selection?.kind === 'arrow' && row.some(({ id }) => id === selection.connection);
  // What is seen is part of the sentence that is heard.
  const [, , calls, , presents, , at] = t('list.arrow', { caller: who, listener: itself ? t('guide.itself') : listener.name, badge, host, state: word }).split(/[‹›]/), unseen = (/** @type {string} */ words) => html`<span class="unseen">${words}</span>`;
  return html`<li><button type="button" data-connection=${first.id} class=${chosen ? 'selected' : ''} aria-pressed=${chosen ? 'true' : 'false'} @click=${() => actions.select({ connection: first.id })}>
    <b>${itself ? html`${who} <i>${t('guide.itself')}</i>` : who}${row.length > 1 ? html` <i>×${row.length}</i>` : nothing}</b>${unseen(calls)}
    <span class="outcome">${fate ? mark(fate.standing, fate.n > 1 && fate.n < row.length ? `${word} ${fate.n}/${row.length}` : word) : html`<span class="dot ${phase}"></span>${word}`}</span>${unseen(presents)}
    <span class="how"><span class="shows ${first.client.credential} ${letter(state, first.client.certificate)} ${absent(first.client.certificate)}"><span class="mark">${icon(first.client.credential === 'token' ? 'ticket' : 'idcard', 13)}</span>${badge}</span>${unseen(at)}
    <code>${icon('arrow', 12)} ${host}</code></span></button></li>`;
}

/** What the callers show. @param {Connection[]} row @param {Translate} t */
const badgeOf = (row, t) => (row[0].client.credential === 'token' ? t('chip.token') : `${abridged(unique(row.flatMap(({ client }) => client.certificate ?? [])))}.crt`);

/** Of a cluster that was brought, what was not among its files. @param {State} state @returns {Absent} */
function absentees(state) {
  const there = state.imported && present(state);
  return (certificate) => (there && certificate !== null && !there.has(certificate) ? 'absent' : '');
}

/** The colour of who signed it. @param {State} state @param {string | null} certificate */
function letter({ plan }, certificate) {
  if (certificate === null) return 't';
  const authorities = plan.certificates.filter(({ kind }) => kind === 'authority'), { issuer = '' } = plan.certificates.find(({ id }) => id === certificate) ?? {};
  return ['k', 'e', 'f'][authorities.findIndex(({ id }) => id === issuer)] ?? 'f';
}
