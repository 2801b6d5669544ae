// Where keys are made, for as long as the page lives: ahead of time while nobody waits, and with every worker once somebody does.
/** @import { Plan, PlannedCertificate } from './wasm.d.ts' */
/** @import { Certificate, Modules, NewKey } from './crew.js' */
/** @import { Early, Obstacle } from './early.js' */
import { Crew, crewSize } from './crew.js';
import { readable } from './keeping.js';
import { over, spawn } from './worker.js';

/** @typedef {{ certificates: Certificate[], zip: Blob, court: import('./court.js').Court }} Made court: ends with the next plan or run */
/**
 * @typedef {{
 *   searching: (certificate: string) => void, made: (certificate: string, ms: number | null) => void, signing: () => void, packed: (bytes: number) => void,
 * }} Progress ms: null if made ahead
 */
/**
 * @typedef {{ ready: number, of: number, preparing: boolean, obstacle: Obstacle | 'failed' | null, workers: number, kernel: string | null, refused: string[] }} Status
 *   kernel: what made the last RSA key; refused: kernels that failed on this machine
 */
/** @typedef {{ start: import('./worker.js').Spawn, locks: import('./worker.js').Locks | undefined, cores?: number }} Means */

/** Most keys that are made before anybody asks: who plans thousands of nodes may be looking only. */
const AHEAD = 100;

export class Workshop {
  /** @type {Crew | null} */
  #crew = null;
  /** @type {import('./court.js').Court | null} */
  #court = null;
  /** @type {Plan | null} */
  #plan = null;
  /** Set while somebody waits; `untold` are keys in the vault of which nothing was said yet. @type {{ progress: Progress, untold: Set<string>, complete: () => void } | null} */
  #run = null;
  #idle = false;
  #failed = false;
  /** @type {string | null} */
  #kernel = null;
  /** @type {Set<string>} */
  #refused = new Set();
  #modules;
  #early;
  #changed;
  #means;

