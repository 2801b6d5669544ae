// What a box is called, what it says in a line, and the sentence that explains it. Pure.
/** @import { Node } from './nodes.js' */
/** @import { Fault, Part, Value } from '../wasm.d.ts' */
/** @import { Key, Translate } from '../i18n.js' */
import { escaped } from '../hearing.js';
import { en } from '../locales/en.js';

/** 'Extension keyUsage' @param {Part} part */
export const titleOf = ({ field, about }) => (about ? `${field} ${about}` : field);

/** The key of the sentence: of this field in that one, of what it is about, or of the field wherever it stands. @param {Node} node @returns {Key} */
export function explanation({ part: { field, about }, parent }) {
  const keys = [`byte.${parent?.part.field}.${field}`, `byte.${field}.${about}`, `byte.${field}`];
  return /** @type {Key} */ (keys.find((key) => key in en) ?? 'byte.element');
}

/** @param {Value} value @param {Translate} t */
function valueText(value, t) {
  switch (value.kind) {
    case 'bits': return value.names.join(', ');
    case 'boolean': return value.value ? 'TRUE' : 'FALSE';
    case 'identifier': return value.name ? `${value.name} (${value.dotted})` : value.dotted;
    case 'integer': return value.bits > SHORT * 8 ? t('bytes.bits', { n: value.bits }) : value.text;
    case 'time': return value.text.replace('T', ' ').replace('Z', ' UTC');
    default: return escaped(value.text);
  }
}

/** What is within, in a line. @param {Part} part @param {Uint8Array} bytes of the file @param {Translate} t @returns {string} */
export function summary(part, bytes, t) {
  const { field, value, parts, start, header, length } = part;
  /** @param {Part[]} some */
  const within = (some) => some.filter((one) => !['unusedBits', 'form'].includes(one.field)).map((one) => summary(one, bytes, t)).filter(Boolean).join(', ');
  if (value) return valueText(value, t);
  switch (field) {
    case 'AttributeTypeAndValue': return `${part.about ?? within(parts.slice(0, 1))}=${within(parts.slice(1))}`;
    case 'BasicConstraints': return parts.some((one) => one.field === 'cA') ? 'CA:TRUE' : 'CA:FALSE';
    case 'Extension': return within(parts.slice(parts[1]?.field === 'critical' ? 2 : 1));
    case 'attributes': case 'extensions': case 'Extensions': return flat(parts).filter((one) => one.field === 'Extension').map(({ about, parts: [id] }) => about ?? within([id])).join(', ');
    case 'tbsCertificate': case 'certificationRequestInfo': case 'Certificate': case 'CertificationRequest': return '';
  }
  if (parts.length > 0) return within(parts);
  const content = bytes.subarray(start + header, start + header + length);
  return content.length > SHORT ? t('bytes.count', { n: length }) : [...content].map(hexOf).join(':');
}

/** As many bytes as an identifier of a key has, and a serial number, are written out. */
const SHORT = 20;

/** @param {Part[]} parts @returns {Part[]} */
const flat = (parts) => parts.flatMap((part) => [part, ...flat(part.parts)]);

/** @param {Fault} fault @param {Translate} t */
export const faultText = ({ code, at, path, expected, found }, t) =>
  t(`bytes.fault.${code}`, { at, field: path.at(-1) ?? '–', expected: expected ?? '', found: found ?? '' });

/** @param {number} byte */
export const hexOf = (byte) => byte.toString(16).padStart(2, '0');

/** As an editor of bytes shows it: what is no letter is a dot. @param {number} byte */
export const letterOf = (byte) => (byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·');

/** A byte's place, as the column beside the bytes has it. @param {number} byte */
export const offsetOf = (byte) => byte.toString(16).padStart(4, '0');
