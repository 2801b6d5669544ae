// Bad input, one field at a time: one message, next to its field, and nothing to press until it is mended.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openBrowser, openPage } from './open-page.js';

/** @type {import('./open-page.js').Opened} */
let opened;
before(async () => { opened = await openBrowser(); });
after(() => opened.close());

const LONG = 'x'.repeat(300);
/** @type {[string, RegExp][]} */
const NAMES = [
  ...['$(x)', 'a;b', "a'b", 'a"b', '../x', '🦀', '-a', 'a-', '', 'a b'].map((text) => /** @type {[string, RegExp]} */ ([text, /DNS-1123/])),
  ['héllo', /letters that DNS does not carry/], ['Upper', /capital letters/], [LONG, /more than 63 characters/],
];
/** What is typed, and what its message must say. @type {Record<string, [string, RegExp][]>} */
const CASES = {
  name: NAMES,
  'nodes[1].name': [...NAMES, ['ca', /file name/]],
  'nodes[1].addresses': [['', /not an address/], ['192.168.5', /not an address/], ['192.168.5.256', /not an address/], ['10.0.0.1:80', /not an address/],
    ['10.0.0.0/8', /not an address/], ['master-1', /not an address/], ['10.96.0.9', /service CIDR/]],
  // Of two that are the same, the second is to blame.
  'nodes[2].name': [['master-1', /already/], ['loadbalancer', /already/]],
  'nodes[2].addresses': [['192.168.5.11', /belongs to/]],
  serviceCidr: [['', /not a network/], ['10.96.0.0', /not a network/], ['10.96.0.0/33', /not a network/], ['x/24', /not a network/],
    ['10.96.0.0/32', /no room for a first service address/], ['300.0.0.0/8', /not a network/]],
  clusterDomain: [['', /cluster domain/], ['.', /cluster domain/], ['a..b', /cluster domain/], ['$(x)', /cluster domain/],
    ['Cluster.Local', /capital letters/], [LONG, /more than 63 characters/]],
  validityDays: [['0', /not possible/], ['-1', /not possible/], ['36501', /not possible/], ['999999999', /not possible/], ['ten', /./], ['', /./], ['1.5', /./], ['9'.repeat(40), /./]],
};

for (const [field, cases] of Object.entries(CASES)) test(`bad input for ${field}`, async (t) => {
  const { context, page, complaints } = await openPage(opened);
  const input = page.locator(`[data-field="${field}"]`), good = await input.inputValue();
  for (const [text, message] of cases) await t.test(JSON.stringify(text.slice(0, 20)), async () => {
    await input.fill(text);
    await page.waitForSelector('.error');
    assert.equal(await page.locator('.error').count(), 1);
    assert.match(await page.locator('.error').innerText(), message);
    assert.equal(await page.locator('[aria-invalid=true]').count(), 1);
    assert.equal(await input.getAttribute('aria-invalid'), 'true');
    assert.equal(await input.getAttribute('aria-describedby'), 'error');
    const [above, below] = [await input.boundingBox(), await page.locator('.error').boundingBox()];
    assert.ok(above && below && below.y >= above.y && below.y - (above.y + above.height) < 12, 'the message stands right below its field');
    assert.equal(await page.locator('.buttons button').isDisabled(), true);
    assert.equal(await page.locator('svg.diagram.stale').count(), 1);
    assert.equal(await input.inputValue(), text, 'what was typed is left as it is');
    await input.fill(good);
    await page.waitForSelector('.error', { state: 'detached' });
    assert.equal(await page.locator('.buttons button').isDisabled(), false);
  });
  assert.deepEqual(complaints, []);
  await context.close();
});

test('hosts can be added and removed, and the figure follows', async () => {
  const { context, page } = await openPage(opened);
  await page.getByRole('button', { name: 'Add to: Workers' }).click();
  await page.getByText('×2', { exact: false }).first().waitFor();
  assert.match(await page.locator('.buttons button').innerText(), /Generate 11 keys/);
  await page.getByRole('button', { name: 'Remove worker-3' }).click();
  await page.getByRole('button', { name: 'Remove loadbalancer' }).click();
  await page.getByText('no load balancer').waitFor();
  assert.equal(await page.locator('.error').count(), 0);
  await context.close();
});
