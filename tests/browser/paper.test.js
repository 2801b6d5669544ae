// The page on paper: printed by the browser, read back by poppler.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { openBrowser, openPage, output, reached } from './open-page.js';

const run = promisify(execFile);
/** @type {import('./open-page.js').Opened} */
let opened;
before(async () => { opened = await openBrowser(); });
after(() => opened.close());

/** In points. */
const SHEETS = /** @type {const} */ ([['A4', false, 595, 842], ['A4', true, 842, 595], ['Letter', false, 612, 792], ['Letter', true, 792, 612]]);
/** Of the margin, 12 mm, less what the browser's rounding takes. */
const MARGIN = 12 / 25.4 * 72 - 1;

/** @typedef {{ text: string, left: number, top: number, right: number, bottom: number }} Word */

/** Prints as Ctrl+P does; what poppler says of it. @param {import('playwright-core').Page} page @param {string} name @param {{ format?: string, landscape?: boolean }} [options] */
async function printed(page, name, options = { format: 'A4' }) {
  const file = `${output}${name}.pdf`;
  await writeFile(file, await page.pdf(options));
  const [info, text, boxes] = await Promise.all([run('pdfinfo', [file]), run('pdftotext', ['-layout', file, '-']), run('pdftotext', ['-bbox', file, '-'], { maxBuffer: 1 << 26 })]);
  const sheets = boxes.stdout.split('<page ').slice(1).map((sheet) => [...sheet.matchAll(/<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)<\/word>/g)]
    .map(([, left, top, right, bottom, text]) => /** @type {Word} */ ({ text, left: Number(left), top: Number(top), right: Number(right), bottom: Number(bottom) })));
  const [, width, height] = /Page size:\s+([\d.]+) x ([\d.]+)/.exec(info.stdout) ?? [];
  return { text: text.stdout, sheets, pages: Number(/Pages:\s+(\d+)/.exec(info.stdout)?.[1]), width: Math.round(Number(width)), height: Math.round(Number(height)) };
}

/** @param {'en' | 'ja'} language @param {'light' | 'dark'} theme */
const remembered = (language, theme) => /** @type {() => void} */ (new Function(`localStorage.setItem('hardway.language', '${language}'); localStorage.setItem('hardway.theme', '${theme}')`));

for (const [language, theme, words] of /** @type {const} */ ([['en', 'dark', ['client certificate (caller)', 'Names (SAN)', 'Issued by Hardway.']], ['ja', 'light', ['クライアント証明書', '名前（SAN）', '発行済み']]]))
  test(`an issued set is printed whole on every sheet: ${language}, ${theme}`, async (t) => {
    const { context, page, complaints } = await openPage(opened, { before: remembered(language, theme) });
    await page.click('.buttons .primary');
    await page.locator('.lessons').waitFor({ timeout: 120_000 });
    const certificates = await page.evaluate(() => [...document.querySelectorAll('.chip .file')].map((one) => one.textContent ?? ''));
    for (const [format, landscape, width, height] of SHEETS) await t.test(`${format}${landscape ? ', landscape' : ''}`, async () => {
      const { text, sheets, pages, ...size } = await printed(page, `paper-${language}-${format}-${landscape}`, { format, landscape });
      assert.ok(Math.abs(size.width - width) < 2 && Math.abs(size.height - height) < 2, `${size.width} x ${size.height}`);
      assert.ok(pages >= 3 && pages <= 5, `${pages} pages`);
      // The figure is the first sheet, and only the first; its text can be selected.
      const [first, ...rest] = sheets.map((sheet) => sheet.map((word) => word.text).join(' '));
      for (const name of ['kubernetes-the-hard-way', 'kube-controller-manager', 'loadbalancer', '192.168.5.30', 'worker-2', '10.96.0.1:443']) assert.ok(first.includes(name), `${name} is in the figure: ${first}`);
      for (const name of certificates) assert.ok(first.includes(name), name);
      assert.doesNotMatch(first, /SHA-256/);
      for (const word of words) assert.ok(text.includes(word), word);
      const tables = rest.join(' ');
      for (const name of ['CN=KUBERNETES-CA', 'DNS:kubernetes.default.svc', 'IP:127.0.0.1', 'serverAuth,']) assert.ok(tables.includes(name), name);
      assert.equal(tables.match(/(?:[0-9a-f]{2}:){31}[0-9a-f]{2}/g)?.length, 10, 'a fingerprint for each certificate, on one line');
      for (const [i, sheet] of sheets.entries()) {
        for (const word of sheet) assert.ok(word.left >= MARGIN && word.right <= size.width - MARGIN && word.top > 20 && word.bottom < size.height - 10, `page ${i + 1}: ${JSON.stringify(word)}`);
        assert.ok(sheet.some(({ text }, at) => text === String(i + 1) && sheet[at + 1]?.text === '/' && sheet[at + 2]?.text === String(pages)), `page ${i + 1} has its number`);
      }
      // Nothing of the screen's own.
      for (const word of ['Download', 'ダウンロード', 'What if', 'EN']) assert.ok(!text.split(/\s+/).includes(word), word);
    });
    assert.deepEqual(complaints, []);
    assert.equal(await page.locator('#paper').innerHTML().then((html) => html.replace(/<!--.*?-->/g, '')), '', 'nothing is left of it');
    await context.close();
  });

