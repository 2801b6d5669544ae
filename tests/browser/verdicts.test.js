// Every connection is tried when the set is issued; each lesson breaks one thing, says what falls, and leaves the bundle alone.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { openBrowser, openPage } from './open-page.js';

/** @type {import('./open-page.js').Opened} */
let opened;
before(async () => { opened = await openBrowser(); });
after(() => opened.close());

/** @param {Parameters<typeof openPage>[1]} [options] */
async function issued(options) {
  const all = await openPage(opened, options);
  await all.page.locator('.buttons .primary').click();
  await all.page.locator('.lessons').waitFor({ timeout: 120_000 });
  return all;
}

/** A lesson, what the summary says then, who falls first, and what is printed there. @type {[string, RegExp, string, RegExp][]} */
const LESSONS = [
  ['A name is missing (SAN)', /22 of 32 connections verified, 10 refused/, 'kubectl', /Unable to connect to the server: tls: failed to verify certificate: x509: certificate is valid for .*, not 192\.168\.5\.30/],
  ['Another address is dialled', /31 of 32 connections verified, 1 refused/, 'kubectl', /x509: certificate is valid for .*, not 203\.0\.113\.10/],
  ['Expired', /10 of 32 connections verified, 22 refused/, 'kubectl', /certificate has expired or is not yet valid: current time .* is after /],
  ['Not yet valid: a clock is slow', /0 of 32 connections verified, 32 refused/, 'kubectl', /current time .* is before /],
  ['Signed by another authority', /30 of 32 connections verified, 2 refused/, 'kubectl', /"Unable to authenticate the request" err="verifying certificate SN=\d+, SKID=.* failed: x509: certificate signed by unknown authority"/],
  ['The CA was made anew', /0 of 32 connections verified, 32 refused/, 'kubectl', /\(possibly because of .*verification (error|failure).* candidate authority certificate .*KUBERNETES-CA/],
  ['Server certificate without serverAuth', /14 of 32 connections verified, 18 refused/, 'kubectl', /certificate specifies an incompatible key usage/],
  ['etcd’s certificate without clientAuth', /22 of 32 connections verified, 10 refused/, 'kube-apiserver', /"msg":"rejected connection".*"error":"tls: failed to verify certificate: x509: certificate specifies an incompatible key usage"/],
  ['A typo in the CN', /30 of 32 connections verified, 2 without rights/, 'kube-scheduler', /system:kube-schedular/],
  ['O=system:nodes is missing', /30 of 32 connections verified, 2 without rights/, 'kubelet', /system:node:worker-1/],
  ['The key of another certificate', /10 of 32 connections verified, 22 refused/, 'kubectl', /tls: private key does not match public key/],
  ['The service-account key differs', /28 of 32 connections verified, 4 refused/, 'pod', /invalid bearer token/],
  ['The guide’s own CA under OpenSSL 3.2', /0 of 32 connections verified, 32 refused/, 'kubectl', /parent certificate cannot sign this kind of certificate/],
  ['No SAN, only a CN', /10 of 32 connections verified, 18 refused, 4 without rights/, 'kubectl', /certificate relies on legacy Common Name field, use SANs instead/],
];

test('every connection is verified, and each lesson fells what it should and is mended', async (t) => {
  const { context, page, complaints } = await issued();
  const sum = page.locator('.sum'), panel = page.locator('#panel');
  assert.match(await sum.innerText(), /^32 of 32 connections verified$/);
  assert.equal(await page.locator('.arrow.refused').count(), 0);
  assert.match(await page.locator('#live').innerText(), /32 of 32 connections verified/);
  for (const [lesson, fallen, caller, text] of LESSONS) await t.test(lesson, async () => {
    await page.locator('.lessons').getByRole('button', { name: lesson }).click();
    await page.locator('.lesson h2', { hasText: lesson }).waitFor();
    assert.match((await sum.innerText()).trim(), fallen);
    assert.ok(await page.locator('.arrow:is(.refused,.nobody)').count() > 0);
    // Three sentences for a newcomer: what, where to look, how to mend.
    assert.equal(await page.locator('.lesson dt').count(), 2);
    await page.getByRole('button', { name: /^Show the first of/ }).click();
    await page.locator('.tried').first().waitFor();
    assert.match(await page.locator('#panel header h2').first().innerText(), new RegExp(`^${caller}`));
    assert.match(await panel.innerText(), text);
    assert.equal(await page.locator('.tried .failed').count(), /without rights$/.test(fallen.source) && !/refused/.test(fallen.source) ? 0 : 1);
    await page.locator('#panel .close').click();
  });
  await page.getByRole('button', { name: 'Mend it all' }).click();
  await page.locator('.lesson').waitFor({ state: 'detached' });
  assert.match(await sum.innerText(), /^32 of 32 connections verified$/);
  assert.deepEqual(complaints, []);
  await context.close();
});

test('while something is broken the button says so, and what it saves is the whole set', async () => {
  const { context, page } = await issued();
  /** @param {string} name */
  const saved = async (name) => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator('.buttons').getByRole('button', { name }).click()]);
    return readFile(await download.path());
  };
  const whole = await saved('Download bundle');
  assert.equal(await page.locator('.guard').count(), 0);
  await page.locator('.lessons').getByRole('button', { name: 'Expired' }).click();
  await page.locator('.guard').waitFor();
  assert.match(await page.locator('.guard').innerText(), /kube-apiserver is broken on purpose\. The bundle is whole\./);
  assert.equal(await page.getByRole('button', { name: 'Download bundle' }).count(), 0);
  assert.deepEqual(await saved('Download the whole set'), whole);
  await context.close();
});

