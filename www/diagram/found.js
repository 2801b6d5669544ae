// A chip as the broken copy really is: with the names and the subject that are in it now.
/** @import { Chip } from '../layout/geometry.js' */
/** @import { Judged } from '../hearing.js' */
import { subjectLine } from '../layout/reading.js';

/** @param {Chip} chip @param {Pick<Judged, 'changed'> | null} judged @param {import('../i18n.js').Translate} t @returns {Chip} */
export function asFound(chip, judged, t) {
  const [id] = chip.certificates, changed = chip.certificates.length === 1 ? judged?.changed.get(id) : undefined;
  if (!changed || (chip.shape !== 'badge' && chip.shape !== 'plate')) return chip;
  const third = chip.third ? /** @type {[string, string]} */ ([t('chip.names', { n: changed.names.length }), chip.third[1]]) : undefined;
  // A plate without a third line shows names in its second, and no lesson takes one of those away.
  const sub = chip.shape === 'badge' || third ? subjectLine([{ id, subject: partsOf(changed.subject) }]) : chip.sub;
  const words = (/** @type {Pick<Chip, 'sub' | 'third'>} */ one) => [chip.stem + chip.extension, one.sub, ...(one.third ?? [])].join(', ');
  // What is drawn comes first in what is heard.
  return { ...chip, sub, third, label: chip.label.replace(words(chip), () => words({ sub, third })) };
}

/** 'CN=admin, O=system:masters' @param {string} subject */
const partsOf = (subject) => subject.split(', ').map((part) => ({ type: part.slice(0, part.indexOf('=')), value: part.slice(part.indexOf('=') + 1) }));
