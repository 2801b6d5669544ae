// Measures and prints Markdown tables. See --help.
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { Missing } from '../build/minibrowser.mjs';
import { chromium, firefox, webkit } from './browsers.mjs';
import { measureBundles } from './bundles.mjs';
import { measureKeys, measurePool } from './keys.mjs';
import { keysPage } from './pages.mjs';
import { measurePage } from './page.mjs';
import { progress, say } from './report.mjs';
import { measureScale } from './scale.mjs';
import { measureSignatures } from './signatures.mjs';
import { measureVerdicts } from './verdicts.mjs';

/** Of a machine that is left alone; what went before it lingers in the average. */
const BUSY = 1;

const PARTS = ['page', 'keys', 'pool', 'bundles', 'scale', 'verdicts', 'signatures', 'firefox', 'webkit'];

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', default: PARTS.join(',') },
    keys: { type: 'string', default: '30' },
    slow: { type: 'string', default: '3' },
    batches: { type: 'string', default: '3' },
    bundles: { type: 'string', default: '9' },
    signatures: { type: 'string', default: '7' },
    workers: { type: 'string', default: '5000' },
    openings: { type: 'string', default: '15' },
    elsewhere: { type: 'string', default: '5' },
    help: { type: 'boolean', default: false },
  },
});

if (options.help) {
  say(`bench/run.sh [options]

  --only ${PARTS.join(',')}   what is measured (all)
  --openings 15    of the page, each in a context of its own
  --keys 30        keys of each kind, in Chromium, one worker (two thirds of rsa-3072)
  --slow 3         of these by variants that take longest (scalar, rsa alone)
  --batches 3      batches of ten keys for the pool
  --bundles 9      bundles of each contestant
  --workers 5000   the largest cluster of the scale; below 5000: 10, 100 and this
  --signatures 7   rounds of signatures
  --elsewhere 5    keys of each kind in Firefox and WebKitGTK (of rsa-2048 as many as in Chromium)`);
  process.exit();
}

/** @param {string | undefined} text */
const count = (text) => {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new Error(`expected a number from 1, found ${text}`);
  return number;
};
const counts = { keys: count(options.keys), slow: count(options.slow), batches: count(options.batches) };
const parts = (options.only ?? '').split(',');
for (const part of parts) if (!PARTS.includes(part)) throw new Error(`--only knows ${PARTS.join(', ')}, not ${part}`);

const path = parts.some((part) => !['page', 'scale', 'bundles', 'verdicts'].includes(part)) ? await keysPage() : '';
say(`${cpus().length} processors, ${cpus()[0]?.model}. A ratio below 1 is in our favour.`);
if (loadavg()[0] > BUSY) say(`\n**Something else is running (load ${loadavg()[0].toFixed(1)}): what follows is good for ratios at the most.**`);

if (parts.includes('page')) await measurePage(count(options.openings), 60);

if (parts.some((part) => ['keys', 'pool', 'bundles', 'signatures'].includes(part))) {
  const browser = await chromium();
  try {
    if (parts.includes('keys')) await measureKeys(browser, path, (algorithm) => (algorithm === 'rsa-3072' ? { ...counts, keys: Math.ceil(counts.keys * 2 / 3) } : counts));
    if (parts.includes('pool')) await measurePool(browser, path, counts);
    if (parts.includes('bundles')) await measureBundles(browser.browser, browser.version, count(options.bundles));
    if (parts.includes('signatures')) await measureSignatures(browser, path, count(options.signatures));
  } finally {
    await browser.close();
  }
}

if (parts.includes('scale')) await measureScale(count(options.workers) < 5000 ? [10, 100, count(options.workers)] : undefined);

if (parts.includes('verdicts')) await measureVerdicts();

for (const [part, open] of /** @type {const} */ ([['firefox', firefox], ['webkit', webkit]])) {
  if (!parts.includes(part)) continue;
  try {
    const browser = await open();
    try {
      const fewer = Math.min(counts.keys, count(options.elsewhere));
      await measureKeys(browser, path, (algorithm) => ({ ...counts, slow: 1, keys: algorithm === 'rsa-2048' ? counts.keys : fewer }));
      if (part === 'firefox' && parts.includes('signatures')) await measureSignatures(browser, path, Math.min(5, count(options.signatures)));
    } finally {
      await browser.close();
    }
  } catch (thrown) {
    if (!(thrown instanceof Missing)) throw thrown;
    say(`\nSKIPPED ${part}: ${thrown.message}.\n`);
  }
}
progress(`done, load ${loadavg()[0].toFixed(1)}`);
