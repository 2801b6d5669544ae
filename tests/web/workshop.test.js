// Generating, with workers that are played: order, cancelling at every stage, death, errors.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crewSize } from '../../www/crew.js';
import { SILENCE, Theatre, ids, plan, settle, zip } from './theatre.js';
/** @import { FakeWorker } from './theatre.js' */

test('one key is one job, in the order of issuance, and every worker ends but the vault, which is asked for verdicts until the next plan', async () => {
  const stage = new Theatre();
  const done = await stage.generate();
  assert.equal(done.zip, zip);
  assert.deepEqual(stage.generated, ids);
  for (const id of ids) assert.ok(stage.told.includes(`searching ${id}`) && stage.told.includes(`made ${id} 7`), id);
  assert.equal(stage.told.at(-1), 'signing');
  assert.deepEqual(stage.alive.map(({ name }) => name), ['vault-worker']);
  assert.equal(await done.court.verdicts(0), null);
  assert.deepEqual(stage.requests.at(-1), { name: 'vault-worker', id: stage.requests.at(-1)?.id, action: 'verdicts', now: 0 });
  stage.workshop.prepare(plan);
  assert.ok(!stage.alive.includes(stage.workers[0]), 'the vault ends with the next plan');
  await assert.rejects(done.court.verdicts(0));
});

test('workers start with the first plan and not before, and one crew serves the first run', async () => {
  const stage = new Theatre({ cores: 4 });
  assert.deepEqual(stage.workers, []);
  stage.workshop.prepare(plan);
  assert.deepEqual(stage.workers.map(({ name }) => name), ['vault-worker', ...Array(4).fill('key-worker')]);
  await stage.generate();
  assert.equal(stage.workers.length, 5);
});

test('the vault is told to sign before the first key is begun, and for the rest after the last', async () => {
  const stage = new Theatre();
  await stage.generate();
  const actions = stage.requests.map(({ action }) => action);
  assert.ok(actions.indexOf('begin') < actions.indexOf('generate'));
  assert.ok(actions.lastIndexOf('generate') < actions.indexOf('issue'));
  assert.ok(actions.indexOf('issue') < actions.indexOf('bundle'));
});

test('no request carries a key, and none is answered with one', async () => {
  const stage = new Theatre();
  await stage.generate();
  assert.deepEqual([...new Set(stage.requests.map(({ name, action }) => `${name} ${action}`))].sort(), ['key-worker generate', 'key-worker open',
    'vault-worker admit', 'vault-worker begin', 'vault-worker bundle', 'vault-worker issue', 'vault-worker open']);
  for (const request of stage.requests) assert.equal(request.key, undefined);
});

test('keys of another run are new: none is left of the one before', async () => {
  const stage = new Theatre();
  await stage.generate();
  await stage.generate();
  assert.deepEqual(stage.generated, [...ids, ...ids]);
});

for (const [stage, action, name] of [['opening', 'open', 'vault-worker'], ['opening', 'open', 'key-worker'], ['opening', 'admit', 'vault-worker'],
  ['beginning', 'begin', 'vault-worker'], ['generating', 'generate', 'key-worker'], ['signing', 'issue', 'vault-worker'], ['bundling', 'bundle', 'vault-worker']])
  test(`cancelled while ${stage} (${name} ${action}), every worker ends at once, and the next run works`, async () => {
    const controller = new AbortController(), theatre = new Theatre();
    theatre.instead = (who, request) => (who === name && request.action === action ? SILENCE : undefined);
    const running = theatre.generate(controller.signal);
    await settle();
    assert.ok(theatre.requests.some((request) => request.action === action && request.name === name), 'the stage was reached');
    assert.ok(theatre.alive.length > 0);
    controller.abort(new DOMException('cancelled', 'AbortError'));
    assert.deepEqual(theatre.alive, []);
    await assert.rejects(running, { name: 'AbortError' });
    theatre.instead = () => undefined;
    assert.equal((await theatre.generate()).zip, zip);
  });

test('cancelled and prepared again at once, the new crew is not ended by the old run', async () => {
  const controller = new AbortController(), stage = new Theatre();
  stage.instead = (_name, request) => (request.action === 'generate' ? SILENCE : undefined);
  const running = stage.generate(controller.signal);
  await settle();
  controller.abort(new DOMException('cancelled', 'AbortError'));
  stage.workshop.prepare(plan);
  await assert.rejects(running, { name: 'AbortError' });
  await settle();
  assert.equal(stage.alive.length, 3);
  stage.instead = () => undefined;
  await stage.generate();
});

test('a signal that is already aborted asks for nothing', async () => {
  const stage = new Theatre();
  await assert.rejects(stage.generate(AbortSignal.abort()), { name: 'AbortError' });
  assert.deepEqual(stage.requests, []);
});

for (const victim of ['key-worker', 'vault-worker']) {
  for (const [how, kill] of /** @type {[string, (worker: FakeWorker) => void][]} */ ([
    ['is killed without a word', (worker) => worker.terminate()], ['throws', (worker) => worker.onerror?.({ message: 'out of memory', preventDefault() {} })],
    ['sends what cannot be read', (worker) => worker.onmessageerror?.({})],
  ])) test(`a ${victim} that ${how} gives an error that says so, ends the others, and a second run works`, async () => {
    let killed = false;
    const stage = new Theatre();
    stage.instead = (name, request, worker) => {
      if (killed || name !== victim || !['generate', 'issue'].includes(request.action)) return undefined;
      killed = true;
      kill(worker);
      return SILENCE;
    };
    await assert.rejects(stage.generate(), { code: 'worker-died' });
    assert.ok(killed);
    assert.deepEqual(stage.alive, []);
    assert.equal(stage.workshop.status.obstacle, 'failed');
    assert.equal((await stage.generate()).zip, zip);
  });
}

for (const at of [1, 2]) test(`a browser that refuses worker number ${at} gives its error, and what it did start ends`, async () => {
  const stage = new Theatre();
  stage.workshop.forget();
  stage.refuseWorker = stage.workers.length + at;
  await assert.rejects(stage.generate(), { name: 'SecurityError' });
  assert.deepEqual(stage.alive, []);
  stage.refuseWorker = 0;
  assert.equal((await stage.generate()).zip, zip);
});

for (const [action, code] of [['generate', 'randomness'], ['generate', 'key-search-failed'], ['issue', 'key-missing'], ['begin', 'invalid-clock']])
  test(`an error of the core comes through as it is and ends everything: ${code}`, async () => {
    const stage = new Theatre();
    stage.instead = (_name, request) => (request.action === action ? { error: { code, message: 'm', hint: 'h' } } : undefined);
    await assert.rejects(stage.generate(), { code, message: 'm' });
    assert.deepEqual(stage.alive, []);
  });

test('the kernel that ran and those that were refused are known', async () => {
  const stage = new Theatre();
  stage.instead = (_name, { action, certificate }) => (action !== 'generate' ? undefined
    : { result: { ms: 1, candidates: 2, kernel: 'dot', refused: certificate.id === 'ca' ? ['fma'] : [], receipt: stage.vault.add(certificate.id) } });
  assert.equal(stage.workshop.status.kernel, null);
  await stage.generate();
  assert.equal(stage.workshop.status.kernel, 'dot');
  assert.deepEqual(stage.workshop.status.refused, ['fma']);
});

for (const [jobs, cores, expected] of [[10, 1, 2], [10, 2, 2], [10, 4, 4], [10, 64, 8], [1, 8, 1], [3, 8, 3]])
  test(`${jobs} keys on ${cores} cores take ${expected} key workers`, () => assert.equal(crewSize(jobs, cores), expected));