test('a table that goes on has its head again, and no certificate is cut in two', async () => {
  const { context, page } = await openPage(opened, { early: false });
  await page.selectOption('[data-field=preset]', 'kubeadm');
  await page.waitForFunction(() => document.querySelector('.sum')?.textContent);
  await page.click('.buttons .primary');
  await page.locator('.lessons').waitFor({ timeout: 120_000 });
  const { sheets, pages } = await printed(page, 'paper-kubeadm');
  assert.ok(pages >= 3);
  // Whichever table is on top of a page, its head is.
  for (const sheet of sheets.slice(1)) {
    const top = Math.min(...sheet.map((word) => word.top));
    assert.match(sheet.filter((word) => word.top < top + 5).map(({ text }) => text).join(' '), /certificates|connections|File Subject|Caller Listener/);
  }
  const highest = (/** @type {Word[]} */ sheet, /** @type {string} */ start) => Math.min(...sheet.filter(({ text }) => text.startsWith(start)).map(({ top }) => top));
  const lowest = (/** @type {Word[]} */ sheet, /** @type {string} */ start) => Math.max(...sheet.filter(({ text }) => text.startsWith(start)).map(({ top }) => top));
  const split = sheets.slice(1).filter((sheet) => sheet.some(({ text }) => text === 'SHA-256'));
  assert.ok(split.length > 1, 'the certificates take two sheets');
  for (const sheet of split) {
    assert.ok(highest(sheet, 'CN=') < highest(sheet, 'SHA-256'), 'the first fingerprint stands below its certificate');
    assert.ok(lowest(sheet, 'CN=') < lowest(sheet, 'SHA-256'), 'the last certificate has its fingerprint');
  }
  await context.close();
});

test('paper is white and its ink black, also from the dark theme, and a phone prints the whole figure', async () => {
  const { context, page } = await openPage(opened, { before: remembered('en', 'dark'), viewport: { width: 390, height: 844 } });
  const { sheets } = await printed(page, 'paper-phone');
  const words = sheets[0].map(({ text }) => text);
  assert.ok(words.includes('master-1') && words.includes('master-2'), 'both columns');
  await run('pdftoppm', ['-r', '30', '-f', '1', '-l', '1', '-singlefile', '-gray', `${output}paper-phone.pdf`, `${output}paper-phone`]);
  const { stdout } = await run('od', ['-An', '-v', '-tu1', `${output}paper-phone.pgm`], { maxBuffer: 1 << 26 });
  const pixels = stdout.trim().split(/\s+/).map(Number).slice(20), white = pixels.filter((one) => one > 250).length / pixels.length;
  assert.ok(white > 0.8, `${white} of it is white`);
  await context.close();
});

test('of a thousand workers those are printed that the figure tells of, and how many are left out', async () => {
  const { context, page } = await openPage(opened, { early: false });
  await page.getByRole('button', { name: 'Add many nodes' }).click();
  await page.fill('[data-field="many.pattern"]', 'worker-[1-1000]');
  await page.fill('[data-field="many.address"]', '10.0.1.1');
  await page.getByRole('button', { name: 'Take these nodes' }).click();
  await page.waitForFunction(() => /1008|1,008/.test(document.querySelector('.buttons')?.textContent ?? ''));
  const { text, pages } = await printed(page, 'paper-many'), flat = text.replace(/\s+/g, ' ');
  assert.ok(pages <= 8, `${pages} pages`);
  assert.match(flat, /Left out: 997 more certificates, of workers that differ in name and address only\./);
  assert.match(flat, /Left out: \d{4} more connections of the same kinds\./);
  await context.close();
});

test('a planned set is printed without dates and fingerprints, and says so', async () => {
  const { context, page } = await openPage(opened, { early: false });
  const { text } = await printed(page, 'paper-planned'), flat = text.replace(/\s+/g, ' ');
  assert.match(flat, /No key exists yet\./);
  assert.match(flat, /clientAuth 1000 days .*from issue/);
  assert.doesNotMatch(flat, /SHA-256|\d{4}-\d\d-\d\d –/);
  await context.close();
});

test('what a lesson broke is printed as broken, with the component’s words', async () => {
  const { context, page } = await openPage(opened);
  await page.click('.buttons .primary');
  await page.locator('.lessons').getByRole('button', { name: 'Expired' }).click({ timeout: 120_000 });
  await page.locator('.guard').waitFor();
  const { text } = await printed(page, 'paper-broken'), flat = text.replace(/\s+/g, ' ');
  assert.match(flat, /Broken on purpose: kube-apiserver\./);
  assert.match(flat, /\(broken by the lesson\)/);
  assert.match(flat, /refused:.*certificate has expired/);
  await context.close();
});

test('the print button asks the browser to print', async () => {
  const { context, page } = await openPage(opened, { early: false, before: () => { Object.assign(globalThis, { print() { document.documentElement.dataset.asked = 'yes'; } }); } });
  await page.click('.export summary');
  await page.getByRole('button', { name: 'Print' }).click();
  await page.waitForSelector('html[data-asked=yes]', { state: 'attached' });
  await reached(page, 'planned');
  await context.close();
});
