// One renewal at a time: key workers make what is new, the vault signs with the authority that was brought, and packs only that.
/** @import { Description, KeyChoice } from './wasm.d.ts' */
/** @import { Certificate } from './crew.js' */
import { crewSize } from './crew.js';
import { readable } from './keeping.js';
import { Stock } from './stock.js';
import { Asked, over } from './worker.js';

/** @typedef {{ certificates: Certificate[], zip: Blob } | { waiting: string[], zip: Blob }} Renewed waiting: the certificates that somebody else has to sign; the zip has their requests */
/** @typedef {{ begun: (keys: string[]) => void, searching: (certificate: string) => void, made: (certificate: string, ms: number) => void, signing: () => void, packed: (bytes: number) => void }} Progress */

/**
 * @param {AbortSignal} signal @param {import('./estate.js').Estate} estate @param {{ description: Description, chosen: Record<string, KeyChoice>, now: number }} what
 * @param {import('./crew.js').Modules} modules @param {import('./estate.js').Means & { cores?: number }} means @param {Progress} progress @returns {Promise<Renewed>}
 */
export async function renewed(signal, estate, { description, chosen, now }, modules, means, progress) {
  const { inventory } = await estate.renew(description, chosen, now), stock = new Stock(), { vault } = estate;
  signal.throwIfAborted();
  stock.learn(inventory);
  progress.begun(inventory.missing);
  await Promise.all([vault.ask('begin', { now }), makeKeys(signal, vault, stock, inventory.missing.length, modules, means, progress)]);
  signal.throwIfAborted();
  progress.signing();
  const waiting = await estate.waiting();
  if (waiting.length) return { waiting, zip: await readable(await estate.requests(null)) };
  return finished(vault, progress);
}

/** Once everything is signed. @param {Asked} vault @param {Pick<Progress, 'packed'>} progress @returns {Promise<{ certificates: Certificate[], zip: Blob }>} */
export async function finished(vault, { packed }) {
  /** @type {Certificate[]} */
  const certificates = await vault.ask('issue');
  return { certificates, zip: await readable(await vault.ask('bundle', {}, [], packed)) };
}

/** With as many workers as there is work for; a failure of one ends them all. @param {AbortSignal} signal @param {Asked} vault @param {Stock} stock @param {number} jobs @param {import('./crew.js').Modules} modules @param {import('./estate.js').Means & { cores?: number }} means @param {Progress} progress */
async function makeKeys(signal, vault, stock, jobs, { core, kernels }, { start, locks, cores }, progress) {
  if (jobs === 0) return;
  /** @type {Asked[]} */
  const makers = [];
  /** @type {(error: unknown) => void} */
  let fail = () => {};
  const failed = new Promise((_, reject) => { fail = reject; });
  failed.catch(() => {});
  const stop = () => fail(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  try {
    for (let n = crewSize(jobs, cores); n > 0; n--) makers.push(new Asked(start('key-worker'), fail, locks));
    await Promise.race([failed, Promise.all(makers.map(async (maker) => {
      const { port1, port2 } = new MessageChannel();
      await Promise.all([vault.ask('admit', { door: port2 }, [port2]), maker.open({ module: core, kernels, vault: port1 }, [port1])]);
      for (let job = stock.next(); job; job = stock.next()) {
        stock.begun(job);
        progress.searching(job.id);
        /** @type {import('./crew.js').NewKey} */
        const made = await maker.ask('generate', { certificate: job });
        stock.ended(job);
        stock.learn(made.receipt);
        progress.made(job.id, made.ms);
      }
    }))]);
  } finally {
    signal.removeEventListener('abort', stop);
    for (const maker of makers) maker.end(over('ended'));
  }
}
