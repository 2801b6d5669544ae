// Clusters that other programs made, as folders and archives to bring: by the vectors' own scripts.
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const vectors = new URL('../vectors/', import.meta.url);

/** A folder of its own. */
export const folder = () => mkdtemp(join(tmpdir(), 'hardway-bring-'));
/** @param {string} cwd @param {string} program @param {string[]} words */
export const run = (cwd, program, ...words) => execFileSync(program, words, { cwd, stdio: 'pipe' }).toString();

/** The guide's commands, word for word but for the authority: version 3 without basicConstraints, as openssl 3.2 and later make it with them. */
export async function guideUnderNewOpenssl() {
  const at = await folder(), script = await readFile(new URL('seed.sh', vectors), 'utf8'), own = 'openssl x509 -req -in ca.csr -signkey ca.key -CAcreateserial -out ca.crt -days 1000\n';
  if (!script.includes(own)) throw new Error('the guide signs its authority in another way');
  await writeFile(join(at, 'ext'), 'subjectKeyIdentifier = hash\n');
  await writeFile(join(at, 'seed.sh'), script.replace(own, own.replace('-CAcreateserial', '-extfile ext')));
  run(at, 'sh', '-e', 'seed.sh');
  run(at, 'rm', 'seed.sh', 'ext');
  return at;
}

/** The guide's commands as openssl 3.0 carries them out: version 1, which Go accepts. */
export async function guide() {
  const at = await folder();
  await writeFile(join(at, 'seed.sh'), await readFile(new URL('seed.sh', vectors)));
  run(at, 'sh', '-e', 'seed.sh');
  run(at, 'openssl', 'req', '-x509', '-key', 'ca.key', '-subj', '/CN=KUBERNETES-CA', '-days', '1000', '-out', 'ca.crt');
  run(at, 'rm', 'seed.sh');
  return at;
}

export async function kubeadm() {
  const at = await folder();
  await writeFile(join(at, 'kubeadm.sh'), await readFile(new URL('kubeadm.sh', vectors)));
  run(at, 'sh', '-e', 'kubeadm.sh');
  run(at, 'rm', 'kubeadm.sh');
  return at;
}

/** @param {string} of a folder */
export async function packed(of) {
  const file = join(await folder(), 'pki.tar.gz');
  run(of, 'tar', '-czf', file, '.');
  return file;
}

/** What a downloaded zip holds, unpacked. @param {import('playwright-core').Download} download */
export async function unpacked(download) {
  const at = await folder(), zip = join(at, 'bundle.zip');
  await download.saveAs(zip);
  await mkdir(join(at, 'out'));
  run(at, 'unzip', '-q', zip, '-d', 'out');
  const [name] = await readdir(join(at, 'out'));
  return join(at, 'out', name);
}

/** An authority whose key is sealed with a passphrase, and the administrator that it signed. */
export async function sealed(passphrase = 'correct horse') {
  const of = await guide(), at = await folder();
  run(at, 'openssl', 'pkcs8', '-topk8', '-in', join(of, 'ca.key'), '-passout', `pass:${passphrase}`, '-out', 'ca.key');
  for (const file of ['ca.crt', 'admin.crt', 'admin.key']) run(at, 'cp', join(of, file), file);
  return at;
}
