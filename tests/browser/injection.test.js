// Names that somebody chose to do harm, in every part of the page and in what leaves it: no element is made of them, and nothing of them runs.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { deflateRawSync } from 'node:zlib';
import { marked } from 'marked';
import { audited } from '../rows.js';
import { packed } from './clusters.js';
import { drawn, generate, openBrowser, openPage, output, reached } from './open-page.js';

/** @typedef {import('playwright-core').Page} Page */

/** @type {import('./open-page.js').Opened} */
let opened;
before(async () => { opened = await openBrowser(); });
after(() => opened.close());

/** Without a quote or an equals sign, so that it needs no quotes in an attribute. */
const SING = 'Object.assign(globalThis,{sung:1})';
/** What would run or become an element if it were read as markup; each may be a common name (64 bytes). */
const MARKUP = [
  `<img src=x onerror=${SING}>`, `"><svg onload=${SING}>`, `'><script>${SING}</script>`, `]]><script>${SING}</script>`, `<b data-planted>bold</b>`, `<!--`, `--><b data-planted>`, `&lt;b&gt;`, `<style>*{display:none}</style>`, `<iframe srcdoc=x data-planted>`,
  `javascript:${SING}`, '[x](javascript:sung)', '![x](http://127.0.0.1/x.png)', '{{7*7}}${7*7}', '</text><script>sung</script>', '</title><b data-planted>', '\u202egpj.exe', "=cmd|' /C calc'!A1", '|pipe|', '`code`',
];
/** A shell's own; as names of files and folders they hold no slash. */
const SHELL = ['$(touch canary)', '`touch canary`', "'; touch canary; '", '"; touch canary; "', '; touch canary #', '-e touch canary', '| touch canary', '\ntouch canary\n', '%s%n', '\u202etrc.ac'];

/** @param {unknown} description */
const hash = (description) => `#1.${deflateRawSync(JSON.stringify(description)).toString('base64url')}`;

/** Elements that only markup in a name could have made, and whether anything ran. @param {Page} page */
const planted = (page) => page.evaluate(() => {
  const found = [...document.querySelectorAll('[data-planted], img, iframe, object, embed, [onload], [onerror], [onclick], a[href^="javascript:"], svg script, main script, dialog script, main style')];
  return { sung: 'sung' in globalThis, made: found.map((one) => one.outerHTML.slice(0, 200)) };
});
const NOTHING = { sung: false, made: [] };

/** Opens everything that there is to be opened, and says all that was ever shown. @param {Page} page @param {string[]} selectors */
async function everything(page, selectors) {
  let shown = '';
  for (const selector of selectors) {
    const count = Math.min(await page.locator(selector).count(), 14);
    for (let i = 0; i < count; i++) {
      const one = page.locator(selector).nth(i);
      if (!await one.isVisible().catch(() => false)) continue;
      await one.evaluate((element) => element.dispatchEvent(new MouseEvent('click', { bubbles: true })));
      await drawn(page);
      shown += await page.evaluate(() => document.body.textContent + [...document.querySelectorAll('[title], [aria-label]')].map((element) => `${element.getAttribute('title')} ${element.getAttribute('aria-label')}`).join(' '));
      assert.deepEqual(await planted(page), NOTHING, selector);
    }
  }
  return shown;
}

/** @param {Page} page @param {string | RegExp} name of the button */
async function exported(page, name) {
  await page.evaluate(() => { /** @type {HTMLDetailsElement} */ (document.querySelector('.export')).open = true; });
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('.export').getByRole('button', { name }).click()]);
  assert.match(download.suggestedFilename(), /^[a-z0-9.-]+$/);
  const file = join(output, `hostile-${download.suggestedFilename()}`);
  await download.saveAs(file);
  return file;
}

