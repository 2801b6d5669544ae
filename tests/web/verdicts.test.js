// What the page makes of verdicts: the worst of several, the lines of the table, and answers that come too late.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Hearing, best, escaped, missingNames, standing, standings, together } from '../../www/hearing.js';
import { translator } from '../../www/i18n.js';
import { summary } from '../../www/panels/bar.js';
import { asFound } from '../../www/diagram/found.js';
import { layout } from '../../www/layout.js';
import { CLOSED, arranged, shownBy } from '../../www/panels/table.js';
import { initial, next } from '../../www/state.js';
import { planOf, presets } from './real-plans.js';
import { plan } from './theatre.js';
/** @import { Judged } from '../../www/hearing.js' */
/** @import { Row } from '../../www/wasm.d.ts' */

/** @param {string} connection @param {Partial<Row>} [rest] @returns {Row} */
const row = (connection, rest = {}) => ({ connection, kind: 'k', caller: `caller@${connection}`, listener: 'kube-apiserver@m', state: rest.side ? 'refused' : 'verified', missing: [], host: '10.0.0.1', side: null, text: '', other: '', user: null, nobody: false, ...rest });
/** @param {Row[]} rows @returns {Judged} */
const judged = (rows) => ({
  overview: { total: rows.length, verified: rows.filter(({ side }) => !side).length, notGiven: 0, rows }, rows: new Map(rows.map((one) => [one.connection, one])), lessons: [],
  lesson: { id: null, changed: [], now: null, notes: [] }, changed: { size: 0, get: () => undefined },
});
const some = judged([row('a'), row('b', { side: 'client', text: 'x509: no' }), row('c', { nobody: true, user: 'system:kube-schedular' }), row('d')]);

test('a side that refuses weighs more than a caller without rights, and that more than one that is verified', () => {
  assert.equal(standing(undefined), null);
  assert.deepEqual(['a', 'b', 'c'].map((id) => standing(some.rows.get(id))), ['verified', 'refused', 'nobody']);
  assert.deepEqual(together(['a', 'd'], some), { standing: 'verified', n: 2 });
  assert.deepEqual(together(['a', 'c', 'd'], some), { standing: 'nobody', n: 1 });
  assert.deepEqual(together(['a', 'b', 'c'], some), { standing: 'refused', n: 1 });
  assert.equal(together(['a'], null), null);
  assert.equal(together(['unknown'], some), null);
});

test('what all pass through is as good as the best of them, and refused only when all are', () => {
  assert.deepEqual(best(['a', 'b', 'c', 'd'], some), { standing: 'verified', n: 2 });
  assert.deepEqual(best(['b', 'c'], some), { standing: 'nobody', n: 1 });
  assert.deepEqual(best(['b'], some), { standing: 'refused', n: 1 });
  assert.equal(best(['a'], null), null);
  assert.equal(best([], some), null);
});

/** @param {string} id @param {object} broken @returns {any} */
const putInPlace = (id, broken) => ({ changed: { size: 1, get: (/** @type {string} */ one) => (one === id ? broken : undefined) } });

test('a chip is drawn from the broken copy: its number of names, its subject, and what is heard of it; every other chip stays', () => {
  const t = translator('en'), real = planOf({ preset: 'hard-way-2020' }), { chips } = layout(real, { view: 'certificates', narrow: false, t });
  const chip = (/** @type {string} */ id) => /** @type {import('../../www/layout/geometry.js').Chip} */ (chips.find((one) => one.id === id));
  const api = /** @type {import('../../www/wasm.d.ts').PlannedCertificate} */ (real.certificates.find(({ id }) => id === 'kube-apiserver'));
  const eight = putInPlace('kube-apiserver', { subject: 'CN=kube-apiserver', names: api.names.slice(1) });
  assert.deepEqual(asFound(chip('plate-api-0'), eight, t).third, ['8 names', ':6443']);
  assert.match(asFound(chip('plate-api-0'), eight, t).label, /^kube-apiserver\.crt, CN kube-apiserver, 8 names, :6443: server certificate/);
  assert.deepEqual(chip('plate-api-0').third, ['9 names', ':6443'], 'the plan’s own is as it was');
  for (const id of ['plate-etcd-0', 'badge-scheduler-0', 'plate-kubelet-0', 'checks-0', 'token-0']) assert.equal(asFound(chip(id), eight, t), chip(id));
  assert.equal(asFound(chip('plate-api-0'), null, t), chip('plate-api-0'));
  assert.deepEqual(missingNames(eight, api), [api.names[0]]);
  assert.deepEqual(missingNames(putInPlace('admin', { names: [] }), api), []);
  const typo = asFound(chip('badge-scheduler-0'), putInPlace('kube-scheduler', { subject: 'CN=system:kube-schedular', names: [] }), t);
  assert.equal(typo.sub, 'system:kube-schedular');
  assert.match(typo.label, /^kube-scheduler\.crt, system:kube-schedular: client certificate/);
  const plate = asFound(chip('plate-kubelet-0'), putInPlace('worker-1', { subject: 'CN=system:node:worker-1', names: [] }), t);
  assert.equal(plate.sub, chip('plate-kubelet-0').sub, 'its second line is names, not the subject');
});

