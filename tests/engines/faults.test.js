// Faults, in three engines: workers killed at every stage, memory that ends, clicks that come twice, tabs side by side, many runs that are stopped.
// What has to hold: nothing half-made can be downloaded, nothing made is lost without a word, and trying again works.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { product } from '../browser/open-page.js';
import { LONG, audited } from '../rows.js';
import { algorithm, made, offered, phase, planned, whole } from './asked.js';
import { tight } from './copies.js';
import { ENGINES, launch, pause, text, there, until } from './engine.js';
import { GENERATE, complaints, opened, openssl, reached } from './flow.js';
import { memoryOf } from './memory.js';
/** @import { Driver } from './engine.js' */

const page = pathToFileURL(product).href;
const CYCLES = LONG ? 100 : 6, TABS = 10;

/** From here on every worker can be killed, or told to die as it is asked for something, or as it tells of progress. */
const TRAP = `(() => {
  const Before = Worker;
  globalThis.fault = null;
  globalThis.struck = 0;
  const strike = (worker, name, action) => {
    if (!fault || fault.worker !== name || fault.action !== action) return;
    globalThis.fault = null;
    globalThis.struck++;
    worker.terminate();
  };
  globalThis.Worker = class extends Before {
    constructor(url, options) {
      super(url, options);
      this.of = options.name;
      this.addEventListener('message', ({ data }) => { if (data.progress !== undefined) strike(this, this.of, 'progress'); });
    }
    postMessage(message, transfer) {
      super.postMessage(message, transfer);
      strike(this, this.of, message.action);
    }
  };
})()`;

/**
 * Where a worker can die before a set is there, and afterwards. One that dies before it has answered for the first time is missed after half a minute only.
 * @type {[string, string][]}
 */
const BEFORE = [.../** @type {[string, string][]} */ (LONG ? [['vault-worker', 'open'], ['vault-worker', 'admit'], ['key-worker', 'open']] : []), ['key-worker', 'generate'], ['vault-worker', 'begin'], ['vault-worker', 'issue'], ['vault-worker', 'bundle'], ['vault-worker', 'progress']];
const READING = ['take', 'recognise', 'proposal', 'verdicts'], RENEWING = ['renew', 'issue', 'bundle'];
const AFTER = [['vault-worker', 'lesson'], ['vault-worker', 'verdicts'], ['vault-worker', 'verdict']];

