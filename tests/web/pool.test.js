// The pool with workers that are played by this test: order, cancelling, death.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { make, poolSize } from '../../www/pool.js';
import { samplePlan } from './sample-plan.js';

const plan = samplePlan({ masters: 1, workers: 2 });
const module = /** @type {WebAssembly.Module} */ (/** @type {unknown} */ ('module'));
const job = { module, plan, description: plan.cluster, now: 0 };
const silent = { searching() {}, made() {}, signing() {} };

/**
 * A worker that answers each action as told; an answer of undefined is silence.
 * @param {(name: string, request: any, worker: FakeWorker) => unknown} behave
 */
function theatre(behave) {
  /** @type {FakeWorker[]} */
  const workers = [];
  /** @type {any[]} */
  const requests = [];
  const start = (/** @type {string} */ name) => {
    const worker = new FakeWorker(name, (request) => {
      requests.push({ name, ...request });
      return behave(name, request, worker);
    });
    workers.push(worker);
    return /** @type {Worker} */ (/** @type {unknown} */ (worker));
  };
  return { means: { start, locks }, workers, requests };
}

/** Who waits for a lock, by its name, and which locks are free again. @type {Map<string, () => unknown>} */
const waiting = new Map();
/** @type {Set<string>} */
const freed = new Set();
const locks = /** @type {import('../../www/worker.js').Locks} */ (/** @type {unknown} */ ({
  /** @param {string} name @param {object} _options @param {() => unknown} taken */
  request(name, _options, taken) {
    if (freed.has(name)) taken();
    else waiting.set(name, taken);
    return new Promise(() => {});
  },
}));

class FakeWorker {
  terminated = false;
  /** @type {((event: any) => void) | null} */ onmessage = null;
  /** @type {((event: any) => void) | null} */ onerror = null;
  /** @type {((event: any) => void) | null} */ onmessageerror = null;
  /** @type {string | undefined} */ life;
  /** @param {string} name @param {(request: any) => unknown} behave */
  constructor(name, behave) { this.name = name; this.behave = behave; }
  /** @param {any} request */
  postMessage(request) {
    this.life ??= request.life;
    queueMicrotask(() => {
      const answer = this.behave(request);
      if (answer !== undefined && !this.terminated) this.onmessage?.({ data: { id: request.id, .../** @type {object} */ (answer) } });
    });
  }
  terminate() {
    this.terminated = true;
    freed.add(this.life ?? '');
    waiting.get(this.life ?? '')?.();
  }
}

const zip = new Blob(['zip']);
/** @param {string} _name @param {any} request */
const willing = (_name, request) => ({ result: { issue: [{ id: 'ca' }], bundle: zip, generate: { ms: 7 } }[/** @type {string} */ (request.action)] ?? null });

test('one key is one job, in the order of issuance, and every worker ends', async () => {
  const stage = theatre(willing);
  /** @type {string[]} */
  const told = [];
  const done = await make(new AbortController().signal, job, { searching: (id) => told.push(`searching ${id}`), made: (id, ms) => told.push(`made ${id} ${ms}`), signing: () => told.push('signing') }, stage.means);
  assert.equal(done.zip, zip);
  assert.deepEqual(stage.requests.filter(({ action }) => action === 'generate').map(({ certificate }) => certificate), plan.certificates.map(({ id }) => id));
  for (const { id } of plan.certificates) assert.ok(told.includes(`searching ${id}`) && told.includes(`made ${id} 7`));
  assert.equal(told.at(-1), 'signing');
  assert.ok(stage.workers.every(({ terminated }) => terminated));
});

test('nothing is signed before every key is made', async () => {
  const stage = theatre(willing);
  await make(new AbortController().signal, job, silent, stage.means);
  const actions = stage.requests.map(({ action }) => action);
  assert.ok(actions.lastIndexOf('generate') < actions.indexOf('issue'));
  assert.ok(actions.indexOf('issue') < actions.indexOf('bundle'));
});

test('no request carries a key, and none is answered with one', async () => {
  const stage = theatre(willing);
  await make(new AbortController().signal, job, silent, stage.means);
  assert.deepEqual([...new Set(stage.requests.map(({ name, action }) => `${name} ${action}`))].sort(), [
    'key-worker generate', 'key-worker open', 'vault-worker admit', 'vault-worker bundle', 'vault-worker issue', 'vault-worker open']);
  for (const request of stage.requests) assert.equal(request.key, undefined);
});

test('cancelling ends every worker at once, in the middle of a key', async () => {
  const controller = new AbortController();
  const stage = theatre((name, request) => (request.action === 'generate' ? undefined : willing(name, request)));
  const running = make(controller.signal, job, silent, stage.means);
  await new Promise((resolve) => setTimeout(resolve, 10));
  assert.ok(stage.workers.some(({ terminated }) => !terminated));
  controller.abort(new DOMException('cancelled', 'AbortError'));
  await assert.rejects(running, { name: 'AbortError' });
  assert.ok(stage.workers.every(({ terminated }) => terminated));
});

test('a signal that is already aborted starts nothing', async () => {
  const stage = theatre(willing);
  await assert.rejects(make(AbortSignal.abort(), job, silent, stage.means), { name: 'AbortError' });
  assert.equal(stage.workers.length, 0);
});

for (const victim of ['key-worker', 'vault-worker']) {
  for (const [how, kill] of /** @type {[string, (worker: FakeWorker) => void][]} */ ([
    ['is killed without a word', (worker) => worker.terminate()], ['throws', (worker) => worker.onerror?.({ message: 'out of memory', preventDefault() {} })],
    ['sends what cannot be read', (worker) => worker.onmessageerror?.({})],
  ])) test(`a ${victim} that ${how} gives an error that says so, ends the others, and a second run works`, async () => {
    let killed = false;
    const stage = theatre((name, request, worker) => {
      if (!killed && name === victim && request.action !== 'open') { killed = true; kill(worker); return undefined; }
      return willing(name, request);
    });
    await assert.rejects(make(new AbortController().signal, job, silent, stage.means), { code: 'worker-died' });
    assert.ok(stage.workers.every(({ terminated }) => terminated));
    assert.equal((await make(new AbortController().signal, job, silent, stage.means)).zip, zip);
  });
}

test('an error of the core comes through as it is', async () => {
  const stage = theatre((name, request) => (request.action === 'issue' ? { error: { code: 'key-missing', message: 'm', hint: 'h' } } : willing(name, request)));
  await assert.rejects(make(new AbortController().signal, job, silent, stage.means), { code: 'key-missing', message: 'm' });
});

for (const [jobs, cores, expected] of [[10, 1, 2], [10, 2, 2], [10, 4, 4], [10, 64, 8], [1, 8, 1], [3, 8, 3]])
  test(`${jobs} keys on ${cores} cores take ${expected} workers`, () => assert.equal(poolSize(jobs, cores), expected));
