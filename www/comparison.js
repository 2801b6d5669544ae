// What of the last set would have to be made again for the plan as it is now.
/** @import { State } from './state.js' */
/** @import { Description } from './wasm.d.ts' */

/** Above so many workers a comparison is made only when it is asked for: it takes long. */
const MANY = 200;

export class Comparison {
  /** @type {{ last: unknown, plan: unknown, again: import('./panels/reissue.js').Again } | null} */
  #made = null;
  #reissue;

  /** @param {import('./core.js').Core['reissue']} reissue */
  constructor(reissue) {
    this.#reissue = reissue;
  }

  /** Undefined where there is no last set, null where it has to be asked for. @param {State} state */
  of(state) {
    const { last, plan, phase, refusal } = state;
    if (!last || phase === 'issued' || phase === 'generating' || refusal) return undefined;
    if (!this.#fits(state) && plan.totals.workers <= MANY) this.ask(state);
    return this.#fits(state) ? this.#made?.again : null;
  }

  /** @param {State} state */
  ask({ last, plan }) {
    this.#made = { last, plan, again: this.#reissue(/** @type {Description} */ (last), plan.cluster) };
  }

  /** @param {State} state */
  #fits = ({ last, plan }) => this.#made?.last === last && this.#made.plan === plan;
}
