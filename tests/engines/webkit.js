// WebKitGTK's MiniBrowser behind the interface of the three. Every page is a browser of its own: WebKitWebDriver has one session at a time.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
// @ts-expect-error no types: selenium-webdriver does not bring any
import { By, Key, until } from 'selenium-webdriver';
import { screen, within } from '../../build/minibrowser.mjs';

const located = until.elementLocated;

/** Milliseconds for one answer. */
const LIMIT = 60_000;

/** @param {import('./engine.js').Setting} setting */
export async function webkit({ proxy, downloads }) {
  const shown = await screen('1440x1000'), home = join(downloads, '.home');
  // Where it puts downloads.
  await mkdir(join(home, '.config'), { recursive: true });
  await writeFile(join(home, '.config/user-dirs.dirs'), `XDG_DOWNLOAD_DIR="${downloads}"\n`);
  const open = () => shown.open({ HOME: home, XDG_CONFIG_HOME: join(home, '.config'), LANG: 'C.UTF-8' }, {
    unhandledPromptBehavior: 'ignore', ...(proxy ? { proxy: { proxyType: 'manual', httpProxy: proxy, sslProxy: proxy } } : {}),
  });
  const first = await open().catch((thrown) => { shown.close(); throw thrown; }), version = (await first.session.getCapabilities()).get('browserVersion');
  await first.close();
  let current = 0;
  return {
    name: 'WebKitGTK', version,
    /** The newest page's. */
    get pid() { return current; },
    /** @returns {Promise<import('./engine.js').Driver>} */
    async page() {
      const { session, pid, evaluate, close } = await open();
      current = pid;
      await session.manage().window().setRect({ x: 0, y: 0, width: 1440, height: 1000 });
      const one = (/** @type {string} */ selector) => session.wait(located(By.css(selector)), 10_000);
      return {
        open: (url) => within(LIMIT, session.get(url)), run: (expression) => within(LIMIT, evaluate(expression)),
        click: async (selector) => (await one(selector)).click(),
        doubleClick: async (selector) => session.actions().doubleClick(await one(selector)).perform(),
        async type(selector, text) { await (await one(selector)).click(); await session.actions().keyDown(Key.CONTROL).sendKeys('a').keyUp(Key.CONTROL).sendKeys(text).perform(); },
        give: async (selector, files) => (await one(selector)).sendKeys(files.join('\n')),
        downloads, complaints: () => [], close,
      };
    },
    async close() { shown.close(); },
  };
}
