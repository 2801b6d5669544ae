// Milliseconds a key, in one browser: every variant in the same worker, one after the other for each seed, so that the machine's moods hit all alike.
import { figure, progress, ratio, say, table } from './report.mjs';
import { mean, median, rotated } from './statistics.mjs';

/** @typedef {{ ms: number, candidates: number, print: string }} Made */
/** @typedef {{ keys: number, slow: number, batches: number }} Counts */
/** @typedef {{ kernels: string[], unknown: string[], workers: number }} Opened */

/** What takes hundreds of milliseconds a key and is not what the product does here: fewer of it. */
const SLOW = ['scalar', 'rsa-32', 'rsa-64'];

/** Issue 3's targets, as multiples of WebCrypto's median. @type {Record<string, Record<string, number>>} */
const TARGETS = { 'Chromium rsa-2048': { fma: 0.35, dot: 0.6 }, 'Chromium rsa-4096': { fma: 0.5 } };

const RSA = ['rsa-2048', 'rsa-3072', 'rsa-4096'], ECDSA = ['ecdsa-p256', 'ecdsa-p384'];

/** ECDSA keys take less than a browser's clock can tell: so many are timed together. */
const TOGETHER = 10;

/** Keys in a batch for the pool: the seed's cluster. */
const BATCH = 10;

/**
 * @param {import('./browsers.mjs').Browser} browser @param {string} path of the page @param {(algorithm: string) => Counts} counts
 */
export async function measureKeys(browser, path, counts) {
  const tab = await browser.open(path);
  /** @type {Opened} */
  const opened = await tab.evaluate('bench.opened');
  say(`\n### Keys in ${browser.name} ${browser.version}, one worker\n`);
  say(`Kernel in use by the page: ${opened.kernels[0] ?? 'scalar'}${opened.unknown.length ? ` (this engine does not know the instructions of: ${opened.unknown.join(', ')})` : ''}. ` +
    'First Fermat\'s test alone, median and least of 9 times 8; then milliseconds a key, written as PKCS#8, the same seeds for each variant but WebCrypto, in turn. Warm.');
  await fermat(tab, opened);
  const rows = [];
  for (const algorithm of [...RSA, ...ECDSA]) {
    progress(`${browser.name}: ${algorithm}, one worker`);
    rows.push(...await alone(tab, opened, algorithm, counts(algorithm), TARGETS[`${browser.name} ${algorithm}`]));
  }
  table(['key', 'made by', 'keys', 'median ms', 'mean ms', 'median / WebCrypto', 'mean / WebCrypto', 'candidates tested a key'], rows);
  await tab.close();
}

/** @param {import('./browsers.mjs').Tab} tab @param {Opened} opened @param {string} algorithm @param {Counts} counts @param {Record<string, number>} [targets] */
async function alone(tab, { kernels }, algorithm, counts, targets) {
  const variants = ['webcrypto', ...(ECDSA.includes(algorithm) ? ['scalar'] : [...kernels, 'scalar', 'rsa-64', ...(algorithm === 'rsa-2048' ? ['rsa-32'] : [])])];
  const together = ECDSA.includes(algorithm) ? TOGETHER : 1;
  /** One key after the other without a pause: a processor that has rested is slower. @param {string[]} turn @param {number} seed @returns {Promise<Made[]>} */
  const make = (turn, seed) => {
    const seeds = Array.from({ length: together }, (_, i) => seed * together + i);
    return tab.evaluate(`bench.alone(${JSON.stringify(turn.map((variant) => ({ action: 'make', variant, algorithm, seeds })))})`);
  };
  /** @type {Record<string, Made[]>} */
  const made = Object.fromEntries(variants.map((variant) => [variant, []]));
  const fast = variants.filter((variant) => together > 1 || !SLOW.includes(variant));
  // Not counted: the engine compiles what it finds hot, the product's kernels test themselves.
  for (const turn of [variants, fast, fast]) await make(turn, 1_000_000);
  for (let seed = 0; seed < counts.keys; seed++) {
    const turn = rotated(seed < counts.slow ? variants : fast, seed);
    (await make(turn, seed)).forEach((one, i) => made[turn[i]].push(one));
  }
  const ours = variants.filter((variant) => !/^(webcrypto|rsa-)/.test(variant));
  for (const variant of ours) {
    made[variant].forEach(({ print }, seed) => {
      if (print !== made[ours[0]][seed].print) throw new Error(`${algorithm}, seed ${seed}: ${variant} and ${ours[0]} make different keys`);
    });
  }
  const [theirs] = variants.map((variant) => made[variant].map(({ ms }) => ms));
  return variants.map((variant) => {
    const times = made[variant].map(({ ms }) => ms), candidates = mean(made[variant].map(({ candidates }) => candidates));
    return [
      algorithm, named(variant, algorithm), times.length * together, figure(median(times)), figure(mean(times)),
      variant === 'webcrypto' ? '1' : ratio(median(times) / median(theirs), targets?.[variant]),
      variant === 'webcrypto' ? '1' : ratio(mean(times) / mean(theirs)),
      candidates ? candidates.toFixed(1) : '',
    ];
  });
}

