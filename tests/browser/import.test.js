// A cluster that exists is brought, judged, mended and taken along, as its administrator would do it. openssl judges what comes out.
import assert from 'node:assert/strict';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { folder, guide, guideUnderNewOpenssl, kubeadm, packed, run, sealed, unpacked } from './clusters.js';
import { allEnded, drawn, generate, openBrowser, openPage, reached } from './open-page.js';

/** @typedef {import('playwright-core').Page} Page */

/** @type {import('./open-page.js').Opened} */
let opened;
/** Folders. @type {{ broken: string, sound: string, kubeadm: string }} */
let made;
before(async () => {
  opened = await openBrowser();
  made = { broken: await guideUnderNewOpenssl(), sound: await guide(), kubeadm: await kubeadm() };
});
after(() => opened.close());

/** What a drop of files does; a folder comes by its picker. @param {Page} page @param {string[]} files paths */
async function drop(page, ...files) {
  const all = await Promise.all(files.map(async (file) => ({ name: file.split('/').at(-1) ?? '', base64: (await readFile(file)).toString('base64') })));
  const transfer = await page.evaluateHandle((given) => {
    const transfer = new DataTransfer();
    for (const { name, base64 } of given) transfer.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name));
    return transfer;
  }, all);
  await page.dispatchEvent('#stage', 'dragover', { dataTransfer: transfer });
  await page.dispatchEvent('#stage', 'drop', { dataTransfer: transfer });
}
/** @param {Page} page @param {string | string[]} what a folder, or files */
async function choose(page, what) {
  await page.click('.bringbutton');
  await page.setInputFiles(`[data-field="bring.${typeof what === 'string' ? 'folder' : 'files'}"]`, what);
}
/** Until the arrows have their verdicts. @param {Page} page */
async function judged(page, phase = 'imported') {
  await reached(page, phase);
  await page.waitForSelector('.diagram .pill:is(.verified,.refused,.not-given,.nobody)');
}
const sum = (/** @type {Page} */ page) => page.locator('.sum').innerText();
/** @param {Page} page @param {number} n */
const tab = (page, n) => page.locator('.bringtabs button').nth(n).click();
/** Once it is known what follows from the choice. @param {Page} page */
const plan = async (page) => { await page.waitForSelector('.orders'); await drawn(page); return page.locator('.orders .chosen').evaluateAll((all) => all.map((one) => one.querySelector('input')?.dataset.order)); };
/** @param {Page} page @param {string} selector */
async function downloaded(page, selector) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.click(selector)]);
  return download;
}
/** @param {Page} page */
async function make(page) {
  await page.click('.orders ~ [data-act=make], .panel [data-act=make]');
  await judged(page, 'issued');
}
/** @param {string} file */
const publicKey = (file) => run('/', 'openssl', 'x509', '-in', file, '-noout', '-pubkey');

test('our own bundle is brought, and every arrow holds', async () => {
  const { context, page, complaints } = await openPage(opened);
  await generate(page);
  const zip = await downloaded(page, '.buttons .primary:not(.quiet)'), file = join(await folder(), 'bundle.zip');
  await zip.saveAs(file);
  await drop(page, file);
  await judged(page);
  assert.equal(await sum(page), '32 of 32 connections verified');
  assert.equal(await page.locator('.finding, .findings .breaks').count(), 0);
  assert.deepEqual(complaints, []);
  await context.close();
});