test('the table says what both ends show, also of a connection that the plan does not tell of', () => {
  for (const { id } of presets) {
    const { connections } = planOf({ preset: id });
    for (const one of connections) {
      const others = connections.filter((other) => other.id === one.id || other.kind !== one.kind), like = connections.find((other) => other.kind === one.kind && other.id !== one.id);
      const truth = { badge: one.client.certificate ? `${one.client.certificate}.crt` : '', plate: `${one.server.certificate}.crt` };
      assert.deepEqual(shownBy(connections)(one), truth, one.id);
      if (like) assert.deepEqual(shownBy([...others.filter((other) => other.id !== one.id), like])(one), truth, `${one.id}, after ${like.id}`);
    }
  }
  assert.deepEqual(shownBy([])({ kind: 'x', caller: 'a@b', listener: 'c@d' }), { badge: '', plate: '' });
});

test('the summary says how many hold, and of what falls only what there is', () => {
  const t = translator('en');
  assert.equal(summary(judged([row('a'), row('d')]), t), '*2 of 2 connections verified*');
  assert.equal(summary(some, t), '*2 of 4 connections verified*, 1 refused, 1 without rights');
  assert.equal(summary(judged([row('a'), row('b', { side: 'server' })]), t), '*1 of 2 connections verified*, 1 refused');
  assert.equal(summary(judged([row('c', { nobody: true })]), t), '*0 of 1 connections verified*, 1 without rights');
  assert.deepEqual(standings(judged([row('a')])), ['verified', 'refused']);
  assert.deepEqual(standings(some), ['verified', 'refused', 'nobody']);
  assert.equal(standings(null), null);
});

test('the table sorts numbers as numbers, filters by every column, and shows only what falls when asked', () => {
  /** @type {import('../../www/panels/table.js').Line[]} */
  const lines = [10, 2, 1].map((n) => ({ id: `w${n}`, caller: `kubelet@worker-${n}`, badge: `worker-${n}.crt`, listener: 'kube-apiserver@m', plate: 'kube-apiserver.crt', host: `10.0.0.${n}`, state: n === 2 ? 'refused' : 'verified', user: `system:node:worker-${n}`, text: n === 2 ? 'x509: expired' : '' }));
  const ids = (/** @type {Partial<import('../../www/panels/table.js').TableView>} */ view) => arranged([...lines], { ...CLOSED, ...view }).map(({ id }) => id);
  assert.deepEqual(ids({}), ['w1', 'w2', 'w10']);
  assert.deepEqual(ids({ down: true }), ['w10', 'w2', 'w1']);
  assert.deepEqual(ids({ sort: 'state' }), ['w2', 'w1', 'w10']);
  assert.deepEqual(ids({ filter: 'EXPIRED' }), ['w2']);
  assert.deepEqual(ids({ filter: '10.0.0.10' }), ['w10']);
  assert.deepEqual(ids({ filter: 'worker-10.crt' }), ['w10']);
  assert.deepEqual(ids({ filter: 'nothing has this' }), []);
  assert.deepEqual(ids({ fallen: true }), ['w2']);
  assert.deepEqual(arranged([{ ...lines[0], state: null }], { ...CLOSED, fallen: true }), []);
});

test('names that would turn or hide what follows are shown as what they are', () => {
  assert.equal(escaped('a\u202eb\u0000\u200b\n'), 'a\\u202eb\\u0000\\u200b\\u000a');
  assert.equal(escaped('größe 証明書 "x"'), 'größe 証明書 "x"');
});

test('of two lessons asked for in a row only the later one is answered', async () => {
  /** @type {((lesson: any) => void)[]} */
  const waiting = [];
  const court = /** @type {any} */ ({
    lesson: () => new Promise((resolve) => { waiting.push(resolve); }), verdicts: async () => some.overview, lessons: async () => ['expired'],
  });
  const hearing = new Hearing(court, () => /** @type {any} */ ({}), () => 7);
  const first = hearing.judge('expired'), second = hearing.judge(null);
  for (const [i, resolve] of waiting.entries()) resolve({ id: i === 0 ? 'expired' : null, changed: [], now: null, notes: [] });
  assert.equal(await first, null);
  assert.equal((await second)?.lesson.id, null);
});

test('verdicts belong to an issued set only, and what was asked of another set is too late', () => {
  const planned = initial(plan.cluster, plan);
  assert.equal(next(planned, { type: 'judged', judged: some }).judged, null);
  const running = next(planned, { type: 'started' });
  const issued = next(running, { type: 'issued', run: running.run, certificates: { size: 0, get: () => undefined, has: () => false }, requests: { get: () => null }, zip: new Blob() });
  const known = next(issued, { type: 'judged', judged: some }), verdict = /** @type {any} */ ({ connection: 'a' });
  assert.equal(known.judged, some);
  assert.equal(next(known, { type: 'heard', judged: some, verdict }).heard?.verdict, verdict);
  assert.equal(next(known, { type: 'heard', judged: judged([]), verdict }).heard, null);
  assert.equal(next(next(known, { type: 'heard', judged: some, verdict }), { type: 'judged', judged: judged([]) }).heard, null);
  assert.equal(next(known, { type: 'described', description: plan.cluster, plan }).judged, null);
  assert.equal(next(known, { type: 'started' }).judged, null);
});
