// Click to finished zip of the seed's cluster: the product, the opponent's page, the seed's script, in turn.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { compare } from './compare.mjs';
import { opponentPage } from './pages.mjs';
import { output, product, project } from './place.mjs';
import { figure, progress, ratio, say, table } from './report.mjs';
import { mean, median, rotated } from './statistics.mjs';

const run = promisify(execFile);

/** A page that has just been opened is still busy; nobody clicks sooner. */
const SETTLED = 500;

/** @param {import('playwright-core').Browser} browser @param {string} version @param {number} rounds */
export async function measureBundles(browser, version, rounds) {
  const plan = await seedsPlan();
  const ours = await unpacked(browser, 'ours', product);
  const same = await files(ours);
  const opponent = await opponentPage({ certificates: plan.certificates, files: same });
  const theirs = await unpacked(browser, 'opponent', opponent);
  await compare(plan.certificates, ours, theirs);
  for (const folder of [ours, theirs]) for (const path of [folder, `${folder}.zip`]) await rm(path, { recursive: true });

  /** @type {Record<string, () => Promise<number>>} */
  const contestants = {
    off: () => clicked(browser, product, false, Number),
    on: () => clicked(browser, product, true, Number),
    opponent: () => clicked(browser, opponent, false, Number),
    openssl,
  };
  const names = Object.keys(contestants);
  /** @type {Record<string, number[]>} */
  const times = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    progress(`bundles: round ${round + 1} of ${rounds}`);
    for (const name of rotated(names, round)) times[name].push(await contestants[name]());
  }

  const { stdout: openssl30 } = await run('openssl', ['version']);
  const { devDependencies: exact } = JSON.parse(await readFile(join(project, 'package.json'), 'utf8'));
  const title = {
    off: 'Hardway, early keys off', on: 'Hardway, early keys ready',
    opponent: `WebCrypto + @peculiar/x509 ${exact['@peculiar/x509']} + client-zip ${exact['client-zip']}`,
    openssl: `bench/openssl.sh, the article's commands, ${openssl30.trim().replace(/ \(.*/, '')}`,
  };
  /** @type {Record<string, Record<string, number>>} */
  const targets = { off: { opponent: 0.4, openssl: 0.25 } };
  say(`\n### Click to finished zip in Chromium ${version}: the seed's cluster, ${plan.certificates.length} key pairs ${plan.certificates[0].keyAlgorithm}\n`);
  say('Milliseconds, each time a page newly opened, clicked when it has been still for half a second; the script: from its start to its end, keys, requests and certificates only. In turn.');
  table(['made by', 'files', 'times', 'median ms', 'mean ms', 'least ms', "median / opponent's", "median / openssl's"], names.map((name) => [
    title[/** @type {'on'} */ (name)], name === 'openssl' ? 3 * plan.certificates.length : same.length, rounds,
    name === 'on' ? `${figure(median(times.on))}${median(times.on) < 150 ? ' (target 150: met)' : ' (target 150: **missed**)'}` : figure(median(times[name])),
    figure(mean(times[name])), figure(Math.min(...times[name])),
    ratio(median(times[name]) / median(times.opponent), targets[name]?.opponent), ratio(median(times[name]) / median(times.openssl), targets[name]?.openssl),
  ]));
}

/** The plan of the preset's own description, by the product's core. */
async function seedsPlan() {
  const core = await import('#wasm');
  core.initSync({ module: await WebAssembly.compile(await readFile(join(project, 'target/wasm/hardway_bg.wasm'))) });
  const preset = core.presets().find(({ id }) => id === 'hard-way-2020');
  if (!preset) throw new Error('the core has no preset hard-way-2020');
  return core.outline(preset.description, Date.now());
}

/** Opens a page in a context of its own, clicks once it is still, and hands it over with its time. @template T @param {import('playwright-core').Browser} browser @param {string} path @param {boolean} early @param {(ms: number, page: import('playwright-core').Page) => T} then @returns {Promise<Awaited<T>>} */
async function clicked(browser, path, early, then) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-US', reducedMotion: 'reduce' });
  try {
    await context.addInitScript((setting) => localStorage.setItem('hardway.early', setting), early ? 'on' : 'off');
    const page = await context.newPage();
    await page.goto(pathToFileURL(path).href);
    await page.waitForSelector('svg.diagram, #generate');
    // "10 of 10 keys ready"
    if (early) await page.waitForFunction(() => /^(\d+) of \1 /.test(document.getElementById('ahead')?.textContent?.trim() ?? ''), undefined, { timeout: 60_000 });
    await page.waitForTimeout(SETTLED);
    return await then(await page.evaluate(generate), page);
  } finally {
    await context.close();
  }
}

/** In the page: clicks and waits for the zip. */
async function generate() {
  const root = document.documentElement, start = performance.now();
  /** @type {HTMLElement} */ (document.querySelector('.buttons button, #generate')).click();
  await new Promise((resolve, reject) => {
    new MutationObserver(() => {
      if (root.dataset.phase === 'issued') resolve(undefined);
      if (root.dataset.phase === 'failed') reject(new Error(document.querySelector('.failure')?.textContent ?? 'failed'));
    }).observe(root, { attributes: true });
  });
  return performance.now() - start;
}

/** One zip of a page, unpacked. @param {import('playwright-core').Browser} browser @param {string} name @param {string} path */
async function unpacked(browser, name, path) {
  const folder = join(output, name), zip = `${folder}.zip`;
  await clicked(browser, path, false, async (_, page) => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByText('Download bundle').click()]);
    await download.saveAs(zip);
  });
  await rm(folder, { recursive: true, force: true });
  await run('unzip', ['-q', zip, '-d', folder]);
  return folder;
}

/** Every file of a bundle: keys, requests and certificates are the opponent's own, the rest is given to it as it is. @param {string} folder */
async function files(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return Promise.all(entries.filter((entry) => entry.isFile()).map(async (entry) => {
    const path = join(entry.parentPath ?? entry.path, entry.name), name = relative(folder, path);
    const [, of, part] = /^(.+)\.(key|csr|crt)$/.exec(entry.name) ?? [];
    return of ? { name, of, part } : { name, text: await readFile(path, 'utf8') };
  }));
}

/** The script's time, in a folder that is thrown away. */
async function openssl() {
  const folder = await mkdtemp(join(output, 'openssl-'));
  try {
    const start = performance.now();
    await run('sh', [join(project, 'bench/openssl.sh'), folder]);
    return performance.now() - start;
  } finally {
    await rm(folder, { recursive: true });
  }
}
