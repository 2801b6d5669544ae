// make shots: a picture of every main state of the page, in both languages and themes and on three screens, and what it prints;
// target/shots/index.html shows them side by side. SHOTS='issued.*ja' make shots: only those whose name fits.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

/** @typedef {import('playwright-core').Page} Page */

const project = dirname(dirname(fileURLToPath(import.meta.url)));
const product = process.env.HARDWAY_PAGE ?? join(project, 'dist/hardway.html'), output = join(project, 'target/shots');
const wanted = new RegExp(process.env.SHOTS ?? '');
const WIDTHS = /** @type {const} */ ({ 1440: 900, 1280: 720, 1024: 768, 390: 844 }), SCREENS = [1440, 1024, 390], PROJECTOR = [1280, 390], LANGUAGES = /** @type {const} */ (['en', 'ja']), THEMES = /** @type {const} */ (['light', 'dark']);
/** The same day on every picture. */
const DAY = new Date('2026-06-01T09:00:00Z');
const PATIENCE = 120_000;

/** @param {Page} page */
async function issue(page) {
  await page.click('.buttons .primary');
  await page.locator('.lessons').waitFor({ timeout: PATIENCE });
}

/**
 * The states, each by its name and the way to it from a page just opened. Selectors only that fit both languages.
 * `before` runs in the page first of all; `widths` where it is not seen on every screen; `print`: its PDF as well.
 * @type {{ name: string, to?: (page: Page) => Promise<unknown>, before?: () => void, widths?: number[], print?: boolean }[]}
 */
