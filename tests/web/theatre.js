// Workers that are played by the tests: they answer as told, are slow as told, and die as told.
/** @import { Plan, PlannedCertificate } from '../../www/wasm.d.ts' */
import { Early } from '../../www/early.js';
import { Workshop } from '../../www/workshop.js';
import { samplePlan } from './sample-plan.js';

export const plan = samplePlan({ masters: 1, workers: 2 });
/** What the vault makes of a description, by the description. @type {WeakMap<object, PlannedCertificate[]>} */
const planned = new WeakMap([[plan.cluster, plan.certificates]]);
/** @param {object} description */
export const inventory = (description) => planned.get(description) ?? [];
/** @param {Plan} plan @param {PlannedCertificate[]} certificates @returns {Plan} */
const other = (plan, certificates) => {
  const cluster = { ...plan.cluster };
  planned.set(cluster, certificates);
  return { ...plan, cluster, certificates, totals: { ...plan.totals, keys: certificates.length } };
};
/** A plan with so many certificates. @param {number} keys */
export const many = (keys) => other(plan, Array.from({ length: keys }, (_, i) => ({ ...plan.certificates[0], id: `c-${i}` })));
export const ids = plan.certificates.map(({ id }) => id);
export const zip = new Blob(['zip']);

/** @param {Plan} plan @param {import('../../www/wasm.d.ts').KeyAlgorithm} keyAlgorithm @returns {Plan} */
export const withAlgorithm = (plan, keyAlgorithm) => {
  const changed = other(plan, plan.certificates.map((one) => ({ ...one, keyAlgorithm })));
  changed.cluster.keyAlgorithm = keyAlgorithm;
  return changed;
};
/** The same plan with one certificate under another name. @param {Plan} plan @param {string} from @param {string} to @returns {Plan} */
export const renamed = (plan, from, to) => other(plan, plan.certificates.map((one) => (one.id === from ? { ...one, id: to } : one)));

/** Answers of the workers' turn, and what a page's events and timers wait for. */
export const settle = () => new Promise((resolve) => setTimeout(resolve, 5));

/** A workshop with played workers, a page that is played too, and a log of all that was asked. */
export class Theatre {
  /** @type {FakeWorker[]} */
  workers = [];
  /** @type {{ name: string, action: string, [part: string]: any }[]} */
  requests = [];
  /** Put in the way of an answer: an error to give instead, or SILENCE. @type {(name: string, request: any, worker: FakeWorker) => unknown} */
  instead = () => undefined;
  vault = new FakeVault();
  battery = Object.assign(new EventTarget(), { charging: true, level: 1 });
  document = Object.assign(new EventTarget(), { visibilityState: /** @type {DocumentVisibilityState} */ ('visible') });
  /** What waits for the page to be idle. @type {(() => void)[]} */
  whenIdle = [];
  /** @type {string[]} */
  told = [];
  /** The number of the worker that the browser refuses; 0: none. */
  refuseWorker = 0;

