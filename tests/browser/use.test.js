// How the page is used: keyboard, languages, themes, a phone.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openBrowser, openPage } from './open-page.js';

/** @type {import('./open-page.js').Opened} */
let opened;
before(async () => { opened = await openBrowser(); });
after(() => opened.close());

test('the figure is one stop of the Tab key; arrow keys walk it, Enter opens, Escape closes', async () => {
  const { context, page, complaints } = await openPage(opened);
  assert.equal(await page.locator('.diagram [tabindex="0"]').count(), 1);
  await page.locator('.diagram [tabindex="0"]').focus();
  const first = await page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
  await page.keyboard.press('ArrowRight');
  const second = await page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
  assert.notEqual(first, second);
  assert.match(second ?? '', /, planned$/);
  await page.keyboard.press('Enter');
  await page.waitForSelector('html[data-selected=yes]');
  await page.keyboard.press('Escape');
  await page.waitForSelector('html[data-selected=no]');
  await page.keyboard.press('ArrowLeft');
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('aria-label')), first);
  assert.deepEqual(complaints, []);
  await context.close();
});

test('language and theme are remembered', async () => {
  const { context, page, complaints } = await openPage(opened);
  await page.getByRole('button', { name: '日本語' }).click();
  await page.waitForSelector('html[lang=ja]');
  await page.getByRole('button', { name: 'ダークテーマにする' }).click();
  await page.waitForSelector('html[data-theme=dark]');
  await page.reload();
  await page.waitForSelector('html[lang=ja][data-theme=dark] svg.diagram');
  assert.match(await page.locator('.buttons').innerText(), /鍵を 10\s個生成/);
  assert.deepEqual(complaints, []);
  await context.close();
});

test('the view without certificates shows none', async () => {
  const { context, page } = await openPage(opened);
  await page.getByRole('button', { name: 'Components only' }).click();
  await page.waitForSelector('.door');
  assert.equal(await page.locator('.stage .chip').count(), 0);
  await context.close();
});

for (const [width, height] of [[1440, 900], [1024, 768], [390, 844], [320, 640]]) for (const locale of ['en-US', 'ja-JP'])
  test(`nothing scrolls sideways at ${width} × ${height} in ${locale}, whatever is open`, async () => {
    const { context, page } = await openPage(opened, { viewport: { width, height }, locale });
    const sideways = () => page.evaluate(() => ['html', '.top', '.rail', '.mid', '.left', '.panel'].filter((one) => {
      const element = document.querySelector(one);
      return element && element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1;
    }));
    assert.deepEqual(await sideways(), []);
    const open = async (/** @type {string[]} */ shapes) => {
      for (const shape of shapes) {
        await page.locator(shape).first().dispatchEvent('click');
        await page.waitForSelector('html[data-selected=yes]');
        assert.deepEqual(await sideways(), [], shape);
      }
    };
    if (width < 720) {
      // A phone shows the list first; the figure is one switch away.
      await open(['.callers [data-connection*=scheduler]', '.callers [data-connection^=pod]']);
      await page.locator('.bar .segments button').last().dispatchEvent('click');
      await page.waitForSelector('html[data-listed=no]');
    }
    await open(['scheduler-0', 'plate-api-0', 'pods-0'].map((shape) => `[role=button][data-shape=${shape}]`));
    if (width < 1400) {
      await page.locator('.drawerbutton').dispatchEvent('click');
      await page.waitForSelector('html[data-drawer=open]');
      assert.deepEqual(await sideways(), [], 'the drawer');
    }
    await context.close();
  });
