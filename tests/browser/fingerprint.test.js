// About shows the fingerprint of the very file that is open, and the command that prints it.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { dirname } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { openBrowser, openPage, product } from './open-page.js';

/** @type {import('./open-page.js').Opened} */
let opened;
before(async () => { opened = await openBrowser(); });
after(() => opened.close());

for (const [locale, title] of [['en-US', 'About this page'], ['ja-JP', 'このページについて']]) {
  test(`its command, run beside the file, prints what it shows (${locale})`, async () => {
    const { context, page, complaints } = await openPage(opened, { early: false, locale });
    await page.locator('details.about summary').click();
    const [digits, command] = await page.locator('details.about code').allInnerTexts();
    assert.match(await page.locator('details.about').innerText(), new RegExp(title));
    const { stdout } = await promisify(execFile)('sh', ['-c', command], { cwd: dirname(product) });
    assert.equal(stdout, `${digits}  -\n`);
    // Sixty-four digits in a narrow column break their line.
    const { right, edge } = await page.locator('#fingerprint').evaluate((code) => ({ right: code.getBoundingClientRect().right, edge: /** @type {Element} */ (code.closest('section.part')).getBoundingClientRect().right }));
    assert.ok(right <= edge, `${right} > ${edge}`);
    if (process.env.HARDWAY_PICTURE) await page.locator('details.about').screenshot({ path: `${process.env.HARDWAY_PICTURE}-${locale}.png` });
    assert.deepEqual(complaints, []);
    await context.close();
  });
}