  /** @param {{ early?: boolean, cores?: number, idle?: 'at once' | 'when told', battery?: () => Promise<any> }} [how] */
  constructor({ early = false, cores = 2, idle = 'at once', battery = async () => this.battery } = {}) {
    this.early = new Early(early, {
      document: /** @type {any} */ (this.document), battery,
      idle: (callback) => { if (idle === 'at once') callback(); else this.whenIdle.push(callback); },
    });
    const modules = Promise.resolve(/** @type {any} */ ({ core: 'core', kernels: [] }));
    this.workshop = new Workshop(modules, this.early, () => {}, { start: (name) => this.#start(name), locks, cores });
  }

  /** @param {string} name */
  #start(name) {
    if (this.workers.length + 1 === this.refuseWorker) throw new DOMException('no', 'SecurityError');
    const worker = new FakeWorker(name, (request) => {
      this.requests.push({ name, ...request });
      const instead = this.instead(name, request, worker);
      return instead === SILENCE ? undefined : instead ?? { result: this.#answer(request) };
    });
    this.workers.push(worker);
    return /** @type {Worker} */ (/** @type {unknown} */ (worker));
  }

  /** @param {any} request */
  #answer(request) {
    switch (request.action) {
      case 'open':
        if (!request.description) return null;
        this.vault = new FakeVault();
        return this.vault.replan(inventory(request.description));
      case 'replan': return this.vault.replan(inventory(request.description));
      case 'generate': return { ms: 7, candidates: 70, kernel: 'fma', refused: [], receipt: this.vault.add(request.certificate.id) };
      case 'issue': return [{ id: 'ca', pem: 'PEM' }];
      case 'bundle': return zip;
      default: return null;
    }
  }

  /** @param {AbortSignal} [signal] @param {Plan} [what] */
  generate(signal = new AbortController().signal, what = plan) {
    return this.workshop.generate(signal, what, 0, {
      searching: (id) => this.told.push(`searching ${id}`), made: (id, ms) => this.told.push(`made ${id} ${ms}`), signing: () => this.told.push('signing'),
      packed: (bytes) => this.told.push(`packed ${bytes}`),
    });
  }

  /** The certificates whose keys were begun, in order. */
  get generated() { return this.requests.filter(({ action }) => action === 'generate').map(({ certificate }) => certificate.id); }
  get alive() { return this.workers.filter(({ terminated }) => !terminated); }

  /** @param {'visible' | 'hidden'} state */
  show(state) {
    this.document.visibilityState = state;
    this.document.dispatchEvent(new Event('visibilitychange'));
  }

  /** @param {boolean} charging @param {number} level */
  power(charging, level) {
    Object.assign(this.battery, { charging, level });
    this.battery.dispatchEvent(new Event('levelchange'));
  }
}

export const SILENCE = Symbol('silence');

/** Keeps names only, by the rules of the vault. */
class FakeVault {
  revision = 0;
  /** @type {Set<string>} */ held = new Set();
  /** @type {PlannedCertificate[]} */ certificates = [];

  /** @param {PlannedCertificate[]} certificates */
  replan(certificates) {
    const before = new Map(this.certificates.map((one) => [one.id, one.keyAlgorithm]));
    this.held = new Set(certificates.filter(({ id, keyAlgorithm }) => this.held.has(id) && before.get(id) === keyAlgorithm).map(({ id }) => id));
    this.certificates = certificates;
    return { revision: ++this.revision, certificates, missing: this.#missing() };
  }
  /** @param {string} wanted */
  add(wanted) {
    const missing = this.#missing(), held = (missing.includes(wanted) ? wanted : missing[0]) ?? null;
    if (held !== null) this.held.add(held);
    return { revision: ++this.revision, held };
  }
  #missing() { return this.certificates.map(({ id }) => id).filter((id) => !this.held.has(id)); }
}

/** Who waits for a lock, by its name, and which locks are free again. @type {Map<string, () => unknown>} */
const waiting = new Map();
/** @type {Set<string>} */
const freed = new Set();
const locks = /** @type {import('../../www/worker.js').Locks} */ (/** @type {unknown} */ ({
  /** @param {string} name @param {object} _options @param {() => unknown} taken */
  request(name, _options, taken) {
    if (freed.has(name)) taken();
    else waiting.set(name, taken);
    return new Promise(() => {});
  },
}));

export class FakeWorker {
  terminated = false;
  /** @type {((event: any) => void) | null} */ onmessage = null;
  /** @type {((event: any) => void) | null} */ onerror = null;
  /** @type {((event: any) => void) | null} */ onmessageerror = null;
  /** @type {string | undefined} */ life;
  /** Requests that were met with silence. @type {any[]} */ unanswered = [];
  /** @param {string} name @param {(request: any) => unknown} behave */
  constructor(name, behave) { this.name = name; this.behave = behave; }
  /** @param {any} request */
  postMessage(request) {
    this.life ??= request.life;
    queueMicrotask(() => {
      if (this.terminated) return;
      const answer = this.behave(request);
      if (answer === undefined) this.unanswered.push(request);
      else this.answer(request, answer);
    });
  }
  /** @param {any} request @param {unknown} answer */
  answer(request, answer) {
    if (!this.terminated) this.onmessage?.({ data: { id: request.id, .../** @type {object} */ (answer) } });
  }
  terminate() {
    this.terminated = true;
    freed.add(this.life ?? '');
    waiting.get(this.life ?? '')?.();
  }
}
