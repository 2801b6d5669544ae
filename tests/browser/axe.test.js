// axe-core finds nothing to complain of: every main state, both languages, both themes, on a desk and on a phone. A new state is one more line of STATES.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { guideUnderNewOpenssl } from './clusters.js';
import { altered, drawn, openBrowser, openPage, reached } from './open-page.js';

/** @typedef {import('playwright-core').Page} Page */

const axe = await readFile(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
/** Every rule but the experimental ones that are tagged for no standard. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** @type {import('./open-page.js').Opened} */
let opened;
/** A page whose key worker does not start. */
let broken = '';
/** The folder of a cluster that does not work. */
let cluster = '';
before(async () => {
  opened = await openBrowser();
  cluster = await guideUnderNewOpenssl();
  broken = await altered('axe-broken', { 'key-worker': () => 'throw new Error("no worker")' });
});
after(() => opened.close());

/** @param {string} shape */
const select = (shape) => async (/** @type {Page} */ page) => {
  await page.locator(`[role=button][data-shape="${shape}"]`).dispatchEvent('click');
  await page.waitForSelector('html[data-selected=yes]');
};
const close = async (/** @type {Page} */ page) => {
  await page.keyboard.press('Escape');
  await page.waitForSelector('html[data-selected=no]');
};
const dismiss = async (/** @type {Page} */ page) => {
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => !document.querySelector('dialog')?.open);
};
const dismissBring = async (/** @type {Page} */ page) => {
  await page.keyboard.press('Escape');
  await page.locator('dialog.bring').waitFor({ state: 'hidden' });
};
/** Below 1400 pixels the form is in a drawer. @param {Page} page */
const openForm = async (page) => {
  const button = page.locator('.drawerbutton');
  if (await button.isVisible() && await page.locator('html[data-drawer=closed]').count()) await button.click();
  await page.locator('.left').waitFor();
};
const closeForm = async (/** @type {Page} */ page) => {
  if (await page.locator('html[data-drawer=open]').count()) await page.keyboard.press('Escape');
  await page.waitForSelector('html[data-drawer=closed]');
};
/** A phone has a list where a desk has a table. @param {'components' | 'certificates' | 'list'} name */
const openView = (name) => async (/** @type {Page} */ page) => {
  const views = (page.viewportSize()?.width ?? 0) > 720 ? ['components', 'certificates', 'list'] : ['list', 'components', 'certificates'];
  await page.locator('.bar .segments button').nth(views.indexOf(name)).click();
  await drawn(page);
};
/** All that is folded in the panel, within other folds as well. @param {Page} page */
const unfold = (page) => page.locator('#panel details').evaluateAll((all) => { for (const one of all) /** @type {HTMLDetailsElement} */ (one).open = true; });
const many = async (/** @type {Page} */ page) => { await openForm(page); await page.locator('.formtools button').nth(2).click(); await page.locator('dialog[open]').waitFor(); };
const openTour = async (/** @type {Page} */ page) => { await page.locator('.tourbutton').click(); await page.locator('.tour').waitFor(); };
const leaveTour = async (/** @type {Page} */ page) => {
  if (await page.locator('html[data-tour=open]').count()) await page.locator('.tourhead .close').click();
  await page.waitForSelector('html[data-tour=closed]');
};
/** @param {Page} page */
const whole = (page) => page.locator('.lessons').waitFor({ timeout: 120_000 });

/** @param {number} nth */
const bringTab = (nth) => async (/** @type {Page} */ page) => { await page.locator('.bringtabs button').nth(nth).click(); await drawn(page); };

/**
 * What is looked at, in this order, on one page; each begins where the one before was left.
 * @type {[string, (page: Page) => Promise<unknown>, ((page: Page) => Promise<unknown>)?][]}
 */
