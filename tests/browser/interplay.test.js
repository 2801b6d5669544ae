// The figure answers: what is looked at lights and the rest is dim, components tell of themselves, zoom where it is needed, and a list where there is no room.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { drawn, generate, openBrowser, openPage } from './open-page.js';

/** @type {import('./open-page.js').Opened} */
let opened;
before(async () => { opened = await openBrowser(); });
after(() => opened.close());

/** @typedef {import('playwright-core').Page} Page */
/** @param {Page} page @param {string} shape */
const shape = (page, shape) => page.locator(`[role=button][data-shape="${shape}"]`).first();
/** The keys with a light; a label's several are left out. @param {Page} page @param {string} light @param {string} kind */
const lit = (page, light, kind) => page.evaluate(([light, kind]) => [...new Set([...document.querySelectorAll(`[data-light=${light}][data-key^="${kind}/"]`)].map((one) => one.getAttribute('data-key')?.slice(kind.length + 1) ?? ''))].filter((key) => !key.includes(' ')).sort(), [light, kind]);
/** @param {Page} page */
const dim = (page) => page.locator('[data-light=dim]').count();

test('hovering a component lights its arrow and the far end; leaving it lights all again', async () => {
  const { context, page, complaints } = await openPage(opened, { early: false });
  assert.equal(await page.locator('[data-light]').count(), 0, 'at rest nothing is dim');
  await shape(page, 'box-scheduler-0').hover();
  assert.deepEqual(await lit(page, 'lit', 'arrow'), ['scheduler-0']);
  assert.deepEqual(await lit(page, 'lit', 'box'), ['kube-apiserver-0', 'scheduler-0']);
  assert.deepEqual(await lit(page, 'lit', 'chip'), ['badge-scheduler-0', 'plate-api-0']);
  assert.ok(await dim(page) > 50);
  const text = await page.evaluate(() => getComputedStyle(/** @type {Element} */ (document.querySelector('.chip[data-light=dim] .file'))).fill);
  assert.equal(text, 'rgb(98, 106, 116)', 'recoloured to ink3, not made transparent');
  await page.mouse.move(5, 5);
  assert.equal(await page.locator('[data-light]').count(), 0);
  assert.deepEqual(complaints, []);
  await context.close();
});

test('by keyboard: a component is reached by the arrow keys, says a sentence, lights, and opens its panel', async () => {
  const { context, page, complaints } = await openPage(opened, { early: false });
  await page.locator('.diagram [tabindex="0"]').focus();
  const label = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
  let said = '';
  for (let i = 0; i < 60 && !said.startsWith('kube-scheduler on master-1:'); i++) { await page.keyboard.press('ArrowRight'); said = await label(); }
  assert.equal(said, 'kube-scheduler on master-1: calls kube-apiserver; nobody calls it');
  assert.deepEqual(await lit(page, 'lit', 'arrow'), ['scheduler-0']);
  await page.keyboard.press('Enter');
  await page.waitForSelector('html[data-selected=yes]');
  const panel = await page.locator('#panel').innerText();
  for (const part of ['kube-scheduler', 'on master-1, 192.168.5.11', 'Watches for pods without a node', 'Calls 1 listener', '127.0.0.1:6443', 'Nobody calls it', '--kubeconfig', '/var/lib/kubernetes/kube-scheduler.kubeconfig', '0600']) assert.ok(panel.includes(part), part);
  await page.keyboard.press('Escape');
  await page.waitForSelector('html[data-selected=no]');
  assert.deepEqual(complaints, []);
  await context.close();
});

test('a certificate lights where it is used and says on which nodes and for which arrows; it stays lit when all is drawn anew', async () => {
  const { context, page, complaints } = await openPage(opened, { early: false });
  await shape(page, 'plate-etcd-0').dispatchEvent('click');
  await page.waitForSelector('.reach');
  await page.mouse.move(5, 5);
  assert.match(await page.locator('.reach').innerText(), /etcd-server\.crt goes to master-1, master-2, for these arrows:[^]*kube-apiserver → etcd[^]*×4/);
  assert.deepEqual(await lit(page, 'lit', 'chip'), ['badge-etcd-0', 'badge-etcd-1', 'plate-etcd-0', 'plate-etcd-1']);
  assert.deepEqual(await lit(page, 'lit', 'host'), ['master-0', 'master-1']);
  await page.getByRole('button', { name: '日本語' }).click();
  await page.waitForSelector('html[lang=ja]');
  await page.getByRole('button', { name: '構成だけ' }).click();
  await page.waitForSelector('.door');
  await drawn(page);
  assert.deepEqual(await lit(page, 'lit', 'host'), ['master-0', 'master-1']);
  assert.equal(await page.locator('[data-key="box/kube-apiserver-0"][data-light=lit]').count() > 0, true);
  assert.deepEqual(complaints, []);
  await context.close();
});

