// Faults of the machine around the page, in three engines: a tab that is hidden and slowed, a browser that stands still, a clock that jumps, storage that is
// full, a file that is not kept or not taken, a page that is left. (Workers and memory: faults.test.js. What only Chromium does: tests/browser/faults.test.js.)
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { product } from '../browser/open-page.js';
import { LONG, audited } from '../rows.js';
import { algorithm, made, offered, phase, planned, whole as taken } from './asked.js';
import { preceded } from './copies.js';
import { ENGINES, launch, pause, text, there, until } from './engine.js';
import { DOWNLOAD, GENERATE, complaints, opened, openssl, reached } from './flow.js';
import { halted } from './processes.js';
/** @import { Driver } from './engine.js' */

const page = pathToFileURL(product).href;
/** The bundle's own verification takes longer than all else. @param {Driver} driver @param {string} label */
const whole = (driver, label) => taken(driver, label, LONG);

/** What a tab behind another one is: it is told so, nothing of it is drawn, and its clocks strike once a second. It notes when a worker has packed the zip. */
const TAB = `(() => {
  const frames = requestAnimationFrame.bind(globalThis), timers = setTimeout.bind(globalThis), Before = Worker, waiting = [];
  let hidden = false;
  const turn = (now) => { hidden = now; document.dispatchEvent(new Event('visibilitychange')); };
  Object.defineProperty(document, 'hidden', { get: () => hidden });
  Object.defineProperty(document, 'visibilityState', { get: () => (hidden ? 'hidden' : 'visible') });
  globalThis.requestAnimationFrame = (callback) => (hidden ? waiting.push(callback) : frames(callback));
  globalThis.setTimeout = (callback, ms = 0, ...more) => timers(callback, hidden ? Math.ceil(Math.max(ms, 1) / 1000) * 1000 : ms, ...more);
  globalThis.Worker = class extends Before {
    constructor(url, options) {
      super(url, options);
      this.addEventListener('message', ({ data }) => { if (data.result instanceof Blob) globalThis.packed = true; });
    }
  };
  globalThis.packed = false;
  globalThis.hide = () => turn(true);
  globalThis.show = () => { turn(false); for (const callback of waiting.splice(0)) frames(callback); };
})()`;

/** From here on the page's clock is wrong by so much. */
const CLOCK = "(() => { const now = Date.now.bind(Date); globalThis.jump = 0; Date.now = () => now() + jump; })()";
const YEAR = 365.25 * 86_400_000;

/** Storage as it may be before the page opens, and what of it shows that it is so. @type {Record<string, { script: string, sign: string }>} */
const STORAGE = {
  full: {
    script: "try { for (let size = 5_000_000; size >= 1; size = Math.floor(size / 2)) for (let nth = 0; nth < 100; nth++) try { localStorage.setItem('x' + size + '-' + nth, 'x'.repeat(size)); } catch { break; } } catch {}",
    sign: "(() => { try { localStorage.setItem('hardway.language', 'ja'); return 'taken'; } catch (thrown) { return thrown.name; } })()",
  },
  refused: {
    script: `Object.defineProperty(globalThis, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });
      Object.defineProperty(navigator, 'locks', { value: { request: () => Promise.reject(new DOMException('no', 'SecurityError')) } });`,
    sign: "(() => { try { return String(localStorage); } catch (thrown) { return thrown.name; } })()",
  },
};

/** A core that is there only once `letIn` is called. */
const LATE = `(() => {
  const compile = WebAssembly.compile, waiting = [];
  globalThis.letIn = () => { WebAssembly.compile = compile; for (const open of waiting.splice(0)) open(); };
  WebAssembly.compile = (bytes) => new Promise((resolve) => { waiting.push(() => resolve(compile(bytes))); });
})()`;

/** Whether the page asks whoever leaves it. @param {Driver} driver @returns {Promise<boolean>} */
const asks = (driver) => driver.run("(() => { const event = new Event('beforeunload', { cancelable: true }); dispatchEvent(event); return event.defaultPrevented; })()");

/** Until the core is there and its first key is made. @param {Driver} driver */
const begun = (driver) => until(driver, "/[1-9]\\d* of 10/.test(document.querySelector('#ahead')?.textContent ?? '')");

/** Begins a run of which no key is made yet, and resolves as soon as there is one. @param {Driver} driver @param {string} [then] done in that moment */
async function firstKey(driver, then = '') {
  await driver.click(GENERATE);
  await driver.run(`new Promise((resolve) => { const look = () => { if (!document.querySelector('.keys .made')) return setTimeout(look, 5); ${then}; resolve(0); }; look(); })`);
  assert.equal(await phase(driver), 'generating');
}