/** A candidate's test by each kernel: what a search repeats. @param {import('./browsers.mjs').Tab} tab @param {Opened} opened */
async function fermat(tab, { kernels }) {
  const sizes = [1024, 1536, 2048], names = [...kernels, 'scalar'];
  const jobs = names.flatMap((kernel) => sizes.map((bits) => ({ action: 'fermat', kernel, bits, times: 8 })));
  await tab.evaluate(`bench.alone(${JSON.stringify(jobs)})`); // warm
  /** @type {number[][]} */
  const times = jobs.map(() => []);
  /** @type {number[]} */
  let lanes = [];
  for (let round = 0; round < 9; round++) {
    const results = await tab.evaluate(`bench.alone(${JSON.stringify(jobs)})`);
    lanes = results.map((/** @type {{ lanes: number }} */ { lanes }) => lanes);
    results.forEach((/** @type {{ ms: number }} */ { ms }, /** @type {number} */ i) => times[i].push(1000 * ms));
  }
  /** @param {string} kernel @param {number} bits */
  const cell = (kernel, bits) => {
    const found = times[jobs.findIndex((job) => job.kernel === kernel && job.bits === bits)];
    return `${figure(median(found))} (${figure(Math.min(...found))})`;
  };
  table(['kernel', 'candidates at once', ...sizes.map((bits) => `${bits} bits, µs a candidate`)],
    names.map((kernel) => [kernel, lanes[jobs.findIndex((job) => job.kernel === kernel)], ...sizes.map((bits) => cell(kernel, bits))]));
}

/** @param {import('./browsers.mjs').Browser} browser @param {string} path @param {Counts} counts */
export async function measurePool(browser, path, counts) {
  const tab = await browser.open(path);
  /** @type {Opened} */
  const { kernels, workers } = await tab.evaluate('bench.opened');
  const variants = ['webcrypto', kernels[0] ?? 'scalar'];
  const rows = [];
  for (const algorithm of RSA) {
    progress(`${browser.name}: ${algorithm}, pool`);
    /** @type {Record<string, number[]>} */
    const times = Object.fromEntries(variants.map((variant) => [variant, []]));
    /** @param {string} variant @param {number} batch @param {number} keys */
    const together = async (variant, batch, keys) => {
      const { ms } = await tab.evaluate(`bench.together(${JSON.stringify(variant)}, ${JSON.stringify(algorithm)}, ${JSON.stringify(Array.from({ length: keys }, (_, i) => batch * BATCH + i))})`);
      return ms;
    };
    for (const variant of variants) await together(variant, 100_000, variant === 'webcrypto' ? 2 : 2 * workers);
    for (let batch = 0; batch < counts.batches; batch++) {
      for (const variant of rotated(variants, batch)) times[variant].push(await together(variant, batch, BATCH));
    }
    const theirs = times.webcrypto;
    rows.push(...variants.map((variant) => [
      algorithm, named(variant, algorithm), times[variant].length, figure(median(times[variant])), figure(mean(times[variant])),
      variant === 'webcrypto' ? '1' : ratio(median(times[variant]) / median(theirs)), variant === 'webcrypto' ? '1' : ratio(mean(times[variant]) / mean(theirs)),
    ]));
  }
  say(`\n### Keys in ${browser.name} ${browser.version}, ${workers} workers, as the page takes\n`);
  say(`Batches of ${BATCH} keys, wall time divided by ${BATCH}; WebCrypto: ${BATCH} calls at once by Promise.all. Warm.`);
  table(['key', 'made by', 'batches', 'median ms a key', 'mean ms a key', 'median / WebCrypto', 'mean / WebCrypto'], rows);
  await tab.close();
}

/** @param {string} variant @param {string} algorithm */
function named(variant, algorithm) {
  if (variant === 'webcrypto') return 'WebCrypto generateKey + exportKey';
  if (variant === 'rsa-64') return 'crate `rsa` alone, as it is';
  if (variant === 'rsa-32') return 'crate `rsa` alone, `--cfg cpubits="32"`';
  return algorithm.startsWith('ecdsa-') ? 'Hardway' : `Hardway, kernel ${variant}`;
}
