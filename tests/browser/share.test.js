// Links and files in the page: shown before they replace anything, and hostile ones replace nothing.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { drawn, generate, openBrowser, openPage } from './open-page.js';

/** @type {import('./open-page.js').Opened} */
let opened;
before(async () => { opened = await openBrowser(); });
after(() => opened.close());

/** @param {unknown} description */
const hash = (description) => `#1.${deflateRawSync(JSON.stringify(description)).toString('base64url')}`;
/** @param {import('playwright-core').Page} page @param {string} hash */
const follow = (page, hash) => page.evaluate((to) => { location.hash = to; }, hash);
/** @param {import('playwright-core').Page} page */
const name = async (page) => {
  await drawn(page);
  return page.locator('[data-field=name]').inputValue();
};

test('a copied link opens the same cluster elsewhere, after it has been shown, and can be undone', async () => {
  const { context, page, complaints } = await openPage(opened, { early: false });
  await page.addInitScript(() => { Object.defineProperty(navigator, 'clipboard', { value: { writeText: async (/** @type {string} */ text) => { sessionStorage.setItem('copied', text); } } }); });
  await page.reload();
  await page.selectOption('[data-field=keyAlgorithm]', 'ecdsa-p256');
  await page.fill('[data-field=name]', 'lab');
  await generate(page);
  await page.getByRole('button', { name: 'Copy a link' }).click();
  await page.getByText('It holds no key.').first().waitFor();
  const link = await page.evaluate(() => sessionStorage.getItem('copied') ?? '');
  assert.match(link, /^file:.*#1\.[\w-]{10,120}$/);
  assert.deepEqual(complaints, []);
  await context.close();

  const other = await openPage(opened, { early: false });
  await follow(other.page, link.slice(link.indexOf('#')));
  await other.page.getByText('This link contains a cluster').waitFor();
  assert.match(await other.page.locator('#dialog').innerText(), /lab[^]*Hard way 2020[^]*master-1 192\.168\.5\.11[^]*ECDSA P-256/);
  assert.equal(await name(other.page), 'kubernetes-the-hard-way', 'nothing is replaced yet');
  await other.page.getByRole('button', { name: 'Use this cluster' }).click();
  assert.equal(await name(other.page), 'lab');
  assert.equal(new URL(other.page.url()).hash, '');
  await other.page.getByRole('button', { name: 'Undo' }).click();
  assert.equal(await name(other.page), 'kubernetes-the-hard-way');
  assert.deepEqual(other.complaints, []);
  await other.context.close();
});

test('what a link contains can be left, by button and by Escape', async () => {
  const { context, page } = await openPage(opened, { early: false });
  for (const leave of [() => page.getByRole('button', { name: 'Keep what is here' }).click(), () => page.keyboard.press('Escape')]) {
    await follow(page, hash({ preset: 'kubeadm', name: 'other' }));
    await page.getByText('This link contains a cluster').waitFor();
    await leave();
    await page.waitForFunction(() => !document.querySelector('dialog')?.open);
    assert.equal(await name(page), 'kubernetes-the-hard-way');
    assert.equal(new URL(page.url()).hash, '');
  }
  await context.close();
});

/** @type {[string, string, RegExp][]} */
const HOSTILE = [
  ['cut off', '#1.abc', /no cluster that can be read/], ['of a newer version', '#9.abc', /newer version/], ['of too much', hash({ preset: 'blank', name: 'x'.repeat(2_000_000) }), /more than a cluster/],
  ['of wrong types', hash({ preset: 'blank', nodes: 7 }), /cannot be read/], ['of an unknown field', hash({ preset: 'blank', secret: 1 }), /cannot be read/], ['of an unknown preset', hash({ preset: 'x' }), /no preset/],
  ['with prototype keys', `#1.${deflateRawSync('{"preset":"blank","__proto__":{"name":"x"}}').toString('base64url')}`, /no cluster that can be read/],
  ['with markup', hash({ preset: 'blank', name: '<img src=x onerror=complain(1)>' }), /DNS-1123/], ['with ten thousand workers', hash({ preset: 'blank', nodes: [{ name: 'c', role: 'control-plane', addresses: ['10.0.0.1'] },
    ...Array.from({ length: 10_000 }, (_, i) => ({ name: `w${i}`, role: 'worker', addresses: [`10.1.${i >> 8}.${i & 255}`] }))] }), /too many/],
];
for (const [what, bad, message] of HOSTILE) test(`a link ${what} says so and replaces nothing`, async () => {
  const { context, page, complaints } = await openPage(opened, { early: false });
  await follow(page, bad);
  await page.waitForSelector('dialog[open] .error');
  assert.match(await page.locator('dialog .error').innerText(), message);
  assert.equal(await page.getByRole('button', { name: 'Use this cluster' }).count(), 0);
  await page.getByRole('button', { name: 'Close' }).last().click();
  assert.equal(await name(page), 'kubernetes-the-hard-way');
  assert.deepEqual(complaints, []);
  await context.close();
});

test('cluster.json is saved, holds no key, and opens again; another file does not', async () => {
  const { context, page, complaints } = await openPage(opened, { early: false });
  await page.selectOption('[data-field=keyAlgorithm]', 'ecdsa-p256');
  await page.fill('[data-field=name]', 'saved');
  await generate(page);
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save cluster.json' }).click()]);
  const text = await readFile(await download.path(), 'utf8');
  assert.doesNotMatch(text, /PRIVATE|BEGIN/);
  assert.equal(JSON.parse(text).hardway, 1);
  await page.fill('[data-field=name]', 'changed');
  const choose = async (/** @type {string} */ content) => {
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: 'Open cluster.json' }).click()]);
    await chooser.setFiles({ name: 'cluster.json', mimeType: 'application/json', buffer: Buffer.from(content) });
    await page.waitForSelector('dialog[open]');
  };
  await choose('not json');
  assert.match(await page.locator('dialog .error').innerText(), /no cluster that can be read/);
  await page.keyboard.press('Escape');
  assert.equal(await name(page), 'changed');
  await choose(text);
  await page.getByRole('button', { name: 'Use this cluster' }).click();
  assert.equal(await name(page), 'saved');
  assert.deepEqual(complaints, []);
  await context.close();
});