const STATES = [
  ['planned, at first', async () => {}],
  ['components only', openView('components'), openView('certificates')],
  ['list, planned', openView('list'), openView('certificates')],
  ['arrow selected, planned', select('scheduler-0'), close],
  ['certificate selected, planned', select('plate-api-0'), close],
  ['token selected', select('token-0'), close],
  ['component selected, planned', select('box-kube-apiserver-0'), close],
  ['the drawer', openForm, closeForm],
  ['the export menu', (page) => page.locator('.export summary').click(), (page) => page.locator('.export summary').click()],
  ['a chapter, planned', openTour],
  ['a chapter, its questions answered, its folds open', async (page) => { for (let n = 0; n < 3; n++) await page.locator('.question:not(.revealed) .primary').first().click(); await unfold(page); }, leaveTour],
  ['a slide, planned', async (page) => { await page.keyboard.press('p'); await page.locator('#present .slide').waitFor(); }],
  ['the keys of present mode', async (page) => { await page.keyboard.press('?'); }, async (page) => { for (let n = 0; n < 2; n++) await page.keyboard.press('Escape'); await page.locator('#present').waitFor({ state: 'hidden' }); await leaveTour(page); }],
  ['a node’s details', async (page) => { await openForm(page); await page.locator('.left .more').first().click(); await page.locator('.nodedetails').waitFor(); }, async (page) => { await page.locator('.left .more').first().click(); await closeForm(page); }],
  ['a field is wrong', async (page) => { await openForm(page); await page.fill('[data-field="nodes[1].addresses"]', '192.168'); await page.locator('.left .error').waitFor(); }, closeForm],
  ['the figure while a field is wrong', drawn, async (page) => { await openForm(page); await page.fill('[data-field="nodes[1].addresses"]', '192.168.5.11'); await page.locator('.left .error').waitFor({ state: 'detached' }); await closeForm(page); }],
  ['dialog: many nodes by a range', many, dismiss],
  ['dialog: a list with a mistake', async (page) => { await many(page); await page.locator('dialog .segments button').nth(1).click(); await page.fill('[data-field="many.text"]', 'what'); await page.locator('dialog .error').waitFor(); }, dismiss],
  ['dialog: a link that cannot be opened', async (page) => { await closeForm(page); await page.evaluate(() => { location.hash = '#h1.broken'; }); await page.locator('dialog[open] .error').waitFor(); }, dismiss],
  ['generating', async (page) => { await openForm(page); await page.selectOption('[data-field=keyAlgorithm]', 'rsa-4096'); await closeForm(page); await page.locator('.buttons .primary').click(); await page.locator('.keys').waitFor(); }],
  ['cancelled', async (page) => { await page.locator('.buttons .primary').click(); await page.locator('.stopped').waitFor(); }],
  ['a stack is open', async (page) => {
    await many(page);
    await page.fill('[data-field="many.pattern"]', 'worker-[1-40]');
    await page.fill('[data-field="many.address"]', '10.0.1.1');
    await page.locator('dialog .primary:not(.quiet)').click();
    await closeForm(page);
    await select('host-worker-1')(page).catch(() => select('host-worker-0')(page));
  }],
  ['the stack’s filter finds nothing', async (page) => { await page.locator('#panel .filter').fill('nobody'); await page.locator('#panel .empty').waitFor(); }, close],
  ['a group of the form is filtered to nothing', async (page) => { await openForm(page); await page.locator('.left .filter').fill('nobody'); await page.locator('.left .empty .textbutton').waitFor(); }, async (page) => {
    await page.locator('.left .empty .textbutton').click();
    await page.locator('.formtools button').first().click();
    await page.selectOption('[data-field=keyAlgorithm]', 'ecdsa-p256');
    await closeForm(page);
  }],
  ['issued', async (page) => { await page.locator('.buttons .primary').click(); await whole(page); }],
  ['how keys are made', async (page) => { await page.locator('.about > summary').click(); }],
  ['arrow selected, verified', async (page) => { await select('scheduler-0')(page); await page.locator('.tried').first().waitFor(); }, close],
  ['certificate selected, issued, all unfolded', async (page) => { await select('plate-api-0')(page); await unfold(page); }, close],
  ['byte by byte', async (page) => { await select('plate-api-0')(page); await page.locator('.opener').click(); await page.locator('.hexview').waitFor(); }],
  ['request and certificate side by side', async (page) => { await page.locator('.byteshead .segments button').nth(2).click(); await page.locator('.bytescompare').waitFor(); }, async (page) => { await page.locator('.byteshead .close').click(); await close(page); }],
  ['component selected, issued', select('box-kubelet-0'), close],
  ['a chapter, issued', openTour, leaveTour],
  ['a slide, issued', async (page) => { await page.keyboard.press('p'); await page.locator('#present .slide').waitFor(); for (let n = 0; n < 4; n++) await page.keyboard.press('ArrowRight'); }],
  ['the experiments of present mode', async (page) => { await page.keyboard.press('w'); await page.locator('.experiments').waitFor(); }, async (page) => { for (let n = 0; n < 2; n++) await page.keyboard.press('Escape'); await page.locator('#present').waitFor({ state: 'hidden' }); await leaveTour(page); }],
  ['list, verified', openView('list')],
  ['list, nothing falls', async (page) => { if (await page.locator('html[data-listed=yes]').count()) return; await page.check('[data-field="table.fallen"]'); await page.locator('.tablescroll .empty').waitFor(); }, async (page) => { if (!await page.locator('html[data-listed=yes]').count()) await page.uncheck('[data-field="table.fallen"]'); await openView('certificates')(page); }],
  ['a lesson', async (page) => { await page.locator('.lessons button').first().click(); await page.locator('.lesson').waitFor(); }],
  ['arrow selected, refused', async (page) => { await page.locator('.lessonbuttons .quiet').click(); await page.locator('.tried .failed').waitFor(); await unfold(page); }, close],
  ['list, some refused', openView('list'), openView('certificates')],
  ['a field was changed after issuing', async (page) => { await openForm(page); await page.fill('[data-field="name"]', 'another'); await closeForm(page); }],
  ['no workers', async (page) => { await openForm(page); await page.selectOption('[data-field=preset]', 'blank'); await closeForm(page); }],
  ['one node', async (page) => { await openForm(page); await page.selectOption('[data-field=preset]', 'one-node'); await closeForm(page); }],
  ['dialog: bring a cluster', async (page) => { await page.locator('.bringbutton').click(); await page.locator('dialog.bring[open]').waitFor(); }, dismissBring],
  ['a cluster was brought', async (page) => { await page.locator('.bringbutton').click(); await page.setInputFiles('[data-field="bring.folder"]', cluster); await reached(page, 'imported'); await page.locator('.findings .breaks').waitFor(); }],
  ['a finding', async (page) => { await page.locator('.findinghead').first().click(); await page.locator('.finding').waitFor(); }],
  ['what is made again', bringTab(1)],
  ['what ends when', bringTab(2)],
  ['which file is which', bringTab(3)],
  ['made again', async (page) => { await bringTab(1)(page); await page.locator('.panel [data-act=make]:not(:disabled)').click(); await reached(page, 'issued'); await page.locator('.takealong').waitFor(); await unfold(page); }],
];

