// The opponent makes what we make, or the race means nothing: openssl reads both.
import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** @param {import('../www/wasm.d.ts').PlannedCertificate[]} certificates @param {string} ours @param {string} theirs folders with an unpacked zip each */
export async function compare(certificates, ours, theirs) {
  const [ourNames, theirNames] = await Promise.all([ours, theirs].map(names));
  equal('the names of the files', ourNames.join('\n'), theirNames.join('\n'));
  const [ourPki, theirPki] = [ours, theirs].map((folder) => join(folder, pki(ourNames)));
  for (const { id } of certificates) {
    equal(`${id}.crt`, await certificate(ourPki, id), await certificate(theirPki, id));
    equal(`${id}.csr`, await request(ourPki, id), await request(theirPki, id));
    await run('openssl', ['verify', '-x509_strict', '-CAfile', join(theirPki, 'ca.crt'), join(theirPki, `${id}.crt`)]);
    equal(`${id}: key and certificate`, await openssl('pkey', '-in', join(theirPki, `${id}.key`), '-pubout'), await openssl('x509', '-in', join(theirPki, `${id}.crt`), '-noout', '-pubkey'));
  }
}

const EXTENSIONS = 'basicConstraints,keyUsage,extendedKeyUsage,subjectAltName';

/** What is the same in both: not the key, nor the number, nor the second. @param {string} folder @param {string} id */
async function certificate(folder, id) {
  const text = await openssl('x509', '-in', join(folder, `${id}.crt`), '-noout', '-subject', '-issuer', '-ext', EXTENSIONS);
  const days = (await openssl('x509', '-in', join(folder, `${id}.crt`), '-noout', '-enddate')).slice(0, 'notAfter=Aug 20'.length);
  const identified = await openssl('x509', '-in', join(folder, `${id}.crt`), '-noout', '-ext', 'subjectKeyIdentifier,authorityKeyIdentifier');
  // The order of the extensions is not fixed.
  return [days, ...identified.match(/X509v3.*/g) ?? [], ...text.replace(/:\s*\n\s+/g, ': ').split('\n')].map((line) => line.trim()).sort().join('\n');
}

/** @param {string} folder @param {string} id */
async function request(folder, id) {
  const text = await openssl('req', '-in', join(folder, `${id}.csr`), '-verify', '-noout', '-text');
  const [, wanted] = /Requested Extensions:\s*([^]*?)Signature Algorithm/.exec(text) ?? [];
  const lines = (wanted ?? '').replace(/: *(critical)?\s*\n\s+/g, ': $1 ').split('\n');
  return [text.match(/Subject: .*/)?.[0], ...lines.map((line) => line.trim()).sort()].join('\n');
}

/** @param {string[]} command */
const openssl = async (...command) => (await run('openssl', command)).stdout;

/** @param {string} folder */
const names = async (folder) => (await readdir(folder, { recursive: true, withFileTypes: true }))
  .filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(folder.length)).sort();

/** @param {string[]} names */
const pki = (names) => names.find((name) => name.endsWith('/pki/ca.crt'))?.replace(/ca\.crt$/, '') ?? '';

/** @param {string} what @param {string} ours @param {string} theirs */
function equal(what, ours, theirs) {
  if (ours !== theirs) throw new Error(`The opponent does not make what we make (${what}):\n--- ours\n${ours}\n--- theirs\n${theirs}`);
}
