// What the court says of one issued set, for as long as that set is shown: all connections, one of them, and what a lesson breaks.
/** @import { Court } from './court.js' */
/** @import { DecodedCertificate, Lesson, Overview, Row, Verdict } from './wasm.d.ts' */
import { IssuedCertificates } from './issued.js';

/**
 * @typedef {{ overview: Overview, rows: Map<string, Row>, lessons: string[], lesson: Lesson, changed: Pick<IssuedCertificates, 'get' | 'size'> }} Judged
 *   changed: the certificates that a lesson put in place of issued ones
 */
/** @typedef {'verified' | 'refused' | 'nobody' | 'not-given'} Standing nobody: let in, but without any right; not-given: files are missing, so that nobody can say */

export class Hearing {
  #court;
  #decode;
  #clock;
  #asked = 0;

  /** @param {Court} court @param {(pem: string) => DecodedCertificate} decode @param {() => number} clock milliseconds since 1970 */
  constructor(court, decode, clock = Date.now) {
    this.#court = court;
    this.#decode = decode;
    this.#clock = clock;
  }

  /** With a lesson, or with null as issued; null comes back when another was asked for meanwhile. @param {string | null} id @returns {Promise<Judged | null>} */
  async judge(id) {
    const mine = ++this.#asked, now = this.#clock();
    const lesson = await this.#court.lesson(id, now);
    const [overview, lessons] = await Promise.all([this.#court.verdicts(now), this.#court.lessons()]);
    if (mine !== this.#asked) return null;
    return { overview, lessons, lesson, rows: new Map(overview.rows.map((row) => [row.connection, row])), changed: new IssuedCertificates(lesson.changed, this.#decode) };
  }

  /** @param {string} connection @returns {Promise<Verdict>} */
  verdict(connection) { return this.#court.verdict(connection, this.#clock()); }
}

/** @param {{ side: Row['side'], nobody: boolean, state?: Row['state'] } | undefined} row @returns {Standing | null} */
export const standing = (row) => (!row ? null : row.state === 'not-given' ? 'not-given' : row.side ? 'refused' : row.nobody ? 'nobody' : 'verified');

/** What several connections come to: the worst of them, and how many it is. @param {string[]} connections @param {Judged | null} judged */
export function together(connections, judged) {
  const all = connections.map((id) => standing(judged?.rows.get(id)));
  for (const worst of /** @type {const} */ (['refused', 'nobody', 'not-given', 'verified'])) {
    const n = all.filter((one) => one === worst).length;
    if (n > 0) return { standing: worst, n };
  }
  return null;
}

/** What passes through a pipe: the best of it, for each arrow that leads into it shows its own. @param {string[]} connections @param {Judged | null} judged */
export function best(connections, judged) {
  const all = connections.map((id) => standing(judged?.rows.get(id)));
  const found = /** @type {const} */ (['verified', 'nobody', 'refused', 'not-given']).find((one) => all.includes(one));
  return found ? { standing: found, n: all.filter((one) => one === found).length } : null;
}

/** The planned names that a broken copy has not. @param {Pick<Judged, 'changed'>} judged @param {Pick<import('./wasm.d.ts').PlannedCertificate, 'id' | 'names'>} planned */
export function missingNames({ changed }, { id, names }) {
  const broken = changed.get(id);
  return broken ? names.filter(({ type, value }) => !broken.names.some((one) => one.type === type && one.value === value)) : [];
}

/** The states that a legend has to explain; most sets have nobody without rights, and nothing that was not given. @param {Judged | null} judged @returns {Standing[] | null} */
export function standings(judged) {
  if (!judged) return null;
  const seen = new Set(judged.overview.rows.map(standing));
  return ['verified', 'refused', .../** @type {const} */ (['nobody', 'not-given']).filter((one) => seen.has(one))];
}

/** Control characters, and those that turn the direction of what follows, as Go would write them. @param {string} text */
export const escaped = (text) => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (c) => `\\u${(c.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`);
