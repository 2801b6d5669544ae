// One run at a time: from the click to the issued set. What a run that was stopped still has to say is not heard.
/** @import { Event, State } from './state.js' */
import { asCoreError } from './core.js';
import { IssuedCertificates, IssuedRequests } from './issued.js';
import { Gathered } from './news.js';
import { over } from './worker.js';

export class Generation {
  /** @type {AbortController | null} */
  #running = null;
  #workshop;
  #core;
  #dispatch;
  #issued;
  #changed;

  /**
   * @param {import('./workshop.js').Workshop} workshop @param {Pick<import('./core.js').Core, 'decode' | 'decodeRequest'>} core
   * @param {(event: Event) => void} dispatch @param {(court: import('./court.js').Court) => void} issued
   * @param {() => void} changed a request that was looked at is there
   */
  constructor(workshop, core, dispatch, issued, changed) {
    this.#workshop = workshop;
    this.#core = core;
    this.#dispatch = dispatch;
    this.#issued = issued;
    this.#changed = changed;
  }

  stop() {
    this.#running?.abort(over('cancelled'));
    this.#running = null;
  }

  /** @param {State} begun */
  async start({ run, plan }) {
    const controller = this.#running = new AbortController(), dispatch = this.#dispatch;
    try {
      const keys = new Gathered((news) => dispatch({ type: 'keys', run, ...news }));
      const { certificates, zip, court } = await this.#workshop.generate(controller.signal, plan, Date.now(), {
        searching: (certificate) => keys.searching(certificate),
        made: (certificate, ms) => keys.made(certificate, ms),
        signing() { keys.flush(); dispatch({ type: 'signing', run }); },
        packed: (bytes) => dispatch({ type: 'packed', run, bytes }),
      });
      const { decode, decodeRequest } = this.#core, requests = new IssuedRequests((id) => court.request(id), decodeRequest, this.#changed);
      dispatch({ type: 'issued', run, certificates: new IssuedCertificates(certificates, decode), requests, zip });
      this.#issued(court);
    } catch (thrown) {
      if (!controller.signal.aborted) dispatch({ type: 'failed', run, error: asCoreError(thrown) });
    }
  }
}