const STATES = [
  { name: 'planned', print: true },
  { name: 'components', to: (page) => page.locator('.bar .segments button').first().click() },
  { name: 'generating', before: stoppedAfterFour, to: async (page) => { await page.click('.buttons .primary'); await page.waitForFunction(() => document.querySelectorAll('.keys .made').length === 4, null, { timeout: PATIENCE }); } },
  { name: 'issued', to: issue, print: true },
  { name: 'arrow-verified', to: async (page) => { await issue(page); await page.locator('.arrow[data-shape*=scheduler]').first().press('Enter'); await page.locator('.tried').first().waitFor(); } },
  { name: 'arrow-refused', to: async (page) => { await issue(page); await page.locator('.lessons button').nth(2).click(); await page.locator('.lesson .primary + *, .lesson button').first().waitFor(); await page.locator('.arrow.refused[role=button]').first().press('Enter'); await page.locator('.tried .failed').waitFor(); } },
  { name: 'lesson', to: async (page) => { await issue(page); await page.locator('.lessons button').first().click(); await page.locator('.lesson').waitFor(); } },
  { name: 'certificate', to: async (page) => { await issue(page); await page.locator('.chip.plate').nth(1).press('Enter'); await page.locator('#panel .hex').first().waitFor(); } },
  { name: 'certificate-planned', to: (page) => page.locator('.chip.badge').first().press('Enter') },
  { name: 'component', to: async (page) => { await issue(page); await page.locator('.component[data-shape*=kube-apiserver]').first().press('Enter'); } },
  { name: 'phone-figure', widths: [390], to: (page) => page.locator('.bar .segments button').last().click() },
  { name: 'table', to: async (page) => { await issue(page); await page.locator('.bar .segments button').last().click(); } },
  { name: 'stack', to: async (page) => { await many(page, 'worker-[1-1000]'); await page.locator('.host.stack').last().press('Enter'); } },
  { name: 'chapter', to: (page) => chapter(page, 'kube-proxy') },
  { name: 'chapter-answered', to: async (page) => { await chapter(page, 'ca'); await answered(page); } },
  { name: 'slide-title', widths: PROJECTOR, to: (page) => slide(page, 'kube-proxy', '.is-title') },
  { name: 'slide-text', widths: PROJECTOR, to: (page) => slide(page, 'apiserver', '.is-text') },
  { name: 'slide-key', widths: PROJECTOR, to: (page) => slide(page, 'kube-proxy', '.is-key') },
  { name: 'slide-request', widths: PROJECTOR, to: (page) => slide(page, 'kube-proxy', '.is-request') },
  { name: 'slide-certificate', widths: PROJECTOR, to: async (page) => { await issue(page); await slide(page, 'apiserver', '.is-certificate'); } },
  { name: 'slide-commands', widths: PROJECTOR, to: (page) => slide(page, 'apiserver', '.is-commands') },
  { name: 'slide-question', widths: PROJECTOR, to: async (page) => { await slide(page, 'etcd', '.is-question'); await page.keyboard.press('1'); await page.keyboard.press('Enter'); await page.locator('.slide .why').waitFor(); } },
  { name: 'slide-experiments', widths: PROJECTOR, to: async (page) => { await issue(page); await slide(page, 'kube-proxy', '.is-title'); await page.keyboard.press('w'); await page.locator('.experiments').waitFor(); } },
  { name: 'bytes', to: bytes },
  { name: 'bytes-compare', to: async (page) => { await bytes(page); await page.locator('dialog.bytes .segments button').last().click(); await page.locator('.bytescompare').waitFor(); } },
  { name: 'dialog', to: (page) => page.locator('.formtools button').nth(2).evaluate((button) => /** @type {HTMLElement} */ (button).click()) },
  { name: 'drawer', widths: [1024, 390], to: (page) => page.click('.drawerbutton') },
  { name: 'export', to: (page) => page.click('.export summary') },
  { name: 'field-error', to: (page) => page.locator('[data-field=name]').evaluate(typed, 'No Name!') },
  { name: 'failed', before: failing, to: async (page) => { await page.click('.buttons .primary'); await page.waitForSelector('html[data-phase=failed]', { state: 'attached' }); } },
  { name: 'cancelled', before: stoppedAfterFour, to: async (page) => { await page.click('.buttons .primary'); await page.click('.buttons .quiet'); await page.waitForSelector('html[data-phase=planned]', { state: 'attached' }); } },
  { name: 'dropped', to: async (page) => { await issue(page); await page.locator('[data-field=name]').evaluate(typed, 'another'); await page.waitForSelector('html[data-phase=planned]', { state: 'attached' }); } },
  { name: 'bring', to: (page) => page.click('.bringbutton') },
  { name: 'brought', to: async (page) => { await bring(page); await page.locator('.findinghead').first().click(); } },
  { name: 'brought-again', to: async (page) => { await bring(page); await page.locator('.bringtabs button').nth(1).click(); await page.waitForSelector('.panel [data-act=make]:not(:disabled)'); } },
  { name: 'brought-expiry', to: async (page) => { await bring(page); await page.locator('.bringtabs button').nth(2).click(); await page.locator('.timeline').waitFor(); } },
  { name: 'brought-files', to: async (page) => { await bring(page); await page.locator('.bringtabs button').nth(3).click(); await page.locator('.bringfiles').waitFor(); } },
  { name: 'renewed', to: async (page) => { await bring(page); await page.locator('.bringtabs button').nth(1).click(); await page.click('.panel [data-act=make]'); await page.locator('.takealong').waitFor({ timeout: PATIENCE }); } },
  { name: 'stuck', before: () => { WebAssembly.compile = async () => { throw new WebAssembly.CompileError('no engine'); }; }, to: (page) => page.waitForSelector('html[data-phase=stuck]', { state: 'attached' }) },
];

/** @param {Page} page @param {string} id */
async function chapter(page, id) {
  await page.evaluate((hash) => { location.hash = hash; }, `#chapter=${id}`);
  await page.locator(`.contents a[href$="=${id}"][aria-current]`).waitFor({ state: 'attached' });
}

/** The guide's commands as openssl 3.2 and later carry them out: an authority that may not sign. @type {string | null} */
let cluster = null;

/** @param {Page} page */
async function bring(page) {
  if (cluster === null) {
    cluster = mkdtempSync(join(tmpdir(), 'hardway-shots-'));
    writeFileSync(join(cluster, 'ext'), 'subjectKeyIdentifier = hash\n');
    execFileSync('sh', ['-e', '-c', readFileSync(join(project, 'tests/vectors/seed.sh'), 'utf8').replace('-signkey ca.key -CAcreateserial', '-signkey ca.key -extfile ext')], { cwd: cluster, stdio: 'ignore' });
  }
  await page.click('.bringbutton');
  await page.setInputFiles('[data-field="bring.folder"]', cluster);
  await page.locator('.findings .breaks').waitFor({ timeout: PATIENCE });
}

