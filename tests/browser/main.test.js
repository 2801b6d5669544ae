// The main job in a real browser: the product from file://, generated, cancelled, generated again, downloaded.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { allEnded, generate, openBrowser, openPage, output, product, reached } from './open-page.js';

/** @type {import('./open-page.js').Opened} */
let opened;
before(async () => { opened = await openBrowser(); });
after(() => opened.close());

test('a cluster is planned at once, generated, cancelled, generated again and downloaded', async (t) => {
  // Keys of 4096 bits take long enough to be cancelled between two of them; keys made ahead would leave nothing to cancel.
  const { context, page, complaints } = await openPage(opened, { early: false });
  await page.selectOption('[data-field=keyAlgorithm]', 'rsa-4096');
  await t.test('the plan is drawn before a key exists, and nothing is offered', async () => {
    assert.equal(await page.locator('html').getAttribute('data-phase'), 'planned');
    assert.equal(await page.locator('.arrow.issued').count(), 0);
    assert.equal(await page.locator('.buttons').getByText('Download bundle').count(), 0);
  });
  await t.test('cancelled after the first key: every worker ends, others wait without a key, nothing is offered', async () => {
    await page.click('.buttons button');
    await page.waitForSelector('.keys .made');
    await page.getByRole('button', { name: 'Stop' }).click();
    await reached(page, 'planned');
    /** @type {{ name: string, ended: boolean }[]} */
    const workers = await page.evaluate(() => /** @type {any} */ (globalThis).witnessed.workers.map((/** @type {any} */ { name, ended }) => ({ name, ended })));
    const last = workers.findLastIndex(({ name }) => name === 'vault-worker');
    assert.ok(last > 0 && workers.every(({ ended }, i) => ended === i < last), JSON.stringify(workers));
    await allEnded(page, workers.length - last);
    assert.equal(await page.locator('.buttons').getByText('Download bundle').count(), 0);
    assert.equal(await page.locator('.stage .chip.made').count(), 0);
  });
  await page.selectOption('[data-field=keyAlgorithm]', 'rsa-2048');
  await t.test('generated again: every arrow is issued and verified, and of the workers only the vault is left', async (t) => {
    const { start, ms } = await generate(page);
    const tasks = await page.evaluate(() => /** @type {any} */ (globalThis).witnessed.longTasks);
    const during = tasks.filter((/** @type {{ startTime: number }} */ { startTime }) => startTime >= start - 1);
    const report = { generateToZipMs: Math.round(ms), pageBytes: (await stat(product)).size, longTasksDuringGeneration: during, longTasks: tasks };
    await writeFile(`${output}report.json`, JSON.stringify(report, null, 1));
    t.diagnostic(`Generate to zip: ${report.generateToZipMs} ms; page: ${report.pageBytes} bytes; long tasks while generating: ${JSON.stringify(during)}; in all: ${JSON.stringify(tasks)}`);
    await page.getByText('32 of 32 connections verified').first().waitFor();
    assert.equal(await page.locator('.arrow:not(.issued)').count(), 0);
    assert.equal(await page.locator('.arrow:not(.verified)').count(), 0);
    await allEnded(page, 1);
  });
  await t.test('no message from a worker to the page holds a private key', async () => {
    const found = await page.evaluate(() => {
      /** @param {any} value @returns {string[]} */
      const kinds = (value) => (value instanceof Blob ? ['Blob'] : ArrayBuffer.isView(value) || value instanceof ArrayBuffer ? ['bytes']
        : typeof value === 'string' ? [value.includes('PRIVATE KEY') ? 'key' : 'text'] : value && typeof value === 'object' ? Object.values(value).flatMap(kinds) : []);
      return [...new Set(/** @type {any} */ (globalThis).witnessed.messages.flatMap(kinds))].sort();
    });
    assert.deepEqual(found, ['Blob', 'text']);
  });
  await t.test('the download is a zip under the name of the cluster', async () => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator('.buttons').getByText('Download bundle').click()]);
    assert.equal(download.suggestedFilename(), 'kubernetes-the-hard-way.zip');
    const path = output + download.suggestedFilename();
    await download.saveAs(path);
    execFileSync('unzip', ['-tq', path]);
    const names = execFileSync('unzip', ['-Z1', path], { encoding: 'utf8' }).trim().split('\n');
    for (const name of ['pki/ca.crt', 'pki/ca.key', 'pki/worker-2.csr', 'kubeconfig/admin.kubeconfig', 'SHA256SUMS'])
      assert.ok(names.includes(`kubernetes-the-hard-way/${name}`), name);
  });
  await t.test('a certificate is shown decoded, an arrow with both ends', async () => {
    await page.locator('[role=button][data-shape=plate-api-0]').dispatchEvent('click');
    const panel = page.locator('#panel');
    for (const text of ['CN=kube-apiserver', 'CN=KUBERNETES-CA', '10.96.0.1', 'kubernetes.default.svc.cluster.local', 'serverAuth, clientAuth', 'CA:FALSE', 'BEGIN CERTIFICATE', 'SHA-256'])
      await panel.getByText(text, { exact: false }).first().waitFor();
    assert.doesNotMatch(await panel.innerText(), /PRIVATE KEY/);
    await page.locator('[role=button][data-shape=scheduler-0]').dispatchEvent('click');
    for (const text of ['https://127.0.0.1:6443', 'kube-scheduler.crt', '--client-ca-file', 'system:kube-scheduler', 'Verified at both ends']) await panel.getByText(text).first().waitFor();
  });
  await t.test('a changed description throws the keys away, and says so', async () => {
    await page.fill('[data-field=validityDays]', '500');
    await reached(page, 'planned');
    await page.getByText('thrown away').first().waitFor();
    assert.equal(await page.locator('.buttons').getByText('Download bundle').count(), 0);
  });
  assert.deepEqual(complaints, []);
  await context.close();
});

