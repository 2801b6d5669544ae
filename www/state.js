// The page's state and how events change it. Pure: no DOM, no workers.
//
//     planned -> generating -> issued
//        ^           | |
//        |  cancelled| +-----> failed -> generating (again)
//        +-----------+            any change of the description leads back to planned
//
// Once somebody has brought the files of a cluster that exists, `imported` stands where planned stands here, until they are forgotten.
/** @import { IssuedCertificates, IssuedRequests } from './issued.js' */
/** @import { Judged } from './hearing.js' */
/** @import { News } from './news.js' */
/** @import { CoreError, Description, Expiry, Finding, ImportedFile, Plan, Recognition, Verdict } from './wasm.d.ts' */

/** @typedef {'planned' | 'imported' | 'generating' | 'issued' | 'failed'} Phase */
/** @typedef {{ state: 'waiting' | 'searching' | 'made', ms: number | null }} KeyProgress ms: null when made ahead */
/** @typedef {{ certificates: Pick<IssuedCertificates, 'get' | 'has' | 'size'>, requests: Pick<IssuedRequests, 'get'>, zip: Blob, name: string }} Issued */
/**
 * @typedef {{ listing: ImportedFile[], recognition: Recognition, findings: Finding[], expiries: Expiry[], keys: string[], given: Set<string>, certificates: Pick<IssuedCertificates, 'get' | 'has' | 'size'> }} Imported
 *   keys: ids whose private keys were given; given: ids whose certificates were
 */
/** @typedef {{ ids: string[], zip: Blob, name: string }} Waiting requests that somebody else has to sign */
/** @typedef {{ kind: 'arrow', id: string, connection: string } | { kind: 'certificate', id: string, certificate: string } | { kind: 'component', id: string, component: string } | { kind: 'host', id: string }} Selection component: of several in a box, the one that is told of; '' for a load balancer */
/**
 * @typedef {{ phase: Phase, run: number, description: Description, plan: Plan, refusal: CoreError | null, keys: Map<string, KeyProgress>,
 *   signing: boolean, packed: number, last: Description | null, issued: Issued | null, judged: Judged | null, heard: { judged: Judged, verdict: Verdict } | null,
 *   imported: Imported | null, waiting: Waiting | null, failure: CoreError | null, dropped: boolean, cancelled: number | null, fresh: boolean, selection: Selection | null }} State
 *   imported: the files of a cluster that exists; waiting: what of its renewal is signed elsewhere; packed: bytes of the zip so far; last: what the last whole set was made of; plan: the last one that the core accepted; refusal: why the description as typed is not it; judged: what became of every connection of the issued set, or of the one that a lesson broke; heard: of the one that was asked for; dropped: a change threw issued keys away; cancelled: how many keys were made when somebody stopped; fresh: nobody has done anything yet
 */
/**
 * @typedef {{ type: 'imported', imported: Imported, plan: Plan } | { type: 'waiting', run: number, ids: string[], zip: Blob } | { type: 'back', ids: string[] } | { type: 'restored' } | { type: 'forgotten', description: Description, plan: Plan } | { type: 'described', description: Description, plan: Plan } | { type: 'typed', description: Description } | { type: 'planned', plan: Plan } | { type: 'refused', description: Description, error: CoreError }
 *   | { type: 'started', keys?: string[] } | ({ type: 'keys', run: number, waiting?: string[] } & News)
 *   | { type: 'signing', run: number } | { type: 'packed', run: number, bytes: number } | { type: 'issued', run: number, certificates: Issued['certificates'], requests: Issued['requests'], zip: Blob }
 *   | { type: 'judged', judged: Judged | null } | { type: 'heard', judged: Judged, verdict: Verdict }
 *   | { type: 'failed', run: number, error: CoreError } | { type: 'cancelled' } | { type: 'selected', selection: Selection | null }} Event
 */

/** @param {Description} description @param {Plan} plan @returns {State} */
export const initial = (description, plan) => ({
  phase: 'planned', run: 0, description, plan, refusal: null, keys: new Map(), signing: false, packed: 0, last: null, issued: null, judged: null, heard: null, imported: null, waiting: null, failure: null, dropped: false, cancelled: null, fresh: true, selection: null,
});

/** A changed description throws away all that was made from the one before. @param {State} state @returns {State} */
const without = (state) => ({
  ...state, phase: resting(state), run: state.run + 1, keys: new Map(), signing: false, issued: null, waiting: null, judged: state.phase === 'imported' ? state.judged : null, heard: null, failure: null, cancelled: null, fresh: false,
  dropped: state.imported === null && (state.issued !== null || state.dropped || state.phase === 'generating'),
});

