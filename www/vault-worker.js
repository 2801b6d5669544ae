// Holds every private key from the moment it is made, or read, until the worker ends, signs with them, and lets out only the finished zip.
/** @import { Corrections, Description, KeyAlgorithm } from '#wasm' */
/** @import { GivenFile } from './vault-import.js' */
/** @import { Inventory, Receipt } from './stock.js' */
import { Vault, initSync, sweep } from '#wasm';
import { answering, live } from './actions.js';
import { Imported, borrowing, packed, renewing } from './vault-import.js';

/** @type {Vault | undefined} */
let vault;
const open = () => {
  if (!vault) throw { code: 'unexpected', found: 'the vault is not open' };
  return vault;
};

/** The files of a cluster that exists. @type {Imported | undefined} */
let imported;
const files = () => {
  if (!imported) throw { code: 'unexpected', found: 'no files were given' };
  return imported;
};
/** Whether verdicts are about what was issued, and not about the files as they were given. */
let issued = false;
const judge = () => (imported && !issued ? imported : open());

/** Answers reach the page by several ways; the revision says which is the newest. */
let revision = 0;
/** @returns {Inventory} */
const inventory = () => ({ revision: ++revision, certificates: open().roll(), missing: open().missing() });

function restore() {
  vault?.free();
  vault = files().vault();
  issued = false;
}

const handle = answering({
  /** @param {{ module: WebAssembly.Module, description: Description, life: string | null }} request */
  async open(request, tell) {
    initSync({ module: request.module });
    vault = new Vault(request.description);
    await live(request.life, tell);
    return inventory();
  },
  /** A key worker's own door, so that keys bypass the page. @param {{ door: MessagePort }} request */
  admit({ door }) {
    door.onmessage = (event) => handleKey(event, door);
    doors.push(door);
  },
  /** @param {{ description: Description }} request */
  replan(request) {
    open().replan(request.description);
    return inventory();
  },
  /** @param {{ now: number }} request */
  begin: ({ now }) => open().begin(now),
  issue() {
    const certificates = open().issue();
    issued = true;
    return certificates;
  },
  /** @param {{ certificate: string }} request */
  request: ({ certificate }) => open().request(certificate),
  /** @param {{ now: number }} request */
  verdicts: ({ now }) => judge().verdicts(now),
  /** @param {{ connection: string, now: number }} request */
  verdict: ({ connection, now }) => judge().verdict(connection, now),
  /** Nothing is broken in what somebody brought. */
  lessons: () => (imported ? [] : open().lessons()),
  /** @param {{ lesson: string | null, now: number }} request */
  lesson: ({ lesson, now }) => (imported ? { id: null, changed: [], now: null, notes: [] } : open().lesson(lesson ?? undefined, now)),
  /** @param {{ passphrase?: string }} request */
  bundle: ({ passphrase }, told) => packed((sink) => open().bundle(sink, passphrase), told),
  /** Opens the worker for files instead of a description. @param {{ module: WebAssembly.Module, life: string | null }} request */
  async bring(request, tell) {
    initSync({ module: request.module });
    imported = new Imported();
    await live(request.life, tell);
  },
  /** @param {{ files: GivenFile[] }} request */
  take: (request, told) => files().take(request.files, told),
  /** @param {{ ticket: number, bytes: ArrayBuffer | null }} request */
  lent: (request) => borrowing.lent(request),
  /** @param {{ text: string }} request */
  paste: ({ text }) => files().paste(text),
  /** @param {{ file: number | null, passphrase: string }} request */
  unlock: ({ file, passphrase }) => files().unlock(file, passphrase),
  listing: () => files().listing(),
  /** @param {{ corrections: Corrections, now: number }} request */
  recognise({ corrections, now }) {
    const found = files().recognise(corrections, now);
    restore();
    return { ...found, expiries: open().expiries(now) };
  },
  /** Back to the files as they were given. */
  restore,
  ...renewing(open, inventory),
}, sweep);

const handleKey = answering({
  /** @param {{ certificate: string, algorithm: KeyAlgorithm, key: Uint8Array, request: Uint8Array | undefined }} request @returns {Receipt} */
  add({ certificate, algorithm, key, request }) {
    try {
      return { held: open().addKey(certificate, algorithm, key, request) ?? null, revision: ++revision };
    } finally {
      key.fill(0);
    }
  },
}, sweep);

/** Held, so that no door is collected while a key is on its way. @type {MessagePort[]} */
const doors = [];

const scope = /** @type {import('./actions.js').Target} */ (/** @type {unknown} */ (self));
self.onmessage = (event) => handle(event, scope);
