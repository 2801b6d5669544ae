// Everything by keyboard: a sensible order, a focus that is always seen and never lost, and no trap.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { drawn, openBrowser, openPage, reached } from './open-page.js';

/** @typedef {import('playwright-core').Page} Page */

/** @type {import('./open-page.js').Opened} */
let opened;
before(async () => { opened = await openBrowser(); });
after(() => opened.close());

/** Where the focus is, and whether it can be seen there. @param {Page} page */
const focused = (page) => page.evaluate(() => {
  const element = document.activeElement, style = element && getComputedStyle(element);
  if (!element || !style || element === document.body) return { region: '', name: '', shape: null, seen: false, covered: false };
  const ring = element.querySelector('.ring, .halo, .machine:not(.copy)'), drawing = ring && getComputedStyle(ring);
  const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  const { left, top, width, height } = element.getBoundingClientRect();
  // A point of it that is on the screen; of a drawing, the shape's own.
  const above = element.closest('svg.diagram') ? element : document.elementFromPoint(left + Math.min(width / 2, 40), top + height / 2);
  return {
    region: element.closest('#topbar,#rail,#form,#bar,#stage,#panel,dialog')?.id ?? element.id, name: element.getAttribute('aria-label') ?? element.textContent?.trim().slice(0, 60) ?? '', shape: element.getAttribute('data-shape'),
    seen: outlined || (drawing !== null && drawing.stroke !== 'none' && drawing.stroke !== 'rgba(0, 0, 0, 0)' && parseFloat(drawing.strokeWidth) >= 2),
    covered: !(above && (element.contains(above) || above.contains(element) || above.closest('label')?.contains(element))),
  };
});

/** Every stop of the Tab key from the page's top. @param {Page} page */
async function walk(page) {
  await page.evaluate(() => { /** @type {HTMLElement | null} */ (document.activeElement)?.blur(); });
  const stops = [];
  for (let i = 0; i < 200; i++) {
    await page.keyboard.press('Tab');
    const stop = await focused(page);
    if (stop.region === '' || (stops.length && stop.region === 'skip')) return stops;
    stops.push(stop);
  }
  throw new Error('the Tab key does not come to an end');
}

/** @param {{ region: string }[]} stops */
const regions = (stops) => stops.map(({ region }) => region).filter((one, i, all) => one !== all[i - 1]);
const unseen = (/** @type {Awaited<ReturnType<typeof focused>>[]} */ stops) => stops.filter(({ seen, covered }) => !seen || covered).map(({ region, name, seen }) => `${region}: ${name} ${seen ? 'is covered' : 'has no ring'}`);

for (const [width, height, order] of /** @type {[number, number, string[]][]} */ ([
  [1440, 900, ['skip', 'topbar', 'rail', 'form', 'bar', 'stage', 'panel']], [1024, 768, ['skip', 'topbar', 'rail', 'bar', 'stage', 'panel']], [390, 844, ['skip', 'topbar', 'rail', 'bar', 'stage', 'panel']],
])) for (const forced of /** @type {const} */ (['none', 'active']))
  test(`Tab goes from top to bottom at ${width}, sees every stop and is nowhere trapped${forced === 'active' ? ', in forced colours' : ''}`, async () => {
    const { context, page, complaints } = await openPage(opened, { viewport: { width, height }, forcedColors: forced, early: false });
    const stops = await walk(page);
    assert.deepEqual(regions(stops), order);
    const listed = await page.locator('html[data-listed=yes]').count() > 0;
    assert.equal(stops.filter(({ region }) => region === 'stage').length === 1, !listed, 'the figure is one stop; the list has one for each line');
    assert.deepEqual(unseen(stops), []);
    // The same with something selected, where the sheet covers half of a phone.
    await page.locator(listed ? '#stage [data-connection]' : '#stage [tabindex="0"]').first().focus();
    await page.keyboard.press('Enter');
    await page.waitForSelector('html[data-selected=yes]');
    assert.deepEqual(unseen(await walk(page)), []);
    if (listed) return context.close();
    // And every shape of the figure.
    await page.locator('#stage [tabindex="0"]').focus();
    /** @type {Awaited<ReturnType<typeof focused>>[]} */
    const shapes = [];
    for (let i = 0; i < 60; i++) {
      await page.keyboard.press('ArrowRight');
      const stop = await focused(page);
      if (shapes.some(({ shape }) => shape === stop.shape)) break;
      shapes.push(stop);
    }
    assert.ok(shapes.length > 20, String(shapes.length));
    assert.deepEqual(shapes.filter(({ seen }) => !seen).map(({ name }) => name), []);
    assert.deepEqual(complaints, []);
    await context.close();
  });

