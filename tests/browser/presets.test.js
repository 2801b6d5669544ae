// Every guide, generated in the page. The zips are left for openssl and Go: tests/downloaded.rs.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { drawn, generate, openBrowser, openPage, output } from './open-page.js';

/** @type {import('./open-page.js').Opened} */
let opened;
const folder = join(output, 'presets');
before(async () => {
  opened = await openBrowser();
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
});
after(() => opened.close());

/** What the page says of it: certificates, connections, differences from the guide. */
const PRESETS = /** @type {const} */ ([['hard-way-2020', 10, 32, 8], ['hard-way-2025', 11, 32, 10], ['hightower-2025', 9, 11, 11], ['kubeadm', 20, 15, 4], ['one-node', 10, 10, 0], ['blank', 16, 9, 0]]);

for (const [id, certificates, connections, differences] of PRESETS) test(`${id}: ${certificates} certificates on ${connections} connections, whole and verified by the bundle itself`, async () => {
  const { context, page, complaints } = await openPage(opened, { early: false });
  await page.selectOption('[data-field=preset]', id);
  await page.getByText(`${certificates} to sign`).waitFor();
  assert.match(await page.locator('.sum').innerText(), new RegExp(`^${connections} connections planned`));
  if (differences) {
    await page.locator('.left').getByText(`${differences} differences from the guide`).click();
    await drawn(page);
    assert.equal(await page.locator('.differences[open] dt').count(), differences);
  } else await page.getByText('No guide builds this one').waitFor();
  await generate(page);
  await page.getByText(`${certificates} issued`).waitFor();
  const [zip] = await Promise.all([page.waitForEvent('download'), page.locator('.buttons').getByText('Download bundle').click()]);
  await zip.saveAs(join(folder, `${id}.zip`));
  const [json] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save cluster.json' }).click()]);
  assert.equal(json.suggestedFilename(), 'cluster.json');
  await json.saveAs(join(folder, `${id}.json`));
  const unpacked = await mkdtemp(join(tmpdir(), 'hardway-'));
  execFileSync('unzip', ['-q', join(folder, `${id}.zip`), '-d', unpacked]);
  execFileSync('sh', ['verify.sh'], { cwd: join(unpacked, zip.suggestedFilename().replace('.zip', '')), stdio: 'pipe' });
  await rm(unpacked, { recursive: true });
  assert.deepEqual(complaints, []);
  await context.close();
});
