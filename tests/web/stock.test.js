// Which key is to be made next.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Stock } from '../../www/stock.js';
import { ids, plan, renamed } from './theatre.js';

/** @param {string[]} missing */
function stocked(missing) {
  const stock = new Stock();
  stock.learn({ revision: 1, certificates: plan.certificates, missing });
  return stock;
}
/** Begins all that may be begun. @param {Stock} stock */
function drained(stock) {
  const jobs = [];
  for (let job = stock.next(); job; job = stock.next()) {
    stock.begun(job);
    jobs.push(job);
  }
  return jobs;
}

test('before the vault has spoken nothing is to be made, nothing is ready and nothing is complete', () => {
  const stock = new Stock();
  assert.equal(stock.next(), undefined);
  assert.deepEqual([stock.ready, stock.complete], [[], false]);
});

test('missing keys come in the order of issuance, whatever order they are told in, each once', () => {
  assert.deepEqual(drained(stocked([...ids].reverse())).map(({ id }) => id), ids);
  assert.deepEqual(drained(stocked(['worker-1', 'ca'])).map(({ id }) => id), ['ca', 'worker-1']);
});

test('a key that was lost on its way is begun again', () => {
  const stock = stocked(ids), [first] = drained(stock);
  stock.ended(first);
  assert.equal(stock.next()?.id, first.id);
});

test('an older word of the vault that comes late is not heard', () => {
  const stock = stocked(ids);
  stock.learn({ revision: 3, certificates: plan.certificates, missing: [] });
  stock.learn({ revision: 2, certificates: plan.certificates, missing: ids });
  assert.equal(stock.complete, true);
  assert.deepEqual(stock.ready, ids);
  assert.equal(stock.held, ids.length);
});

test('a key that came after an inventory was taken is not missing when the inventory comes last', () => {
  const stock = stocked(ids);
  stock.learn({ revision: 3, held: 'ca' });
  stock.learn({ revision: 2, certificates: plan.certificates, missing: ids });
  assert.deepEqual(stock.ready, ['ca']);
});

test('a key that came before an inventory was taken is missing if the inventory says so', () => {
  const stock = stocked(ids);
  stock.learn({ revision: 2, held: 'ca' });
  stock.learn({ revision: 3, certificates: plan.certificates, missing: ids });
  stock.learn({ revision: 2, held: 'worker-1' });
  assert.deepEqual(stock.ready, []);
});

test('a key that served no certificate changes nothing', () => {
  const stock = stocked(ids);
  stock.learn({ revision: 2, held: null });
  assert.deepEqual(stock.ready, []);
});

test('a key underway for a certificate that is gone counts as one for another', () => {
  const stock = stocked(['worker-1', 'worker-2']), job = plan.certificates.find(({ id }) => id === 'worker-1');
  assert.ok(job);
  stock.begun(job);
  stock.learn({ revision: 2, certificates: renamed(plan, 'worker-1', 'node-a').certificates, missing: ['node-a', 'worker-2'] });
  assert.equal(drained(stock).length, 1);
});

test('with fewer certificates than keys underway none is begun', () => {
  const stock = stocked(['worker-1', 'worker-2']);
  drained(stock);
  stock.learn({ revision: 2, certificates: plan.certificates, missing: ['worker-2'] });
  assert.equal(stock.next(), undefined);
});