test('an authority shows what it signed and, differently, which ends check with it', async () => {
  const { context, page, complaints } = await openPage(opened, { early: false });
  await page.selectOption('[data-field=preset]', 'kubeadm');
  await page.getByText('20 to sign').waitFor();
  await shape(page, 'stamp-etcd/ca').dispatchEvent('click');
  await page.waitForSelector('.reach');
  assert.match(await page.locator('.reach').innerText(), /etcd\/ca\.crt will sign 4 certificates: ringed[^]*goes to control-plane-1\.[^]*6 ends of arrows check with it$/);
  assert.deepEqual(await lit(page, 'trust', 'tail'), [], 'who checks is not asked yet');
  await page.locator('.reach summary').click();
  await page.waitForSelector('.end[data-light=trust]');
  assert.match(await page.locator('.reach').innerText(), /They belong to kube-apiserver, etcd, etcdctl\./);
  assert.deepEqual(await lit(page, 'signed', 'chip'), ['badge-etcd-0', 'plate-etcd-0']);
  assert.deepEqual(await lit(page, 'trust', 'tail'), ['api-etcd-00', 'etcd-loop-0']);
  assert.equal(await page.locator('.end').evaluateAll((all) => all.filter((one) => getComputedStyle(one).visibility === 'visible').length), 4);
  // With the keyboard the focus goes back to the stamp, and lights it.
  await page.getByRole('button', { name: 'Close' }).click();
  await page.waitForSelector('html[data-selected=no]');
  assert.equal(await page.locator('.end').evaluateAll((all) => all.filter((one) => getComputedStyle(one).visibility === 'visible').length), 0);
  assert.deepEqual(complaints, []);
  await context.close();
});

test('a chosen arrow stays lit while the pointer is in the panel, and only its own ends are ringed; when it is closed all is lit again', async () => {
  const { context, page, complaints } = await openPage(opened, { early: false });
  const ringed = () => page.locator('.component.selected').evaluateAll((all) => all.map((one) => one.getAttribute('data-shape')).sort());
  await shape(page, 'kubectl').dispatchEvent('click');
  await page.waitForSelector('html[data-selected=yes]');
  await page.locator('#panel h2').hover();
  const dimmed = await dim(page);
  assert.ok(dimmed > 50);
  assert.deepEqual(await lit(page, 'lit', 'arrow'), ['kubectl', 'trunk', 'trunk-0']);
  assert.deepEqual(await ringed(), ['box-entrance', 'box-kube-apiserver-0', 'box-kubectl']);
  await page.locator('#panel .chooser select').selectOption({ label: 'kubectl → kube-apiserver master-2' });
  await page.waitForSelector('[data-key="box/kube-apiserver-1"].selected');
  assert.deepEqual(await ringed(), ['box-entrance', 'box-kube-apiserver-1', 'box-kubectl']);
  assert.deepEqual(await lit(page, 'lit', 'arrow'), ['kubectl', 'trunk', 'trunk-1']);
  // Another shape may be looked at meanwhile; leaving it leads back.
  await shape(page, 'box-scheduler-0').hover();
  assert.deepEqual(await lit(page, 'lit', 'arrow'), ['scheduler-0']);
  await page.locator('#panel h2').hover();
  assert.deepEqual(await lit(page, 'lit', 'arrow'), ['kubectl', 'trunk', 'trunk-1']);
  await page.keyboard.press('Escape');
  await page.waitForSelector('html[data-selected=no]');
  await page.evaluate(() => /** @type {HTMLElement} */ (document.activeElement)?.blur());
  await drawn(page);
  assert.equal(await dim(page), 0);
  assert.deepEqual(await ringed(), []);
  assert.deepEqual(complaints, []);
  await context.close();
});

