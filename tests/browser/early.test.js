// Keys made ahead: with and without them the same good bundle; and when they are not made.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { generate, openBrowser, openPage, output, preparedAll, reached } from './open-page.js';

/** @type {import('./open-page.js').Opened} */
let opened;
before(async () => { opened = await openBrowser(); });
after(() => opened.close());

/** Saves the bundle and unpacks it. @param {import('playwright-core').Page} page @param {string} name */
async function unpacked(page, name) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('.buttons').getByText('Download bundle').click()]);
  // Not as .zip: the run of all tests gives the zips of this folder to other implementations, which know the product's only.
  const file = `${output}${name}.bundle`, folder = `${output}${name}`;
  await download.saveAs(file);
  execFileSync('rm', ['-rf', folder]);
  execFileSync('unzip', ['-q', file, '-d', folder]);
  return `${folder}/${download.suggestedFilename().replace(/\.zip$/, '')}`;
}

for (const early of [true, false]) test(`with keys made ahead ${early ? 'on' : 'off'} the bundle is whole and passes its own verification`, async (t) => {
  const { context, page, complaints } = await openPage(opened, { early });
  if (early) await preparedAll(page);
  else {
    await page.waitForTimeout(500);
    assert.match(await page.locator('#ahead').innerText(), /made when you generate/);
    assert.match(await page.locator('.steps').innerText(), /10 to make/);
  }
  const { start, ms } = await generate(page);
  const tasks = await page.evaluate(() => /** @type {any} */ (globalThis).witnessed.longTasks);
  const during = tasks.filter((/** @type {{ startTime: number }} */ { startTime }) => startTime >= start - 1);
  await writeFile(`${output}early-${early ? 'on' : 'off'}.json`, JSON.stringify({ generateToZipMs: Math.round(ms), longTasksDuringGeneration: during }));
  t.diagnostic(`Generate to zip: ${Math.round(ms)} ms; long tasks while generating: ${JSON.stringify(during)}`);
  const folder = await unpacked(page, `early-${early ? 'on' : 'off'}`);
  execFileSync('sh', ['verify.sh'], { cwd: folder, stdio: 'pipe' });
  assert.deepEqual(complaints, []);
  await context.close();
});

test('the plan may be edited between the keys and the certificates: the certificates are the edited ones', async () => {
  const { context, page, complaints } = await openPage(opened);
  await preparedAll(page);
  await page.fill('[data-field="nodes[3].name"]', 'node-a');
  await page.fill('[data-field="nodes[4].addresses"]', '192.168.5.99');
  await page.getByRole('button', { name: 'Add to: Workers' }).click();
  await preparedAll(page, 11);
  await generate(page);
  const folder = await unpacked(page, 'early-edited');
  execFileSync('sh', ['verify.sh'], { cwd: folder, stdio: 'pipe' });
  /** @param {string[]} args */
  const openssl = (...args) => execFileSync('openssl', args, { cwd: folder, encoding: 'utf8' });
  for (const [what, how] of [['x509', 'crt'], ['req', 'csr']]) {
    assert.match(openssl(what, '-in', `pki/node-a.${how}`, '-noout', '-subject'), /system:node:node-a/, how);
    assert.match(openssl(what, '-in', `pki/worker-2.${how}`, '-noout', '-text'), /192\.168\.5\.99/, how);
  }
  assert.deepEqual(complaints, []);
  await context.close();
});

test('the setting is kept over a reload, both ways, and storage holds nothing else of the keys', async () => {
  const { context, page, complaints } = await openPage(opened);
  await preparedAll(page);
  for (const on of [false, true]) {
    await page.locator('[data-setting=early]').setChecked(on);
    await page.reload();
    await page.waitForSelector('svg.diagram');
    assert.equal(await page.locator('[data-setting=early]').isChecked(), on);
    if (on) await preparedAll(page);
    else {
      await page.waitForTimeout(600);
      assert.equal(await keysMade(page), 0);
    }
  }
  assert.deepEqual(await page.evaluate(() => Object.entries(localStorage).sort()), [['hardway.early', 'on']]);
  assert.deepEqual(complaints, []);
  await context.close();
});

