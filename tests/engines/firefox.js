// Firefox as Debian ships it, by puppeteer-core over WebDriver BiDi.
import puppeteer from 'puppeteer-core';
import { found } from '../../build/minibrowser.mjs';

/** @param {import('./engine.js').Setting} setting */
export async function firefox({ proxy, downloads }) {
  const [host, port] = proxy?.split(':') ?? [];
  const browser = await puppeteer.launch({
    browser: 'firefox', headless: true, protocolTimeout: 300_000, defaultViewport: { width: 1440, height: 900 },
    executablePath: await found(process.env.HARDWAY_FIREFOX, '/usr/bin/firefox-esr', '/usr/bin/firefox'),
    extraPrefsFirefox: {
      'intl.locale.requested': 'en-US', 'intl.accept_languages': 'en-US',
      'browser.download.folderList': 2, 'browser.download.dir': downloads, 'browser.download.useDownloadDir': true, 'browser.download.always_ask_before_handling_new_types': false,
      'browser.helperApps.neverAsk.saveToDisk': 'application/zip,application/json',
      ...(proxy ? {
        'network.proxy.type': 1, 'network.proxy.http': host, 'network.proxy.http_port': Number(port), 'network.proxy.ssl': host, 'network.proxy.ssl_port': Number(port),
        'network.proxy.allow_hijacking_localhost': true, 'network.proxy.no_proxies_on': '',
      } : {}),
      // Plain http stays plain, as it does by default wherever https does not answer.
      'dom.security.https_first': false, 'dom.security.https_first_schemeless': false, 'security.mixed_content.upgrade_display_content': false,
    },
  });
  return {
    name: 'Firefox', version: (await browser.version()).replace(/^firefox\//i, ''), pid: browser.process()?.pid ?? 0,
    /** @returns {Promise<import('./engine.js').Driver>} */
    async page() {
      const context = await browser.createBrowserContext(), page = await context.newPage();
      /** @type {string[]} */
      const complaints = [];
      page.on('console', (message) => { if (['error', 'warn'].includes(message.type())) complaints.push(message.text()); });
      page.on('pageerror', (error) => complaints.push(/** @type {Error} */ (error).message));
      return {
        open: async (url) => { await page.goto(url); },
        run: (expression) => page.evaluate(expression),
        // Only a tab in front can be clicked; in one behind it Firefox draws nothing, which puppeteer would wait for.
        click: async (selector) => { await page.bringToFront(); await page.waitForSelector(selector); await page.click(selector); },
        doubleClick: (selector) => page.click(selector, { count: 2 }),
        async type(selector, text) { await page.click(selector); await page.keyboard.down('Control'); await page.keyboard.press('a'); await page.keyboard.up('Control'); await page.keyboard.type(text); },
        async give(selector, files) { await /** @type {import('puppeteer-core').ElementHandle<HTMLInputElement>} */ (await page.$(selector)).uploadFile(...files); },
        downloads, complaints: () => complaints, close: () => context.close(),
      };
    },
    close: () => browser.close(),
  };
}