test('the guide’s own broken authority is mended in three clicks, and openssl accepts what it signed', async () => {
  const { context, page, complaints } = await openPage(opened, { early: false });
  await page.evaluate(() => { let n = 0; addEventListener('click', () => { document.documentElement.dataset.clicks = String(++n); }, true); });
  await drop(page, await packed(made.broken));
  await judged(page);
  assert.equal(await sum(page), '0 of 24 connections verified, 20 refused, 4 not given');
  const first = page.locator('.findinghead').first();
  assert.equal(await first.getAttribute('data-finding'), 'authority-without-basic-constraints');
  assert.match(await first.innerText(), /broken now[^]*ca\.crt may not sign[^]*20 connections|20 connections[^]*ca\.crt may not sign/);

  await page.click('[data-act=again]');
  await page.waitForSelector('.panel [data-act=make]:not(:disabled)');
  assert.deepEqual(await plan(page), ['ca']);
  await page.click('.rail [data-act=again]');
  await judged(page, 'issued');
  assert.equal(await sum(page), '20 of 24 connections verified, 4 not given');
  const mended = await unpacked(await downloaded(page, '.rail .primary:not(.quiet)'));
  assert.equal(await page.locator('html').getAttribute('data-clicks'), '3');

  const files = await readdir(join(mended, 'pki'));
  assert.ok(files.includes('ca.crt') && !files.includes('ca.key') && !files.includes('admin.crt'), files.join());
  for (const leaf of ['admin', 'kube-apiserver', 'etcd-server', 'kube-scheduler']) {
    assert.equal(run(made.broken, 'openssl', 'verify', '-x509_strict', '-CAfile', join(mended, 'pki/ca.crt'), `${leaf}.crt`).trim().split('\n').at(-1), `${leaf}.crt: OK`);
    assert.throws(() => run(made.broken, 'openssl', 'verify', '-x509_strict', '-CAfile', 'ca.crt', `${leaf}.crt`), /invalid CA certificate|Missing Basic Constraints|CA cert does not include key usage|Basic Constraints/i);
  }
  assert.deepEqual(complaints, []);
  await context.close();
});

test('a finding says what breaks, who says it, how to mend and to see it, and lights its arrows', async () => {
  const { context, page } = await openPage(opened);
  await choose(page, made.broken);
  await judged(page);
  await page.locator('.findinghead').first().click();
  const text = await page.locator('.finding').innerText();
  for (const part of [/version 3 certificate without basicConstraints/, /kubectl says/, /x509: certificate signed by unknown authority/, /Make 1 certificate again: ca\.crt/, /openssl x509 -in \/var\/lib\/kubernetes\/ca\.crt/]) assert.match(text, part);
  await drawn(page);
  assert.equal(await page.locator('svg.diagram[data-lit]').count(), 1);
  assert.ok(await page.locator('.arrow.refused:not(.pill)[data-light=lit]').count() > 3);
  assert.equal(await page.locator('.arrow.not-given:not(.pill)[data-light=lit]').count(), 0);
  await page.locator('.findinghead').first().click();
  await drawn(page);
  assert.equal(await page.locator('svg.diagram[data-lit]').count(), 0);
  await context.close();
});

test('an arrow whose files were not given has its own word', async () => {
  const { context, page } = await openPage(opened);
  await choose(page, made.sound);
  await judged(page);
  assert.equal(await sum(page), '20 of 24 connections verified, 4 not given');
  await page.locator('.arrow.not-given[role=button]').first().press('Enter');
  await page.locator('.standing.not-given').waitFor();
  assert.equal(await page.locator('#panel .state').innerText(), 'Not given: nobody can say');
  assert.match(await page.locator('#panel').innerText(), /these files are needed as well: .*worker-1\.crt/);
  await context.close();
});

test('kubeadm’s folder is understood, with what each file was taken for and why', async () => {
  const { context, page, complaints } = await openPage(opened);
  await choose(page, made.kubeadm);
  await judged(page);
  assert.equal(await sum(page), '9 of 9 connections verified');
  assert.equal(await page.locator('.findinghead').first().getAttribute('data-finding'), 'kubelet-self-signed');
  await tab(page, 3);
  const row = page.locator('.bringfiles li', { hasText: 'pki/apiserver-etcd-client.crt' });
  assert.match(await row.innerText(), /Certificate CN=kube-apiserver-etcd-client[^]*says CN=kube-apiserver-etcd-client/);
  assert.equal(await row.locator('select').inputValue(), 'apiserver-etcd-client');
  assert.match(await page.locator('.bringfiles li', { hasText: 'ca.srl' }).first().innerText(), /A serial number or an index of openssl: not needed\./);
  assert.deepEqual(complaints, []);
  await context.close();
});

