// Zoom and pan as arithmetic: what is pointed at stays, and nothing but the figure is ever seen.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { moved, revealed, scaleOf, seen, whole, zoomed } from '../../www/zoom.js';

const BOX = /** @type {const} */ ([-10, -1, 840, 704]);

test('the whole figure is the view box itself', () => {
  assert.deepEqual(seen(whole(BOX), BOX), [...BOX]);
  assert.equal(scaleOf(BOX, 420, 704), 0.5);
  assert.equal(scaleOf(BOX, 1680, 352), 0.5);
});

test('the point that is zoomed at stays where it is', () => {
  const lens = zoomed(whole(BOX), BOX, 2, [200, 300], 0.5), [x, y, w, h] = seen(lens, BOX);
  assert.deepEqual([w, h], [420, 352]);
  assert.ok(Math.abs((200 - x) / w - (200 + 10) / 840) < 1e-9 && Math.abs((300 - y) / h - 301 / 704) < 1e-9);
});

test('no farther than the whole, no closer than two pixels a unit', () => {
  assert.deepEqual(zoomed(whole(BOX), BOX, 0.5, [0, 0], 0.5), whole(BOX));
  assert.equal(zoomed(whole(BOX), BOX, 100, [0, 0], 0.5).scale, 4);
  assert.equal(zoomed(whole(BOX), BOX, 100, [0, 0], 3).scale, 1);
});

test('it moves to the edge and not beyond', () => {
  const lens = zoomed(whole(BOX), BOX, 2, [400, 300], 0.5);
  assert.deepEqual(seen(moved(lens, BOX, -9999, -9999), BOX).slice(0, 2), [-10, -1]);
  assert.deepEqual(seen(moved(lens, BOX, 9999, 9999), BOX).slice(0, 2), [410, 351]);
  assert.deepEqual(moved(whole(BOX), BOX, 50, 50), whole(BOX));
});

test('what gets the focus comes into sight, and what is in sight does not move', () => {
  const lens = zoomed(whole(BOX), BOX, 4, [0, 0], 0.5), rect = { x: 600, y: 500, width: 100, height: 32 };
  const [x, y, w, h] = seen(revealed(lens, BOX, rect), BOX);
  assert.ok(x <= 600 && y <= 500 && x + w >= 700 && y + h >= 532);
  assert.deepEqual(revealed(lens, BOX, { x: lens.x + 20, y: lens.y + 20, width: 10, height: 10 }), lens);
});
