import { chromium } from 'playwright-core';
import { pathToFileURL } from 'node:url';
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
const out = '/tmp/w/i5/shots/';
async function open(opts = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-US', reducedMotion: 'reduce', ...opts });
  const page = await context.newPage();
  page.on('console', (m) => { if (['error', 'warning'].includes(m.type())) console.log('CONSOLE', m.text()); });
  page.on('pageerror', (e) => console.log('ERROR', e.message));
  await page.goto(pathToFileURL(process.cwd() + '/dist/hardway.html').href);
  await page.waitForSelector('svg.diagram');
  return page;
}
const page = await open();
await page.getByRole('button', { name: /Generate/ }).click();
await page.getByText('connections verified').first().waitFor({ timeout: 120000 });
console.log(await page.locator('.sum').innerText());
await page.screenshot({ path: out + 'verified.png' });
const arrows = await page.locator('[data-shape]').evaluateAll((all) => all.map((e) => e.getAttribute('aria-label')).filter(Boolean).slice(0, 8));
console.log(arrows);
const names = await page.locator('.lessons button').allInnerTexts();
console.log(names.length, names);
for (const [i, name] of names.entries()) {
  await page.locator('.lessons button').nth(i).click();
  await page.locator('.lesson').waitFor();
  await page.waitForFunction((name) => document.querySelector('.lesson h3')?.textContent.trim() === name, name.trim());
  console.log(name, '|', await page.locator('.sum').innerText(), '|', await page.locator('.lesson .notes').innerText());
  await page.screenshot({ path: out + `lesson-${i}.png` });
  const show = page.locator('.lessonbuttons button').nth(1);
  if (await show.count()) { await show.click(); await page.locator('.tried').first().waitFor(); console.log('   ', (await page.locator('.panel .words, .panel .identity').first().innerText()).replaceAll('\n', ' / ').slice(0, 300)); await page.screenshot({ path: out + `lesson-${i}-first.png` }); await page.locator('.panel .close').click(); }
}
console.log(await page.locator('.buttons').innerText());
await page.getByRole('button', { name: 'Mend it all' }).click();
await page.getByText('32 of 32').first().waitFor();
await page.getByRole('button', { name: 'Table' }).click();
await page.locator('.tableview').waitFor();
await page.screenshot({ path: out + 'table.png' });
await browser.close();
