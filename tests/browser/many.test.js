// Hundreds and thousands of nodes: taken in at once, drawn as a stack, generated with progress and a way out.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { allEnded, drawn, generate, openBrowser, openPage, output, reached } from './open-page.js';

/** @type {import('./open-page.js').Opened} */
let opened;
before(async () => { opened = await openBrowser(); });
after(() => opened.close());

/** @param {import('playwright-core').Page} page @param {number} workers */
async function take(page, workers) {
  await page.getByRole('button', { name: 'Add many nodes' }).click();
  await page.fill('[data-field="many.pattern"]', `worker-[1-${workers}]`);
  await page.fill('[data-field="many.address"]', '10.0.1.1');
  await page.getByRole('button', { name: 'Take these nodes' }).click();
  await page.waitForFunction(() => !document.querySelector('dialog')?.open);
}

test('a thousand workers are a stack that can be opened, searched and left again', async () => {
  const { context, page, complaints } = await openPage(opened, { early: false });
  await take(page, 1000);
  await drawn(page);
  assert.match(await page.locator('.buttons button').innerText(), /Generate 1008 keys/);
  assert.match(await page.locator('.sum').innerText(), /^8016 connections planned/);
  await page.locator('.stage').getByText('×999').click();
  await page.getByText('999 equal hosts').waitFor();
  assert.equal(await page.locator('#panel .connections button').count(), 20);
  await page.locator('#panel .filter').fill('537');
  await page.getByText('1 to 1 of 1').waitFor();
  await page.getByRole('button', { name: /worker-537/ }).click();
  await page.locator('.stage').getByText('1 of 1000').waitFor();
  await page.locator('.stage .chip', { hasText: 'worker-537' }).first().click();
  await drawn(page);
  assert.match(await page.locator('#panel').innerText(), /system:node:worker-537[^]*10\.0\.3\.25/);
  await page.locator('.stage').getByText('1 of 1000').click();
  await page.getByRole('button', { name: 'Back to the stack' }).click();
  await page.locator('.stage').getByText('×999').waitFor();
  assert.equal(await page.locator('.left .row').count() < 20, true, 'the form is paged');
  await page.locator('.left .filter').fill('worker-1000');
  await drawn(page);
  assert.equal(await page.locator('[data-field$=".name"]').last().inputValue(), 'worker-1000');
  assert.deepEqual(complaints, []);
  await context.close();
});

test('a list is read with guessed roles; a bad line, a bad range and too many say so and take nothing', async () => {
  const { context, page, complaints } = await openPage(opened, { early: false });
  await page.getByRole('button', { name: 'Add many nodes' }).click();
  await page.fill('[data-field="many.address"]', '10.0.0');
  await drawn(page);
  assert.match(await page.locator('dialog .error').innerText(), /not an address/);
  await page.fill('[data-field="many.address"]', '10.0.0.1');
  for (const [pattern, message] of /** @type {[string, RegExp][]} */ ([['worker', /not a range/], ['worker-[9-1]', /not a range/], ['worker-[1-10000]', /not a range[^]*at most 5000/], ['Worker-[1-3]', /capital letters/]])) {
    await page.fill('[data-field="many.pattern"]', pattern);
    await drawn(page);
    assert.match(await page.locator('dialog .error').innerText(), message, pattern);
    assert.ok(await page.getByRole('button', { name: 'Take these nodes' }).isDisabled());
  }
  await page.getByRole('button', { name: 'A list' }).click();
  await page.fill('[data-field="many.text"]', '192.168.10.10 server.kubernetes.local server\nnonsense');
  await drawn(page);
  assert.match(await page.locator('dialog .error').innerText(), /nonsense/);
  await page.fill('[data-field="many.text"]', '# mine\n10.9.0.1 lb\n10.9.0.11 master-1\n10.9.0.21 worker-1\n10.9.0.22 worker-2 w2.example\n');
  await page.getByText('4 nodes:').waitFor();
  await page.getByRole('button', { name: 'Take these nodes' }).click();
  await drawn(page);
  assert.equal(await page.locator('[data-field$=".name"]').count(), 4);
  await page.getByRole('button', { name: 'Undo' }).click();
  await drawn(page);
  assert.equal(await page.locator('[data-field$=".name"]').count(), 5);
  assert.deepEqual(complaints, []);
  await context.close();
});

test('three hundred workers make a bundle that verifies itself, with progress on the way', async () => {
  const { context, page, complaints } = await openPage(opened, { early: false });
  await page.selectOption('[data-field=keyAlgorithm]', 'ecdsa-p256');
  await take(page, 300);
  const progress = page.evaluate(() => new Promise((resolve) => {
    const seen = new Set();
    const look = () => {
      const bar = document.querySelector('progress');
      if (bar) seen.add(bar.value);
      if (document.documentElement.dataset.phase === 'issued') resolve([...seen]);
      else requestAnimationFrame(look);
    };
    look();
  }));
  await generate(page);
  const seen = /** @type {number[]} */ (await progress);
  assert.ok(seen.length > 3 && Math.max(...seen) <= 308, seen.join());
  const [zip] = await Promise.all([page.waitForEvent('download'), page.locator('.buttons').getByText('Download bundle').click()]);
  const path = join(output, 'many.zip');
  await zip.saveAs(path);
  execFileSync('rm', ['-rf', 'many'], { cwd: output });
  execFileSync('unzip', ['-q', path, '-d', 'many'], { cwd: output });
  const folder = join(output, 'many', 'kubernetes-the-hard-way');
  execFileSync('sha256sum', ['--check', '--strict', '--quiet', 'SHA256SUMS'], { cwd: folder });
  execFileSync('openssl', ['verify', '-CAfile', 'pki/ca.crt', 'pki/worker-1.crt', 'pki/worker-300.crt'], { cwd: folder });
  assert.match(execFileSync('unzip', ['-l', path], { encoding: 'utf8' }), /nodes\/worker-300\/install\.sh/);
  assert.deepEqual(complaints, []);
  await context.close();
});

test('a thousand workers can be cancelled midway: every worker ends and nothing is offered', async () => {
  const { context, page } = await openPage(opened, { early: false });
  await page.selectOption('[data-field=keyAlgorithm]', 'ecdsa-p256');
  await take(page, 1000);
  await page.click('.buttons button');
  await page.waitForFunction(() => (document.querySelector('progress')?.value ?? 0) > 20);
  await page.getByRole('button', { name: 'Stop' }).click();
  await reached(page, 'planned');
  assert.equal(await page.locator('.buttons').getByText('Download bundle').count(), 0);
  assert.equal(await page.locator('.stage .chip.made').count(), 0);
  await allEnded(page, 3);
  await context.close();
});
