// Chromium, by playwright-core.
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium as playwright } from 'playwright-core';

/** @param {import('./engine.js').Setting} setting */
export async function chromium({ proxy, downloads }) {
  const server = await playwright.launchServer({
    executablePath: process.env.HARDWAY_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1', ...(proxy ? [`--proxy-server=http://${proxy}`, '--proxy-bypass-list=<-loopback>'] : [])],
  });
  const browser = await playwright.connect(server.wsEndpoint());
  return {
    name: 'Chromium', version: browser.version(), pid: server.process().pid ?? 0,
    /** @returns {Promise<import('./engine.js').Driver>} */
    async page() {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-US', acceptDownloads: true }), page = await context.newPage();
      /** @type {string[]} */
      const complaints = [];
      page.on('console', (message) => { if (['error', 'warning'].includes(message.type())) complaints.push(message.text()); });
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('download', async (download) => {
        const path = join(downloads, download.suggestedFilename());
        // Nothing comes of one that the browser gave up.
        await download.saveAs(`${path}.part`).then(() => rename(`${path}.part`, path), () => {});
      });
      return {
        open: async (url) => { await page.goto(url); },
        run: (expression) => page.evaluate(expression),
        click: (selector) => page.click(selector),
        doubleClick: (selector) => page.dblclick(selector),
        async type(selector, text) { await page.click(selector); await page.keyboard.press('Control+A'); await page.keyboard.type(text); },
        give: (selector, files) => page.setInputFiles(selector, files),
        downloads, complaints: () => complaints, close: () => context.close(),
      };
    },
    close: async () => { await browser.close(); await server.close(); },
  };
}
