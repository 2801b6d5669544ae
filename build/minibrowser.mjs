// WebKitGTK's MiniBrowser on a screen that nobody sees, by selenium-webdriver: for the benchmark and for the tests.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access } from 'node:fs/promises';
import { createServer } from 'node:net';

/** Milliseconds for one expression, for a browser to open, and for it to close. */
const LIMIT = 300_000, OPENING = 30_000, CLOSING = 5_000;

/** @typedef {{ session: any, pid: number, evaluate: (expression: string) => Promise<any>, close: () => Promise<void> }} Opened session: selenium's */

/** A program that is not installed. */
export class Missing extends Error {}

/** A program or file that is there. @param {(string | undefined)[]} paths */
export async function found(...paths) {
  for (const path of paths) if (path && await access(path).then(() => true, () => false)) return path;
  throw new Missing(`not installed: ${paths.filter(Boolean).join(' or ')} (build/test-tools.sh installs it)`);
}

/** The screen, and what opens browsers on it. @param {string} size `1440x1000` */
export async function screen(size) {
  const driver = await found(process.env.HARDWAY_WEBKIT_DRIVER, '/usr/bin/WebKitWebDriver');
  const binary = await found(process.env.HARDWAY_MINIBROWSER, ...['4.1', '4.0', '6.0'].flatMap((abi) =>
    ['x86_64', 'aarch64'].map((machine) => `/usr/lib/${machine}-linux-gnu/webkit2gtk-${abi}/MiniBrowser`)));
  // @ts-expect-error no types: selenium-webdriver does not bring any
  const { Builder } = await import('selenium-webdriver');
  const server = spawn(await found('/usr/bin/Xvfb'), ['-displayfd', '3', '-screen', '0', `${size}x24`, '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const [display] = await once(/** @type {import('node:stream').Readable} */ (server.stdio[3]), 'data');
  /**
   * A browser with a driver of its own: one that has had a browser before has been seen to answer nothing more.
   * @param {Record<string, string>} [env] @param {Record<string, unknown>} [capabilities] @returns {Promise<Opened>}
   */
  const open = async (env = {}, capabilities = {}, tries = 3) => {
    const port = await freePort();
    const program = spawn(driver, [`--port=${port}`, '--host=127.0.0.1'], { stdio: 'ignore', env: { ...process.env, DISPLAY: `:${String(display).trim()}`, GDK_BACKEND: 'x11', ...env } });
    try {
      await listening(port);
      const session = await within(OPENING, new Builder().usingServer(`http://127.0.0.1:${port}`)
        .withCapabilities({ browserName: 'MiniBrowser', 'webkitgtk:browserOptions': { binary, args: ['--automation'] }, ...capabilities }).build());
      await session.manage().setTimeouts({ script: LIMIT });
      return {
        session, pid: program.pid ?? 0,
        evaluate: (expression) => evaluated(session, expression),
        async close() {
          await within(CLOSING, session.quit()).catch(() => {});
          program.kill();
        },
      };
    } catch (thrown) {
      program.kill();
      if (tries > 1) return open(env, capabilities, tries - 1);
      throw thrown;
    }
  };
  return { open, close: () => server.kill() };
}

/** @param {any} session @param {string} expression */
async function evaluated(session, expression) {
  const { result, error } = await session.executeAsyncScript(`const done = arguments[0];
    Promise.resolve(${expression}).then((result) => done({ result }), (error) => done({ error: String(error) }));`);
  if (error !== undefined) throw new Error(error);
  return result;
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

/** A driver that has gone silent would be waited for without end. @template T @param {number} limit milliseconds @param {Promise<T>} promise @returns {Promise<T>} */
export function within(limit, promise) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const late = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error(`WebKitWebDriver: no answer in ${limit} ms`)), limit); });
  return Promise.race([promise, /** @type {Promise<never>} */ (late)]).finally(() => clearTimeout(timer));
}