for (const choice of /** @type {const} */ (['keep', 'new']))
  test(`a client is renewed with ${choice === 'keep' ? 'its key' : 'a new key'}, and nothing else is in the bundle`, async () => {
    const { context, page } = await openPage(opened, { early: false });
    await choose(page, made.sound);
    await judged(page);
    await tab(page, 1);
    await page.locator('[data-order=admin]').check();
    await page.locator('[data-key-of=admin]').selectOption(choice);
    await page.waitForSelector('.panel [data-act=make]:not(:disabled)');
    assert.deepEqual(await plan(page), ['admin']);
    await make(page);
    const at = await unpacked(await downloaded(page, '.rail .primary:not(.quiet)')), files = await readdir(join(at, 'pki'));
    const before = join(made.sound, 'admin.crt'), after = join(at, 'pki/admin.crt');
    assert.notEqual(await readFile(after, 'utf8'), await readFile(before, 'utf8'));
    assert.equal(publicKey(after) === publicKey(before), choice === 'keep');
    assert.equal(files.includes('admin.key'), choice === 'new');
    assert.ok(!files.some((file) => /kube-apiserver|etcd|ca\.key/.test(file)), files.join());
    assert.match(run('/', 'openssl', 'verify', '-CAfile', join(made.sound, 'ca.crt'), after), /OK/);
    await context.close();
  });

test('a sealed key asks for its passphrase, says that a wrong one is wrong, and opens with the right one', async () => {
  const { context, page } = await openPage(opened);
  await choose(page, await sealed('correct horse'));
  await reached(page, 'imported');
  assert.match(await page.locator('.sealedbox').innerText(), /1 file is sealed\..*ca\.key/);
  const box = page.locator('[data-field="sealed.passphrase"]');
  await box.fill('wrong');
  await box.press('Enter');
  await page.locator('.panel .error').waitFor();
  assert.equal(await page.locator('.panel .error').innerText(), 'This passphrase does not open it.\nType it again; capital letters and blanks count. What was read before stays.');
  assert.equal(await box.inputValue(), '');
  await box.fill('correct horse');
  await box.press('Enter');
  await page.locator('.panel [role=status]', { hasText: '1 thing was opened.' }).waitFor();
  assert.equal(await page.locator('.sealedbox, .panel .error').count(), 0);
  await tab(page, 3);
  assert.equal(await page.locator('.bringfiles li', { hasText: 'ca.key' }).locator('select').inputValue(), 'ca');
  await context.close();
});

test('a path that leads out of its archive is listed without that, and nothing is written', async () => {
  const at = await folder();
  run(at, 'python3', '-c', `import zipfile
with zipfile.ZipFile('evil.zip', 'w') as z:
    z.write(${JSON.stringify(join(made.sound, 'ca.crt'))}, '../../etc/ca.crt')`);
  const { context, page } = await openPage(opened);
  await drop(page, join(at, 'evil.zip'));
  await reached(page, 'imported');
  await tab(page, 3);
  const row = page.locator('.bringfiles li').nth(1);
  assert.equal(await row.locator('.filepath').innerText(), 'evil.zip › etc/ca.crt');
  assert.equal(await row.locator('.note').innerText(), 'Its path led out of the archive: ../../etc/ca.crt\nIt is listed without that part. Nothing is written.');
  await context.close();
});

test('a file of 2 GB is refused with one sentence, and what was read stays', async () => {
  const at = await folder();
  run(at, 'truncate', '-s', '2G', 'disk.img');
  const { context, page } = await openPage(opened);
  await choose(page, made.sound);
  await judged(page);
  await choose(page, [join(at, 'disk.img')]);
  await page.waitForFunction(() => !document.querySelector('dialog.bring')?.hasAttribute('open'));
  await tab(page, 3);
  await page.locator('#panel .filter').fill('disk.img');
  const row = page.locator('#panel .bringfiles li').first();
  await row.locator('.trouble').waitFor();
  assert.equal(await row.locator('.trouble').innerText(), 'The file is larger than 256 MiB.\nCertificates, keys and kubeconfigs are small: drop those only.');
  assert.equal(await sum(page), '20 of 24 connections verified, 4 not given');
  await context.close();
});

