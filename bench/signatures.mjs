// Where a signature's time goes, and what crypto-bigint's limbs have to do with it.
import { figure, progress, say, table } from './report.mjs';
import { median, rotated } from './statistics.mjs';

/** In the order of the table. @type {Record<string, string>} */
const STEPS = {
  blinded: '**signature, blinded** (as certificates are signed)',
  unblinded: 'signature, not blinded',
  blindedPowers: 'of the blinded one: both exponentiations, of base, exponent and modulus blinded',
  plainPowers: '(the same exponentiations without blinding)',
  inverse: 'of the blinded one: inverse of the base\'s blinding factor',
  publicPowers: 'of the blinded one: two public powers (blinding, check)',
  parameters: 'of the blinded one: Montgomery parameters of four moduli',
  assembly: '**key from its primes**, validated',
  writing: 'PKCS#8 written',
  reading: 'PKCS#8 read and validated',
};

/** @param {import('./browsers.mjs').Browser} browser @param {string} path @param {number} rounds */
export async function measureSignatures(browser, path, rounds) {
  const tab = await browser.open(path), rows = [];
  await tab.evaluate('bench.opened');
  for (const algorithm of ['rsa-2048', 'rsa-4096', 'ecdsa-p256', 'ecdsa-p384']) {
    progress(`${browser.name}: ${algorithm}, signatures`);
    const steps = algorithm.startsWith('rsa-') ? STEPS : { signature: '**signature** (RFC 6979)' };
    const times = algorithm === 'rsa-4096' ? 1 : 4;
    const jobs = Object.keys(steps).flatMap((step) => [32, 64].map((limbs) => ({ action: 'step', limbs, algorithm, step, times })));
    /** @type {Map<string, number[]>} */
    const found = new Map(jobs.map(({ step, limbs }) => [step + limbs, []]));
    await tab.evaluate(`bench.alone(${JSON.stringify([...jobs, ...jobs])})`); // warm
    for (let round = 0; round < rounds; round++) {
      const turn = rotated(jobs, round), results = await tab.evaluate(`bench.alone(${JSON.stringify(turn)})`);
      turn.forEach(({ step, limbs }, i) => found.get(step + limbs)?.push(results[i].ms));
    }
    for (const [step, title] of Object.entries(steps)) {
      const [narrow, wide] = [32, 64].map((limbs) => median(found.get(step + limbs) ?? []));
      rows.push([algorithm, title, figure(narrow), figure(wide), (narrow / wide).toFixed(2)]);
    }
  }
  say(`\n### Signatures and assembly in ${browser.name} ${browser.version}, one worker\n`);
  say(`Milliseconds in wasm, medians of ${rounds} rounds in turn (a step of rsa-4096 once a round, others 4 times); limbs of 32 bits are the product's.`);
  table(['key', 'step', 'ms, limbs of 32 bits', 'ms, limbs of 64 bits', '32 / 64'], rows);
  await tab.close();
}
