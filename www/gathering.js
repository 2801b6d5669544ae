// What was dropped or chosen, as a flat list of files with their paths. Folders are walked; no byte is read.
/** @import { GivenFile } from './vault-import.js' */

/** @typedef {{ files: GivenFile[], more: boolean }} Gathered more: than are looked at */

/** Files and folders that are walked at most: the core's own limit, MAX_ENTRIES. */
const MOST = 150_000;

/** Of a drop: entries have to be asked for before anything is waited for. @param {DataTransfer} transfer @returns {Promise<Gathered>} */
export async function dropped(transfer, most = MOST) {
  const entries = [...transfer.items].filter(({ kind }) => kind === 'file').map((item) => item.webkitGetAsEntry?.() ?? null), plain = [...transfer.files];
  if (entries.length === 0 || entries.includes(null)) return chosen(plain, most);
  /** @type {Gathered} */
  const gathered = { files: [], more: false };
  let seen = 0;
  /** Breadth comes from the folders themselves; what lies deep is as good. @type {FileSystemEntry[]} */
  const open = /** @type {FileSystemEntry[]} */ (entries).reverse();
  for (let entry = open.pop(); entry; entry = open.pop()) {
    if (++seen > most) return { ...gathered, more: true };
    if (entry.isDirectory) open.push(...(await inside(/** @type {FileSystemDirectoryEntry} */ (entry), most)).reverse());
    else gathered.files.push({ file: await opened(/** @type {FileSystemFileEntry} */ (entry)), path: entry.fullPath.replace(/^\//, '') });
  }
  return gathered;
}

/** Of a file picker. @param {Iterable<File>} files @param {number} [most] @returns {Gathered} */
export function chosen(files, most = MOST) {
  const all = [...files];
  return { files: all.slice(0, most).map((file) => ({ file, path: file.webkitRelativePath || file.name })), more: all.length > most };
}

/** A reader hands out a hundred at a time. @param {FileSystemDirectoryEntry} folder @param {number} most @returns {Promise<FileSystemEntry[]>} */
async function inside(folder, most) {
  const reader = folder.createReader();
  /** @type {FileSystemEntry[]} */
  const all = [];
  while (all.length <= most) {
    const some = await new Promise((resolve) => reader.readEntries(resolve, () => resolve([])));
    if (some.length === 0) break;
    all.push(...some);
  }
  return all;
}

/** What may not be opened is listed as empty. @param {FileSystemFileEntry} entry @returns {Promise<File>} */
const opened = (entry) => new Promise((resolve) => entry.file(resolve, () => resolve(new File([], entry.name))));