/** Every question with its first choice, and the last one in sight. @param {Page} page */
async function answered(page) {
  for (let left = await page.locator('.question').count(); left > 0; left--) {
    const question = page.locator('.question:not(.revealed)').first();
    await question.locator('input').first().check();
    await question.locator('.primary').click();
    await page.waitForFunction((n) => document.querySelectorAll('.question:not(.revealed)').length === n, left - 1);
  }
}

/** Presents a chapter up to the first slide of a kind. @param {Page} page @param {string} id @param {string} kind */
async function slide(page, id, kind) {
  await chapter(page, id);
  await page.locator('.tourhead h2').focus();
  await page.keyboard.press('p');
  await page.locator('#present .slide').waitFor();
  for (let i = 0; i < 40 && await page.locator(`.slide${kind}`).count() === 0; i++) {
    await page.keyboard.press('PageDown');
    await page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); }));
  }
  await page.locator(`.slide${kind}`).waitFor();
}

/** @param {Page} page */
async function bytes(page) {
  await issue(page);
  await page.locator('.chip.plate').nth(1).press('Enter');
  await page.locator('#panel .opener').first().click();
  await page.locator('dialog.bytes .partrow').first().waitFor();
}

/** @param {Page} page @param {string} pattern */
async function many(page, pattern) {
  await page.locator('.formtools button').nth(2).evaluate((button) => /** @type {HTMLElement} */ (button).click());
  await page.fill('[data-field="many.pattern"]', pattern);
  await page.fill('[data-field="many.address"]', '10.0.1.1');
  await page.locator('dialog .primary').last().click();
  await page.locator('dialog[open]').waitFor({ state: 'detached' });
}

/** In the page: as somebody types. @param {Element} input @param {string} text */
function typed(input, text) {
  /** @type {HTMLInputElement} */ (input).value = text;
  input.dispatchEvent(new Event('input', { bubbles: true }));
}

/** In the page: after four keys no worker answers any more. */
function stoppedAfterFour() {
  let asked = 0;
  globalThis.Worker = class extends Worker {
    /** @override @param {any} message @param {any} transfer */
    postMessage(message, transfer) { if (message.action !== 'generate' || ++asked <= 4) super.postMessage(message, transfer); }
  };
}

/** In the page: a worker that is to make a key dies. */
function failing() {
  globalThis.Worker = class extends Worker {
    /** @override @param {any} message @param {any} transfer */
    postMessage(message, transfer) {
      if (message.action === 'generate') this.dispatchEvent(new ErrorEvent('error', { message: 'out of memory', cancelable: true }));
      else super.postMessage(message, transfer);
    }
  };
}

/** @type {{ state: string, file: string }[]} */
const taken = [];
/** @type {string[]} */
const missed = [];

