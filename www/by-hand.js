// What somebody types to make a certificate or to try a connection with other tools: asked of the core once for each plan.
/** @import { Call, Plan, Recipe } from './wasm.d.ts' */
import { named } from './names.js';

export class ByHand {
  #core;
  /** @type {WeakMap<Plan, Map<string, Recipe | Call | null>>} */
  #known = new WeakMap();

  /** @param {Pick<import('./core.js').Core, 'ready' | 'recipe' | 'call'>} core */
  constructor(core) { this.#core = core; }

  /** Null: the plan has no such certificate, or the core is not ready yet. @param {Plan} plan @param {string} id */
  recipe(plan, id) {
    const find = (/** @type {string | undefined} */ wanted) => plan.certificates.find((one) => one.id === wanted);
    const planned = find(id), signer = find(planned?.issuer);
    return planned && signer ? /** @type {Recipe} */ (this.#once(plan, `recipe ${id}`, () => this.#core.recipe(planned, signer))) : null;
  }

  /** Null: the plan has no such connection, or the core is not ready yet. @param {Plan} plan @param {string} id */
  call(plan, id) {
    return /** @type {Call | null} */ (this.#once(plan, `call ${id}`, () => {
      const connection = plan.connections.find((one) => one.id === id);
      const ends = connection ? [connection.caller, connection.listener].map((end) => named(end).node) : [];
      return connection ? this.#core.call(plan.cluster, id, ends.find((node) => plan.shown?.includes(node))) : null;
    }));
  }

  /** @template {Recipe | Call | null} T @param {Plan} plan @param {string} key @param {() => T} ask @returns {T | null} */
  #once(plan, key, ask) {
    if (this.#core.ready === false) return null;
    const known = this.#known.get(plan) ?? new Map();
    if (!known.has(key)) known.set(key, ask());
    this.#known.set(plan, known);
    return known.get(key) ?? null;
  }
}
