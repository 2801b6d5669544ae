// News of keys reach the page in handfuls.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Gathered } from '../../www/news.js';
import { IssuedCertificates, IssuedRequests } from '../../www/issued.js';

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

test('a request is asked for when somebody looks at it, once, and one that cannot be had is said to be none', async () => {
  /** @type {string[]} */
  const asked = [];
  let arrived = 0;
  const requests = new IssuedRequests(async (id) => { asked.push(id); if (id === 'gone') throw new Error('ended'); return 'PEM'; }, (pem) => /** @type {any} */ ({ subject: `of ${pem}` }), () => { arrived++; });
  assert.equal(requests.get('ca'), undefined);
  assert.equal(requests.get('ca'), undefined);
  assert.equal(requests.get('gone'), undefined);
  await new Promise((resolve) => setTimeout(resolve));
  assert.deepEqual(requests.get('ca'), { id: 'ca', pem: 'PEM', subject: 'of PEM' });
  assert.equal(requests.get('gone'), null);
  assert.deepEqual([asked, arrived], [['ca', 'gone'], 2]);
});