/** A picture or a text opened in a page of its own, which no policy guards. @param {Page} beside @param {string} file */
async function alone(beside, file) {
  const page = await beside.context().newPage();
  await page.goto(pathToFileURL(file).href);
  await page.waitForTimeout(100);
  const told = await page.evaluate(() => ({ sung: 'sung' in globalThis, elements: [...new Set([...document.querySelectorAll('*')].map((one) => one.localName))].sort(), attributes: [...document.querySelectorAll('*')].flatMap((one) => one.getAttributeNames()).filter((name) => /^on|href|src/.test(name)) }));
  await page.close();
  return told;
}

/** @param {Page} page @param {string} markdown */
async function rendered(page, markdown) {
  const file = join(output, `hostile-${process.pid}.html`);
  await writeFile(file, `<!doctype html><meta charset=utf-8>${await marked.parse(markdown)}`);
  return alone(page, file);
}

/** @param {string[]} names in turn */
const certificates = (names) => {
  const ids = ['admin', 'kube-controller-manager', 'kube-proxy', 'kube-scheduler', 'kube-apiserver', 'etcd-server', 'service-account', 'ca'];
  return Object.fromEntries(ids.map((id, i) => [id, { commonName: names[i % names.length], ...(id === 'ca' ? {} : { organization: names[(i + 5) % names.length] }) }]));
};

for (const turn of [0, 1, 2]) test(`a link with markup for names (${turn + 1} of 3) is shown as text in every part of the page, and so it leaves`, async () => {
  const names = [...MARKUP.slice(turn * 7), ...MARKUP.slice(0, turn * 7)];
  const { context, page, complaints } = await openPage(opened, { early: false });
  await page.evaluate((to) => { location.hash = to; }, hash({ preset: 'hard-way-2020', keyAlgorithm: 'ecdsa-p256', certificates: certificates(names), authoritySubject: { O: names[2], OU: names[3], L: names[4] } }));
  await page.waitForSelector('dialog[open]');
  assert.deepEqual(await planted(page), NOTHING);
  await page.getByRole('button', { name: 'Use this cluster' }).click();
  await page.waitForFunction(() => !document.querySelector('dialog')?.open);
  const open = ['.diagram [role=button]', '.rail summary', '.bar .segments button', '.panel summary', '.panel button[data-act]', '#panel summary'];
  let shown = await everything(page, open);
  await generate(page);
  shown += await everything(page, open);
  for (const name of names.slice(0, 8)) {
    const visible = name.replaceAll('\u202e', '\\u{202e}');
    assert.ok(shown.includes(name) || shown.includes(visible) || shown.includes(name.replaceAll('\u202e', '\\u202e')), `${name} is never shown`);
  }
  const svg = await alone(page, await exported(page, /SVG/));
  assert.equal(svg.sung, false);
  assert.deepEqual(svg.elements.filter((one) => !['circle', 'desc', 'ellipse', 'g', 'path', 'rect', 'svg', 'text', 'title', 'tspan'].includes(one)), []);
  assert.deepEqual(svg.attributes, []);
  const markdown = await readFile(await exported(page, /Save tables as Markdown/), 'utf8'), text = await rendered(page, markdown);
  assert.deepEqual(text, { sung: false, elements: ['body', 'h2', 'head', 'html', 'meta', 'p', 'table', 'tbody', 'td', 'th', 'thead', 'tr'], attributes: [] });
  assert.deepEqual(complaints, []);
  if (turn === 0) await audited('inputs', 'markup for names, by a link, in every part of the page, SVG and Markdown', `${MARKUP.length} names, 0 run, 0 elements`);
  await context.close();
});