for (const victim of ['key-worker', 'vault-worker']) test(`a ${victim} that dies midway gives a sentence that says so, and trying again works`, async () => {
  const { context, page, complaints } = await openPage(opened, { early: false });
  await page.selectOption('[data-field=keyAlgorithm]', 'rsa-4096');
  await page.click('.buttons button');
  await page.waitForSelector('.keys .made');
  await page.evaluate((name) => /** @type {any} */ (globalThis).witnessed.workers.filter((/** @type {{ name: string }} */ one) => one.name === name).at(-1).worker.terminate(), victim);
  await reached(page, 'failed');
  assert.match(await page.locator('.failure').innerText(), /worker stopped before it was done/);
  assert.equal(await page.locator('.buttons').getByText('Download bundle').count(), 0);
  await allEnded(page);
  await generate(page);
  assert.equal(await page.locator('.buttons').getByText('Download bundle').count(), 1);
  assert.deepEqual(complaints, []);
  await context.close();
});

test('the page cannot reach a server, and does not try', async () => {
  const { context, page } = await openPage(opened);
  assert.equal(await (await fetch(`${opened.address}control`)).text(), 'seen');
  const tried = await page.evaluate(async (address) => {
    const outcomes = [await fetch(`${address}fetch`, { mode: 'no-cors' }).then(() => 'sent', () => 'refused')];
    navigator.sendBeacon(`${address}beacon`, 'x');
    outcomes.push(await new Promise((resolve) => Object.assign(new Image(), { onload: () => resolve('sent'), onerror: () => resolve('refused'), src: `${address}image` })));
    return outcomes;
  }, opened.address);
  await page.waitForTimeout(300);
  assert.deepEqual(tried, ['refused', 'refused']);
  assert.deepEqual(opened.visits, ['/control']);
  await context.close();
});

test("the browser's own network log names no request of the page's", async () => {
  // The control: a page that does make a request is seen in the log.
  const control = await opened.browser.newPage();
  await control.goto(`${opened.address}navigation`);
  await control.evaluate(() => fetch('/initiated').then((response) => response.text()));
  // The log is whole only once the browser has ended: end it, and open another for whoever comes after.
  await opened.close();
  /** @type {{ events: { params?: { initiator?: string, url?: string } }[] }} */
  const log = JSON.parse(await readFile(opened.netLog, 'utf8'));
  const requests = log.events.flatMap(({ params }) => (params?.initiator && params.url ? [{ initiator: params.initiator, url: params.url }] : []));
  const { address } = opened;
  opened = await openBrowser();
  assert.ok(requests.some(({ initiator, url }) => url === `${address}initiated` && initiator === address.slice(0, -1)), 'the control is in the log');
  // What Chromium asks for on its own account (updates, sign-in) has no origin for an initiator.
  assert.deepEqual(requests.filter(({ initiator, url }) => initiator !== 'not an origin' && /^(https?|wss?|ftp):/.test(url) && !url.startsWith(address)), []);
  assert.deepEqual(requests.filter(({ url }) => /\/(fetch|beacon|image)$/.test(url)), []);
});
