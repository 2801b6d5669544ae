// The verdicts' pills come one after the other, in the order of the list. Nothing moves for those who asked for that.
/** @import { Geometry } from './layout/geometry.js' */
/** @import { Judged } from './hearing.js' */
import { stops } from './diagram.js';
import { together } from './hearing.js';

/** Milliseconds: from one to the next, and for each. */
const APART = 40, EACH = 160;

export class Motion {
  /** @type {Judged | null} */
  #shown = null;
  #still;

  /** @param {Pick<MediaQueryList, 'matches'>} still whether nothing may move */
  constructor(still) { this.#still = still; }

  /** After a drawing: only what became of an arrow just now is moved. @param {Geometry} geometry @param {Judged | null} judged @param {ParentNode} stage */
  follow(geometry, judged, stage) {
    const before = this.#shown;
    this.#shown = judged;
    if (!judged || judged === before || this.#still.matches) return;
    const fate = (/** @type {string[]} */ connections, /** @type {Judged | null} */ one) => { const all = together(connections, one); return all ? `${all.standing} ${all.n}` : ''; };
    const changed = stops(geometry).filter((id) => geometry.arrows.some((arrow) => arrow.id === id && fate(arrow.connections, judged) !== fate(arrow.connections, before)));
    changed.forEach((id, i) => stage.querySelector(`.pill[data-shape="${CSS.escape(id)}"]`)?.animate(
      [{ opacity: 0 }, { opacity: 1 }], { duration: EACH, delay: i * APART, fill: 'backwards', easing: 'ease-out' }));
  }
}