test('what is nothing of a cluster is named, and there is no figure of it', async () => {
  const at = await folder();
  await writeFile(join(at, 'notes.txt'), 'call the admin');
  const { context, page } = await openPage(opened);
  await choose(page, [join(at, 'notes.txt')]);
  await page.locator('dialog.bring .bringfiles li').waitFor();
  assert.match(await page.locator('dialog.bring .bringfiles').innerText(), /notes\.txt/);
  assert.equal(await page.locator('html').getAttribute('data-phase'), 'planned');
  await context.close();
});

/** As the clipboard would. @param {Page} page @param {string} field @param {string} text */
const paste = (page, field, text) => page.locator(`[data-field="${field}"]`).evaluate((box, pasted) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/plain', pasted);
  box.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
}, text);

test('a private key that is pasted is taken and not shown; a certificate needs no warning', async () => {
  const { context, page } = await openPage(opened);
  await page.click('.bringbutton');
  const key = await readFile(join(made.sound, 'admin.key'), 'utf8'), line = key.split('\n')[5];
  await paste(page, 'bring.paste', key);
  await page.locator('dialog.bring .warning').waitFor();
  assert.equal(await page.locator('dialog.bring .warning').innerText(), 'A private key was pasted. It was taken and is not shown. Clear your clipboard: other programs can read it.');
  assert.equal(await page.locator('[data-field="bring.paste"]').inputValue(), '');
  assert.ok(!(await page.content()).includes(line));
  await paste(page, 'bring.paste', await readFile(join(made.sound, 'admin.crt'), 'utf8'));
  await page.locator('dialog.bring .hint', { hasText: 'Taken.' }).waitFor();
  assert.equal(await page.locator('dialog.bring .warning').count(), 0);
  await context.close();
});

/** The cluster without its authority's key, as far as the requests. @param {Page} page */
async function requested(page) {
  const at = await folder();
  run(at, 'cp', '-r', `${made.sound}/.`, '.');
  run(at, 'rm', 'ca.key');
  await choose(page, at);
  await judged(page);
  await tab(page, 1);
  await page.locator('[data-order=admin]').check();
  await page.locator('.cautions', { hasText: 'The key of ca was not given: whoever has it signs 1 request.' }).waitFor();
  await page.click('.panel [data-act=make]');
  await page.locator('[data-act=requests]').waitFor({ timeout: 60_000 });
  return unpacked(await downloaded(page, '[data-act=requests]'));
}

test('without the authority’s key there are requests, and what was signed elsewhere comes back', async () => {
  const { context, page, complaints } = await openPage(opened, { early: false });
  const at = await requested(page);
  run(at, 'openssl', 'x509', '-req', '-in', 'requests/admin.csr', '-CA', join(made.sound, 'ca.crt'), '-CAkey', join(made.sound, 'ca.key'), '-copy_extensions', 'copyall', '-days', '90', '-out', 'admin.crt');
  // The one from before is for another key.
  await page.setInputFiles('[data-field="waiting.files"]', join(made.sound, 'admin.crt'));
  await page.locator('.panel .error').waitFor();
  assert.match(await page.locator('.panel .error').innerText(), /^This certificate is for none of the keys that wait for one\./);
  await page.setInputFiles('[data-field="waiting.files"]', join(at, 'admin.crt'));
  await judged(page, 'issued');
  assert.equal(await sum(page), '20 of 24 connections verified, 4 not given');
  const bundle = await unpacked(await downloaded(page, '.rail .primary:not(.quiet)'));
  assert.equal(publicKey(join(bundle, 'pki/admin.crt')), publicKey(join(at, 'admin.crt')));
  assert.deepEqual(complaints, []);
  await context.close();
});

test('a private key that is pasted where a certificate belongs is refused, and not shown', async () => {
  const { context, page } = await openPage(opened, { early: false });
  await requested(page);
  const key = await readFile(join(made.sound, 'kube-proxy.key'), 'utf8');
  await paste(page, 'waiting.paste', key);
  await page.locator('.panel .warning[role=alert]').waitFor();
  assert.equal(await page.locator('.panel .warning[role=alert]').innerText(), 'A private key stands where a certificate belongs. Look whether the two files were swapped. A private key is to be shown to nobody. It was not kept and is not shown. Clear your clipboard: other programs can read it.');
  assert.ok(!(await page.content()).includes(key.split('\n')[5]));
  assert.equal(await page.locator('.orders li').count(), 1);
  await context.close();
});