  /** @param {Promise<Modules>} modules @param {Early} early @param {() => void} changed the status is another @param {Means} means */
  constructor(modules, early, changed, means = { start: spawn, locks: navigator.locks }) {
    this.#modules = modules;
    modules.catch(() => {}); // whoever waits for them hears of it
    this.#early = early;
    this.#changed = changed;
    this.#means = means;
    early.watch(() => this.#obstacleChanged());
  }

  /** Keys are to be for this plan; keys that still fit it stay. @param {Plan} plan */
  prepare(plan) {
    this.#close();
    const before = this.#plan;
    this.#plan = plan;
    if (before && before.cluster.keyAlgorithm !== plan.cluster.keyAlgorithm) this.#end(over('another algorithm'));
    if (before === plan && this.#crew) return;
    this.#failed = false;
    this.#idle = false;
    this.#staff().then(() => this.#early.idle(() => { this.#idle = true; this.#work(); }), () => {});
  }

  /**
   * Makes what is missing, signs and packs. Whatever the end, every worker ends with it; of a good end the vault is left, to be asked.
   * @param {AbortSignal} signal @param {Plan} plan @param {number} now @param {Progress} progress @returns {Promise<Made>}
   */
  async generate(signal, plan, now, progress) {
    signal.throwIfAborted();
    const stop = () => this.#end(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    /** @type {Crew | undefined} */
    let crew;
    try {
      this.prepare(plan);
      crew = await this.#staff();
      await this.#allKeys(crew, now, progress);
      progress.signing();
      const certificates = await crew.issue(), zip = await readable(await crew.bundle(progress.packed));
      signal.throwIfAborted();
      const court = this.#court = crew.adjourn();
      this.#crew = this.#run = null;
      this.#changed();
      return { certificates, zip, court };
    } finally {
      signal.removeEventListener('abort', stop);
      // Not another one, which a page that was cancelled has by now, and not one that has become a court.
      if (crew && crew === this.#crew) this.#end(over('ended'));
    }
  }

  /** Ends every worker and with them every key; `prepare` starts others. */
  forget() {
    this.#close();
    this.#end(over('forgotten'));
  }

  #close() {
    this.#court?.end(over('another set'));
    this.#court = null;
  }

  /** @returns {Status} */
  get status() {
    const ready = this.#crew?.stock.held ?? 0, of = this.#plan?.totals.keys ?? 0;
    const obstacle = this.#failed ? 'failed' : this.#early.obstacle;
    return {
      ready, of, obstacle, preparing: this.#crew !== null && !this.#run && !obstacle && ready < Math.min(of, AHEAD),
      workers: this.#crew?.size ?? 0, kernel: this.#kernel, refused: [...this.#refused],
    };
  }

  #hire() {
    const { cores } = this.#means, size = crewSize(this.#plan?.totals.keys ?? Infinity, cores);
    /** @type {Crew} */
    const crew = new Crew(size, this.#modules, this.#means, (error) => this.#fail(crew, error));
    return this.#crew = crew;
  }

  /** A crew that knows the plan. */
  async #staff() {
    let crew = this.#crew;
    try {
      crew ??= this.#hire();
      await crew.follow(/** @type {Plan} */ (this.#plan));
    } catch (thrown) {
      this.#fail(crew, thrown);
      throw thrown;
    }
    this.#changed();
    this.#work();
    return crew;
  }

  /** @param {Crew} crew @param {number} now @param {Progress} progress */
  async #allKeys(crew, now, progress) {
    /** @type {Promise<void>} */
    const complete = new Promise((resolve) => { this.#run = { progress, untold: new Set(crew.stock.ready), complete: resolve }; });
    // Not waited for before the search goes on: with keys made ahead, signing begins here.
    const begun = crew.begin(now);
    for (const id of crew.stock.underway) progress.searching(id);
    this.#tell(crew, null, null);
    this.#work();
    await Promise.all([begun, Promise.race([complete, crew.ended])]);
  }

  /** Gives idle workers their next keys: all of them if somebody waits, else half, so that the machine stays free for its user. */
  #work() {
    const crew = this.#crew;
    if (!crew?.settled) return;
    const ahead = this.#idle && !this.#early.obstacle && crew.stock.held < AHEAD;
    const allowed = this.#run ? crew.size : ahead ? Math.ceil(crew.size / 2) : 0;
    while (crew.busy < allowed) {
      const job = crew.stock.next();
      if (!job) return;
      this.#run?.progress.searching(job.id);
      this.#make(crew, job);
    }
  }

  /** @param {Crew} crew @param {PlannedCertificate} job */
  async #make(crew, job) {
    /** @type {NewKey} */
    let made;
    try {
      made = await crew.make(job);
    } catch (thrown) {
      return this.#fail(crew, thrown);
    }
    if (crew !== this.#crew) return;
    this.#kernel = made.kernel ?? this.#kernel;
    for (const name of made.refused) this.#refused.add(name);
    this.#tell(crew, made.receipt.held, made.ms);
    this.#work();
  }

  /** Says which keys have come. @param {Crew} crew @param {string | null} held @param {number | null} ms */
  #tell(crew, held, ms) {
    this.#changed();
    const run = this.#run;
    if (!run) return;
    if (held !== null) run.untold.add(held);
    for (const id of run.untold) run.progress.made(id, ms);
    run.untold.clear();
    if (crew.stock.complete) run.complete();
  }

  #obstacleChanged() {
    // Who turns the setting off wants no key that was not asked for: those made so far go.
    if (!this.#early.on && this.#plan && !this.#run && this.#crew?.stock.held) {
      this.forget();
      this.prepare(this.#plan);
    }
    this.#work();
    this.#changed();
  }

  /** @param {Crew | null} crew null: it could not be hired @param {unknown} error */
  #fail(crew, error) {
    if (crew !== this.#crew) return; // one that was ended fails by that
    this.#failed = true;
    this.#end(error);
  }

  /** @param {unknown} reason */
  #end(reason) {
    const crew = this.#crew;
    this.#crew = this.#run = null;
    crew?.end(reason);
    this.#changed();
  }
}