test('the same names run and become elements where nobody escapes them', async () => {
  const { context, page } = await openPage(opened, { early: false });
  const html = join(output, `naive-${process.pid}.html`), svg = join(output, `naive-${process.pid}.svg`);
  for (const name of MARKUP.slice(0, 3)) {
    await writeFile(html, `<!doctype html><meta charset=utf-8><p title="x">${name}</p>`);
    assert.equal((await alone(page, html)).sung, true, name);
  }
  await writeFile(svg, `<svg xmlns="http://www.w3.org/2000/svg"><text>x</text><script>${SING}</script></svg>`);
  assert.equal((await alone(page, svg)).sung, true);
  const naive = await rendered(page, `| A |\n| --- |\n${[MARKUP[0], '[x](javascript:sung)'].map((name) => `| ${name} |\n`).join('')}`);
  assert.deepEqual([naive.sung, naive.elements.includes('img'), naive.attributes.includes('href')], [true, true, true]);
  // And the page's own watch sees an element that is planted.
  await page.evaluate(() => { document.querySelector('main')?.append(Object.assign(document.createElement('b'), { id: 'x' })); document.querySelector('#x')?.setAttribute('data-planted', ''); });
  assert.equal((await planted(page)).made.length, 1);
  await context.close();
});

/** A cluster of somebody who chose every name: subjects, files, folders, a kubeconfig. */
async function hostileFiles() {
  const at = await mkdtemp(join(tmpdir(), 'hardway-hostile-'));
  const openssl = (/** @type {string[]} */ ...words) => execFileSync('openssl', words, { cwd: at, stdio: 'pipe' });
  /** @param {string} name @param {string} cn @param {string} o @param {string} extensions */
  const made = async (name, cn, o, extensions) => {
    const value = (/** @type {string} */ text) => text.replace(/[\\$#"'`]/g, '\\$&').replaceAll('\n', '\\n');
    await writeFile(join(at, 'cnf'), `[req]\nprompt=no\nutf8=yes\ndistinguished_name=dn\n[dn]\n${o ? `O=${value(o)}\n` : ''}CN=${value(cn)}\n[x]\n${extensions}\n`);
    openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', `${name}.key`);
    openssl('req', '-new', '-utf8', '-config', 'cnf', '-key', `${name}.key`, '-out', 'csr');
    openssl('x509', '-req', '-in', 'csr', ...(name === 'ca' ? ['-signkey', 'ca.key'] : ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial']), '-days', '300', '-extfile', 'cnf', '-extensions', 'x', '-out', `${name}.crt`);
  };
  await made('ca', MARKUP[0], SHELL[0], 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\nsubjectKeyIdentifier=hash');
  const leaf = (/** @type {string} */ usage, names = '') => `basicConstraints=CA:FALSE\nextendedKeyUsage=${usage}${names}`;
  const names = [...MARKUP, ...SHELL].filter((name) => Buffer.byteLength(name) <= 64);
  for (const [i, name] of ['kube-apiserver', 'etcd-server', 'admin', 'kube-proxy', 'kube-scheduler', 'kube-controller-manager', 'worker-1', 'stranger'].entries()) {
    const server = ['kube-apiserver', 'etcd-server', 'worker-1'].includes(name);
    await made(name, i % 3 === 2 ? `system:${name}` : names[i * 3 % names.length], names[(i * 5 + 1) % names.length], leaf(server ? 'serverAuth,clientAuth' : 'clientAuth',
      server ? `\nsubjectAltName=@names\n[names]\nDNS.1=kubernetes\nDNS.2=${name}\nDNS.3=${MARKUP[0]}\nIP.1=192.168.5.11\nIP.2=10.96.0.1\nemail.1=\\$(touch canary)@x` : ''));
  }
  const base64 = async (/** @type {string} */ name) => (await readFile(join(at, name))).toString('base64');
  const out = await mkdtemp(join(tmpdir(), 'hardway-hostile-'));
  const folders = [...SHELL.slice(0, 6), MARKUP[0].replaceAll('/', ''), MARKUP[1], "it's"];
  for (const [i, file] of (await readdir(at)).filter((one) => /\.(crt|key)$/.test(one)).entries()) {
    const folder = join(out, folders[i % folders.length]);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, file), await readFile(join(at, file)), { mode: 0o644 });
  }
  await writeFile(join(out, `${SHELL[2]}.kubeconfig`), JSON.stringify({ apiVersion: 'v1', kind: 'Config', 'current-context': MARKUP[0], contexts: [{ name: MARKUP[0], context: { cluster: MARKUP[1], user: MARKUP[2] } }],
    clusters: [{ name: MARKUP[1], cluster: { server: `https://${SHELL[0]}:6443`, 'certificate-authority-data': await base64('ca.crt'), 'tls-server-name': MARKUP[2] } }],
    users: [{ name: MARKUP[2], user: { 'client-certificate-data': await base64('admin.crt'), 'client-key-data': await base64('admin.key'), exec: { command: SHELL[0], args: [MARKUP[0], SHELL[1]], env: [{ name: SHELL[2], value: 'x' }] } } }] }));
  await writeFile(join(out, `${MARKUP[0]}.txt`), 'nothing');
  return out;
}

test('a cluster with markup and commands for names is shown as text, and what is copied of it runs nothing', async () => {
  const { context, page, complaints } = await openPage(opened, { early: false });
  await page.click('.bringbutton');
  // A tar says that everybody may read the keys.
  await page.setInputFiles('[data-field="bring.files"]', await packed(await hostileFiles()));
  await reached(page, 'imported');
  await page.waitForSelector('.diagram .pill:is(.verified,.refused,.not-given,.nobody)');
  assert.deepEqual(await planted(page), NOTHING);
  // What can be copied or is shown as a command, in every shell and with programs that do nothing.
  await page.locator('.bringtabs button').first().click();
  const commands = new Set(/** @type {string[]} */ ([]));
  for (let i = 0; i < await page.locator('.findinghead').count(); i++) {
    const head = page.locator('.findinghead').nth(i);
    if (await head.getAttribute('aria-expanded') !== 'true') await head.click();
    await drawn(page);
    for (const text of await page.locator('.finding .command pre, .finding .mend code').allInnerTexts()) commands.add(text);
  }
  assert.ok([...commands].some((text) => text.startsWith('chmod') && text.includes('touch canary')), [...commands].join('\n'));
  const bin = await mkdtemp(join(tmpdir(), 'hardway-bin-'));
  for (const name of ['openssl', 'chmod', 'ls', 'curl', 'kubectl', 'date']) await writeFile(join(bin, name), '#!/bin/sh\nexit 0\n', { mode: 0o755 });
  const sings = async (/** @type {string} */ line, /** @type {string[]} */ [shell, ...words]) => {
    const at = await mkdtemp(join(tmpdir(), 'hardway-here-'));
    try { execFileSync(shell, [...words, '-c', line], { cwd: at, stdio: 'pipe', env: { PATH: `${bin}:${process.env.PATH}` } }); } catch { /* its files are not there */ }
    return (await readdir(at)).length > 0;
  };
  for (const shell of [['dash'], ['bash'], ['busybox', 'sh']]) {
    for (const line of commands) assert.equal(await sings(line, shell), false, `${shell}: ${line}`);
    assert.equal(await sings(`chmod 600 ${SHELL[0]}/x`, shell), true, 'without quotes it would');
  }

  const open = ['.findinghead', '.bringtabs button', '.bringfiles summary', '.rail summary', '.diagram [role=button]', '.panel summary', '#panel summary'];
  const shown = await everything(page, open);
  assert.ok(shown.includes(MARKUP[0]) && shown.includes(SHELL[0]), 'the names are there, as text');
  const svg = await alone(page, await exported(page, /SVG/));
  assert.deepEqual([svg.sung, svg.attributes], [false, []]);
  const text = await rendered(page, await readFile(await exported(page, /Save tables as Markdown/), 'utf8'));
  assert.deepEqual([text.sung, text.attributes], [false, []]);
  assert.ok(!text.elements.some((one) => ['img', 'script', 'a', 'svg', 'b', 'iframe', 'style'].includes(one)), text.elements.join());
  assert.deepEqual(complaints, []);
  await audited('inputs', 'markup and commands for names, in files that are brought', `${MARKUP.length + SHELL.length} names, ${commands.size} commands copied, 0 run`);
  await context.close();
});