test('the selected arrow tells what was expected and found, and as whom the caller is seen', async () => {
  const { context, page } = await issued();
  await page.locator('.arrow[aria-label*="On master-1, kube-scheduler calls"]').first().click({ force: true });
  await page.locator('.tried').first().waitFor();
  const text = await page.locator('#panel').innerText();
  for (const part of ['Verified at both ends', 'kube-scheduler checked:', 'kube-apiserver checked:', 'The private key belongs to it', 'expected', '127.0.0.1', 'serverAuth', 'clientAuth', 'system:kube-scheduler', 'system:authenticated', 'may read pods and nodes, and bind pods to nodes'])
    assert.ok(text.includes(part), `${part}: ${text}`);
  assert.equal(await page.locator('.tried .failed, .tried .unreached').count(), 0);
  assert.ok(text.indexOf('So kube-apiserver sees') < text.indexOf('kube-scheduler checked:'), 'as whom it is seen comes first');
  // Keys and their identifiers are there for who asks.
  assert.doesNotMatch(text, /RSA 2048 [0-9A-F]{2}:/);
  await page.locator('.values summary').first().click();
  assert.match(await page.locator('#panel').innerText(), /RSA 2048 [0-9A-F]{2}:/);
  await context.close();
});

test('what passes through the load balancer has a colour too: green, red when all of it is refused, and green when only one is', async () => {
  const { context, page } = await issued();
  const trunk = (/** @type {string} */ state) => page.locator(`.pipe.${state}`).count();
  assert.equal(await page.locator('.pipe').count(), 3);
  assert.equal(await trunk('verified'), 3);
  await page.locator('.lessons').getByRole('button', { name: 'A name is missing' }).click();
  await page.locator('.lesson').waitFor();
  assert.deepEqual([await trunk('verified'), await trunk('refused')], [0, 3]);
  await page.locator('.lessons').getByRole('button', { name: 'Another address is dialled' }).click();
  await page.locator('.lesson h2', { hasText: 'Another address' }).waitFor();
  assert.deepEqual([await trunk('verified'), await trunk('refused')], [3, 0]);
  await context.close();
});

