// Which panel stands at the right of the figure: what is selected, what is being made, or how to read the figure.
/** @import { State } from './state.js' */
/** @import { Actions, Translate } from './panels/parts.js' */
import { html } from 'lit-html';
import { about } from './panels/about.js';
import { call, recipe } from './panels/by-hand.js';
import { bringSide } from './panels/bring/side.js';
import { certificatePanel } from './panels/certificate.js';
import { componentPanel } from './panels/component.js';
import { connectionPanel } from './panels/connection.js';
import { failed } from './panels/failure.js';
import { guide } from './panels/guide.js';
import { keys } from './panels/keys.js';
import { lessonCard } from './panels/lessons.js';
import { stackPanel } from './panels/stack.js';
import { tourPanel } from './panels/tour.js';

/**
 * @typedef {{ figure: unknown, geometry: import('./layout/geometry.js').Geometry, ui: { stack: import('./panels/stack.js').StackView, focus: string | null, differences: boolean },
 *   byHand: import('./by-hand.js').ByHand, again: import('./panels/reissue.js').Again | null | undefined, kernels: import('./kernel.js').Kernels | null, presets: import('./wasm.d.ts').Preset[], status: import('./workshop.js').Status }} Around
 */

/** @param {State} state @param {Around} around @param {import('./i18n.js').Language} language @param {Translate} t @param {Actions} actions */
export const side = (state, around, language, t, actions) => html`${lessonCard(state, t, actions)}${chosen(state, around, language, t, actions) ?? resting(state, around, language, t, actions)}`;

/** @param {State} state @param {Around} around @param {import('./i18n.js').Language} language @param {Translate} t @param {Actions} actions */
function chosen(state, { geometry, ui, byHand }, language, t, actions) {
  const { selection, plan } = state;
  if (selection?.kind === 'arrow') {
    const connection = plan.connections.find(({ id }) => id === selection.connection);
    const bundle = geometry.arrows.find(({ connections }) => connections.includes(selection.connection))?.connections ?? [];
    return connection && html`${connectionPanel(state, connection, bundle, language, t, actions)}${call(byHand.call(plan, connection.id), t, actions)}`;
  }
  if (selection?.kind === 'certificate') {
    const siblings = geometry.chips.find(({ id }) => id === selection.id)?.certificates ?? [];
    return html`${certificatePanel(state, selection.certificate, siblings, language, t, actions)}${recipe(byHand.recipe(plan, selection.certificate), t, actions)}`;
  }
  if (selection?.kind === 'component') {
    const box = geometry.boxes.find(({ id }) => id === selection.id);
    return box && componentPanel(state, box, selection.component, t, actions);
  }
  const host = selection && geometry.hosts.find(({ id }) => id === selection.id);
  return host && stackPanel(host.nodes, ui.stack, ui.focus, t, actions);
}

/** @param {State} state @param {Around} around @param {import('./i18n.js').Language} language @param {Translate} t @param {Actions} actions */
function resting(state, { ui, again, kernels, status, figure, byHand, presets }, language, t, actions) {
  if (actions.tour.walk.on) return tourPanel(actions.tour, state, language, t, actions, { figure, byHand });
  if (state.phase === 'generating') return keys(state, status.workers, language, t);
  if (state.imported && !state.failure) return bringSide(state, presets, language, t, actions);
  return html`${state.failure ? failed(state.failure, language, t, actions) : ''}${guide(state, { again, differences: ui.differences }, language, t, actions)}${about(kernels, status, t)}`;
}
