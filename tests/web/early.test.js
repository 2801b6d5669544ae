// Keys made before anybody asks: for what, when, and when not.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SILENCE, Theatre, ids, inventory, many, plan, renamed, settle, withAlgorithm } from './theatre.js';

/** A theatre whose keys are all made ahead. @param {ConstructorParameters<typeof Theatre>[0]} [how] */
async function prepared(how) {
  const stage = new Theatre({ early: true, ...how });
  stage.workshop.prepare(plan);
  await settle();
  return stage;
}

test('every key of the plan is made ahead, each once, and no more', async () => {
  const stage = await prepared();
  assert.deepEqual(stage.generated, ids);
  const { ready, of, preparing } = stage.workshop.status;
  assert.deepEqual({ ready, of, preparing }, { ready: ids.length, of: ids.length, preparing: false });
  stage.show('visible');
  stage.workshop.prepare(plan);
  await settle();
  assert.deepEqual(stage.generated, ids);
});

test('of very many keys a hundred are made ahead, and the others when somebody asks', async () => {
  const stage = new Theatre({ early: true });
  stage.workshop.prepare(many(130));
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal(stage.generated.length, 100);
  const { ready, of, preparing } = stage.workshop.status;
  assert.deepEqual({ ready, of, preparing }, { ready: 100, of: 130, preparing: false });
  await stage.generate(undefined, many(130));
  assert.equal(stage.generated.length, 130);
});

test('generating then only signs: no key is made, and each is said to be made ahead', async () => {
  const stage = await prepared();
  await stage.generate();
  assert.deepEqual(stage.generated, ids);
  assert.deepEqual(stage.told, [...ids.map((id) => `made ${id} null`), 'signing']);
});

test('after a bundle nothing is prepared until the plan is another', async () => {
  const stage = await prepared();
  await stage.generate();
  await settle();
  assert.deepEqual([stage.generated.length, stage.alive.map(({ name }) => name)], [ids.length, ['vault-worker']]);
  stage.workshop.prepare({ ...plan });
  await settle();
  assert.equal(stage.generated.length, 2 * ids.length);
});

test('nothing is made before the page is idle, and each edit waits anew', async () => {
  const stage = await prepared({ idle: 'when told' });
  assert.deepEqual(stage.generated, []);
  assert.equal(stage.workshop.status.preparing, true);
  stage.whenIdle.splice(0).forEach((callback) => callback());
  await settle();
  assert.deepEqual(stage.generated, ids);
});

test('half of the workers prepare, all of them once somebody waits', async () => {
  const stage = new Theatre({ early: true, cores: 4 });
  stage.instead = (_name, { action }) => (action === 'generate' ? SILENCE : undefined);
  stage.workshop.prepare(plan);
  await settle();
  assert.equal(stage.generated.length, 2);
  const running = stage.generate();
  await settle();
  assert.deepEqual(stage.generated, ids.slice(0, 4), 'those underway are not begun again');
  assert.deepEqual(stage.told, ids.slice(0, 4).map((id) => `searching ${id}`));
  stage.workshop.forget();
  await assert.rejects(running);
});

/** @type {[string, (stage: Theatre) => void, (stage: Theatre) => void][]} */
const PAUSES = [
  ['hidden', (stage) => stage.show('hidden'), (stage) => stage.show('visible')],
  ['battery', (stage) => stage.power(false, 0.19), (stage) => stage.power(true, 0.19)],
  ['battery', (stage) => stage.power(false, 0.19), (stage) => stage.power(false, 0.2)],
];
for (const [obstacle, stop, go] of PAUSES) {
  test(`with an obstacle (${obstacle}) no key is begun; without it they are`, async () => {
    const stage = new Theatre({ early: true });
    stop(stage);
    await settle();
    stage.workshop.prepare(plan);
    await settle();
    assert.deepEqual(stage.generated, []);
    assert.deepEqual([stage.workshop.status.obstacle, stage.workshop.status.preparing], [obstacle, false]);
    go(stage);
    await settle();
    assert.deepEqual(stage.generated, ids);
  });

  test(`an obstacle midway (${obstacle}) lets the key that is underway end and begins no other; what is made stays`, async () => {
    const stage = new Theatre({ early: true });
    stage.instead = (_name, { action }) => (action === 'generate' && stage.generated.length === 3 ? (stop(stage), undefined) : undefined);
    stage.workshop.prepare(plan);
    await settle();
    assert.deepEqual(stage.generated, ids.slice(0, 3));
    assert.equal(stage.workshop.status.ready, 3);
    assert.equal(stage.alive.length, 3);
    go(stage);
    await settle();
    assert.deepEqual(stage.generated, ids);
  });

  test(`no obstacle (${obstacle}) keeps a key from who asks for it`, async () => {
    const stage = new Theatre({ early: true });
    stop(stage);
    await stage.generate();
    assert.deepEqual(stage.generated, ids);
  });
}

test('a browser that says nothing of its battery, or refuses to, prepares', async () => {
  for (const battery of [async () => undefined, async () => { throw new DOMException('no', 'NotAllowedError'); }]) {
    const stage = new Theatre({ early: true, battery });
    stage.workshop.prepare(plan);
    await settle();
    assert.deepEqual(stage.generated, ids);
  }
});