test('the pods of a worker open the connection that is drawn; a token that fails is told of as a token, a certificate as a certificate', async () => {
  const { context, page, complaints } = await openPage(opened, { early: false });
  await shape(page, 'pods-1').dispatchEvent('click');
  await page.waitForSelector('html[data-selected=yes]');
  const text = () => page.locator('#panel').innerText();
  assert.match(await text(), /worker-2 → master-2[^]*A pod calls kube-apiserver\.[^]*It sends a token to be known as its service account\.[^]*A token that fails is no identity: kube-apiserver answers HTTP 401\./);
  assert.doesNotMatch(await text(), /A certificate that fails/);
  await shape(page, 'scheduler-0').dispatchEvent('click');
  await page.waitForFunction(() => document.querySelector('#panel h2')?.textContent?.includes('kube-scheduler'));
  assert.match(await text(), /kube-scheduler calls kube-apiserver\. kube-apiserver shows kube-apiserver\.crt to prove that it really is 127\.0\.0\.1:6443\. kube-scheduler shows kube-scheduler\.crt to be known as system:kube-scheduler\. Both will be signed with the key of ca\.crt\./);
  assert.match(await text(), /A certificate that fails is no identity: kube-apiserver answers HTTP 401\./);
  assert.match(await text(), /holds kube-scheduler\.crt, its key and ca\.crt/);
  assert.doesNotMatch(await text(), /A token that fails/);
  assert.deepEqual(complaints, []);
  await context.close();
});

test('a click after a key leaves no frame around the figure; the skip link does', async () => {
  const { context, page } = await openPage(opened, { early: false });
  const framed = () => page.evaluate(() => getComputedStyle(/** @type {Element} */ (document.getElementById('stage'))).outlineStyle !== 'none');
  await page.keyboard.press('Escape');
  const pill = /** @type {{ x: number, y: number, width: number, height: number }} */ (await page.locator('.pill[data-shape=kubectl]').boundingBox());
  await page.mouse.click(pill.x + pill.width / 2, pill.y + pill.height / 2);
  await page.waitForSelector('html[data-selected=yes]');
  assert.equal(await framed(), false);
  await page.keyboard.press('Escape');
  await page.waitForSelector('html[data-selected=no]');
  await page.evaluate(() => /** @type {HTMLElement} */ (document.getElementById('skip')).focus());
  await page.keyboard.press('Enter');
  assert.equal(await framed(), true);
  await context.close();
});

test('zoom is offered only where the figure is too small to read; a drag moves it and chooses nothing', async () => {
  const { context, page, complaints } = await openPage(opened, { early: false });
  await drawn(page);
  assert.equal(await page.locator('.zoom').count(), 0, 'at 1440 × 900 it can be read');
  await page.setViewportSize({ width: 1024, height: 600 });
  await page.waitForSelector('.zoom');
  const seen = () => page.locator('svg.diagram').getAttribute('viewBox').then((text) => (text ?? '').split(' ').map(Number));
  const whole = await seen();
  await page.getByRole('button', { name: 'Larger' }).click();
  assert.ok((await seen())[2] < whole[2] * 0.75);
  const before = await seen(), stage = /** @type {{ x: number, y: number, width: number, height: number }} */ (await page.locator('#stage').boundingBox());
  const [x, y] = [stage.x + stage.width / 2, stage.y + stage.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 60, y + 40, { steps: 4 });
  await page.mouse.up();
  const moved = await seen();
  assert.ok(moved[0] < before[0] && moved[1] < before[1], `${before} to ${moved}`);
  assert.equal(await page.locator('html').getAttribute('data-selected'), 'no');
  await page.mouse.wheel(0, 50);
  await page.waitForFunction((y) => Number(document.querySelector('svg.diagram')?.getAttribute('viewBox')?.split(' ')[1]) > y, moved[1]);
  await shape(page, 'badge-admin').focus();
  await page.keyboard.press('+');
  assert.ok((await seen())[2] < moved[2]);
  await page.keyboard.press('0');
  assert.deepEqual(await seen(), whole);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.waitForSelector('.zoom', { state: 'detached' });
  assert.deepEqual(complaints, []);
  await context.close();
});

test('two fingers zoom', async () => {
  const { context, page, complaints } = await openPage(opened, { early: false, viewport: { width: 320, height: 640 }, hasTouch: true });
  await page.getByRole('button', { name: 'With certificates' }).click();
  await page.waitForSelector('.zoom');
  await page.locator('svg.diagram').scrollIntoViewIfNeeded();
  const cdp = await context.newCDPSession(page), box = /** @type {{ x: number, y: number }} */ (await page.locator('svg.diagram').boundingBox()), before = await page.locator('svg.diagram').getAttribute('viewBox');
  const at = (/** @type {number} */ apart) => [{ x: box.x + 150 - apart, y: Math.max(box.y, 0) + 150, id: 0 }, { x: box.x + 150 + apart, y: Math.max(box.y, 0) + 150, id: 1 }];
  await cdp.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(20) });
  for (const apart of [30, 50, 70, 90]) await cdp.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at(apart) });
  await cdp.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  const after = await page.locator('svg.diagram').getAttribute('viewBox');
  assert.ok(Number(after?.split(' ')[2]) < Number(before?.split(' ')[2]) * 0.6, `${before} to ${after}`);
  assert.equal(await page.locator('html').getAttribute('data-selected'), 'no');
  assert.deepEqual(complaints, []);
  await context.close();
});