test('the skip link leads to the figure', async () => {
  const { context, page } = await openPage(opened, { locale: 'ja-JP' });
  await page.keyboard.press('Tab');
  assert.equal((await focused(page)).name, '図へ移動');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  assert.equal((await focused(page)).region, 'stage');
  await context.close();
});

test('the arrow keys walk the connections in the order of the list, and then the components', async () => {
  const { context, page } = await openPage(opened);
  const listed = await page.locator('#panel [data-connection]').evaluateAll((all) => all.map((one) => one.getAttribute('data-connection')));
  assert.equal(listed.length, 32);
  await page.locator('#stage [tabindex="0"]').focus();
  const arrows = await page.locator('.stage .arrow[role=button]').count(), heard = [];
  for (let i = 0; i < arrows; i++) {
    heard.push((await focused(page)).name);
    await page.keyboard.press('Enter');
    await page.waitForSelector('html[data-selected=yes]');
    await page.keyboard.press('Escape');
    await page.waitForSelector('html[data-selected=no]');
    await page.keyboard.press('ArrowDown');
  }
  assert.match(heard[0], /^2 connections from kubectl to kube-apiserver at 192\.168\.5\.30:6443, presenting admin\.crt, planned$/);
  assert.ok(heard.includes('On master-1, kube-scheduler calls kube-apiserver at 127.0.0.1:6443, presents kube-scheduler.crt, planned'), heard.join('\n'));
  // The first connection of each, by its place in the list.
  const places = heard.map((name) => {
    const [, callers, listener] = /(?:from |^(?:On \S+, )?)(\S+(?:, \S+)?)(?: on \S+)? (?:to|calls) (\S+)/.exec(name) ?? ['', '', ''];
    return Math.min(...callers.split(', ').map((caller) => listed.findIndex((id) => id?.replace(/@[^/]*/g, '') === `${caller}/${listener}`)));
  });
  assert.ok(places.every((place) => place >= 0), `${places} ${heard.join('\n')}`);
  assert.deepEqual(places, [...places].sort((a, b) => a - b));
  assert.match((await focused(page)).name, /^etcd .*calls etcd; called by kube-apiserver/);
  await context.close();
});

test('what is opened is read from its heading; closing leads back to where one was', async () => {
  const { context, page } = await openPage(opened);
  await page.locator('#stage [tabindex="0"]').focus();
  await page.keyboard.press('ArrowRight');
  const { shape } = await focused(page);
  for (const key of ['Enter', ' ']) for (const way of ['Escape', 'the cross']) {
    await page.keyboard.press(key);
    await page.waitForSelector('html[data-selected=yes]');
    await drawn(page);
    assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'H2');
    assert.equal((await focused(page)).region, 'panel');
    if (way === 'Escape') await page.keyboard.press('Escape');
    else { await page.keyboard.press('Shift+Tab'); assert.equal((await focused(page)).name, 'Close'); await page.keyboard.press('Enter'); }
    await page.waitForSelector('html[data-selected=no]');
    await drawn(page);
    assert.equal((await focused(page)).shape, shape, `${key}, ${way}`);
  }
  // From a line of the list, through another panel, and back.
  const summary = page.locator('#panel details.connections > summary').first();
  await summary.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  const line = await page.evaluate(() => document.activeElement?.getAttribute('data-connection'));
  assert.match(line ?? '', /^kubectl\//);
  await page.keyboard.press('Enter');
  await page.waitForSelector('html[data-selected=yes]');
  await page.locator('#panel .tag').first().focus();
  await page.keyboard.press('Enter');
  await page.waitForSelector('#panel .fields');
  await drawn(page);
  assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'H2');
  await page.keyboard.press('Escape');
  await page.waitForSelector('html[data-selected=no]');
  await drawn(page);
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('data-connection')), line);
  // From the form.
  await page.locator('.sanbox').focus();
  await page.keyboard.press('Enter');
  await page.waitForSelector('html[data-selected=yes]');
  await drawn(page);
  await page.keyboard.press('Escape');
  await page.waitForSelector('html[data-selected=no]');
  await drawn(page);
  assert.equal(await page.evaluate(() => document.activeElement?.className), 'sanbox');
  await context.close();
});