test('with the setting off no key is made ahead, and generating works', async () => {
  const stage = await prepared({ early: false });
  assert.deepEqual(stage.generated, []);
  assert.equal(stage.workshop.status.obstacle, 'off');
  await stage.generate();
  assert.deepEqual(stage.generated, ids);
});

test('turning the setting off throws the keys away with the workers that held them; turning it on makes others', async () => {
  const stage = await prepared(), first = stage.alive;
  stage.early.on = false;
  await settle();
  assert.ok(first.every(({ terminated }) => terminated));
  assert.equal(stage.workshop.status.ready, 0);
  assert.deepEqual(stage.generated, ids);
  stage.early.on = true;
  await settle();
  assert.deepEqual(stage.generated, [...ids, ...ids]);
});

test('turning the setting off while somebody waits takes nothing from them', async () => {
  const stage = await prepared();
  stage.instead = (_name, { action }) => (action === 'issue' ? (stage.early.on = false, undefined) : undefined);
  await stage.generate();
  assert.deepEqual(stage.generated, ids);
});

test('another algorithm ends the old crew, in the middle of a key, and prepares its own keys', async () => {
  const stage = new Theatre({ early: true });
  stage.instead = (_name, { action }) => (action === 'generate' ? SILENCE : undefined);
  stage.workshop.prepare(plan);
  await settle();
  const first = stage.alive;
  stage.instead = () => undefined;
  stage.workshop.prepare(withAlgorithm(plan, 'ecdsa-p256'));
  assert.ok(first.every(({ terminated }) => terminated));
  await settle();
  const asked = stage.requests.filter(({ action }) => action === 'generate').map(({ certificate }) => certificate.keyAlgorithm);
  assert.deepEqual(asked, ['rsa-2048', ...ids.map(() => 'ecdsa-p256')]);
});

test('edited names keep the keys: only the certificate that is new gets one', async () => {
  const stage = await prepared(), workers = stage.alive, edited = renamed(plan, 'worker-1', 'node-a');
  edited.cluster.name = 'another';
  stage.workshop.prepare(edited);
  await settle();
  assert.deepEqual(stage.alive, workers);
  assert.deepEqual(stage.generated, [...ids, 'node-a']);
});

test('of many edits while the vault is busy only the newest is followed', async () => {
  const stage = await prepared();
  stage.instead = (_name, { action }) => (action === 'replan' ? SILENCE : undefined);
  const edits = ['a', 'ab', 'abc'].map((name) => renamed(plan, 'worker-1', name));
  for (const edit of edits) stage.workshop.prepare(edit);
  await settle();
  stage.instead = () => undefined;
  const [vault] = stage.alive, [first] = vault.unanswered;
  vault.answer(first, { result: stage.vault.replan(inventory(first.description)) });
  await settle();
  assert.deepEqual(stage.requests.filter(({ action }) => action === 'replan').map(({ description }) => inventory(description).at(-2)?.id), ['a', 'abc']);
  assert.deepEqual(stage.generated, [...ids, 'abc']);
});

test('a key that is underway while its certificate is renamed serves the new name: none is made twice', async () => {
  const stage = new Theatre({ early: true });
  stage.instead = (_name, { action, certificate }) => (action === 'generate' && certificate.id === 'worker-1' ? SILENCE : undefined);
  stage.workshop.prepare(plan);
  await settle();
  stage.instead = () => undefined;
  stage.workshop.prepare(renamed(plan, 'worker-1', 'node-a'));
  await settle();
  const worker = stage.workers.find(({ unanswered }) => unanswered.length), [request] = worker?.unanswered ?? [];
  worker?.answer(request, { result: { ms: 9, candidates: 1, kernel: 'fma', refused: [], receipt: stage.vault.add(request.certificate.id) } });
  await settle();
  assert.deepEqual(stage.generated, ids);
  assert.equal(stage.workshop.status.ready, ids.length);
  await stage.generate(undefined, renamed(plan, 'worker-1', 'node-a'));
  assert.ok(stage.told.includes('made node-a null'));
});

test('an error while nobody waits ends the crew quietly; generating tries again and says what is wrong', async () => {
  const stage = new Theatre({ early: true });
  stage.instead = (_name, { action }) => (action === 'generate' ? { error: { code: 'randomness', message: 'm', hint: 'h' } } : undefined);
  stage.workshop.prepare(plan);
  await settle();
  assert.deepEqual(stage.alive, []);
  assert.equal(stage.workshop.status.obstacle, 'failed');
  await assert.rejects(stage.generate(), { code: 'randomness' });
  stage.instead = () => undefined;
  await stage.generate();
});

test('a worker killed in the middle of a search leaves no key behind', async () => {
  const stage = new Theatre({ early: true });
  stage.instead = (_name, { action }, worker) => (action === 'generate' && stage.generated.length === 4 ? (worker.terminate(), SILENCE) : undefined);
  stage.workshop.prepare(plan);
  await settle();
  assert.deepEqual(stage.alive, []);
  assert.deepEqual([stage.workshop.status.ready, stage.workshop.status.obstacle], [0, 'failed']);
});