for (const name of ENGINES) test(name, async (t) => {
  const engine = await launch(name);
  t.after(() => engine.close());
  /** Browsers take long to open: the page is opened anew in the same tab, unless something went wrong in it. @type {Driver | null} */
  let tab = null;
  t.after(() => tab?.close());
  /** @param {string} title @param {string} url @param {(driver: Driver) => Promise<void>} body */
  const onPage = (title, url, body) => t.test(`${engine.name}: ${title}`, async () => {
    const driver = tab ?? await engine.page();
    try {
      tab = null;
      await opened(driver, url);
      await body(driver);
      assert.deepEqual(await complaints(driver), []);
      tab = driver;
    } finally {
      if (tab === null) await driver.close();
    }
  });

  await onPage('a tab that is hidden and slowed makes its set all the same, and shows it once it is looked at', page, async (driver) => {
    await driver.run(TAB);
    await begun(driver);
    await planned(driver, 'ecdsa-p256');
    await driver.run(`(document.querySelector('${GENERATE}').click(), hide(), 0)`);
    await until(driver, 'packed');
    await pause(300);
    assert.notEqual(await phase(driver), 'issued', 'nothing was drawn');
    assert.equal(await offered(driver), 0);
    assert.equal(await asks(driver), true, 'it is not lost for not being seen');
    await driver.run('show()');
    await reached(driver, 'issued');
    await whole(driver, `hidden-${name}`);
    await audited('faults', `${engine.name}: a tab hidden and slowed from Generate on, until the zip is packed`, '1 whole set, drawn when it is looked at');
  });

  await onPage('a browser that stands still in the midst of a run, as when the machine sleeps, goes on to a whole set', page, async (driver) => {
    await begun(driver);
    // Keys that take a while.
    await planned(driver, name === 'webkit' ? 'rsa-2048' : 'rsa-3072');
    await firstKey(driver);
    await halted(engine.pid, LONG ? 40_000 : 1500);
    await reached(driver, 'issued');
    assert.equal(await driver.run("document.querySelector('.failure')?.textContent ?? ''"), '');
    await whole(driver, `asleep-${name}`);
    await audited('faults', `${engine.name}: every process of it stopped for ${LONG ? '40' : '1.5'} s between two keys`, '1 whole set');
  });

  await onPage('a clock that jumps between two keys leaves one set of one time, and the verdicts say what that clock makes of it', page, async (driver) => {
    await driver.run(CLOCK);
    await begun(driver);
    for (const years of LONG ? [20, -20] : [20]) {
      await planned(driver, years > 0 ? 'rsa-3072' : 'rsa-2048');
      await firstKey(driver, `globalThis.jump = ${years * YEAR}`);
      await reached(driver, 'issued');
      await until(driver, "/of 32/.test(document.querySelector('.sum')?.textContent ?? '')");
      assert.match(await text(driver, '.sum'), /refused|fail/i);
      await driver.run("(document.querySelector('[role=button][data-shape=scheduler-0]').dispatchEvent(new MouseEvent('click', { bubbles: true })), 0)");
      await there(driver, '.tried');
      await until(driver, "/expired or is not yet valid/.test(document.querySelector('#panel').innerText)");
      const { folder } = await whole(driver, `clock-${name}`);
      const begins = new Set(readdirSync(`${folder}/pki`).filter((file) => file.endsWith('.crt')).map((file) => openssl(folder, 'x509', '-in', `pki/${file}`, '-noout', '-startdate')));
      assert.equal(begins.size, 1, [...begins].join());
      await driver.run('(globalThis.jump = 0, 0)');
    }
    await audited('faults', `${engine.name}: the clock jumps by 20 years, ${LONG ? 'forth and back' : 'forth'}, between two keys`, `${LONG ? '2 whole sets, each' : '1 whole set'} of one time`);
  });

  await onPage('a clock that no certificate can hold is refused with a sentence, and nothing is offered', page, async (driver) => {
    await driver.run(CLOCK);
    await begun(driver);
    for (const [nth, time] of [Date.UTC(12000, 0), Date.UTC(1969, 6)].entries()) {
      await planned(driver, nth ? 'ecdsa-p384' : 'ecdsa-p256');
      await driver.run(`(globalThis.jump = ${time} - Date.now(), document.querySelector('${GENERATE}').click(), 0)`);
      await reached(driver, 'failed');
      assert.match(await text(driver, '.failure'), /clock is not between.*Set this computer/);
      assert.equal(await offered(driver), 0);
      assert.equal(await asks(driver), false, 'nothing was made');
      await driver.run('(globalThis.jump = 0, 0)');
    }
    await made(driver);
    await whole(driver, `clock-again-${name}`);
    await audited('faults', `${engine.name}: a clock of the year 12000 or 1969`, '2 told of, 0 offered, made with a good one');
  });

  await onPage('Generate that is pressed before the core is there makes what was typed before it', await preceded('late', LATE), async (driver) => {
    await algorithm(driver, 'ecdsa-p256');
    await driver.click(GENERATE);
    await reached(driver, 'generating');
    assert.equal(await asks(driver), true);
    await driver.run('letIn()');
    await reached(driver, 'issued');
    const { folder } = await whole(driver, `late-${name}`);
    assert.match(openssl(folder, 'x509', '-in', 'pki/ca.crt', '-noout', '-text'), /NIST CURVE: P-256/);
    await audited('faults', `${engine.name}: typed and generated before the core is there`, '1 whole set, of what was typed');
  });

  await onPage('a zip that the browser cannot keep is not offered; one that it does not take to save is told of, and the set stays', page, async (driver) => {
    await algorithm(driver, 'ecdsa-p256');
    await driver.run(`(() => {
      const slice = Blob.prototype.slice;
      globalThis.mend = () => { Blob.prototype.slice = slice; };
      Blob.prototype.slice = function (...range) { return Object.assign(slice.apply(this, range), { arrayBuffer: () => Promise.reject(new DOMException('The blob could not be read', 'NotReadableError')) }); };
    })()`);
    await driver.click(GENERATE);
    await reached(driver, 'failed');
    assert.match(await text(driver, '.failure'), /could not keep it.*free some space, then generate again/i);
    assert.equal(await offered(driver), 0);
    await driver.run('mend()');
    await made(driver);
    await driver.run(`(() => {
      const make = URL.createObjectURL;
      globalThis.mend = () => { URL.createObjectURL = make; };
      URL.createObjectURL = () => { throw new DOMException('no room', 'QuotaExceededError'); };
    })()`);
    await driver.click(DOWNLOAD);
    await until(driver, "/did not take the file/.test(document.querySelector('.toast')?.textContent ?? '')");
    assert.equal(await phase(driver), 'issued');
    assert.equal(await asks(driver), true, 'it counts as not downloaded');
    await driver.run('mend()');
    await whole(driver, `untaken-${name}`);
    assert.equal(await asks(driver), false);
    // The same again, for whoever has lost it.
    assert.equal(await offered(driver) > 0, true);
    await audited('faults', `${engine.name}: a zip that is not kept, a file that is not taken`, '2 told of, 0 half-made, then 1 whole set');
  });

  await onPage('who leaves is asked only while something would be lost, and what a change throws away is told of', page, async (driver) => {
    /** @type {[string, boolean][]} */
    const answers = [];
    const asked = async (/** @type {string} */ when, /** @type {boolean} */ wanted) => { answers.push([when, wanted]); assert.equal(await asks(driver), wanted, when); };
    await asked('nothing was made', false);
    await driver.type('[data-field="nodes[4].name"]', 'node-b');
    await until(driver, "document.querySelector('.stage').textContent.includes('node-b')");
    await asked('nothing was made of what was typed', false);
    await algorithm(driver, 'rsa-4096');
    await driver.click(GENERATE);
    await there(driver, '.keys');
    await asked('keys are being made', true);
    await driver.click(GENERATE);
    await reached(driver, 'planned');
    await asked('stopped', false);
    await algorithm(driver, 'ecdsa-p256');
    await made(driver);
    await asked('not yet downloaded', true);
    await whole(driver, `left-${name}`);
    await asked('downloaded', false);
    await planned(driver, 'ecdsa-p384');
    assert.equal(await driver.run("/It is gone/.test(document.querySelector('.toast')?.textContent ?? '')"), false, 'a set that was downloaded is no loss');
    await made(driver);
    await asked('another set', true);
    await algorithm(driver, 'ecdsa-p256');
    await until(driver, "/was not downloaded. It is gone/.test(document.querySelector('.toast')?.textContent ?? '')");
    await asked('gone', false);
    await audited('faults', `${engine.name}: leaving the page at ${answers.length} points of its life`, `asked at the ${answers.filter(([, wanted]) => wanted).length} where something would be lost; 1 loss told of`);
  });

  for (const [kind, { script, sign }] of Object.entries(STORAGE)) {
    await onPage(`storage that is ${kind} keeps nobody from making a set; the settings hold until the page closes`, await preceded(`storage-${kind}`, script), async (driver) => {
      assert.match(await driver.run(sign), /^(QuotaExceeded|Security)Error$/);
      await driver.run("([...document.querySelectorAll('#topbar button')].find((one) => one.textContent.includes('日本語')).click(), 0)");
      await until(driver, "document.documentElement.lang === 'ja'");
      await algorithm(driver, 'ecdsa-p256');
      await made(driver);
      assert.equal(await driver.run('document.documentElement.lang'), 'ja');
      await whole(driver, `storage-${name}`);
      await audited('faults', `${engine.name}: storage that is ${kind}`, '1 whole set, the settings held');
    });
  }
});
