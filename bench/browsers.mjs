// Three browsers behind one interface: open a file, evaluate an expression in it.
import { pathToFileURL } from 'node:url';
import { found, screen } from '../build/minibrowser.mjs';

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
  const shown = await screen('1280x900');
  try {
    const { session, evaluate, close } = await shown.open();
    return {
      name: 'WebKitGTK', version: (await session.getCapabilities()).get('browserVersion'),
      async open(path) {
        await session.get(pathToFileURL(path).href);
        return { evaluate, close: () => session.get('about:blank') };
      },
      close: () => close().finally(shown.close),
    };
  } catch (thrown) {
    shown.close();
    throw thrown;
  }
}

/** Milliseconds for one expression. */
const LIMIT = 300_000;
