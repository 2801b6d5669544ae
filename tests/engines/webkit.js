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
/** Milliseconds for one expression. */
const LIMIT = 300_000;

/** @param {import('./engine.js').Setting} setting */
export async function webkit({ proxy, downloads }) {
  const driver = await found(process.env.HARDWAY_WEBKIT_DRIVER, '/usr/bin/WebKitWebDriver');
  const binary = await found(process.env.HARDWAY_MINIBROWSER, ...['4.1', '4.0', '6.0'].flatMap((abi) =>
    ['x86_64', 'aarch64'].map((machine) => `/usr/lib/${machine}-linux-gnu/webkit2gtk-${abi}/MiniBrowser`)));
  const screen = spawn(await found('/usr/bin/Xvfb'), ['-displayfd', '3', '-screen', '0', '1440x1000x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const [display] = await once(/** @type {import('node:stream').Readable} */ (screen.stdio[3]), 'data');
  const port = await freePort(), home = join(downloads, '.home');
  // Where it puts downloads.
  await mkdir(join(home, '.config'), { recursive: true });
  await writeFile(join(home, '.config/user-dirs.dirs'), `XDG_DOWNLOAD_DIR="${downloads}"\n`);
  const server = spawn(driver, [`--port=${port}`, '--host=127.0.0.1'], {
    stdio: 'ignore', env: { ...process.env, DISPLAY: `:${String(display).trim()}`, GDK_BACKEND: 'x11', HOME: home, XDG_CONFIG_HOME: join(home, '.config'), LANG: 'C.UTF-8' },
  });
  const end = () => { for (const child of [server, screen]) child.kill(); };
  await listening(port).catch((thrown) => { end(); throw thrown; });
  const session = async () => {
    const opened = await new Builder().usingServer(`http://127.0.0.1:${port}`).withCapabilities({
      browserName: 'MiniBrowser', 'webkitgtk:browserOptions': { binary, args: ['--automation'] }, unhandledPromptBehavior: 'ignore',
      ...(proxy ? { proxy: { proxyType: 'manual', httpProxy: proxy, sslProxy: proxy } } : {}),
    }).build();
    await opened.manage().setTimeouts({ script: LIMIT });
    return opened;
  };
  const first = await session().catch((/** @type {unknown} */ thrown) => { end(); throw thrown; }), version = (await first.getCapabilities()).get('browserVersion');
  await first.quit();
  return {
    name: 'WebKitGTK', version, pid: server.pid ?? 0,
    /** @returns {Promise<import('./engine.js').Driver>} */
    async page() {
      const page = await session();
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
        downloads, complaints: () => [], close: () => page.quit(),
      };
    },
    async close() { end(); },
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
