// WebKitGTK's MiniBrowser on a screen that nobody sees, by selenium-webdriver. Every page is a browser of its own: WebKitWebDriver has one session at a time.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
// @ts-expect-error no types: selenium-webdriver does not bring any
import { Builder, By, Key, until } from 'selenium-webdriver';
import { found, pause } from './engine.js';

const located = until.elementLocated;
/** Milliseconds for one expression, for a browser to open, and for it to close. */
const LIMIT = 300_000, OPENING = 60_000, CLOSING = 5_000;

/** @param {import('./engine.js').Setting} setting */
export async function webkit({ proxy, downloads }) {
  const driver = await found(process.env.HARDWAY_WEBKIT_DRIVER, '/usr/bin/WebKitWebDriver');
  const binary = await found(process.env.HARDWAY_MINIBROWSER, ...['4.1', '4.0', '6.0'].flatMap((abi) =>
    ['x86_64', 'aarch64'].map((machine) => `/usr/lib/${machine}-linux-gnu/webkit2gtk-${abi}/MiniBrowser`)));
  const screen = spawn(await found('/usr/bin/Xvfb'), ['-displayfd', '3', '-screen', '0', '1440x1000x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const [display] = await once(/** @type {import('node:stream').Readable} */ (screen.stdio[3]), 'data');
  const home = join(downloads, '.home');
  // Where it puts downloads.
  await mkdir(join(home, '.config'), { recursive: true });
  await writeFile(join(home, '.config/user-dirs.dirs'), `XDG_DOWNLOAD_DIR="${downloads}"\n`);
  let current = 0;
  /** A driver of its own for each page: one that has had a page before has been seen to answer nothing more. @returns {Promise<{ server: import('node:child_process').ChildProcess, opened: any }>} */
  const session = async (tries = 2) => {
    const port = await freePort(), server = spawn(driver, [`--port=${port}`, '--host=127.0.0.1'], {
      stdio: 'ignore', env: { ...process.env, DISPLAY: `:${String(display).trim()}`, GDK_BACKEND: 'x11', HOME: home, XDG_CONFIG_HOME: join(home, '.config'), LANG: 'C.UTF-8' },
    });
    current = server.pid ?? 0;
    try {
      await listening(port);
      const opened = await within(OPENING, new Builder().usingServer(`http://127.0.0.1:${port}`).withCapabilities({
        browserName: 'MiniBrowser', 'webkitgtk:browserOptions': { binary, args: ['--automation'] }, unhandledPromptBehavior: 'ignore',
        ...(proxy ? { proxy: { proxyType: 'manual', httpProxy: proxy, sslProxy: proxy } } : {}),
      }).build());
      await opened.manage().setTimeouts({ script: LIMIT });
      return { server, opened };
    } catch (thrown) {
      server.kill();
      if (tries > 1) return session(tries - 1);
      throw thrown;
    }
  };
  const quit = async (/** @type {Awaited<ReturnType<typeof session>>} */ { server, opened }) => {
    await within(CLOSING, opened.quit()).catch(() => {});
    server.kill();
  };
  const first = await session().catch((/** @type {unknown} */ thrown) => { screen.kill(); throw thrown; }), version = (await first.opened.getCapabilities()).get('browserVersion');
  await quit(first);
  return {
    name: 'WebKitGTK', version,
    /** The newest page's. */
    get pid() { return current; },
    /** @returns {Promise<import('./engine.js').Driver>} */
    async page() {
      const own = await session(), page = own.opened;
      await page.manage().window().setRect({ x: 0, y: 0, width: 1440, height: 1000 });
      const one = (/** @type {string} */ selector) => page.wait(located(By.css(selector)), 10_000);
      return {
        open: (url) => page.get(url),
        async run(expression) {
          const { result, error } = await page.executeAsyncScript(`const done = arguments[0];
            Promise.resolve(${expression}).then((result) => done({ result }), (error) => done({ error: String(error) }));`);
          if (error !== undefined) throw new Error(error);
          return result;
        },
        click: async (selector) => (await one(selector)).click(),
        doubleClick: async (selector) => page.actions().doubleClick(await one(selector)).perform(),
        async type(selector, text) { await (await one(selector)).click(); await page.actions().keyDown(Key.CONTROL).sendKeys('a').keyUp(Key.CONTROL).sendKeys(text).perform(); },
        give: async (selector, files) => (await one(selector)).sendKeys(files.join('\n')),
        downloads, complaints: () => [], close: () => quit(own),
      };
    },
    async close() { screen.kill(); },
  };
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
    await pause(100);
  }
  throw new Error('WebKitWebDriver does not answer');
}

/** @template T @param {number} limit milliseconds @param {Promise<T>} promise @returns {Promise<T>} */
function within(limit, promise) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const late = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error(`WebKitWebDriver: no answer in ${limit} ms`)), limit); });
  return Promise.race([promise, /** @type {Promise<never>} */ (late)]).finally(() => clearTimeout(timer));
}
