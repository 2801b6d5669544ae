// The vault and its key workers: they start together and end together, so that nothing half-made outlives a cancel or a failure.
/** @import { Description, Plan, PlannedCertificate } from './wasm.d.ts' */
/** @import { Inventory, Receipt } from './stock.js' */
/** @import { Locks, Spawn } from './worker.js' */
import { Stock } from './stock.js';
import { Court } from './court.js';
import { Asked, over } from './worker.js';

/** @typedef {{ core: WebAssembly.Module, kernels: import('./kernel.js').KernelModule[] }} Modules compiled once, by the page */
/** @typedef {{ ms: number, candidates: number, kernel: string | null, refused: string[], receipt: Receipt }} NewKey */
/** @typedef {{ id: string, pem: string }} Certificate */

/** Two at least, so that the second hides the first's bad luck; eight at most, each has its own wasm memory. @param {number} jobs */
export const crewSize = (jobs, cores = globalThis.navigator?.hardwareConcurrency ?? 2) => Math.max(1, Math.min(jobs, Math.max(2, Math.min(8, cores))));

export class Crew {
  stock = new Stock();
  /** Rejects when the crew is ended. @type {Promise<never>} */
  ended;
  #reject = (/** @type {unknown} */ _reason) => {};
  #vault;
  /** @type {Asked[]} */
  #makers;
  /** @type {Asked[]} */
  #idle = [];
  #modules;
  /** @type {Plan | null} */
  #wanted = null;
  /** @type {Plan | null} */
  #known = null;
  /** @type {Promise<void> | null} */
  #following = null;

  /**
   * Starts the workers, which load their code while the modules are still being compiled.
   * @param {number} size @param {Promise<Modules>} modules
   * @param {{ start: Spawn, locks: Locks | undefined }} means @param {(error: unknown) => void} onDeath
   */
  constructor(size, modules, { start, locks }, onDeath) {
    /** @type {Asked[]} */
    const hired = [];
    /** @param {'key-worker' | 'vault-worker'} name */
    const worker = (name) => {
      const asked = new Asked(start(name), onDeath, locks);
      hired.push(asked);
      return asked;
    };
    this.#modules = modules;
    this.ended = new Promise((_, reject) => { this.#reject = reject; });
    this.ended.catch(() => {});
    try {
      this.#vault = worker('vault-worker');
      this.#makers = Array.from({ length: size }, () => worker('key-worker'));
    } catch (thrown) {
      for (const one of hired) one.end(thrown);
      throw thrown;
    }
  }

  /** Resolves once the vault knows the newest plan; calls in the meantime join the first. @param {Plan} plan */
  follow(plan) {
    this.#wanted = plan;
    return this.#following ??= this.#catchUp();
  }

  async #catchUp() {
    try {
      while (this.#known !== this.#wanted) {
        const plan = /** @type {Plan} */ (this.#wanted);
        const description = plan.cluster;
        this.stock.learn(await (this.#known ? this.#vault.ask('replan', { description }) : this.#open(description, plan.totals.keys)));
        this.#known = plan;
      }
    } finally {
      this.#following = null;
    }
  }

  /** @param {Description} description @param {number} keys @returns {Promise<Inventory>} */
  async #open(description, keys) {
    for (const surplus of this.#makers.splice(crewSize(keys, this.#makers.length))) surplus.end(over('not needed'));
    const { core, kernels } = await this.#modules;
    const opened = this.#vault.open({ module: core, description });
    await Promise.all([opened, ...this.#makers.map(async (maker) => {
      const { port1, port2 } = new MessageChannel();
      await Promise.all([this.#vault.ask('admit', { door: port2 }, [port2]), maker.open({ module: core, kernels, vault: port1 }, [port1])]);
    })]);
    this.#idle = [...this.#makers];
    return /** @type {Promise<Inventory>} */ (opened);
  }

  /** Whether the vault knows the newest plan: only then is it known what is missing. */
  get settled() { return this.#known !== null && this.#known === this.#wanted; }
  get size() { return this.#makers.length; }
  get busy() { return this.#makers.length - this.#idle.length; }

  /** Makes the key of one certificate, by a worker that is idle. @param {PlannedCertificate} certificate @returns {Promise<NewKey>} */
  async make(certificate) {
    const maker = this.#idle.pop();
    if (!maker) throw new Error('no idle key worker');
    this.stock.begun(certificate);
    /** @type {NewKey} */
    const made = await maker.ask('generate', { certificate });
    this.stock.ended(certificate);
    this.stock.learn(made.receipt);
    this.#idle.push(maker);
    return made;
  }

  /** From now on the vault signs each certificate as soon as it can. @param {number} now @returns {Promise<void>} */
  begin(now) { return this.#vault.ask('begin', { now }); }
  /** @returns {Promise<Certificate[]>} */
  issue() { return this.#vault.ask('issue'); }
  /** @param {(bytes: number) => void} packed called as the zip grows @returns {Promise<Blob>} */
  bundle(packed) { return this.#vault.ask('bundle', {}, [], packed); }

  /** Ends the key workers; the vault stays, as the court of what it issued. */
  adjourn() {
    for (const maker of this.#makers) maker.end(over('ended'));
    return new Court(this.#vault);
  }

  /** Ends every worker, and with the vault every key. @param {unknown} reason what the unanswered are told */
  end(reason) {
    for (const worker of [this.#vault, ...this.#makers]) worker.end(reason);
    this.#reject(reason);
  }
}
