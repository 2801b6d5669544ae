// One run at a time: from the click to the issued set. What a run that was stopped still has to say is not heard.
/** @import { Event, State } from './state.js' */
/** @import { DecodedCertificate } from './wasm.d.ts' */
import { asCoreError } from './core.js';
import { IssuedCertificates } from './issued.js';
import { Gathered } from './news.js';

export class Generation {
  /** @type {AbortController | null} */
  #running = null;
  #workshop;
  #decode;
  #dispatch;
  #issued;

  /**
   * @param {import('./workshop.js').Workshop} workshop @param {(pem: string) => DecodedCertificate} decode
   * @param {(event: Event) => void} dispatch @param {(court: import('./court.js').Court) => void} issued
   */
  constructor(workshop, decode, dispatch, issued) {
    this.#workshop = workshop;
    this.#decode = decode;
    this.#dispatch = dispatch;
    this.#issued = issued;
  }

  stop() {
    this.#running?.abort(new DOMException('cancelled', 'AbortError'));
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
      dispatch({ type: 'issued', run, certificates: new IssuedCertificates(certificates, this.#decode), zip });
      this.#issued(court);
    } catch (thrown) {
      if (!controller.signal.aborted) dispatch({ type: 'failed', run, error: asCoreError(thrown) });
    }
  }
}