/** @param {Page} page @param {object} [only] */
async function violations(page, only = { type: 'tag', values: TAGS }) {
  const { violations: found } = await page.evaluate((runOnly) => /** @type {any} */ (globalThis).axe.run({ resultTypes: ['violations'], runOnly }), only);
  return found.flatMap((/** @type {any} */ { id, nodes }) => nodes.map((/** @type {any} */ { target, any, all, none }) => `${id}: ${target.join(' ')}: ${[...any, ...all, ...none][0]?.message}`));
}

/** Themes differ in nothing but colours. @param {Page} page */
async function inBothThemes(page) {
  const theme = (/** @type {string} */ name) => page.evaluate((one) => { document.documentElement.dataset.theme = one; }, name);
  await theme('light');
  const light = await violations(page);
  await theme('dark');
  const dark = await violations(page, ['color-contrast', 'link-in-text-block']);
  return [...light, ...dark.map((/** @type {string} */ one) => `dark: ${one}`)];
}

for (const [width, height] of [[1440, 900], [390, 844]]) for (const locale of ['en-US', 'ja-JP'])
  test(`axe finds nothing at ${width} in ${locale}`, async (t) => {
    const { context, page, complaints } = await openPage(opened, { viewport: { width, height }, locale, early: false });
    await page.evaluate(axe);
    for (const [name, enter, leave] of STATES) await t.test(name, async () => {
      await enter(page);
      await drawn(page);
      const found = await inBothThemes(page);
      // Whatever was found: the next state begins where it expects to.
      await leave?.(page);
      assert.deepEqual(found, []);
    });
    assert.deepEqual(complaints, []);
    await context.close();
    await t.test('failed', async () => {
      const failing = await openPage(opened, { viewport: { width, height }, locale, early: false, file: broken });
      await failing.page.evaluate(axe);
      await failing.page.locator('.buttons .primary').click();
      await reached(failing.page, 'failed');
      assert.deepEqual(await inBothThemes(failing.page), []);
      await failing.context.close();
    });
  });

test('axe would find a button without a name, and text too pale to read', async () => {
  const { context, page } = await openPage(opened);
  await page.evaluate(axe);
  await page.evaluate(() => {
    const pale = Object.assign(document.createElement('p'), { textContent: 'pale' });
    pale.style.color = 'var(--rule)';
    document.querySelector('#panel')?.prepend(document.createElement('button'), pale);
  });
  const kinds = (await inBothThemes(page)).map((/** @type {string} */ one) => /^(dark: )?[a-z-]+/.exec(one)?.[0]);
  assert.deepEqual([...new Set(kinds)].sort(), ['button-name', 'color-contrast', 'dark: color-contrast']);
  await context.close();
});
