// Plan -> geometry. Pure: no DOM, no clock. Lanes carry the meaning (an apiserver is called at its sides, calls etcd at its
// top and kubelets at its bottom), so positions never depend on how many hosts there are.
/** @import { Plan } from './wasm.d.ts' */
/** @import { Geometry } from './layout/geometry.js' */
import { AXIS, ENTRANCE, HOST, PAIR, WORKER_HEIGHT, WORKER_TOP } from './layout/geometry.js';
import { read } from './layout/reading.js';
import { entrance } from './layout/entrance.js';
import { masters } from './layout/masters.js';
import { sheet } from './layout/sheet.js';
import { workers } from './layout/workers.js';

/** @typedef {'components' | 'certificates'} View */

/** What hosts of etcd's own rise above the masters. */
const CREST = 40;

/**
 * @param {Plan} plan
 * @param {{ view: View, narrow: boolean, t: import('./i18n.js').Translate, focus?: string | null }} options narrow: one column, for a phone; focus: a node that is drawn by itself
 * @returns {Geometry}
 */
export function layout(plan, { view, narrow, t, focus = null }) {
  const reading = read(plan, narrow, focus);
  const page = sheet(reading, view, t);
  masters(page);
  entrance(page);
  workers(page);

  const { single, workerColumns, authorities } = reading;
  const bottom = workerColumns.length ? WORKER_TOP + WORKER_HEIGHT : ENTRANCE + 60;
  const stamp = single && view === 'certificates' && authorities.length ? 62 : 0;
  const several = authorities.length > 1;
  if (stamp) page.stamps(several ? { x: 0, y: bottom + 14, w: HOST, h: 44 } : { x: 96, y: bottom + 14, w: 216, h: 54 });
  else if (!single) page.stamps(several ? { x: AXIS + 118, y: ENTRANCE - 22, w: 300, h: 78 } : { x: AXIS + 168, y: ENTRANCE - 4, w: 216, h: 54 });
  // A stack's copies may stand out of the sheet: the page leaves room for them, and the scale stays the same without.
  const margin = single ? 10 : 1, top = reading.apart ? CREST : margin;
  return {
    single,
    viewBox: [-margin, -top, (single ? HOST + 18 : PAIR) + margin * 2, bottom + stamp + top + margin],
    ...page.geometry,
  };
}
