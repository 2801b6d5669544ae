// All that the page and its workers have in memory: WebAssembly memories and strings as Chromium's debugger shows them, buffers as a witness in front of each script does.
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
    const { result: { objectId: prototypeObjectId } } = await this.#send('Runtime.evaluate', { expression: 'WebAssembly.Memory.prototype', objectGroup: 'dump' });
    const { objects: { objectId } } = await this.#send('Runtime.queryObjects', { prototypeObjectId, objectGroup: 'dump' });
    const { result, exceptionDetails } = await this.#send('Runtime.callFunctionOn', { objectId, functionDeclaration: READ, returnByValue: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description);
    await this.#send('Runtime.releaseObjectGroup', { objectGroup: 'dump' });
    const [wasm, buffers] = result.value;
    return { text, wasm: wasm.map(decoded), buffers: buffers.map(decoded) };
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
}

/** Of all WebAssembly memories, and of what the witness saw and is still alive; in base64. What was transferred is empty. */
const READ = `function () {
  const theirs = new Set(this.flatMap((memory) => { try { return [memory.buffer]; } catch { return []; } }));
  const read = (one) => {
    try { return (ArrayBuffer.isView(one) ? new Uint8Array(one.buffer, one.byteOffset, one.byteLength) : new Uint8Array(one)).toBase64(); } catch { return ''; }
  };
  return [[...theirs].map(read), globalThis.alive().filter((one) => !theirs.has(one.buffer ?? one)).map(read)];
}`;

/**
 * Runs before the source of a worker, or of the page: the debugger does not show buffers that no part of the browser but the script has touched, so whatever makes
 * one, or gets one through a port, is watched. It keeps none alive.
 */
export const WITNESS = `(() => {
  const seen = [], note = (one) => { seen.push(new WeakRef(one)); return one; };
  globalThis.alive = () => seen.map((one) => one.deref()).filter(Boolean);
  for (const name of ['ArrayBuffer', 'DataView', 'Uint8Array', 'Uint16Array', 'Uint32Array', 'BigUint64Array'])
    globalThis[name] = new Proxy(globalThis[name], { construct: (target, words, self) => note(Reflect.construct(target, words, self)) });
  const { get, set } = Object.getOwnPropertyDescriptor(MessagePort.prototype, 'onmessage');
  const views = (value) => (ArrayBuffer.isView(value) || value instanceof ArrayBuffer ? [value] : value && typeof value === 'object' ? Object.values(value).flatMap(views) : []);
  Object.defineProperty(MessagePort.prototype, 'onmessage', { get, set(handler) { set.call(this, (event) => { views(event.data).forEach(note); return handler.call(this, event); }); } });
})();
`;

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
