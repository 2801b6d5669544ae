// The opponent: the same cluster's keys, requests, certificates and zip as a page makes them today, with WebCrypto, @peculiar/x509 and client-zip.
// It may do everything at once: each certificate is signed as soon as its key and its issuer's exist.
import 'reflect-metadata';
import { downloadZip } from 'client-zip';
import {
  AuthorityKeyIdentifierExtension, BasicConstraintsExtension, ExtendedKeyUsage, ExtendedKeyUsageExtension, KeyUsageFlags, KeyUsagesExtension, PemConverter,
  Pkcs10CertificateRequestGenerator, SubjectAlternativeNameExtension, SubjectKeyIdentifierExtension, X509CertificateGenerator,
} from '@peculiar/x509';
import { ALGORITHMS } from './webcrypto.js';

/** @typedef {import('../../www/wasm.d.ts').PlannedCertificate} PlannedCertificate */

/** @type {{ certificates: PlannedCertificate[], files: { name: string, text?: string, of?: string, part?: 'key' | 'csr' | 'crt' }[] }} */
const job = JSON.parse(/** @type {HTMLElement} */ (document.getElementById('job')).textContent ?? '');

const { serverAuth, clientAuth } = ExtendedKeyUsage;

/** What each kind of certificate is for. */
const PROFILES = {
  authority: { usages: KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign | KeyUsageFlags.digitalSignature, extended: [] },
  client: { usages: KeyUsageFlags.digitalSignature | KeyUsageFlags.keyEncipherment, extended: [clientAuth] },
  server: { usages: KeyUsageFlags.digitalSignature | KeyUsageFlags.keyEncipherment, extended: [serverAuth] },
  'server-client': { usages: KeyUsageFlags.digitalSignature | KeyUsageFlags.keyEncipherment, extended: [serverAuth, clientAuth] },
  'token-signer': { usages: KeyUsageFlags.digitalSignature, extended: [] },
};

async function generate() {
  const now = Date.now();
  const keys = Object.fromEntries(job.certificates.map(({ id, keyAlgorithm }) => [id,
    /** @type {Promise<CryptoKeyPair>} */ (crypto.subtle.generateKey(ALGORITHMS[keyAlgorithm], true, ['sign', 'verify']))]));
  const made = await Promise.all(job.certificates.map(async (certificate) => [certificate.id, await make(certificate, keys, now)]));
  /** @type {Record<string, Record<'key' | 'csr' | 'crt', string>>} */
  const pem = Object.fromEntries(made);
  const files = job.files.map(({ name, text, of, part }) => ({ name, input: text ?? pem[/** @type {string} */ (of)][/** @type {'key'} */ (part)] }));
  return downloadZip(files).blob();
}

/** @param {PlannedCertificate} certificate @param {Record<string, Promise<CryptoKeyPair>>} keys @param {number} now */
async function make(certificate, keys, now) {
  const { id, kind, issuer, validityDays } = certificate, pair = await keys[id];
  const { usages, extended } = PROFILES[kind];
  const names = certificate.names.map(({ type, value }) => ({ type, value }));
  const common = [
    new BasicConstraintsExtension(kind === 'authority', undefined, true),
    new KeyUsagesExtension(usages, true),
    ...(extended.length ? [new ExtendedKeyUsageExtension(extended)] : []),
    ...(names.length ? [new SubjectAlternativeNameExtension(names)] : []),
  ];
  const signed = async () => X509CertificateGenerator.create({
    subject: subject(certificate),
    issuer: subject(/** @type {PlannedCertificate} */ (job.certificates.find((one) => one.id === issuer))),
    notBefore: new Date(now - 5 * 60_000),
    notAfter: new Date(now + validityDays * 86_400_000),
    publicKey: pair.publicKey,
    signingKey: (await keys[issuer]).privateKey,
    signingAlgorithm: ALGORITHMS[certificate.keyAlgorithm],
    extensions: [...common, await SubjectKeyIdentifierExtension.create(pair.publicKey), await AuthorityKeyIdentifierExtension.create((await keys[issuer]).publicKey)],
  });
  const [pkcs8, request, certified] = await Promise.all([
    crypto.subtle.exportKey('pkcs8', pair.privateKey),
    Pkcs10CertificateRequestGenerator.create({ name: subject(certificate), keys: pair, signingAlgorithm: ALGORITHMS[certificate.keyAlgorithm], extensions: common }),
    signed(),
  ]);
  return { key: `${PemConverter.encode(pkcs8, 'PRIVATE KEY')}\n`, csr: `${request.toString('pem')}\n`, crt: `${certified.toString('pem')}\n` };
}

/** @param {PlannedCertificate} certificate */
const subject = (certificate) => certificate.subject.map(({ type, value }) => ({ [type]: [value] }));

/** @type {HTMLButtonElement} */ (document.getElementById('generate')).addEventListener('click', async () => {
  try {
    const zip = await generate();
    document.documentElement.dataset.phase = 'issued';
    document.body.append(Object.assign(document.createElement('a'), { href: URL.createObjectURL(zip), download: 'bundle.zip', textContent: 'Download bundle' }));
  } catch (thrown) {
    document.body.append(Object.assign(document.createElement('p'), { className: 'failure', textContent: String(thrown) }));
    document.documentElement.dataset.phase = 'failed';
  }
});