test('the broken copy is what is drawn and told: eight names and the one that is gone; mended, nine and none', async () => {
  const { context, page, complaints } = await issued();
  const plate = page.locator('.chip[data-shape=plate-api-0]'), click = (/** @type {string} */ name) => page.getByRole('button', { name }).first().click();
  assert.match(await plate.locator('text').allTextContents().then((all) => all.join(' ')), /9 names/);
  await click('A name is missing (SAN)');
  await page.locator('.lesson').waitFor();
  assert.match(await plate.locator('text').allTextContents().then((all) => all.join(' ')), /8 names/);
  assert.match(await plate.getAttribute('aria-label') ?? '', /8 names.*broken by the lesson/);
  assert.match(await page.locator('.lesson').innerText(), /without 192\.168\.5\.30[^]*valid for …, not 192\.168\.5\.30/);
  await plate.dispatchEvent('click');
  await page.locator('.sans del').waitFor();
  assert.deepEqual(await page.locator('.sans del').allTextContents(), ['192.168.5.30']);
  assert.match(await page.locator('#panel').innerText(), /8 names \(SAN\)/);
  await page.locator('#panel .close').click();
  await click('Show the first of 10');
  await page.locator('.tag.plate.broken').waitFor();
  assert.equal(await page.locator('.tag.badge.broken').count(), 0, 'admin.crt is whole');
  await click('Mend it all');
  await page.locator('.lesson').waitFor({ state: 'detached' });
  assert.match(await plate.locator('text').allTextContents().then((all) => all.join(' ')), /9 names/);
  await page.locator('.arrow[role=button][data-shape=kubectl]').dispatchEvent('click');
  await page.locator('.tried').first().waitFor();
  assert.equal(await page.locator('.tag.broken').count(), 0);
  await plate.dispatchEvent('click');
  await page.locator('.sans').waitFor();
  assert.equal(await page.locator('.sans del').count(), 0);
  assert.deepEqual(complaints, []);
  await context.close();
});

test('the table sorts, filters, and opens a connection', async () => {
  const { context, page, complaints } = await issued();
  await page.getByRole('button', { name: 'Table' }).click();
  const rows = page.locator('.tableview tbody tr');
  await rows.first().waitFor();
  assert.equal(await rows.count(), 32);
  const first = () => rows.first().innerText();
  assert.match(await page.locator('.tableview tr', { has: page.locator('[data-connection^="kube-scheduler"]') }).first().innerText(), /kube-scheduler\.crt[^]*kube-apiserver\.crt/);
  const before = await first();
  await page.locator('.tableview th').getByRole('button', { name: 'Caller' }).click();
  await page.locator('th[aria-sort=descending]').waitFor();
  assert.notEqual(await first(), before);
  assert.equal(await page.locator('th[aria-sort=descending]').count(), 1);
  await page.locator('[data-field="table.filter"]').fill('kubelet@worker-1');
  await page.waitForFunction(() => document.querySelectorAll('.tableview tbody tr').length < 32);
  assert.ok(await rows.count() > 0 && await rows.count() < 32);
  await page.locator('[data-field="table.filter"]').fill('');
  await page.locator('[data-field="table.fallen"]').check();
  await page.waitForFunction(() => document.querySelectorAll('.tableview tbody tr').length === 0);
  assert.equal(await rows.count(), 0);
  await page.locator('.lessons').getByRole('button', { name: 'Another address is dialled' }).click();
  await page.waitForFunction(() => document.querySelectorAll('.tableview tbody tr').length === 1);
  await rows.first().getByRole('button').click();
  await page.locator('.tried .failed').waitFor();
  assert.deepEqual(complaints, []);
  await context.close();
});

test('an edit ends the lesson and the verdicts with the set they are about', async () => {
  const { context, page } = await issued();
  await page.locator('.lessons').getByRole('button', { name: 'Expired' }).click();
  await page.locator('.lesson').waitFor();
  await page.locator('[data-field="name"]').fill('another');
  await page.locator('.lesson').waitFor({ state: 'detached' });
  assert.equal(await page.locator('.lessons').count(), 0);
  assert.doesNotMatch(await page.locator('.sum').innerText(), /verified/);
  assert.equal(await page.locator('.arrow:is(.verified,.refused)').count(), 0);
  await context.close();
});

test('in Japanese the verdicts and the lessons are Japanese', async () => {
  const { context, page } = await issued({ locale: 'ja-JP' });
  assert.match(await page.locator('.sum').innerText(), /32\s本中 32\s本の接続を検証済み/);
  await page.locator('.lessons').getByRole('button', { name: 'CN の書き間違い' }).click();
  await page.locator('.lesson').waitFor();
  await page.getByRole('button', { name: /本の最初の矢印を見る/ }).click();
  await page.locator('.identity.nobody').waitFor();
  assert.match(await page.locator('.identity').innerText(), /権限がありません/);
  await context.close();
});