test('chosen by mouse and left by Escape, it is the shape that has the focus, and not the figure around it', async () => {
  const { context, page } = await openPage(opened, { early: false });
  await shape(page, 'badge-admin').click();
  await page.waitForSelector('html[data-selected=yes]');
  await page.keyboard.press('Escape');
  await page.waitForSelector('html[data-selected=no]');
  await drawn(page);
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('data-shape')), 'badge-admin');
  await context.close();
});

test('on a phone the figure is a list, by who listens; a line opens the same inspector as a sheet, and the figure is one switch away', async () => {
  const { context, page, complaints } = await openPage(opened, { early: false, viewport: { width: 390, height: 844 } });
  assert.deepEqual(await page.locator('.callers h2 > span').allInnerTexts(), ['kube-apiserver', 'etcd', 'kubelet']);
  assert.equal(await page.locator('.callers li').count(), 11);
  assert.match(await page.locator('.callers li').nth(2).innerText(), /^kube-scheduler ×2\s+calls kube-apiserver:\s+planned\s+, presents\s+kube-scheduler\.crt\s+at\s+127\.0\.0\.1:6443$/);
  await generate(page);
  await page.locator('.callers .standing.verified').first().waitFor();
  assert.equal(await page.locator('.callers .standing.verified').count(), 11);
  await page.locator('.callers li button').nth(2).click();
  await page.waitForSelector('html[data-selected=yes]');
  const sheet = /** @type {{ x: number, y: number, width: number, height: number }} */ (await page.locator('#panel').boundingBox());
  assert.ok(Math.abs(sheet.y + sheet.height - 844) < 2 && sheet.height <= 844 * 0.6 && sheet.width === 390, JSON.stringify(sheet));
  assert.match(await page.locator('#panel h2').innerText(), /kube-scheduler\s+kube-apiserver/);
  await page.getByRole('button', { name: 'Close' }).click();
  await page.waitForSelector('html[data-selected=no]');
  await page.locator('.callers li button').nth(2).press('Enter');
  await page.waitForSelector('html[data-selected=yes]');
  assert.match(await page.locator('#panel h2').innerText(), /kube-scheduler\s+kube-apiserver/, 'by keyboard as well, and not the first line');
  await page.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'With certificates' }).click();
  await page.waitForSelector('svg.diagram');
  assert.equal(await page.locator('.callers').count(), 0);
  await page.getByRole('button', { name: 'List', exact: true }).click();
  await page.waitForSelector('.callers');
  assert.deepEqual(complaints, []);
  await context.close();
});

test('a lesson shows in the list by shape and word, and its line opens what fell', async () => {
  const { context, page, complaints } = await openPage(opened, { early: false, viewport: { width: 390, height: 844 } });
  await generate(page);
  await page.locator('.callers .standing.verified').first().waitFor();
  await page.getByRole('button', { name: 'Signed by another authority' }).click();
  await page.locator('.callers .standing:not(.verified)').first().waitFor();
  await page.locator('.callers li button', { has: page.locator('.standing:not(.verified)') }).first().click();
  await page.waitForSelector('html[data-selected=yes]');
  await page.locator('#panel .state .standing:not(.verified)').waitFor();
  assert.deepEqual(complaints, []);
  await context.close();
});

for (const width of [390, 360]) for (const locale of ['en-US', 'ja-JP'])
  test(`the views have a row of their own at ${width} in ${locale}, no word of them is broken, and a list asks for a line and not for an arrow`, async () => {
    const { context, page } = await openPage(opened, { early: false, viewport: { width, height: 800 }, locale });
    const views = await page.locator('.bar .segments').evaluate((one) => ({ row: one.getBoundingClientRect(), lines: [...one.querySelectorAll('button')].map((button) => { const range = document.createRange(); range.selectNodeContents(button); return range.getClientRects().length; }), bar: document.getElementById('bar')?.clientWidth ?? 0 }));
    assert.ok(views.row.width >= views.bar - 20, JSON.stringify(views));
    assert.deepEqual(views.lines, [1, 1, 1]);
    assert.match(await page.locator('.sum').innerText(), locale === 'ja-JP' ? /行をタップ/ : /tap a line/);
    assert.match(await page.locator('.listhow').innerText(), locale === 'ja-JP' ? /サーバー証明書/ : /server certificate/);
    assert.equal(await page.locator('.tourbutton span').filter({ visible: true }).count(), 1);
    await page.locator('.bar .segments button').last().click();
    await page.waitForSelector('svg.diagram');
    assert.doesNotMatch(await page.locator('.sum').innerText(), /行をタップ|tap a line/);
    assert.equal(await page.locator('.listhow').count(), 0);
    await context.close();
  });