/** Where nothing is under way. @param {State} state @returns {Phase} */
const resting = ({ imported }) => (imported ? 'imported' : 'planned');

/** @param {State} state @param {News & { waiting?: string[] }} news waiting: what is to be made, where that is not the plan's whole @returns {State} */
function withKeys(state, { searching, made, waiting = [] }) {
  const keys = new Map(state.keys);
  for (const certificate of waiting) keys.set(certificate, { state: 'waiting', ms: 0 });
  for (const certificate of searching) keys.set(certificate, { state: 'searching', ms: 0 });
  for (const [certificate, ms] of made) keys.set(certificate, { state: 'made', ms });
  return { ...state, keys };
}

/** @param {State} state @param {Event} event @returns {State} */
export function next(state, event) {
  // What a run that was cancelled or replaced still has to say is too late.
  if ('run' in event && (event.run !== state.run || state.phase !== 'generating')) return state;
  switch (event.type) {
    case 'described':
      return { ...without(state), description: event.description, plan: event.plan, refusal: null, selection: kept(state.selection, event.plan) };
    case 'typed': // before the core is there to plan it
      return { ...without(state), description: event.description };
    case 'planned':
      return { ...state, plan: event.plan };
    case 'imported':
      return { ...without(state), phase: 'imported', description: event.plan.cluster, plan: event.plan, refusal: null, last: null, imported: event.imported, judged: null, dropped: false, selection: kept(state.selection, event.plan) };
    case 'waiting': // signed elsewhere: what was judged before still holds
      return { ...state, phase: 'imported', signing: false, keys: new Map(), waiting: { ids: event.ids, zip: event.zip, name: `${state.plan.cluster.name}-requests.zip` } };
    case 'back':
      return state.waiting ? { ...state, waiting: { ...state.waiting, ids: event.ids } } : state;
    case 'restored': // to the files as they were given
      return state.imported ? without(state) : state;
    case 'forgotten':
      return { ...initial(event.description, event.plan), run: state.run + 1, fresh: false };
    case 'refused':
      return { ...without(state), description: event.description, refusal: event.error };
    case 'started':
      if (state.refusal || state.phase === 'generating') return state;
      return {
        ...state, phase: 'generating', run: state.run + 1, issued: null, waiting: null, judged: null, heard: null, failure: null, dropped: false, cancelled: null, fresh: false, signing: false, selection: null,
        keys: new Map((event.keys ?? state.plan.certificates.map(({ id }) => id)).map((id) => [id, { state: 'waiting', ms: 0 }])),
      };
    case 'keys':
      return withKeys(state, event);
    case 'signing':
      return { ...state, signing: true, packed: 0 };
    case 'packed':
      return { ...state, packed: event.bytes };
    case 'issued':
      return {
        ...state, phase: 'issued', signing: false, waiting: null, last: state.imported ? null : state.plan.cluster,
        issued: { certificates: event.certificates, requests: event.requests, zip: event.zip, name: `${state.plan.cluster.name}${state.imported ? '-renewed' : ''}.zip` },
      };
    case 'judged':
      return state.phase === 'issued' || state.phase === 'imported' ? { ...state, judged: event.judged, heard: null } : state;
    case 'heard':
      return state.judged === event.judged ? { ...state, heard: event } : state;
    case 'failed':
      return { ...state, phase: 'failed', keys: new Map(), signing: false, failure: event.error };
    case 'cancelled':
      return state.phase === 'generating' ? { ...state, phase: resting(state), run: state.run + 1, keys: new Map(), signing: false, cancelled: made(state).size } : state;
    case 'selected':
      return { ...state, selection: event.selection, fresh: state.fresh && event.selection === null };
  }
}

/** A selection that still means something in another plan. @param {Selection | null} selection @param {Plan} plan */
const kept = (selection, plan) =>
  (selection?.kind === 'host' || selection?.kind === 'component' ? true : selection?.kind === 'arrow' ? plan.connections.some(({ id }) => id === selection.connection)
    : plan.certificates.some(({ id }) => id === selection?.certificate)) ? selection : null;

/** The ids of the certificates whose keys exist. @param {State} state */
export const made = (state) => new Set([...state.keys].filter(([, key]) => key.state === 'made').map(([id]) => id));

/** A certificate as it is: issued, or as it was given. @param {Pick<State, 'issued' | 'imported'>} state @param {string} id */
export const existing = ({ issued, imported }, id) => (issued ? issued.certificates : imported?.certificates)?.get(id);