/** @param {import('playwright-core').Browser} browser @param {typeof STATES[number]} state */
async function shoot(browser, { name, to, before, widths, print }) {
  const all = (widths ?? SCREENS).toSorted((a, b) => b - a).flatMap((width) => LANGUAGES.flatMap((language) => THEMES.map((theme) => ({ width, language, theme, file: `${name}-${width}-${language}-${theme}.png` }))));
  const shots = all.filter(({ file }) => wanted.test(file)), sheets = print ? ['A4', 'Letter'].flatMap((format) => LANGUAGES.map((language) => ({ format, language, file: `${name}-${format}-${language}-print` }))).filter(({ file }) => wanted.test(file)) : [];
  if (shots.length + sheets.length === 0) return;
  // The way to a state begins on the widest of its screens.
  const first = (widths ?? [1440])[0], context = await browser.newContext({ viewport: size(first), locale: 'en-US', timezoneId: 'UTC', reducedMotion: 'reduce' }), page = await context.newPage();
  try {
    await page.clock.setFixedTime(DAY);
    await page.addInitScript(() => localStorage.setItem('hardway.early', 'off'));
    if (before) await page.addInitScript(before);
    await page.goto(pathToFileURL(product).href);
    await page.waitForSelector('html[data-phase]', { state: 'attached' });
    if (name !== 'stuck') await page.locator('.about').waitFor({ state: 'attached' });
    await to?.(page);
    for (const { width, language, theme, file } of shots) {
      await page.setViewportSize(size(width));
      await dress(page, language, theme);
      const fixed = await page.evaluate(() => document.querySelector('html[data-selected=yes], html[data-drawer=open], html[data-presenting=yes], dialog[open]') !== null);
      // A phone's page is longer than its screen; what is fixed to the screen is seen there only.
      await page.screenshot({ path: join(output, file), fullPage: width < 720 && !fixed, animations: 'disabled' });
      taken.push({ state: name, file });
    }
    await page.setViewportSize(size(1440));
    for (const { format, language, file } of sheets) {
      await dress(page, language, 'dark');
      const pdf = join(output, `${file}.pdf`);
      await page.pdf({ path: pdf, format });
      execFileSync('pdftoppm', ['-r', '70', '-png', pdf, join(output, file)]);
      const pages = Number(/Pages:\s+(\d+)/.exec(execFileSync('pdfinfo', [pdf], { encoding: 'utf8' }))?.[1]);
      for (let i = 1; i <= pages; i++) taken.push({ state: `${name}, printed`, file: `${file}-${String(i).padStart(String(pages).length, '0')}.png` });
    }
  } finally {
    await context.close();
  }
  console.log(`${name}: ${shots.length + sheets.length}`);
}

/** @param {number} width */
const size = (width) => ({ width, height: WIDTHS[/** @type {keyof typeof WIDTHS} */ (width)] });

/** Language and theme by their own buttons, which are there in every state; a dialog has none, and a click by the page itself reaches them. @param {Page} page @param {'en' | 'ja'} language @param {'light' | 'dark'} theme */
async function dress(page, language, theme) {
  await page.evaluate(([language, theme]) => {
    const root = document.documentElement, buttons = document.querySelectorAll('.tools button');
    if (root.lang !== language) /** @type {HTMLElement} */ (buttons[language === 'ja' ? 1 : 0]).click();
    if (root.dataset.theme !== theme) /** @type {HTMLElement} */ (document.querySelector('.tools .square')).click();
  }, [language, theme]);
  await page.waitForFunction(([language, theme]) => document.documentElement.lang === language && document.documentElement.dataset.theme === theme, [language, theme]);
  await page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); }));
}

/** All pictures on one page, by state. */
function contactSheet() {
  const states = [...new Set(taken.map(({ state }) => state))];
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Hardway: every main state</title>
<style>body{font:14px/1.4 system-ui,sans-serif;margin:24px;background:#ddd}div{display:flex;flex-wrap:wrap;gap:12px;align-items:start}figure{margin:0}img{height:260px;border:1px solid #888;background:#fff}figcaption{font-size:12px}</style>
${states.map((state) => `<h2 id="${state}">${state}</h2><div>${taken.filter((one) => one.state === state).map(({ file }) => `<figure><a href="${file}"><img src="${file}" alt="${file}" loading="lazy"></a><figcaption>${file}</figcaption></figure>`).join('')}</div>`).join('\n')}
</html>\n`;
}

if (!process.env.SHOTS) rmSync(output, { recursive: true, force: true });
mkdirSync(output, { recursive: true });
const browser = await chromium.launch({ executablePath: process.env.HARDWAY_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--host-resolver-rules=MAP * ~NOTFOUND'] });
try {
  // One state that cannot be reached does not take the others' pictures.
  for (const state of STATES) await shoot(browser, state).catch((thrown) => { missed.push(`${state.name}: ${thrown}`); });
} finally {
  await browser.close();
}
if (taken.length + missed.length === 0) throw new Error(`no picture's name fits ${wanted}`);
writeFileSync(join(output, 'index.html'), contactSheet());
console.log(`${taken.length} pictures: ${join(output, 'index.html')}`);
if (missed.length) {
  console.error(missed.join('\n'));
  process.exitCode = 1;
}