test('an authority is rotated in three steps, the first of which trusts both', async () => {
  const { context, page } = await openPage(opened, { early: false });
  await choose(page, made.sound);
  await judged(page);
  await tab(page, 1);
  await page.locator('.panel .textbutton', { hasText: 'Plan a new ca' }).click();
  await page.waitForSelector('.panel [data-act=make]:not(:disabled)');
  assert.equal((await plan(page)).length, 9);
  await make(page);
  await page.locator('[data-step="2"]').waitFor();
  const counts = [];
  for (const step of [0, 1, 2]) {
    const at = await unpacked(await downloaded(page, `[data-step="${step}"]`));
    counts.push((await readFile(join(at, 'pki/ca.crt'), 'utf8')).split('BEGIN CERTIFICATE').length - 1);
  }
  assert.deepEqual(counts, [2, 2, 1]);
  await context.close();
});

test('a client goes along as PKCS#12 and the keys go sealed, each behind a passphrase that is long enough', async () => {
  const { context, page } = await openPage(opened, { early: false });
  await choose(page, made.sound);
  await judged(page);
  await tab(page, 1);
  await page.locator('[data-order=admin]').check();
  await page.waitForSelector('.panel [data-act=make]:not(:disabled)');
  await make(page);
  await page.locator('.takealong summary').click();
  const box = page.locator('[data-field="take.pkcs12"]');
  await box.fill('short');
  await box.press('Enter');
  await page.locator('.takealong .error').waitFor();
  assert.equal(await page.locator('.takealong .error').innerText(), 'A passphrase of 5 characters is too short.\nTake four or more words: whoever has the file can try as often as they like.');
  const word = 'correct horse battery staple';
  await box.fill(word);
  const [p12] = await Promise.all([page.waitForEvent('download'), box.press('Enter')]), at = await folder();
  await p12.saveAs(join(at, 'admin.p12'));
  assert.match(run(at, 'openssl', 'pkcs12', '-in', 'admin.p12', '-passin', `pass:${word}`, '-nodes'), /BEGIN PRIVATE KEY/);
  assert.throws(() => run(at, 'openssl', 'pkcs12', '-in', 'admin.p12', '-passin', 'pass:wrong', '-nodes'));
  const own = page.locator('[data-field="take.sealed"]');
  await own.fill(word);
  const [zip] = await Promise.all([page.waitForEvent('download'), own.press('Enter')]), bundle = await unpacked(zip);
  assert.match(await readFile(join(bundle, 'pki/admin.key'), 'utf8'), /^-----BEGIN ENCRYPTED PRIVATE KEY-----/);
  assert.match(run(bundle, 'openssl', 'pkey', '-in', 'pki/admin.key', '-passin', `pass:${word}`, '-pubout'), /BEGIN PUBLIC KEY/);
  await context.close();
});

test('what ends when is a table, a line of time and a calendar', async () => {
  const { context, page } = await openPage(opened);
  await choose(page, made.kubeadm);
  await judged(page);
  await tab(page, 2);
  await page.locator('.expiries tbody tr').first().waitFor();
  const rows = await page.locator('.expiries tbody tr').count();
  assert.equal(await page.locator('.timeline circle').count(), rows);
  const ics = await downloaded(page, '[data-act=calendar]'), file = join(await folder(), 'x.ics');
  await ics.saveAs(file);
  const text = await readFile(file, 'utf8');
  assert.match(text, /^BEGIN:VCALENDAR\r\n/);
  const all = text.replaceAll('\r\n ', ''), events = all.split('BEGIN:VEVENT').length - 1;
  assert.ok(rows === 16 && events > 0);
  assert.equal(all.split('BEGIN:VALARM').length - 1, events * 3);
  for (const id of await page.locator('.expiries tbody th').allInnerTexts()) assert.ok(all.includes(id), id);
  await context.close();
});

