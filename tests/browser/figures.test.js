// Nothing lies over anything in any figure: every preset, one to five control planes, none to five workers, with and without a load
// balancer, with and without etcd on hosts of its own, both views, wide and phone, both languages, and with a wide font as well.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { build } from 'esbuild';
import { openBrowser } from './open-page.js';

/** @type {import('./open-page.js').Opened} */
let opened;
/** @type {import('playwright-core').Page} */
let page;
/** @type {string[]} */
let presets;
const project = new URL('../../', import.meta.url).pathname;

before(async () => {
  opened = await openBrowser();
  page = await opened.browser.newPage({ viewport: { width: 1440, height: 900 } });
  const bundle = async (/** @type {string} */ entry) => (await build({ absWorkingDir: project, entryPoints: [entry], bundle: true, write: false, format: entry.endsWith('.js') ? 'iife' : undefined, charset: 'utf8', define: { 'import.meta.url': '""' } })).outputFiles[0].text;
  await page.setContent('<!doctype html><html lang="en"><body><div id="stage" class="stage"></div></body></html>');
  await page.addStyleTag({ content: `${await bundle('www/style.css')}\n.stage{position:absolute;left:0;top:0}` });
  await page.addScriptTag({ content: await bundle('tests/browser/figure-page.js') });
  presets = await page.evaluate((core) => /** @type {any} */ (globalThis).open(core), (await readFile(`${project}target/wasm/hardway_bg.wasm`)).toString('base64'));
});
after(() => opened.close());

/** @param {object} how */
const inspect = (how) => page.evaluate((/** @type {any} */ given) => /** @type {any} */ (globalThis).inspect(given), how);
/** As wide as any font that the page may meet: most systems' own are narrower. */
const WIDE = '"DejaVu Sans","Noto Sans CJK JP",sans-serif';

/** @param {object} how @param {import('node:test').TestContext} t */
async function clear(how, t) {
  let drawn = 0;
  const faults = [];
  for (const preset of presets) {
    const found = await inspect({ preset, ...how });
    assert.equal(found.refused, preset === 'hightower-2025' ? 60 : 0, 'its guide has no etcd on hosts of its own; every other size is a cluster');
    drawn += found.drawn;
    faults.push(...found.faults.map((/** @type {string} */ fault) => `${preset}: ${fault}`));
  }
  t.diagnostic(`${drawn} figures`);
  assert.equal(drawn, 660);
  assert.deepEqual(faults, []);
}

for (const narrow of [false, true]) for (const view of ['certificates', 'components']) for (const language of ['en', 'ja'])
  test(`${narrow ? 'phone' : 'wide'}, ${view}, ${language}`, (t) => clear({ narrow, view, language, state: 'verified', font: '' }, t));
for (const narrow of [false, true]) for (const state of ['verified', 'planned'])
  test(`${narrow ? 'phone' : 'wide'}, certificates, en, in a wide font, ${state}`, (t) => clear({ narrow, view: 'certificates', language: 'en', state, font: WIDE }, t));
for (const narrow of [false, true])
  test(`${narrow ? 'phone' : 'wide'}, certificates, en, with the longest names`, (t) => clear({ narrow, view: 'certificates', language: 'en', state: 'verified', font: '', long: true }, t));

test('a label, a pill and a chip out of place are found', async () => {
  const { faults } = await inspect({ preset: 'hard-way-2020', narrow: false, view: 'certificates', language: 'en', state: 'verified', font: '', spoil: true });
  for (const told of [/runs through “|” lies over /, /the pill of .* lies over “/, /lies over chip\/badge-etcd-0:/]) assert.ok(faults.some((/** @type {string} */ fault) => told.test(fault)), `${told} in ${faults.slice(0, 9).join('\n')}`);
});
