// The hearing of the set that is shown, as the page follows it: asked once for what is looked at, and forgotten with the set.
/** @import { Court } from './court.js' */
/** @import { Event, State } from './state.js' */
/** @import { DecodedCertificate } from './wasm.d.ts' */
import { Hearing } from './hearing.js';

export class Trial {
  /** @type {Hearing | null} */
  #hearing = null;
  /** What was asked last. @type {{ judged: unknown, connection: string } | null} */
  #asked = null;
  #decode;
  #dispatch;
  #gone;

  /** @param {(pem: string) => DecodedCertificate} decode @param {(event: Event) => void} dispatch @param {() => void} gone the vault has died; the bundle is not concerned */
  constructor(decode, dispatch, gone) {
    this.#decode = decode;
    this.#dispatch = dispatch;
    this.#gone = gone;
  }

  /** Of a set that was just issued, or brought. @param {Court} court */
  open(court) {
    const hearing = this.#hearing = new Hearing(court, this.#decode);
    // By then another one may have been opened.
    court.ended.then(() => { if (this.#hearing === hearing) this.#hearing = null; });
    this.judge(null);
  }

  /** @param {string | null} lesson */
  judge(lesson) {
    const hearing = this.#hearing;
    return hearing?.judge(lesson).then((judged) => { if (judged && hearing === this.#hearing) this.#dispatch({ type: 'judged', judged }); }, () => this.#adjourn(hearing));
  }

  /** Of the arrow that is selected. @param {State} state */
  hear({ selection, judged, heard }) {
    const connection = selection?.kind === 'arrow' ? selection.connection : null, hearing = this.#hearing;
    if (!judged || connection === null || heard?.verdict.connection === connection || (this.#asked?.judged === judged && this.#asked.connection === connection)) return;
    this.#asked = { judged, connection };
    hearing?.verdict(connection).then((verdict) => this.#dispatch({ type: 'heard', judged, verdict }), () => this.#adjourn(hearing));
  }

  /** @param {Hearing} hearing */
  #adjourn(hearing) {
    if (hearing !== this.#hearing) return;
    this.#hearing = null;
    this.#dispatch({ type: 'judged', judged: null });
    this.#gone();
  }
}

/** Of many workers only some are drawn: the one that has to be drawn for a connection to be, or undefined. @param {string} connection @param {State} state */
export function hidden(connection, { plan, judged }) {
  if (plan.connections.some(({ id }) => id === connection)) return undefined;
  const row = judged?.rows.get(connection), nodes = [row?.caller, row?.listener].map((one) => one?.split('@')[1]);
  return plan.cluster.nodes?.find(({ name, role }) => role === 'worker' && nodes.includes(name))?.name;
}
