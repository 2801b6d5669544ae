// Plan -> keys -> zip, in workers. One key is one job; cancelling or failing ends every worker, so nothing half-made is left.
/** @import { Description, IssuedCertificate, Plan } from './wasm.d.ts' */
import { Asked, spawn } from './worker.js';

/** @typedef {{ certificates: IssuedCertificate[], zip: Blob }} Made */
/** @typedef {{ searching: (certificate: string) => void, made: (certificate: string, ms: number) => void, signing: () => void }} Progress */

/** Two at least, so that the second hides the first's bad luck; eight at most, each has its own wasm memory. @param {number} jobs */
export const poolSize = (jobs, cores = globalThis.navigator?.hardwareConcurrency ?? 2) => Math.max(1, Math.min(jobs, Math.max(2, Math.min(8, cores))));

/**
 * @param {AbortSignal} signal ends every worker at once
 * @param {{ module: WebAssembly.Module, plan: Plan, description: Description, now: number }} job
 * @param {Progress} progress
 * @param {{ start: import('./worker.js').Spawn, locks: import('./worker.js').Locks | undefined }} means
 * @returns {Promise<Made>}
 */
export async function make(signal, { module, plan, description, now }, progress, { start, locks } = { start: spawn, locks: navigator.locks }) {
  signal.throwIfAborted();
  /** @type {Deferred<never>} */
  const broken = withResolvers();
  broken.promise.catch(() => {});
  /** @type {Asked[]} */
  const workers = [];
  /** @param {'key-worker' | 'vault-worker'} name */
  const worker = (name) => {
    const asked = new Asked(start(name), broken.reject, locks);
    workers.push(asked);
    return asked;
  };
  const stop = () => broken.reject(signal.reason);
  signal.addEventListener('abort', stop, { once: true });

  try {
    const vault = worker('vault-worker');
    const opened = vault.open(signal, { module, description, now });
    const queue = plan.certificates.map(({ id, keyAlgorithm }) => ({ certificate: id, algorithm: keyAlgorithm }));

    const keyWorker = async () => {
      const maker = worker('key-worker'), channel = new MessageChannel();
      const admitted = vault.ask(signal, 'admit', { door: channel.port2 }, [channel.port2]);
      await Promise.all([admitted, maker.open(signal, { module, vault: channel.port1 }, [channel.port1])]);
      for (let next = queue.shift(); next; next = queue.shift()) {
        progress.searching(next.certificate);
        /** @type {{ ms: number }} */
        const { ms } = await maker.ask(signal, 'generate', next);
        progress.made(next.certificate, ms);
      }
      maker.end(undefined);
    };
    const keys = Promise.all([opened, ...Array.from({ length: poolSize(queue.length) }, keyWorker)]);
    await Promise.race([keys, broken.promise]);

    progress.signing();
    const certificates = await Promise.race([vault.ask(signal, 'issue'), broken.promise]);
    const zip = await Promise.race([vault.ask(signal, 'bundle'), broken.promise]);
    signal.throwIfAborted();
    return { certificates, zip };
  } finally {
    signal.removeEventListener('abort', stop);
    for (const one of workers) one.end(signal.reason ?? new Error('ended'));
  }
}

/** @template T @typedef {{ promise: Promise<T>, resolve: (value: T) => void, reject: (reason: unknown) => void }} Deferred */
/** Promise.withResolvers, which browsers of 2023 do not have. @template T @returns {Deferred<T>} */
function withResolvers() {
  /** @type {any} */
  const all = {};
  all.promise = new Promise((resolve, reject) => Object.assign(all, { resolve, reject }));
  return all;
}
