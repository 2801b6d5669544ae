// A page of figures alone, made of the product's own modules: core, layout, diagram, words and style. Bundled by figures.test.js.
/** @import { Plan, Preset } from '../../www/wasm.d.ts' */
import * as wasm from '#wasm';
import { render } from 'lit-html';
import { diagram, fit } from '../../www/diagram.js';
import { translator } from '../../www/i18n.js';
import { layout } from '../../www/layout.js';
import { cases, sized } from '../web/sizes.js';
import { overlaps } from './overlaps.js';

/** @type {Preset[]} */
let presets = [];
const here = /** @type {any} */ (globalThis), nothing = new Set();
const NOW = Date.UTC(2026, 10, 25);

/** @param {string} base64 the core */
here.open = (base64) => {
  wasm.initSync({ module: new WebAssembly.Module(Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))) });
  presets = wasm.presets();
  return presets.map(({ id }) => id);
};

/** Every size of one preset, as told; what was drawn, what the core refused, and every fault once. @param {{ preset: string, view: 'components' | 'certificates', narrow: boolean, language: 'en' | 'ja', state: 'planned' | 'verified', font: string, long?: boolean, spoil?: boolean }} how long: with names so long that a node’s certificate can just hold them; spoil: with one label, one pill and one chip out of place */
here.inspect = ({ preset, view, narrow, language, state, font, long = false, spoil = false }) => {
  document.documentElement.style.setProperty('--sans', font || '');
  const t = translator(language), faults = new Map();
  let drawn = 0, refused = 0;
  for (const size of cases(presets)) {
    if (size.preset !== preset) continue;
    /** @type {Plan} */
    let plan;
    try {
      const description = sized(size, presets);
      plan = wasm.outline(long ? { ...description, nodes: description.nodes?.map((node) => ({ ...node, name: `${'a-very-long-name-'.repeat(4)}`.slice(0, 49 - node.name.length) + `-${node.name}` })) } : description, NOW);
    } catch {
      refused += 1;
      continue;
    }
    const geometry = layout(plan, { view, narrow, t });
    if (spoil) displace(geometry);
    drawn += 1;
    const [, , w, h] = geometry.viewBox, stage = /** @type {HTMLElement} */ (document.getElementById('stage'));
    stage.style.width = `${w}px`;
    stage.style.height = `${h}px`;
    const rows = new Map(plan.connections.map(({ id }) => [id, { side: null, nobody: false }]));
    const judged = state === 'verified' ? /** @type {any} */ ({ rows, changed: new Map() }) : null;
    const marks = { arrows: null, host: null, chips: nothing, boxes: nothing, certificates: nothing, made: nothing, current: null };
    render(diagram(geometry, { marks, issued: state === 'verified', judged, t, stale: false, life: () => '' }), stage);
    fit(stage);
    for (const fault of overlaps(/** @type {SVGSVGElement} */ (stage.querySelector('svg')), geometry, font ? 0.64 : 0.72)) {
      const where = faults.get(fault) ?? [];
      where.push(`${size.masters}+${size.workers}${size.balancer ? ' lb' : ''}${size.apart ? ' apart' : ''}`);
      faults.set(fault, where);
    }
  }
  return { drawn, refused, faults: [...faults].map(([fault, where]) => `${fault}: ${where.slice(0, 4).join(', ')}${where.length > 4 ? ` and ${where.length - 4} more` : ''}`) };
};

/** @param {import('../../www/layout/geometry.js').Geometry} geometry */
function displace({ labels, arrows, chips }) {
  labels[0].y += 40;
  const pill = arrows.find((one) => one.pill)?.pill;
  if (pill) Object.assign(pill, { x: chips[0].rect.x + 20, y: chips[0].rect.y });
  if (chips[1]) chips[1].rect.y += 20;
}