for (const name of ENGINES) test(name, async (t) => {
  const engine = await launch(name);
  t.after(() => engine.close());
  /** @param {string} title @param {(driver: Driver) => Promise<void>} body */
  const onPage = (title, body) => t.test(`${engine.name}: ${title}`, async (t) => {
    const driver = await engine.page();
    t.after(() => driver.close());
    await opened(driver, page);
    await driver.run(TRAP);
    await body(driver);
    assert.deepEqual(await complaints(driver), []);
  });

  await onPage('a worker killed at each stage is told of, leaves nothing to download, and trying again works', async (driver) => {
    for (const [nth, [worker, action]] of BEFORE.entries()) {
      await driver.run(`(globalThis.fault = { worker: '${worker}', action: '${action}' }, 0)`);
      // Another algorithm brings other workers.
      await planned(driver, nth % 2 ? 'ecdsa-p384' : 'ecdsa-p256');
      await until(driver, "!fault || /10 of 10/.test(document.querySelector('#ahead').textContent)");
      if (await driver.run('Boolean(fault)')) {
        await driver.click(GENERATE);
        await reached(driver, 'failed');
        assert.match(await text(driver, '.failure'), /worker stopped before it was done.*Generate again/, `${worker} ${action}`);
      } else {
        await until(driver, "/could not be prepared/.test(document.querySelector('#ahead').textContent)");
      }
      assert.equal(await driver.run('struck'), nth + 1, `${worker} ${action}`);
      assert.equal(await offered(driver), 0, `${worker} ${action}`);
      await made(driver);
      assert.equal(await offered(driver) > 0, true);
      // So that the next begins with a set that nobody misses.
      if (nth % 4 === 3) await whole(driver, `killed-${name}-${nth}`);
    }
    await audited('faults', `${engine.name}: a worker killed at each of ${BEFORE.length} stages before the set is whole`, `${BEFORE.length} told of, 0 offered, ${BEFORE.length} made anew`);
  });

  await onPage('a vault killed once the set is there takes the lessons with it, and not the bundle', async (driver) => {
    for (const [nth, [worker, action]] of AFTER.entries()) {
      await planned(driver, nth % 2 ? 'ecdsa-p384' : 'ecdsa-p256');
      if (action !== 'verdict') await driver.run(`(globalThis.fault = { worker: '${worker}', action: '${action}' }, 0)`);
      await made(driver);
      if (action === 'verdict') {
        await there(driver, '.lessons button');
        await driver.run(`(globalThis.fault = { worker: '${worker}', action: '${action}' }, document.querySelector('[role=button][data-shape=scheduler-0]').dispatchEvent(new MouseEvent('click', { bubbles: true })), 0)`);
      }
      await until(driver, `struck === ${nth + 1} && document.querySelector('.toast')`);
      assert.match(await driver.run("document.querySelector('.toast').textContent"), /vault|lesson|verif|worker/i);
      assert.equal(await phase(driver), 'issued');
      await whole(driver, `court-${name}`);
    }
    await audited('faults', `${engine.name}: the vault killed at ${AFTER.length} stages after the set is whole`, `${AFTER.length} told of, ${AFTER.length} bundles whole`);
  });

  await onPage('a vault killed while it reads files, or renews, is told of; nothing is offered, and bringing them again works', async (driver) => {
    await algorithm(driver, 'ecdsa-p256');
    await made(driver);
    const { path } = await whole(driver, `bring-${name}`), struck = (/** @type {number} */ n) => until(driver, `struck === ${n} && /stopped/.test(document.querySelector('.toast')?.textContent ?? '')`);
    const strikeAt = (/** @type {string} */ action) => driver.run(`(document.querySelector('.toast')?.remove(), globalThis.fault = { worker: 'vault-worker', action: '${action}' }, 0)`);
    const bring = async () => {
      if (!await driver.run("Boolean(document.querySelector('dialog[open]'))")) await driver.click('.bringbutton');
      await there(driver, '[data-field="bring.files"]');
      await driver.give('[data-field="bring.files"]', [path]);
    };
    for (const [nth, action] of READING.entries()) {
      await strikeAt(action);
      await bring();
      await struck(nth + 1);
      // Until a cluster came of the files, the set that was made before is still the page's.
      const kept = nth < 2;
      await until(driver, `document.documentElement.dataset.phase === '${kept ? 'issued' : 'planned'}'`);
      assert.equal(await offered(driver) > 0, kept, action);
    }
    for (const [nth, action] of RENEWING.entries()) {
      await bring();
      await reached(driver, 'imported');
      await driver.click('.bringtabs button:nth-of-type(2)');
      await driver.click('.pickwhat button:nth-of-type(2)');
      await there(driver, '[data-act=make]:not(:disabled)');
      await strikeAt(action);
      await driver.click('[data-act=make]');
      await struck(READING.length + nth + 1);
      await until(driver, "!['imported', 'generating', 'issued'].includes(document.documentElement.dataset.phase)");
      assert.equal(await offered(driver), 0, action);
    }
    await bring();
    await reached(driver, 'imported');
    await audited('faults', `${engine.name}: the vault killed at ${READING.length} stages of reading files, ${RENEWING.length} of renewing`, `${READING.length + RENEWING.length} told of, 0 offered, read again`);
  });

  await onPage('a double click on Generate generates, one on Stop stops; two clicks at once make one set', async (driver) => {
    await algorithm(driver, 'rsa-4096');
    await until(driver, "document.querySelector('.steps').textContent.includes('of 10')");
    await driver.doubleClick(GENERATE);
    await pause(400);
    assert.equal(await phase(driver), 'generating');
    await driver.doubleClick(GENERATE);
    await pause(400);
    assert.equal(await phase(driver), 'planned');
    await there(driver, '.stopped');
    await algorithm(driver, 'ecdsa-p256');
    await until(driver, "/10 of 10/.test(document.querySelector('#ahead').textContent)");
    await driver.run(`(() => { const button = document.querySelector('${GENERATE}'); button.click(); button.click(); button.click(); })()`);
    await reached(driver, 'issued');
    await until(driver, "document.querySelectorAll('.arrow:not(.verified)').length === 0");
    await whole(driver, `clicked-${name}`);
    await audited('faults', `${engine.name}: double clicks on Generate and Stop, Generate while generating`, '1 set of 1');
  });

  await t.test(`${engine.name}: memory that is refused ends in a whole set or in words, never between`, async (t) => {
    /** @type {Record<string, number>} */
    const ends = { issued: 0, failed: 0, stuck: 0 }, sizes = LONG ? [0, 1, 2, 3, 4, 6, 8, 10, 12, 16, 20, 24, 32, 48, 64] : [0, 6, 64];
    for (const more of sizes) {
      const driver = await engine.page();
      try {
        await opened(driver, await tight(more));
        await pause(300);
        if (await phase(driver) === 'planned') await driver.click(GENERATE);
        await until(driver, "['issued', 'failed', 'stuck'].includes(document.documentElement.dataset.phase)", 90_000);
        const end = await phase(driver);
        ends[end]++;
        if (end === 'issued') await whole(driver, `tight-${name}`);
        else {
          assert.equal(await offered(driver), 0);
          assert.match(await text(driver, end === 'failed' ? '.failure' : '.stuck'), /worker stopped|could not be|damaged/);
        }
      } finally {
        await driver.close();
      }
    }
    t.diagnostic(JSON.stringify(ends));
    assert.ok(ends.issued > 0 && ends.failed + ends.stuck > 0, JSON.stringify(ends));
    await audited('faults', `${engine.name}: ${sizes.length} limits of the core's memory`, `${ends.issued} whole sets, ${ends.failed + ends.stuck} told of, 0 half-made`);
  });

  // Elsewhere it takes long: WebKitWebDriver has one page at a time, so that they are ten browsers.
  if (name === 'chromium' || LONG) await t.test(`${engine.name}: ${TABS} tabs at once each make their own set`, async (t) => {
    const tabs = await Promise.all(Array.from({ length: TABS }, () => engine.page()));
    t.after(() => Promise.all(tabs.map((driver) => driver.close())));
    await Promise.all(tabs.map((driver) => opened(driver, page)));
    // In Firefox all but the newest are really behind another one.
    const hidden = (await Promise.all(tabs.map((driver) => driver.run('document.hidden')))).filter(Boolean).length;
    await Promise.all(tabs.map((driver) => driver.run(`(document.querySelector('${GENERATE}').click(), 0)`)));
    await Promise.all(tabs.map((driver) => reached(driver, 'issued', 240_000)));
    const authorities = new Set();
    for (const driver of tabs) authorities.add(openssl((await whole(driver, `tab-${name}`)).folder, 'x509', '-in', 'pki/ca.crt', '-noout', '-fingerprint', '-sha256'));
    assert.equal(authorities.size, TABS);
    await audited('faults', `${engine.name}: ${TABS} tabs generating at once, ${hidden} of them hidden`, `${authorities.size} sets, every one another`);
  });

  await onPage(`${CYCLES} runs that are stopped leave no memory behind`, async (driver) => {
    /** @param {number} times */
    const cycles = async (times) => {
      for (let nth = 0; nth < times; nth++) {
        await driver.click(GENERATE);
        // Stopped at another point every time.
        await until(driver, `document.documentElement.dataset.phase === 'issued' || document.querySelector('${nth % 3 ? '.keys .searching, .keys .made' : '.keys .made'}')`);
        // Of keys made ahead one may be done before it is stopped.
        if (await phase(driver) === 'generating') await driver.click(GENERATE);
        await until(driver, "['planned', 'issued'].includes(document.documentElement.dataset.phase)");
      }
    };
    await algorithm(driver, 'rsa-4096');
    await cycles(4);
    const figures = [await memoryOf(engine.pid)], megabytes = (/** @type {number} */ bytes) => `${(bytes / 1e6).toFixed(0)} MB`;
    for (let half = 0; half < 2; half++) {
      await cycles(CYCLES / 2);
      figures.push(await memoryOf(engine.pid));
    }
    const [before, , after] = figures, said = `${megabytes(before)} before, ${megabytes(figures[1])} after ${CYCLES / 2}, ${megabytes(after)} after ${CYCLES}`;
    t.diagnostic(`${engine.name}: ${said}`);
    // Collectors are lazy; what each run left behind would be seen all the same.
    assert.ok(after / before < (LONG ? 1.3 : 1.5), said);
    await audited('faults', `${engine.name}: ${CYCLES} runs begun and stopped`, said);
  });
});
