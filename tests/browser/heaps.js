// All that the page and its workers have in memory, as Chromium's debugger shows it: no byte of the product is changed for this.
/** @import { CDPSession, Page } from 'playwright-core' */

/** Strings are shown whole. @type {string[]} */
export const FLAGS = ['--js-flags=--heap-snapshot-string-limit=100000000'];

/** @typedef {{ wasm: Uint8Array[], buffers: Uint8Array[], text: string }} Dump wasm: WebAssembly memories; buffers: all other ArrayBuffers; text: every string of the heap */
/** @typedef {(method: string, params?: object) => Promise<any>} Send */

export class Heap {
  #send;
  #chunks;

  /** @param {string} name page, key-worker or vault-worker @param {string} id tells it from others of its name @param {Send} send @param {string[]} chunks of the snapshot being taken, as they arrive */
  constructor(name, id, send, chunks) {
    this.name = name;
    this.id = id;
    this.#send = send;
    this.#chunks = chunks;
  }

  /** What is garbage is collected first, so this is what can still be reached. @returns {Promise<Dump>} */
  async dump() {
    // First: reading the buffers makes strings of them.
    const text = await this.#strings();
    const buffers = await this.#all('ArrayBuffer'), memories = new Set(await this.#all('WebAssembly.Memory'));
    return { text, wasm: [...memories].map(decoded), buffers: buffers.filter((one) => !memories.has(one)).map(decoded) };
  }

  /** @param {string} expression run where this heap is */
  async evaluate(expression) {
    const { result, exceptionDetails } = await this.#send('Runtime.evaluate', { expression });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  async #strings() {
    this.#chunks.length = 0;
    await this.#send('HeapProfiler.enable');
    await this.#send('HeapProfiler.collectGarbage');
    await this.#send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
    await this.#send('HeapProfiler.disable');
    const { strings } = JSON.parse(this.#chunks.join(''));
    this.#chunks.length = 0;
    return strings.join('\n');
  }

  /** The bytes of every instance, in base64. @param {'ArrayBuffer' | 'WebAssembly.Memory'} type @returns {Promise<string[]>} */
  async #all(type) {
    const { result: { objectId: prototypeObjectId } } = await this.#send('Runtime.evaluate', { expression: `${type}.prototype`, objectGroup: 'dump' });
    const { objects: { objectId } } = await this.#send('Runtime.queryObjects', { prototypeObjectId, objectGroup: 'dump' });
    const { result: { value: count } } = await this.#send('Runtime.callFunctionOn', { objectId, functionDeclaration: 'function () { return this.length; }', returnByValue: true });
    const found = [];
    for (let i = 0; i < count; i++) {
      const { result } = await this.#send('Runtime.callFunctionOn', { objectId, functionDeclaration: READ, arguments: [{ value: i }], returnByValue: true });
      found.push(/** @type {string} */ (result.value));
    }
    await this.#send('Runtime.releaseObjectGroup', { objectGroup: 'dump' });
    return found;
  }
}

/** A prototype is no instance, and what was transferred is empty. */
const READ = `function (i) {
  try {
    const bytes = new Uint8Array(this[i] instanceof WebAssembly.Memory ? this[i].buffer : this[i]);
    if (bytes.toBase64) return bytes.toBase64();
    let text = '';
    for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
    return btoa(text);
  } catch { return ''; }
}`;

/** @param {string} base64 */
const decoded = (base64) => new Uint8Array(Buffer.from(base64, 'base64'));

/**
 * The page's heap and those of its workers, as many as live.
 * @param {Page} page @returns {Promise<Heap[]>}
 */
export async function heapsOf(page) {
  const session = await page.context().newCDPSession(page);
  /** @type {string[]} */
  const chunks = [];
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
  const heaps = [new Heap('page', 'page', (method, params) => session.send(/** @type {any} */ (method), params), chunks)];
  /** @type {Map<string, { settle: Map<number, (answer: any) => void>, chunks: string[] }>} */
  const workers = new Map();
  session.on('Target.receivedMessageFromTarget', ({ sessionId, message }) => {
    const { id, method, params, result, error } = JSON.parse(message), worker = workers.get(sessionId);
    if (method === 'HeapProfiler.addHeapSnapshotChunk') worker?.chunks.push(params.chunk);
    worker?.settle.get(id)?.(error ? Promise.reject(new Error(error.message)) : result);
  });
  session.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
    const worker = { settle: new Map(), chunks: [] };
    workers.set(sessionId, worker);
    heaps.push(new Heap(targetInfo.title, targetInfo.targetId, asking(session, sessionId, worker.settle), worker.chunks));
  });
  await session.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
  const wanted = page.workers().length + 1;
  for (let waited = 0; heaps.length < wanted && waited < 5000; waited += 50) await page.waitForTimeout(50);
  if (heaps.length < wanted) throw new Error(`${heaps.length} heaps of ${wanted}`);
  return heaps;
}

/** @param {CDPSession} session @param {string} sessionId @param {Map<number, (answer: any) => void>} settle @returns {Send} */
function asking(session, sessionId, settle) {
  let next = 1;
  return async (method, params = {}) => {
    const id = next++;
    const answered = new Promise((resolve) => settle.set(id, resolve));
    await session.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method, params }) });
    return answered.finally(() => settle.delete(id));
  };
}
