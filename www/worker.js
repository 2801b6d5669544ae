// One worker as a thing that can be asked. It answers, or it fails with an error that says that it died.
import { plain } from './actions.js';

/** @typedef {(name: 'key-worker' | 'vault-worker') => Worker} Spawn */

/** Longest wait for one answer. A 4096 bit key takes seconds; this is only for a death that no event tells of. */
const PATIENCE = 5 * 60_000;
/** Longest wait for the first one, before which no lock says that the worker lives; it takes a tenth of a second. */
const OPENING = 30_000;

const died = () => ({ code: 'worker-died' });

/** What the unanswered are told. Not an Error: that keeps the calls which led to it, and with them what those had in hand, such as a key that was just pasted. @param {string} why */
export const over = (why) => ({ code: 'unexpected', found: why });

/** The address of each worker's source. Kept: WebKit takes a worker from file:// whose address was revoked for one of no origin. @type {Map<string, string>} */
const sources = new Map();

/** A classic worker from the source that the page carries: module workers from a blob fail on file://. @type {Spawn} */
export function spawn(name) {
  let url = sources.get(name);
  if (url === undefined) sources.set(name, url = URL.createObjectURL(new Blob([document.getElementById(name)?.textContent ?? ''], { type: 'text/javascript' })));
  return new Worker(/** @type {string} */ (policy.createScriptURL(url)), { name });
}

/** Lets nothing through but what the page itself has made. */
const ours = (/** @type {string} */ url) => {
  if ([...sources.values()].includes(url)) return url;
  throw new TypeError('not a worker of this page');
};

/** @type {{ createScriptURL: (url: string) => unknown }} */
const policy = /** @type {any} */ (globalThis).trustedTypes?.createPolicy('hardway', { createScriptURL: ours }) ?? { createScriptURL: ours };

/** Web Locks as far as they are used here; plain http has none, and only the patience is left. @typedef {Pick<LockManager, 'request'>} Locks */

export class Asked {
  /** @type {Map<number, { resolve: (value: any) => void, reject: (error: unknown) => void, timer: ReturnType<typeof setTimeout>, progress: (news: any) => void }>} */
  #waiting = new Map();
  #next = 1;
  #over = new AbortController();
  #worker;
  #onDeath;
  #locks;

  /** @param {Worker} worker @param {(error: unknown) => void} onDeath @param {Locks | undefined} locks */
  constructor(worker, onDeath, locks) {
    this.#worker = worker;
    this.#onDeath = onDeath;
    this.#locks = locks;
    worker.onmessage = ({ data }) => this.#settle(data);
    worker.onerror = (event) => { event.preventDefault?.(); this.#die({ ...died(), found: event.message }); };
    worker.onmessageerror = () => this.#die(died());
  }

  /**
   * The first request. The worker holds a lock for as long as it lives: a worker that is killed sends nothing, but its lock comes free.
   * @template T @param {Record<string, unknown>} body @param {Transferable[]} [transfer] @param {string} [action] @returns {Promise<T>}
   */
  async open(body, transfer, action = 'open') {
    let life = this.#locks ? `hardway-${crypto.randomUUID()}` : null;
    const answer = await this.ask(action, { ...body, life }, transfer, ({ unlocked }) => { if (unlocked) life = null; }, OPENING);
    if (life !== null) this.#locks?.request(life, { signal: this.#over.signal }, () => this.#die(died())).catch(() => {});
    return answer;
  }

  /**
   * @template T @param {string} action @param {Record<string, unknown>} [body] @param {Transferable[]} [transfer]
   * @param {(news: any) => void} [progress] what the worker says before it answers @param {number} [patience] @returns {Promise<T>}
   */
  ask(action, body = {}, transfer = [], progress = () => {}, patience = PATIENCE) {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      if (this.#over.signal.aborted) return reject(this.#over.signal.reason);
      this.#waiting.set(id, { resolve, reject, progress, timer: this.#patience(patience) });
      this.#worker.postMessage({ id, action, ...body }, transfer);
    });
  }

  /** Ends the worker, whatever it is doing. @param {unknown} reason what the unanswered are told */
  end(reason) {
    if (this.#over.signal.aborted) return;
    this.#over.abort(reason);
    this.#worker.terminate();
    for (const { reject, timer } of this.#waiting.values()) { clearTimeout(timer); reject(reason); }
    this.#waiting.clear();
  }

  #patience(ms = PATIENCE) { return setTimeout(() => this.#die(died()), ms); }

  /** @param {{ id: number, result?: unknown, error?: unknown, progress?: unknown }} answer */
  #settle({ id, result, error, progress }) {
    const asked = this.#waiting.get(id);
    if (!asked) return;
    clearTimeout(asked.timer);
    if (progress !== undefined) {
      asked.timer = this.#patience();
      asked.progress(progress);
      return;
    }
    this.#waiting.delete(id);
    if (error === undefined) asked.resolve(result);
    else asked.reject(plain(error));
  }

  /** @param {unknown} error */
  #die(error) {
    if (this.#over.signal.aborted) return;
    this.end(error);
    this.#onDeath(error);
  }
}
