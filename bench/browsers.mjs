// Three browsers behind one interface: open a file, evaluate an expression in it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access } from 'node:fs/promises';
import { createServer } from 'node:net';
import { pathToFileURL } from 'node:url';

/**
 * @typedef {{ evaluate: (expression: string) => Promise<any>, close: () => Promise<void> }} Tab
 * @typedef {{ name: string, version: string, open: (path: string) => Promise<Tab>, close: () => Promise<void> }} Browser
 */

export const CHROMIUM_ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'];

/** @returns {Promise<Browser & { browser: import('playwright-core').Browser }>} */
export async function chromium() {
  const playwright = await import('playwright-core');
  const browser = await playwright.chromium.launch({ executablePath: process.env.HARDWAY_CHROMIUM ?? '/usr/bin/chromium', args: CHROMIUM_ARGUMENTS });
  return {
    name: 'Chromium', version: browser.version(), browser,
    async open(path) {
      const page = await browser.newPage();
      await page.goto(pathToFileURL(path).href);
      return { evaluate: (expression) => page.evaluate(expression), close: () => page.close() };
    },
    close: () => browser.close(),
  };
}

/** @returns {Promise<Browser>} */
export async function firefox() {
  const executablePath = await found(process.env.HARDWAY_FIREFOX, '/usr/bin/firefox-esr', '/usr/bin/firefox');
  const { default: puppeteer } = await import('puppeteer-core');
  const browser = await puppeteer.launch({
    browser: 'firefox', executablePath, headless: true, protocolTimeout: LIMIT,
    // Firefox's clock is rounded to a millisecond, and dithered, unless it is told otherwise.
    extraPrefsFirefox: { 'privacy.reduceTimerPrecision': false, 'app.update.enabled': false, 'datareporting.policy.dataSubmissionEnabled': false },
  });
  return {
    name: 'Firefox', version: (await browser.version()).replace(/^firefox\//i, ''),
    async open(path) {
      const page = await browser.newPage();
      await page.goto(pathToFileURL(path).href);
      return { evaluate: (expression) => page.evaluate(expression), close: () => page.close() };
    },
    close: () => browser.close(),
  };
}

/** WebKitGTK on a screen that nobody sees. @returns {Promise<Browser>} */
export async function webkit() {
  const driver = await found(process.env.HARDWAY_WEBKIT_DRIVER, '/usr/bin/WebKitWebDriver');
  const binary = await found(process.env.HARDWAY_MINIBROWSER, ...['4.1', '4.0', '6.0'].flatMap((abi) =>
    ['x86_64', 'aarch64'].map((machine) => `/usr/lib/${machine}-linux-gnu/webkit2gtk-${abi}/MiniBrowser`)));
  // @ts-expect-error no types: selenium-webdriver does not bring any
  const { Builder } = await import('selenium-webdriver');

  const screen = spawn(await found('/usr/bin/Xvfb'), ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const [display] = await once(/** @type {import('node:stream').Readable} */ (screen.stdio[3]), 'data');
  const port = await freePort();
  const server = spawn(driver, [`--port=${port}`, '--host=127.0.0.1'], { stdio: 'ignore', env: { ...process.env, DISPLAY: `:${String(display).trim()}`, GDK_BACKEND: 'x11' } });
  const end = () => { for (const child of [server, screen]) child.kill(); };
  try {
    await listening(port);
    const session = await new Builder().usingServer(`http://127.0.0.1:${port}`)
      .withCapabilities({ browserName: 'MiniBrowser', 'webkitgtk:browserOptions': { binary, args: ['--automation'] } }).build();
    await session.manage().setTimeouts({ script: LIMIT });
    return {
      name: 'WebKitGTK', version: (await session.getCapabilities()).get('browserVersion'),
      async open(path) {
        await session.get(pathToFileURL(path).href);
        return {
          async evaluate(expression) {
            const { result, error } = await session.executeAsyncScript(`const done = arguments[0];
              Promise.resolve(${expression}).then((result) => done({ result }), (error) => done({ error: String(error) }));`);
            if (error !== undefined) throw new Error(error);
            return result;
          },
          close: () => session.get('about:blank'),
        };
      },
      async close() { await session.quit().finally(end); },
    };
  } catch (thrown) {
    end();
    throw thrown;
  }
}

/** A browser that is not installed. */
export class Missing extends Error {}

/** @param {(string | undefined)[]} paths */
async function found(...paths) {
  for (const path of paths) {
    if (path && await access(path).then(() => true, () => false)) return path;
  }
  throw new Missing(`not installed: ${paths.filter(Boolean).join(' or ')}`);
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  server.close();
  await once(server, 'close');
  return port;
}

/** @param {number} port */
async function listening(port) {
  for (let tries = 0; tries < 100; tries++) {
    if (await fetch(`http://127.0.0.1:${port}/status`).then(() => true, () => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('WebKitWebDriver does not answer');
}

/** Milliseconds for one expression. */
const LIMIT = 300_000;
