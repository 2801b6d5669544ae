// News of keys reach the page in handfuls.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Gathered } from '../../www/news.js';
import { IssuedCertificates } from '../../www/issued.js';

function gathered() {
  /** @type {import('../../www/news.js').News[]} */
  const told = [];
  /** @type {(() => void)[]} */
  const later = [];
  return { told, later, news: new Gathered((news) => told.push(news), (flush) => later.push(flush)) };
}

test('all that happens before the page is drawn is told at once, in order', () => {
  const { told, later, news } = gathered();
  news.searching('ca');
  news.searching('admin');
  news.made('ca', 12);
  assert.deepEqual([told, later.length], [[], 1]);
  later[0]();
  assert.deepEqual(told, [{ searching: ['ca', 'admin'], made: [['ca', 12]] }]);
});

test('what was told is not told again, and what comes after is', () => {
  const { told, later, news } = gathered();
  news.made('ca', null);
  news.flush();
  later[0]();
  assert.equal(told.length, 1);
  news.made('admin', 3);
  assert.equal(later.length, 2);
  later[1]();
  assert.deepEqual(told[1], { searching: [], made: [['admin', 3]] });
});

test('a certificate is decoded when somebody looks at it, once', () => {
  let times = 0;
  const issued = new IssuedCertificates([{ id: 'ca', pem: 'PEM' }], (pem) => { times++; return /** @type {any} */ ({ subject: `of ${pem}` }); });
  assert.deepEqual([issued.size, times], [1, 0]);
  assert.deepEqual(issued.get('ca'), { id: 'ca', pem: 'PEM', subject: 'of PEM' });
  assert.equal(issued.get('ca'), issued.get('ca'));
  assert.deepEqual([issued.get('admin'), times], [undefined, 1]);
});
