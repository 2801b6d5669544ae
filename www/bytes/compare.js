// A certificate beside the request that it answers: what the authority took over, what it added, and what each has of its own. Pure.
/** @import { Node } from './nodes.js' */

/** @typedef {{ nodes: Node[], bytes: Uint8Array }} File */
/** @typedef {'same' | 'changed' | 'added' | 'dropped' | 'own'} Fate own: both have it, by their nature not the same */
/** @typedef {{ field: string, about: string | null, fate: Fate, request: Node | null, certificate: Node | null }} Pair */

/** Field of the certificate, of the request, and whether they differ by nature. @type {[string | null, string | null, boolean][]} */
const FIELDS = [
  ['subject', 'subject', false], ['subjectPublicKeyInfo', 'subjectPKInfo', false],
  ['serialNumber', null, false], ['issuer', null, false], ['validity', null, false],
  ['version', 'version', true], ['signatureAlgorithm', 'signatureAlgorithm', true], ['signatureValue', 'signature', true],
];

/** The names of an authority's signature and of its place in the body are not the same thing: only fields of these count. */
const OUTER = ['Certificate', 'tbsCertificate', 'CertificationRequest', 'certificationRequestInfo'];

/** @param {File} request @param {File} certificate @returns {Pair[]} in the order in which they are told */
export function compared(request, certificate) {
  /** @param {string | null} field @param {File} file */
  const find = (field, { nodes }) => nodes.find(({ part, parent }) => part.field === field && OUTER.includes(parent?.part.field ?? '')) ?? null;
  const fields = FIELDS.map(([ofCertificate, ofRequest, own]) => {
    const asked = find(ofRequest, request), got = find(ofCertificate, certificate);
    return { field: ofCertificate ?? '', about: null, request: asked, certificate: got, fate: fate(request, asked, certificate, got, own) };
  });
  const pairs = [...fields, ...extensions(request, certificate)].filter((pair) => pair.request || pair.certificate);
  return ORDER.flatMap((fate) => pairs.filter((pair) => pair.fate === fate));
}

/** @type {Fate[]} */
const ORDER = ['same', 'changed', 'dropped', 'added', 'own'];

/** @param {File} request @param {File} certificate @returns {Pair[]} */
function extensions(request, certificate) {
  const asked = byName(request), got = byName(certificate);
  return [...new Set([...asked.keys(), ...got.keys()])].map((name) => {
    const one = asked.get(name) ?? null, other = got.get(name) ?? null;
    return { field: 'Extension', about: name, request: one, certificate: other, fate: fate(request, one, certificate, other, false) };
  });
}

/** By name, or by number where nobody knows a name. @param {File} file @returns {Map<string, Node>} */
const byName = ({ nodes }) => new Map(nodes.filter(({ part }) => part.field === 'Extension').map((node) => {
  const [{ value = null } = {}] = node.part.parts;
  return [node.part.about ?? (value?.kind === 'identifier' ? value.dotted : node.id), node];
}));

/** @param {File} request @param {Node | null} asked @param {File} certificate @param {Node | null} got @param {boolean} own @returns {Fate} */
function fate(request, asked, certificate, got, own) {
  if (!asked) return 'added';
  if (!got) return 'dropped';
  return own ? 'own' : equal(whole(request, asked), whole(certificate, got)) ? 'same' : 'changed';
}

/** @param {File} file @param {Node} node */
const whole = ({ bytes }, { part, end }) => bytes.subarray(part.start, end);

/** @param {Uint8Array} one @param {Uint8Array} other */
const equal = (one, other) => one.length === other.length && one.every((byte, i) => byte === other[i]);