for (const width of [390, 320]) for (const locale of ['en-US', 'ja-JP'])
  test(`nothing scrolls sideways at ${width} in ${locale}: list, figures, sheets, issued, broken`, async () => {
    const { context, page } = await openPage(opened, { early: false, viewport: { width, height: 700 }, locale });
    const wide = () => page.evaluate(() => [...document.querySelectorAll('html,body,.top,.rail,.mid,.bar,.callers,.callers button,.panel,.left')].filter((one) => one.clientWidth > 0 && one.scrollWidth > Math.min(one.clientWidth, innerWidth) + 1).map((one) => one.className || one.nodeName));
    const check = async (/** @type {string} */ state) => { await drawn(page); assert.deepEqual(await wide(), [], state); };
    await check('the list, planned');
    await generate(page);
    await page.locator('.callers .standing.verified').first().waitFor();
    await check('the list, verified');
    for (const at of [0, 1, 5, 6, 10]) { await page.locator('.callers li button').nth(at).dispatchEvent('click'); await check(`line ${at}`); }
    await page.locator('.callers .tag').first().dispatchEvent('click');
    await check('a certificate');
    for (const view of [1, 2]) {
      await page.locator('.bar .segments button').nth(view).dispatchEvent('click');
      await page.waitForSelector('svg.diagram');
      await check(`view ${view}`);
      for (const one of ['box-kube-apiserver-0', 'box-kubelet-0', 'box-entrance', 'host-master-0']) { await shape(page, one).dispatchEvent('click'); await check(one); }
    }
    await shape(page, 'stamp-ca').dispatchEvent('click');
    await check('the authority');
    await page.keyboard.press('Escape');
    await page.locator('.bar .segments button').first().dispatchEvent('click');
    await page.locator('.lessons button').first().dispatchEvent('click');
    await page.locator('.callers .standing.refused').first().waitFor();
    await check('broken');
    await context.close();
  });

test('a choice and a look are answered within a frame at a hundred workers', async (t) => {
  const { context, page } = await openPage(opened, { early: false });
  await page.getByRole('button', { name: 'Add many nodes' }).first().click();
  await page.fill('[data-field="many.pattern"]', 'node-[1-98]');
  await page.fill('[data-field="many.address"]', '10.1.0.1');
  await page.locator('dialog .primary:not(.quiet)').click();
  await page.waitForSelector('dialog', { state: 'hidden' });
  await drawn(page);
  const times = await page.evaluate(async () => {
    const frame = () => new Promise((resolve) => { requestAnimationFrame(resolve); });
    /** @type {Record<string, number>} */
    const medians = {};
    const of = (/** @type {string} */ shape) => /** @type {Element} */ (document.querySelector(`[role=button][data-shape="${shape}"]`));
    const median = (/** @type {number[]} */ all) => all.sort((a, b) => a - b)[all.length >> 1];
    for (const shape of ['scheduler-0', 'plate-api-0', 'stamp-ca', 'box-kube-apiserver-0']) {
      /** @type {number[]} */
      const chosen = [], /** @type {number[]} */ looked = [];
      for (let i = 0; i < 15; i++) {
        await frame();
        // The frame that draws: from its first callback to its last, with the layout that follows.
        let start = 0;
        requestAnimationFrame(() => { start = performance.now(); });
        of(shape).dispatchEvent(new MouseEvent('click', { bubbles: true }));
        await new Promise((resolve) => { requestAnimationFrame(() => { void document.body.offsetHeight; chosen.push(performance.now() - start); resolve(undefined); }); });
        dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
        await frame();
        await frame();
        const over = performance.now();
        of(shape).dispatchEvent(new PointerEvent('pointerover', { bubbles: true }));
        void document.body.offsetHeight;
        looked.push(performance.now() - over);
        document.getElementById('stage')?.dispatchEvent(new PointerEvent('pointerleave'));
      }
      medians[`choose ${shape}`] = median(chosen);
      medians[`look at ${shape}`] = median(looked);
    }
    return medians;
  });
  t.diagnostic(`medians in ms: ${JSON.stringify(times, (_, value) => (typeof value === 'number' ? Math.round(value * 10) / 10 : value))}`);
  // A frame is 16.7 ms; a busy machine is given four.
  for (const [what, ms] of Object.entries(times)) assert.ok(ms < 67, `${what} took ${ms} ms`);
  await context.close();
});
