// Recipes and calls, as the page asks the core for them: for everything in every preset, before a key exists, once a plan.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { before, test } from 'node:test';
import { ByHand } from '../../www/by-hand.js';
import { LOCALES } from '../../www/i18n.js';

const { initSync, outline, presets, recipe, call } = await import('#wasm');
before(async () => { initSync({ module: new WebAssembly.Module(await readFile(new URL('../../target/wasm/hardway_bg.wasm', import.meta.url))) }); });
const plans = () => presets().map(({ description }) => outline(description, 0));

test('every certificate of every preset has a recipe, and every word of it has its sentence', () => {
  const byHand = new ByHand({ ready: true, recipe, call });
  for (const plan of plans()) for (const { id, kind } of plan.certificates) {
    const one = byHand.recipe(plan, id);
    assert.ok(one, id);
    assert.equal(one.cfssl === null, kind === 'key-pair', id);
    for (const way of [one.openssl, one.cfssl ?? one.openssl]) {
      for (const { name, text } of way.files) assert.ok(way.whole.includes(`cat >${name} <<'EOF'\n${text}EOF\n`), name);
      for (const { step, command } of way.steps) {
        assert.ok(way.whole.includes(`\n${command}\n`), id);
        assert.ok(`hand.step.${step}` in LOCALES.en && `hand.step.${step}.copy` in LOCALES.en, step);
      }
      for (const code of way.differences) assert.ok(`hand.differs.${code}` in LOCALES.en, code);
    }
  }
});

test('every connection of every preset has its commands, and every word of them has its sentence', () => {
  const byHand = new ByHand({ ready: true, recipe, call });
  for (const plan of plans()) for (const connection of plan.connections) {
    const one = byHand.call(plan, connection.id);
    assert.ok(one, connection.id);
    const wanted = connection.client.credential === 'token' ? ['token', 'check-server'] : ['certificate', 'check-server', 'check-client'];
    assert.deepEqual(one.steps.map(({ step }) => step).filter((step) => step !== 'extract'), wanted);
    for (const { step, place } of one.steps) for (const key of [`hand.call.${step}`, `hand.call.${step}.copy`, `hand.at.${place.at}`]) assert.ok(key in LOCALES.en, key);
  }
});

test('the core is asked once for each thing of a plan, and again for another plan', () => {
  let asked = 0;
  const byHand = new ByHand({ ready: true, recipe: (...args) => { asked++; return recipe(...args); }, call: (...args) => { asked++; return call(...args); } });
  const [plan] = plans(), [again] = plans();
  for (const one of [plan, plan, again, plan]) { byHand.recipe(one, 'admin'); byHand.call(one, one.connections[0].id); }
  assert.equal(asked, 4);
});

test('before the core is ready there is nothing, and that is not remembered', () => {
  const core = { ready: false, recipe, call }, byHand = new ByHand(core), [plan] = plans();
  assert.equal(byHand.recipe(plan, 'admin'), null);
  core.ready = true;
  assert.equal(byHand.recipe(plan, 'admin')?.id, 'admin');
});

test('what the plan does not have has neither', () => {
  const byHand = new ByHand({ ready: true, recipe, call }), [plan] = plans();
  assert.equal(byHand.recipe(plan, 'nobody'), null);
  assert.equal(byHand.call(plan, 'nobody/nothing'), null);
  assert.equal(call(plan.cluster, 'nobody/nothing'), null);
});

test('a worker out of a stack of hundreds has its call', () => {
  const byHand = new ByHand({ ready: true, recipe, call }), description = structuredClone(presets()[0].description);
  for (let i = 0; i < 300; i++) description.nodes.push({ name: `more-${i}`, role: 'worker', addresses: [`10.9.${i >> 8}.${i & 255}`] });
  const plan = outline(description, 0, 'more-150'), mine = plan.connections.filter(({ caller }) => caller === 'kubelet@more-150');
  assert.ok(mine.length > 0);
  for (const { id } of mine) assert.match(JSON.stringify(byHand.call(plan, id)), /more-150/);
});
