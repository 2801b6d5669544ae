// Keys by the browser itself, written as PKCS#8 like ours.

/** What WebCrypto calls our algorithms. @type {Record<string, EcKeyGenParams | RsaHashedKeyGenParams>} */
export const ALGORITHMS = {
  ...Object.fromEntries([2048, 3072, 4096].map((modulusLength) => [`rsa-${modulusLength}`, {
    name: 'RSASSA-PKCS1-v1_5', modulusLength, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256',
  }])),
  'ecdsa-p256': { name: 'ECDSA', namedCurve: 'P-256' },
  'ecdsa-p384': { name: 'ECDSA', namedCurve: 'P-384' },
};

/** @param {string} algorithm */
export async function webCryptoKey(algorithm) {
  const { privateKey } = /** @type {CryptoKeyPair} */ (await crypto.subtle.generateKey(ALGORITHMS[algorithm], true, ['sign', 'verify']));
  return new Uint8Array(await crypto.subtle.exportKey('pkcs8', privateKey));
}