test('a page that is hidden prepares nothing; once it is seen, it does; hidden again, it goes on with nothing', async () => {
  const { context, page, complaints } = await openPage(opened, { before: () => {
    const here = /** @type {any} */ (globalThis);
    here.seen = 'hidden';
    Object.defineProperty(document, 'visibilityState', { get: () => here.seen });
  } });
  /** @param {string} state */
  const show = (state) => page.evaluate((state) => {
    /** @type {any} */ (globalThis).seen = state;
    document.dispatchEvent(new Event('visibilitychange'));
  }, state);
  await page.waitForTimeout(800);
  assert.equal(await keysMade(page), 0);
  await show('visible');
  await preparedAll(page);
  await show('hidden');
  await page.getByRole('button', { name: 'Add to: Workers' }).click();
  await page.waitForTimeout(500);
  assert.equal(await keysMade(page), 10);
  await generate(page);
  assert.equal(await keysMade(page), 11);
  assert.deepEqual(complaints, []);
  await context.close();
});

test('on a battery that is low nothing is prepared, and generating works', async () => {
  const { context, page, complaints } = await openPage(opened, { before: () => {
    Object.assign(navigator, { getBattery: async () => Object.assign(new EventTarget(), { charging: false, level: 0.1 }) });
  } });
  await page.waitForFunction(() => /battery is low/.test(document.querySelector('#ahead')?.textContent ?? ''));
  await generate(page);
  assert.equal(await keysMade(page), 10);
  assert.deepEqual(complaints, []);
  await context.close();
});

test('another algorithm in the middle of preparing drops the old keys; every one of the bundle is of the new', async () => {
  const { context, page, complaints } = await openPage(opened);
  await page.waitForFunction(() => /[1-9]\d* of 10/.test(document.querySelector('#ahead')?.textContent ?? ''));
  for (const algorithm of ['rsa-3072', 'ecdsa-p384', 'ecdsa-p256']) await page.selectOption('[data-field=keyAlgorithm]', algorithm);
  await preparedAll(page);
  await generate(page);
  assert.match(await page.locator('.steps').innerText(), /ECDSA P-256/);
  const folder = await unpacked(page, 'early-p256');
  execFileSync('sh', ['verify.sh'], { cwd: folder, stdio: 'pipe' });
  const sums = (await readFile(`${folder}/SHA256SUMS`, 'utf8')).split('\n').map((line) => line.split(/\s+/)[1]).filter((file) => /^pki\/.*\.key$/.test(file ?? ''));
  assert.equal(sums.length, 10);
  for (const file of sums) assert.match(execFileSync('openssl', ['pkey', '-in', file, '-noout', '-text'], { cwd: folder, encoding: 'utf8' }), /prime256v1/);
  assert.deepEqual(complaints, []);
  await context.close();
});

test('a worker that is killed while keys are prepared ends that quietly; generating makes them anew', async () => {
  const { context, page, complaints } = await openPage(opened);
  await page.selectOption('[data-field=keyAlgorithm]', 'rsa-4096');
  await page.waitForFunction(() => /[1-9] of 10/.test(document.querySelector('#ahead')?.textContent ?? ''));
  await page.evaluate(() => /** @type {any} */ (globalThis).witnessed.workers.filter((/** @type {{ name: string }} */ one) => one.name === 'vault-worker').at(-1).worker.terminate());
  await page.waitForFunction(() => /could not be prepared/.test(document.querySelector('#ahead')?.textContent ?? ''));
  assert.equal(await page.locator('html').getAttribute('data-phase'), 'planned');
  await page.selectOption('[data-field=keyAlgorithm]', 'rsa-2048');
  await generate(page);
  await reached(page, 'issued');
  assert.deepEqual(complaints, []);
  await context.close();
});

/** Counted by what the workers told the page. @param {import('playwright-core').Page} page @returns {Promise<number>} */
const keysMade = (page) => page.evaluate(() => /** @type {any} */ (globalThis).witnessed.messages.filter((/** @type {any} */ { result }) => result && 'candidates' in result).length);
