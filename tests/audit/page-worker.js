// The key worker out of dist/hardway.html, byte for byte, in a thread of Node's: it is spoken to as the page does, and its keys go to a port of ours.
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { MessageChannel, Worker } from 'node:worker_threads';
import { gunzipSync } from 'node:zlib';

/** @typedef {{ key: Buffer, request: Buffer, kernel: string | null, candidates: number }} Made */

/** What the page carries, by the id of the element. @param {string} file */
export async function carried(file) {
  const page = await readFile(file, 'utf8');
  /** @param {string} id */
  return (id) => {
    const found = page.match(new RegExp(`<script type="[^"]+" id="${id}">([^]*?)</script>`));
    if (!found) throw new Error(`${file} carries no ${id}`);
    return found[1];
  };
}

/** @param {string} base64 of gzip */
export const compiled = (base64) => new WebAssembly.Module(/** @type {Uint8Array<ArrayBuffer>} */ (gunzipSync(Buffer.from(base64, 'base64'))));

/** What a classic worker of a browser's has and a thread of Node's has not. */
const AS_IN_A_BROWSER = `
const { parentPort } = require('node:worker_threads');
globalThis.self = globalThis;
globalThis.postMessage = (message, transfer) => parentPort.postMessage(message, transfer);
parentPort.on('message', (data) => self.onmessage({ data }));
`;

export class PageWorker {
  #worker;
  #door;
  #next = 1;

  /** @param {(id: string) => string} page @param {string} [first] put in front of the worker's own source: what is wrong with its surroundings */
  constructor(page, first = '') {
    this.#worker = new Worker(`${AS_IN_A_BROWSER}${first}\n${page('key-worker')}`, { eval: true });
    const { port1, port2 } = new MessageChannel();
    this.#door = port1;
    this.door = port2;
  }

  /** @param {(id: string) => string} page @param {string[]} kernels fastest first; none: scalar arithmetic */
  open(page, kernels) {
    const modules = kernels.map((name) => ({ name, module: compiled(page(`kernel-${name}`)) }));
    return this.#ask('open', { module: compiled(page('wasm')), kernels: modules, vault: this.door, life: null }, [this.door]);
  }

  /** @param {unknown} certificate an entry of a plan @returns {Promise<Made>} */
  async make(certificate) {
    const arrived = once(this.#door, 'message').then(([{ id, key, request }]) => {
      this.#door.postMessage({ id, result: { held: null, revision: 1 } });
      return { key: Buffer.from(key), request: Buffer.from(request) };
    });
    const answer = this.#ask('generate', { certificate });
    // A worker that refuses hands nothing over, and then nobody waits for it.
    const { kernel, candidates } = await answer;
    return { ...await arrived, kernel, candidates };
  }

  /** @param {string} action @param {object} body @param {any[]} [transfer] @returns {Promise<any>} */
  async #ask(action, body, transfer) {
    const id = this.#next++;
    this.#worker.postMessage({ id, action, ...body }, transfer);
    for (;;) {
      const [answer] = await once(this.#worker, 'message');
      if (answer.id !== id) continue;
      if (answer.error) throw answer.error;
      return answer.result;
    }
  }

  /** @param {() => void} handed called for each key that comes */
  watch(handed) { this.#door.on('message', handed); }

  async end() {
    this.#door.close();
    await this.#worker.terminate();
  }
}
