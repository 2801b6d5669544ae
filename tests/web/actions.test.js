// A worker's table of actions: what is asked is done, tidied up after, and then answered.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answering } from '../../www/actions.js';
import { over } from '../../www/worker.js';

/** What happens, in order. @param {() => unknown} action @param {() => void} [tidy] */
async function played(action, tidy) {
  /** @type {unknown[]} */
  const log = [];
  const handle = answering({ act: () => { log.push('acts'); return action(); } }, () => { log.push('tidies'); tidy?.(); });
  await handle(/** @type {any} */ ({ data: { id: 7, action: 'act' } }), { postMessage: (message) => log.push(message) });
  return log;
}

test('what an action leaves is tidied up before it is answered, also if it waits, and if it fails', async () => {
  assert.deepEqual(await played(() => 1), ['acts', 'tidies', { id: 7, result: 1 }]);
  assert.deepEqual(await played(async () => { await null; return 2; }), ['acts', 'tidies', { id: 7, result: 2 }]);
  assert.deepEqual(await played(() => { throw { code: 'randomness' }; }), ['acts', 'tidies', { id: 7, error: { code: 'randomness' } }]);
});

test('a core that has trapped cannot tidy: what is told is the trap', async () => {
  const trap = () => { throw new WebAssembly.RuntimeError('unreachable'); };
  assert.deepEqual(await played(trap, trap), ['acts', 'tidies', { id: 7, error: { code: 'worker-died', found: 'unreachable' } }]);
});

test('what ends a worker keeps nothing of who ended it: it is no Error, which has a stack', () => {
  assert.deepEqual(over('forgotten'), { code: 'unexpected', found: 'forgotten' });
  assert.equal(Object.getPrototypeOf(over('forgotten')), Object.prototype);
});
