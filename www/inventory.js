// What a plan comes to on paper and in documents: a line for each certificate, and one for each connection. Pure.
/** @import { State } from './state.js' */
/** @import { Connection, PlannedCertificate, Row } from './wasm.d.ts' */
/** @import { Standing } from './hearing.js' */
import { standing } from './hearing.js';
import { existing } from './state.js';
import { addressText, publicFile, subjectText } from './names.js';
import { nodesOf } from './placed.js';

/**
 * @typedef {{ id: string, file: string, subject: string, issuer: string, names: string[], usage: string[], days: number, from: string, until: string, nodes: string[],
 *   fingerprint: string, broken: boolean }} ListedCertificate
 *   usage: empty of what takes no part in TLS; from, until: days; from is '' before it is issued, until may be; broken: by a lesson
 * @typedef {{ id: string, caller: string, listener: string, host: string, client: string | null, server: string, state: Standing | 'issued' | 'planned', text: string }} ListedConnection
 *   client: null for a token
 * @typedef {{ certificates: ListedCertificate[], connections: ListedConnection[], more: { certificates: number, connections: number } }} Inventory more: of how many equal ones nothing is said
 */

/** Lines on paper: more of them nobody reads. */
const MOST = 400;

/** @param {State} state @returns {Inventory} */
export function inventory(state) {
  const { plan, judged } = state, told = new Set(plan.connections.map(({ id }) => id));
  const fallen = (judged?.overview.rows ?? []).filter((row) => !told.has(row.connection) && standing(row) !== 'verified');
  const connections = [...plan.connections.map((one) => connection(one, state)), ...fallen.map(unplanned)].slice(0, MOST);
  const certificates = plan.certificates.map((one) => certificate(one, state));
  return { certificates, connections, more: { certificates: plan.totals.keys - certificates.length, connections: plan.totals.connections - connections.length } };
}

/** @type {Record<PlannedCertificate['kind'], string[]>} */
const USAGES = { authority: ['CA:TRUE'], client: ['clientAuth'], server: ['serverAuth'], 'server-client': ['serverAuth', 'clientAuth'], 'key-pair': [], 'token-signer': [] };

/** As issued, and as planned before that. @param {PlannedCertificate} planned @param {State} state @returns {ListedCertificate} */
function certificate(planned, state) {
  const { plan, judged } = state, { id, kind } = planned, broken = judged?.changed.get(id), issued = broken ?? existing(state, id), bare = kind === 'key-pair';
  const signer = plan.certificates.find((one) => one.id === planned.issuer) ?? planned;
  return {
    id, file: publicFile(planned), broken: broken !== undefined,
    subject: bare ? '' : issued?.subject ?? subjectText(planned), issuer: bare ? '' : issued?.issuer ?? subjectText(signer),
    names: (issued?.names ?? planned.names).map(({ type, value }) => `${type === 'ip' ? 'IP' : 'DNS'}:${value}`),
    usage: !issued ? USAGES[kind] : issued.basicConstraints?.ca ? ['CA:TRUE'] : issued.extendedKeyUsage?.values ?? [],
    days: bare ? 0 : planned.validityDays, from: issued?.notBefore.slice(0, 10) ?? '', until: issued?.notAfter.slice(0, 10) ?? planned.validUntil ?? '',
    nodes: nodesOf(plan, id).names, fingerprint: issued?.fingerprint ?? '',
  };
}

/** @param {Connection} one @param {State} state @returns {ListedConnection} */
function connection({ id, caller, listener, dials, client, server }, { phase, judged }) {
  const row = judged?.rows.get(id), { host, port } = dials[0];
  return {
    id, caller, listener, host: addressText({ host: row?.host ?? host, port }), client: client.certificate && `${client.certificate}.crt`, server: `${server.certificate}.crt`,
    state: standing(row) ?? (phase === 'issued' ? 'issued' : 'planned'), text: row?.text ?? '',
  };
}

/** A connection of a worker that the figure stacks with others. @param {Row} row @returns {ListedConnection} */
const unplanned = (row) => ({ id: row.connection, caller: row.caller, listener: row.listener, host: row.host, client: '', server: '', state: /** @type {Standing} */ (standing(row)), text: row.text });
