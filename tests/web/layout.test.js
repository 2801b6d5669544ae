// The figure's geometry for clusters of many sizes, both views, both widths.
/** @import { Rect, Point } from '../../www/layout/geometry.js' */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { translator } from '../../www/i18n.js';
import { layout } from '../../www/layout.js';
import { abridged, clipped, route } from '../../www/layout/geometry.js';
import { samplePlan } from './sample-plan.js';

const SIZES = [[1, 0], [1, 1], [1, 2], [1, 5], [2, 0], [2, 1], [2, 2], [3, 2], [3, 5], [5, 3], [7, 40]];
const CASES = SIZES.flatMap(([masters, workers]) => [true, false].flatMap((balancer) => /** @type {const} */ (['components', 'certificates'])
  .flatMap((view) => [false, true].map((narrow) => ({ masters, workers, balancer, view, narrow })))));

/** @param {Rect} a @param {Rect} b */
const overlap = (a, b) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
/** @param {Rect} a @param {Rect} b */
const inside = (a, b) => a.x >= b.x && a.y >= b.y && a.x + a.w <= b.x + b.w && a.y + a.h <= b.y + b.h;
/** @template T @param {T[]} all @returns {[T, T][]} */
const pairs = (all) => all.flatMap((a, i) => all.slice(i + 1).map((b) => /** @type {[T, T]} */ ([a, b])));

for (const { masters, workers, balancer, view, narrow } of CASES) {
  const plan = samplePlan({ masters, workers, balancer });
  const figure = layout(plan, { view, narrow, t: translator('en') });
  test(`${masters} masters, ${workers} workers, ${balancer ? 'a' : 'no'} load balancer, ${view}, ${narrow ? 'phone' : 'desktop'}`, async (t) => {
    await t.test('every connection is on exactly one arrow', () => {
      assert.deepEqual(figure.arrows.flatMap((arrow) => arrow.connections).sort(), plan.connections.map(({ id }) => id).sort());
    });
    await t.test('the pills add up to the connections', () => {
      if (view === 'certificates') assert.equal(figure.arrows.reduce((sum, { pill }) => sum + (pill?.count ?? 0), 0), plan.connections.length);
    });
    await t.test('no two hosts and no two components overlap', () => {
      for (const shapes of /** @type {{ id: string, rect: Rect }[][]} */ ([figure.hosts, figure.boxes]))
        for (const [a, b] of pairs(shapes)) assert.ok(!overlap(a.rect, b.rect), `${a.id} over ${b.id}`);
    });
    await t.test('no two chips overlap, and a chip lies in a component or clear of it', () => {
      for (const [a, b] of pairs(figure.chips)) assert.ok(!overlap(a.rect, b.rect), `${a.id} over ${b.id}`);
      for (const chip of figure.chips) for (const box of figure.boxes)
        assert.ok(!overlap(chip.rect, box.rect) || inside(chip.rect, box.rect), `${chip.id} across the edge of ${box.id}`);
    });
    await t.test('no pill lies on a component, a chip or another pill', () => {
      const pills = figure.arrows.flatMap(({ id, pill }) => (pill ? [{ id, rect: pill.rect }] : []));
      for (const [a, b] of pairs(pills)) assert.ok(!overlap(a.rect, b.rect), `${a.id} over ${b.id}`);
      for (const one of pills) for (const box of [...figure.boxes, ...figure.chips]) assert.ok(!overlap(one.rect, box.rect), `pill of ${one.id} on ${box.id}`);
    });
    await t.test('all is inside the view box, and every arrow is made of straight runs', () => {
      const [x, y, w, h] = figure.viewBox;
      for (const { rect, id } of [...figure.hosts, ...figure.boxes, ...figure.chips, ...figure.stamps]) assert.ok(inside(rect, { x, y, w, h }), id);
      for (const { copies } of figure.hosts) for (const copy of copies) assert.ok(inside(copy, { x: x - 8, y: y - 8, w: w + 16, h: h + 16 }));
      for (const { points, id } of figure.arrows) {
        points.slice(1).forEach((/** @type {Point} */ [px, py], i) => assert.ok((px === points[i][0]) !== (py === points[i][1]), `${id} slants or stands still`));
        for (const [px, py] of points) assert.ok(inside({ x: px, y: py, w: 0, h: 0 }, { x, y, w, h }), id);
      }
    });
    await t.test('an arrow names shapes that exist', () => {
      const chips = new Set(figure.chips.map(({ id }) => id)), boxes = new Set(figure.boxes.map(({ id }) => id));
      for (const arrow of figure.arrows) {
        if (view === 'certificates') for (const id of arrow.chips) assert.ok(chips.has(id), `${arrow.id} names ${id}`);
        for (const id of arrow.boxes) assert.ok(boxes.has(id) || (id === 'entrance' && !balancer), `${arrow.id} names ${id}`);
      }
    });
    await t.test('chips are there only in the view with certificates', () => assert.equal(figure.chips.length > 0, view === 'certificates'));
  });
}

test('the masters do not move when workers are added', () => {
  const of = (/** @type {number} */ workers) => layout(samplePlan({ masters: 2, workers }), { view: 'certificates', narrow: false, t: translator('en') }).boxes
    .filter(({ id }) => /^(etcd|kube-apiserver|manager|scheduler)/.test(id)).map(({ id, rect }) => ({ id, rect }));
  assert.deepEqual(of(2), of(9));
});

test('the same plan gives the same geometry', () => {
  const once = () => layout(samplePlan({ masters: 3, workers: 4 }), { view: 'certificates', narrow: false, t: translator('ja') });
  assert.deepEqual(once(), once());
});

test('names of a stack are abridged to what differs', () => {
  for (const [values, expected] of /** @type {[string[], string][]} */ ([
    [['ca'], 'ca'], [['worker-1', 'worker-2'], 'worker-1, 2'], [['worker-2', 'worker-3', 'worker-5'], 'worker-2…5'],
    [['worker-9', 'worker-10', 'worker-11'], 'worker-9…11'], [['192.168.5.11', '192.168.5.12'], '192.168.5.11, .12'], [['alpha', 'beta'], 'alpha, beta'], [[], ''],
  ])) assert.equal(abridged(values), expected);
  assert.equal(clipped('a-name-that-is-much-too-long-for-its-box', 12).length, 12);
});

test('a route rounds its corners and ends where it should', () => {
  const path = route([[0, 0], [40, 0], [40, 30]], 9);
  assert.equal(path, 'M0 0L31 0Q40 0 40 9L40 30');
});
