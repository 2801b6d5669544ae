// The figure of every cluster that the core plans, in 660 sizes: nothing is left out, nothing is named that is not drawn. What it looks like: tests/browser/figures.test.js.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { translator } from '../../www/i18n.js';
import { layout } from '../../www/layout.js';
import { grouped } from '../../www/panels/list.js';
import { planOf, presets } from './real-plans.js';
import { cases, sized } from './sizes.js';

const t = translator('en');
const CASES = cases(presets).filter(({ preset, apart }) => !(preset === 'hightower-2025' && apart));

test('the guide whose etcd listens on plain HTTP has none on hosts of its own', () => {
  assert.throws(() => planOf(sized({ preset: 'hightower-2025', masters: 1, workers: 2, balancer: false, apart: true }, presets)), { code: 'role-not-in-preset' });
});

for (const { id } of presets) for (const view of /** @type {const} */ (['components', 'certificates'])) for (const narrow of [false, true])
  test(`${id}, ${view}, ${narrow ? 'phone' : 'wide'}: every size`, () => {
    const mine = CASES.filter(({ preset }) => preset === id);
    assert.ok(mine.length >= 60);
    for (const size of mine) {
      const plan = planOf(sized(size, presets)), figure = layout(plan, { view, narrow, t }), at = JSON.stringify(size);
      assert.deepEqual(figure.arrows.flatMap(({ connections }) => connections).sort(), plan.connections.map((one) => one.id).sort(), `every connection is on exactly one arrow: ${at}`);
      assert.deepEqual(figure.boxes.flatMap(({ components }) => components).sort(), plan.components.filter(({ kind }) => kind !== 'etcdctl').map((one) => one.id).sort(), `every component is in exactly one box: ${at}`);
      assert.deepEqual([...new Set(figure.hosts.flatMap(({ nodes }) => nodes.map(({ name }) => name)))].sort(), plan.cluster.nodes.filter(({ role }) => role !== 'load-balancer').map(({ name }) => name).sort(), `every host is drawn: ${at}`);
      const boxes = new Set(figure.boxes.map((one) => one.id)), chips = new Set(figure.chips.map((one) => one.id));
      for (const arrow of figure.arrows) {
        for (const box of arrow.boxes) assert.ok(boxes.has(box), `${arrow.id} names ${box}: ${at}`);
        if (view === 'certificates') for (const chip of arrow.chips) assert.ok(chips.has(chip) || /^(signs|checks)-/.test(chip), `${arrow.id} names ${chip}: ${at}`);
      }
      for (const { owner } of [...figure.chips, ...figure.doors]) assert.ok(boxes.has(owner), `${owner} carries something: ${at}`);
      if (view === 'certificates') assert.equal(figure.arrows.reduce((sum, { pill }) => sum + (pill?.count ?? 0), 0), plan.connections.length, `the pills add up: ${at}`);
    }
  });

test('the list for phones has every connection once, by who listens', () => {
  for (const size of CASES) {
    const plan = planOf(sized(size, presets)), groups = grouped(plan.connections);
    assert.deepEqual(groups.flatMap(({ rows }) => rows.flat().map(({ id }) => id)).sort(), plan.connections.map(({ id }) => id).sort());
    for (const { listener, rows } of groups) for (const one of rows.flat()) assert.equal(one.listener.split('@')[0], listener);
    assert.equal(new Set(groups.map(({ listener }) => listener)).size, groups.length);
  }
});
