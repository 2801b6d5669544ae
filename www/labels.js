// What the figure's shapes are called: sentences for those who hear the page. What a shape shows comes first, so that it can be asked for by voice.
/** @import { Translate } from './i18n.js' */
/** @import { State } from './state.js' */
/** @import { ComponentKind, Connection, Plan } from './wasm.d.ts' */
import { unique } from './layout/geometry.js';
import { existing } from './state.js';
import { addressText, named } from './names.js';

/** Of a stack's certificates so many are looked at. */
const MOST = 12;

/** @param {string} component 'kubelet@worker-1' @param {Translate} t */
function end(component, t) {
  const { name, node } = named(component);
  return node ? t('speech.on', { name, node }) : name;
}

/** Several connections as one sentence if they are one arrow. @param {Connection[]} connections @param {number} n how many they stand for @param {Translate} t */
export function arrowSentence(connections, n, t) {
  const [first] = connections, [caller, node] = first.caller.split('@'), [listener, other] = first.listener.split('@');
  const hosts = unique(connections.map(({ dials }) => addressText(dials[0]))), what = presented(connections, t);
  if (connections.length === 1) {
    const values = { host: hosts[0], what };
    return node && node === other ? t('speech.arrow.same', { ...values, node, caller, listener }) : t('speech.arrow', { ...values, caller: end(first.caller, t), listener: end(first.listener, t) });
  }
  return t(hosts.length === 1 ? 'speech.arrows.at' : 'speech.arrows', { n, caller: ends(connections.map((one) => one.caller), t), listener: ends(connections.map((one) => one.listener), t), host: hosts[0], what });
}

/** Several components, with their node where it is the same. @param {string[]} components @param {Translate} t */
function ends(components, t) {
  const [names, nodes] = [0, 1].map((i) => [...new Set(components.map((one) => one.split('@')[i] ?? ''))]), name = names.join(', ');
  return nodes.length === 1 && nodes[0] ? t('speech.on', { name, node: nodes[0] }) : name;
}

/**
 * The same sentence around the few words that a line of the list shows: heard, seen, heard, …
 * @param {Connection} connection @param {boolean} byNode whether the line shows the nodes or the programs @param {string} state @param {Translate} t
 */
export function lineSentence(connection, byNode, state, t) {
  const [dial] = connection.dials, port = `:${dial.port}`, whole = addressText(dial), host = whole.slice(0, -port.length), shown = byNode ? `‹${host}›${port}` : `${host}‹${port}›`;
  const [caller, listener] = [connection.caller, connection.kind.endsWith('-self') && !byNode ? t('guide.itself') : connection.listener].map((component) => {
    const { name, node } = named(component);
    return node ? t('speech.on', byNode ? { name, node: `‹${node}›` } : { name: `‹${name}›`, node }) : `‹${name}›`;
  });
  return t('speech.state', { what: t('speech.arrow', { caller, listener, host: shown, what: presented([connection], t) }), state }).split(/[‹›]/);
}

/** What is known of a connection, in a word or two. @param {import('./hearing.js').Standing | null | undefined} standing @param {boolean} issued @param {Translate} t */
export const stateWord = (standing, issued, t) => t(standing ? `verdict.${standing}` : issued ? 'state.issued' : 'state.planned');

/** What the callers show of themselves. @param {Connection[]} connections @param {Translate} t */
function presented(connections, t) {
  const files = unique(connections.flatMap(({ client }) => client.certificate ?? [])).map((id) => `${id}.crt`);
  if (files.length === 0) return t('speech.token');
  return files.length > 3 ? t('speech.files', { first: files[0], last: files[files.length - 1], n: files.length }) : files.join(', ');
}

/**
 * A badge or a plate: whose it is, and who signed it.
 * @param {'badge' | 'plate'} shape @param {string[]} drawn the words in it @param {string[]} owners components @param {string} authority its id @param {Translate} t
 */
export function chipSentence(shape, drawn, owners, authority, t) {
  const all = unique(owners), who = all.length > 2 ? t('speech.owners', { name: named(all[0]).name, n: all.length }) : all.map((one) => end(one, t)).join(', ');
  return t(`speech.${shape}`, { drawn: drawn.join(', '), who, authority: `${authority}.crt` });
}

/** What exists of these by now, and until when it is valid; of several the first to end. @param {string[]} certificates @param {State} state @param {Translate} t */
export function lifeSentence(certificates, state, t) {
  const { plan, keys, judged } = state;
  const some = certificates.slice(0, MOST), planned = plan.certificates.filter(({ id, kind }) => some.includes(id) && kind !== 'key-pair' && kind !== 'token-signer');
  if (planned.length === 0) return '';
  const ends = planned.flatMap(({ id }) => (judged?.changed.get(id) ?? existing(state, id))?.notAfter ?? []).sort();
  if (ends.length) return t('speech.until', { day: ends[0].slice(0, 10) });
  if (state.imported && state.phase !== 'generating') return t('speech.not-given');
  const [{ validUntil, validityDays }] = planned, life = validUntil ? t('speech.until', { day: validUntil }) : t('speech.days', { n: validityDays });
  return `${t(some.every((id) => keys.get(id)?.state === 'made') ? 'speech.key' : 'speech.planned')}${life}`;
}

/** The kinds of what it calls, and of what calls it, each once. @param {string[]} components @param {Plan} plan */
function neighbours(components, { connections }) {
  const own = new Set(components);
  return {
    calls: unique(connections.filter(({ caller }) => own.has(caller)).map(({ listener }) => named(listener).name)),
    callers: unique(connections.filter(({ listener }) => own.has(listener)).map(({ caller }) => named(caller).name)),
  };
}

/** A component: where it is, whom it calls, who calls it. @param {ComponentKind} kind @param {string} note drawn beside its name @param {string[]} components @param {Plan} plan @param {Translate} t */
export function boxSentence(kind, note, components, plan, t) {
  const { calls, callers } = neighbours(components, plan), nodes = components.flatMap((one) => one.split('@')[1] ?? []);
  const name = [kind === 'pod' ? t('box.pods') : kind, note].filter(Boolean).join(' '), list = (/** @type {string[]} */ some) => some.map((one) => (one === 'pod' ? t('box.pods') : one)).join(', ');
  return t('box.sentence', {
    who: nodes.length === 1 ? t('box.on', { name, node: nodes[0] }) : nodes.length ? t('box.on.many', { name, n: nodes.length }) : name,
    calls: calls.length ? t('box.calls', { what: list(calls) }) : t('box.calls.nobody'),
    called: callers.length ? t('box.called', { what: list(callers) }) : t('box.called.nobody'),
  });
}