test('what the reader knows better is believed, and a change on the form makes a plan', async () => {
  const { context, page } = await openPage(opened, { early: false });
  await choose(page, made.sound);
  await judged(page);
  await tab(page, 3);
  const row = page.locator('.bringfiles li', { hasText: 'kube-proxy.crt' });
  await row.locator('select').selectOption('');
  await page.waitForFunction(() => /6 not given/.test(document.querySelector('.sum')?.textContent ?? ''));
  assert.match(await row.innerText(), /You said that it has no place\./);
  await row.locator('select').selectOption('kube-proxy');
  await page.waitForFunction(() => /20 of 24/.test(document.querySelector('.sum')?.textContent ?? ''));
  assert.match(await row.innerText(), /you said so/);
  // Another address for the first control plane: its servers' certificates lack it.
  await tab(page, 1);
  assert.deepEqual(await plan(page), []);
  await page.locator('[data-field="nodes[1].addresses"], #form .row input.mono, #form .row input').nth(3).fill('192.168.5.99');
  await page.waitForFunction(() => document.querySelectorAll('.orders .chosen').length === 2);
  assert.deepEqual(await plan(page), ['kube-apiserver', 'etcd-server']);
  assert.match(await page.locator('.orders .chosen').first().innerText(), /192\.168\.5\.99/);
  await make(page);
  const at = await unpacked(await downloaded(page, '.rail .primary:not(.quiet)'));
  assert.match(run(at, 'openssl', 'x509', '-in', 'pki/kube-apiserver.crt', '-noout', '-ext', 'subjectAltName'), /192\.168\.5\.99/);
  await context.close();
});

/** Whether the page's memory holds a text: V8's own snapshot, every string of it. @param {Page} page @param {string} text */
async function remembers(page, text) {
  const session = await page.context().newCDPSession(page);
  let snapshot = '';
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => { snapshot += chunk; });
  await session.send('HeapProfiler.enable');
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  await session.detach();
  return snapshot.includes(text);
}

test('forget everything ends the workers, and no key is left in the page’s memory', async () => {
  const { context, page, complaints } = await openPage(opened, { early: false });
  await choose(page, made.sound);
  await judged(page);
  await page.click('.bringbutton');
  const key = await readFile(join(made.sound, 'admin.key'), 'utf8'), line = key.split('\n')[5];
  await paste(page, 'bring.paste', key);
  await page.locator('dialog.bring .warning').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('dialog.bring').waitFor({ state: 'hidden' });
  await page.click('.rail [data-act=forget]');
  await reached(page, 'planned');
  await allEnded(page, 3);
  assert.deepEqual(await page.evaluate(() => /** @type {any} */ (globalThis).witnessed.workers.filter((/** @type {any} */ one) => one.name === 'vault-worker').map((/** @type {any} */ one) => one.ended).slice(0, 2)), [true, true]);
  assert.ok(!(await remembers(page, line)));
  // A string that is there is found.
  await page.evaluate((kept) => { /** @type {any} */ (globalThis).kept = { text: kept }; }, line);
  assert.ok(await remembers(page, line));
  const sent = await page.evaluate(() => JSON.stringify(/** @type {any} */ (globalThis).witnessed.messages));
  assert.ok(!sent.includes(line) && !sent.includes('PRIVATE KEY'));
  assert.deepEqual(complaints, []);
  await context.close();
});

test('by keyboard alone: the dialog, a finding, the plan', async () => {
  const { context, page } = await openPage(opened, { early: false });
  await page.locator('.bringbutton').focus();
  await page.keyboard.press('Enter');
  await page.locator('dialog.bring[open]').waitFor();
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => document.activeElement?.matches('.bringbutton'));
  await choose(page, made.broken);
  await judged(page);
  await page.locator('.findinghead').first().focus();
  await page.keyboard.press('Enter');
  await page.locator('.finding').waitFor();
  assert.ok(await page.evaluate(() => document.activeElement?.matches('.findinghead')));
  await page.locator('.bringtabs button').nth(1).focus();
  await page.keyboard.press('Enter');
  await page.locator('[data-order=ca]').focus();
  await page.keyboard.press('Space');
  await page.waitForFunction(() => document.querySelectorAll('.orders .chosen').length === 0);
  assert.ok(await page.evaluate(() => document.activeElement?.matches('[data-order=ca]')));
  await context.close();
});
