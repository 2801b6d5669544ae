// What of a brought cluster is made again, and how: chosen, previewed, made, signed elsewhere, taken along.
/** @import { CoreError, Expiry, KeyChoice, Order, Renewal } from './wasm.d.ts' */
/** @import { Estate, Step } from './estate.js' */
import { asCoreError } from './core.js';
import { IssuedCertificates, IssuedRequests } from './issued.js';
import { Gathered } from './news.js';
import { finished, renewed } from './renewing.js';
import { over } from './worker.js';

/**
 * @typedef {{ days: number, proposal: Order[] | null, chosen: Record<string, KeyChoice>, renewal: Renewal | null, refusal: CoreError | null, back: CoreError | null, came: string[],
 *   rotation: Step[], expiries: Expiry[] | null }} Mend
 *   days: whatever ends before is proposed as well; refusal: why the choice cannot be made; back: why what came back was not taken, and came: what was; expiries: of the renewed set
 */

/** @type {Mend} */
const EMPTY = { days: 30, proposal: null, chosen: {}, renewal: null, refusal: null, back: null, came: [], rotation: [], expiries: null };
const DAY = 86_400_000;

export class Mending {
  view = EMPTY;
  #page;
  #estate;
  #asked = 0;
  /** @type {AbortController | null} */
  #running = null;

  /** @param {import('./bringing.js').Page} page @param {() => Estate | null} estate */
  constructor(page, estate) {
    this.#page = page;
    this.#estate = estate;
  }

  /** @param {Partial<Mend>} change */
  #show(change) {
    this.view = { ...this.view, ...change };
    this.#page.changed();
  }

  /** What has to be made at least, for the description as it is on the form. @param {number} [days] */
  async propose(days = this.view.days) {
    const mine = ++this.#asked, estate = this.#estate(), { description, refusal } = this.#page.state(), now = Date.now();
    if (!estate || refusal) return;
    this.#show({ days, renewal: null, refusal: null, back: null, came: [], rotation: [], expiries: null });
    const proposal = await estate.proposal(description, now, now + days * DAY).catch((thrown) => { if (mine === this.#asked) this.#show({ refusal: asCoreError(thrown) }); return []; });
    if (mine !== this.#asked) return;
    const chosen = Object.fromEntries(proposal.filter(needed).map(({ certificate, key }) => [certificate, key]));
    this.#show({ proposal });
    await this.choose(chosen);
  }

  /** @param {Record<string, KeyChoice>} chosen */
  async choose(chosen) {
    const mine = ++this.#asked, estate = this.#estate();
    this.#show({ chosen, renewal: null, refusal: null });
    if (!estate || Object.keys(chosen).length === 0) return;
    try {
      const renewal = await estate.preview(this.#page.state().description, chosen, Date.now());
      if (mine === this.#asked) this.#show({ renewal });
    } catch (thrown) {
      if (mine === this.#asked) this.#show({ refusal: asCoreError(thrown) });
    }
  }

  /** @param {string} id @param {KeyChoice | null} key null: not at all */
  one(id, key) {
    const { [id]: _, ...others } = this.view.chosen;
    return this.choose(key ? { ...others, [id]: key } : others);
  }

  /** Makes what is chosen. */
  async make() {
    const { dispatch, state, modules, means } = this.#page, estate = this.#estate(), { chosen } = this.view;
    if (!estate || !Object.keys(chosen).length || state().phase === 'generating') return;
    this.stop();
    const controller = this.#running = new AbortController(), { signal } = controller;
    dispatch({ type: 'started', keys: [] });
    const { run, description, phase } = state();
    if (phase !== 'generating') return;
    const keys = new Gathered((news) => dispatch({ type: 'keys', run, ...news }));
    try {
      const made = await renewed(signal, estate, { description, chosen, now: Date.now() }, await modules, means, {
        begun: (waiting) => dispatch({ type: 'keys', run, waiting, searching: [], made: [] }),
        searching: (id) => keys.searching(id), made: (id, ms) => keys.made(id, ms),
        signing() { keys.flush(); dispatch({ type: 'signing', run }); },
        packed: (bytes) => dispatch({ type: 'packed', run, bytes }),
      });
      if ('waiting' in made) dispatch({ type: 'waiting', run, ids: made.waiting, zip: made.zip });
      else await this.#issued(estate, run, made);
    } catch (thrown) {
      if (!signal.aborted) dispatch({ type: 'failed', run, error: asCoreError(thrown) });
    }
  }

  stop() {
    this.#running?.abort(over('cancelled'));
    this.#running = null;
  }

  /** What somebody else has signed. @param {Iterable<Blob>} files */
  async back(files) {
    const estate = this.#estate(), { dispatch, state } = this.#page;
    if (!estate) return;
    /** @type {string[]} */
    let came = [];
    try {
      for (const file of files) came = [...came, ...await estate.takeBack(file, Date.now())];
      this.#show({ back: null, came });
    } catch (thrown) {
      this.#show({ back: asCoreError(thrown), came });
    }
    const ids = await estate.waiting();
    if (ids.length) return dispatch({ type: 'back', ids });
    dispatch({ type: 'started', keys: [] });
    const { run } = state();
    dispatch({ type: 'signing', run });
    try {
      await this.#issued(estate, run, await finished(estate.vault, { packed: (bytes) => dispatch({ type: 'packed', run, bytes }) }));
    } catch (thrown) {
      dispatch({ type: 'failed', run, error: asCoreError(thrown) });
    }
  }

  /** To the files as they were given. */
  async restore() {
    const estate = this.#estate();
    if (!estate) return;
    this.stop();
    await estate.restore();
    this.#page.dispatch({ type: 'restored' });
    this.#page.brought(estate.court());
    await this.propose();
  }

  forget() {
    this.stop();
    this.#asked++;
    this.view = EMPTY;
  }

  /** @param {number} step */
  async step(step) { return this.#estate()?.rotationBundle(step); }

  /** @param {Estate} estate @param {number} run @param {{ certificates: import('./crew.js').Certificate[], zip: Blob }} made */
  async #issued(estate, run, { certificates, zip }) {
    const { dispatch, core, changed, brought } = this.#page, court = estate.court();
    dispatch({ type: 'issued', run, certificates: new IssuedCertificates(certificates, core.decode), requests: new IssuedRequests((id) => court.request(id), core.decodeRequest, changed), zip });
    brought(court);
    const [rotation, expiries] = await Promise.all([estate.rotation().catch(() => []), estate.expiries(Date.now())]);
    this.#show({ rotation, expiries });
  }
}

/** Whether something is made, and not only left out from now on. @param {Order} order */
export const needed = ({ reasons }) => !(reasons.length === 1 && reasons[0].code === 'not-needed');
