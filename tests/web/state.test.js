// The state machine: every way through it, and what each change throws away.
/** @import { Event, State } from '../../www/state.js' */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { initial, made, next } from '../../www/state.js';
import { samplePlan } from './sample-plan.js';

const plan = samplePlan({ masters: 2, workers: 2 }), start = initial(plan.cluster, plan);
const error = { code: 'invalid-name', message: 'no', hint: 'yes', field: 'name' };
const zip = new Blob(['zip']);
/** @param {State} state @param {Event[]} events */
const after = (state, ...events) => events.reduce(next, state);
const generating = after(start, { type: 'started' });
const issued = after(generating, { type: 'issued', run: generating.run, certificates: new Map(), requests: new Map(), zip });

test('a page begins planned, with nothing to download', () => {
  assert.equal(start.phase, 'planned');
  assert.equal(start.issued, null);
});

test('starting makes every key wait', () => {
  assert.equal(generating.phase, 'generating');
  assert.deepEqual([...generating.keys.keys()], plan.certificates.map(({ id }) => id));
  assert.ok([...generating.keys.values()].every(({ state }) => state === 'waiting'));
});

test('a key is searched, then made with its time', () => {
  const state = after(generating, { type: 'keys', run: generating.run, searching: ['ca'], made: [] }, { type: 'keys', run: generating.run, searching: ['admin'], made: [['ca', 12]] });
  assert.deepEqual(state.keys.get('ca'), { state: 'made', ms: 12 });
  assert.deepEqual([...made(state)], ['ca']);
});

test('the bundle is there once issued, named after the cluster, and not before', () => {
  assert.equal(generating.issued, null);
  assert.equal(issued.issued?.zip, zip);
  assert.equal(issued.issued?.name, 'sample.zip');
});

test('cancelling leads back to planned, without keys', () => {
  const state = after(generating, { type: 'keys', run: generating.run, searching: [], made: [['ca', 1]] }, { type: 'cancelled' });
  assert.equal(state.phase, 'planned');
  assert.equal(state.keys.size, 0);
});

for (const event of /** @type {Event[]} */ ([
  { type: 'keys', run: generating.run, searching: [], made: [['ca', 1]] }, { type: 'signing', run: generating.run },
  { type: 'issued', run: generating.run, certificates: new Map(), requests: new Map(), zip }, { type: 'failed', run: generating.run, error },
])) test(`what a cancelled run still says is not heard: ${event.type}`, () => {
  const cancelled = after(generating, { type: 'cancelled' });
  assert.equal(next(cancelled, event), cancelled);
  const again = after(cancelled, { type: 'started' });
  assert.equal(next(again, event), again);
});

test('a failure keeps no key and can be tried again', () => {
  const failed = after(generating, { type: 'failed', run: generating.run, error });
  assert.equal(failed.phase, 'failed');
  assert.equal(failed.keys.size, 0);
  assert.equal(failed.issued, null);
  const again = after(failed, { type: 'started' });
  assert.equal(again.phase, 'generating');
  assert.equal(again.failure, null);
});

for (const event of /** @type {Event[]} */ ([{ type: 'described', description: plan.cluster, plan }, { type: 'refused', description: plan.cluster, error }])) {
  test(`a changed description (${event.type}) throws the issued keys away and says so`, () => {
    const state = next(issued, event);
    assert.equal(state.phase, 'planned');
    assert.equal(state.issued, null);
    assert.equal(state.dropped, true);
  });
  test(`a changed description (${event.type}) ends a run`, () => {
    assert.equal(next(generating, event).phase, 'planned');
    assert.notEqual(next(generating, event).run, generating.run);
  });
}

test('a refused description keeps the last good plan, and nothing can start from it', () => {
  const state = next(start, { type: 'refused', description: { ...plan.cluster, name: 'No' }, error });
  assert.equal(state.plan, plan);
  assert.equal(state.description.name, 'No');
  assert.equal(state.refusal, error);
  assert.equal(next(state, { type: 'started' }), state);
});

test('a second start while generating does nothing', () => assert.equal(next(generating, { type: 'started' }), generating));

test('a selection survives a plan that still has it, and no other', () => {
  const connection = plan.connections.at(-1)?.id ?? '';
  const chosen = next(start, { type: 'selected', selection: { kind: 'arrow', id: 'x', connection } });
  assert.equal(next(chosen, { type: 'described', description: plan.cluster, plan }).selection, chosen.selection);
  assert.equal(next(chosen, { type: 'described', description: plan.cluster, plan: { ...plan, connections: [] } }).selection, null);
});

test('what is typed before the core is there keeps the figure, and throws away what was begun', () => {
  const description = { ...plan.cluster, name: 'typed' }, state = after(generating, { type: 'typed', description });
  assert.deepEqual([state.phase, state.description, state.plan, state.dropped], ['planned', description, plan, true]);
  assert.equal(after(start, { type: 'typed', description }).dropped, false);
});