test('who points keeps the focus where it is', async () => {
  const { context, page } = await openPage(opened);
  await page.locator('.stage .chip[data-shape="plate-api-0"]').click();
  await page.waitForSelector('html[data-selected=yes]');
  await drawn(page);
  assert.notEqual(await page.evaluate(() => document.activeElement?.tagName), 'H2');
  await context.close();
});

test('the button that takes another’s place takes its focus', async () => {
  const { context, page } = await openPage(opened, { early: false });
  await page.selectOption('[data-field=keyAlgorithm]', 'rsa-4096');
  await page.locator('.buttons .primary').focus();
  await page.keyboard.press('Enter');
  await reached(page, 'generating');
  await drawn(page);
  assert.equal((await focused(page)).name, 'Stop');
  await page.keyboard.press('Enter');
  await page.locator('.stopped').waitFor();
  await drawn(page);
  assert.equal((await focused(page)).name, 'Generate 10 keys');
  await page.evaluate(() => { const select = /** @type {HTMLSelectElement} */ (document.querySelector('[data-field=keyAlgorithm]')); select.value = 'ecdsa-p256'; select.dispatchEvent(new Event('change')); });
  await page.keyboard.press('Enter');
  await reached(page, 'issued');
  await drawn(page);
  assert.match((await focused(page)).name, /^Download bundle/);
  await page.locator('.lessons').waitFor();
  // A lesson is read from its heading; mending it leaves the focus in the panel.
  await page.locator('.lessons button').nth(2).focus();
  await page.keyboard.press('Enter');
  await page.locator('.lesson').waitFor();
  await drawn(page);
  assert.equal((await focused(page)).name, 'Expired');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.locator('.lesson').waitFor({ state: 'detached' });
  await drawn(page);
  assert.equal((await focused(page)).region, 'panel');
  await context.close();
});

test('a row that is deleted and a step that cannot be undone further leave the focus near', async () => {
  const { context, page } = await openPage(opened);
  await page.getByRole('button', { name: 'Remove worker-2' }).focus();
  await page.keyboard.press('Enter');
  await page.locator('[data-field="nodes[4].name"]').waitFor({ state: 'detached' });
  await drawn(page);
  assert.equal((await focused(page)).region, 'form');
  await page.getByRole('button', { name: 'Undo' }).focus();
  await page.keyboard.press('Enter');
  await page.locator('[data-field="nodes[4].name"]').waitFor();
  await drawn(page);
  assert.equal((await focused(page)).name, 'Redo');
  await context.close();
});

test('a dialog holds the focus and gives it back', async () => {
  const { context, page } = await openPage(opened);
  const opener = page.getByRole('button', { name: 'Add many nodes' });
  for (const way of ['Escape', 'Cancel', 'Take these nodes']) {
    await opener.focus();
    await page.keyboard.press('Enter');
    await page.locator('dialog[open]').waitFor();
    for (let i = 0; i < 12; i++) {
      await page.keyboard.press('Tab');
      assert.ok(['dialog', ''].includes((await focused(page)).region));
    }
    if (way === 'Escape') await page.keyboard.press('Escape');
    else {
      await page.fill('[data-field="many.address"]', '10.0.1.1');
      await page.getByRole('button', { name: way }).focus();
      await page.keyboard.press('Enter');
    }
    await page.waitForFunction(() => !document.querySelector('dialog')?.open);
    await drawn(page);
    assert.equal((await focused(page)).name, 'Add many nodes', way);
  }
  await context.close();
});

test('the drawer takes the focus, and closes when it is left', async () => {
  const { context, page } = await openPage(opened, { viewport: { width: 390, height: 844 } });
  await page.locator('.drawerbutton').focus();
  await page.keyboard.press('Enter');
  await page.waitForSelector('html[data-drawer=open]');
  await page.waitForFunction(() => document.activeElement?.closest('#form'));
  await page.keyboard.press('Escape');
  await page.waitForSelector('html[data-drawer=closed]');
  assert.match(await page.evaluate(() => document.activeElement?.className ?? ''), /drawerbutton/);
  await page.keyboard.press('Enter');
  await page.waitForSelector('html[data-drawer=open]');
  await page.locator('.sanbox').focus();
  await page.keyboard.press('Tab');
  await page.waitForSelector('html[data-drawer=closed]');
  await context.close();
});
