// The description as a form, from the preset down to the keys.
/** @import { State } from '../state.js' */
import { html } from 'lit-html';
import { fields } from './fields.js';
import { nodeGroups } from './form-nodes.js';
import { authoritySubject, keySettings, network } from './form-settings.js';
import { closeDrawer, madeAhead, namesOf } from './form-parts.js';
import { presetChooser } from './presets.js';
import { warnings } from './warnings.js';

/**
 * @typedef {{ open: number | null, pages: Record<string, number>, filters: Record<string, string> }} FormView
 *   open: the node whose details are shown; pages, filters: of the groups with very many nodes
 */

/**
 * @param {State} state
 * @param {{ ahead: { on: boolean, status: import('../workshop.js').Status }, view: FormView, presets: import('../wasm.d.ts').Preset[], tools: unknown }} what
 * @param {import('../i18n.js').Language} language @param {import('./parts.js').Translate} t @param {import('./parts.js').Actions} actions
 */
export function form(state, { ahead, view, presets, tools }, language, t, actions) {
  const { description } = state, all = fields(state, language, actions), { input, error, edit } = all;
  return html`${closeDrawer(t, actions)}${tools}
    ${error('')}
    ${presetChooser(description, presets, all, t, actions)}
    <section><label class="field tall"><span>${t('form.name')}</span>${input(t('form.name'), 'name', description.name ?? '', (name) => edit({ name }, 'name'), { style: '' })}</label>${error('name')}</section>
    ${nodeGroups(description, view, all, t, actions)}${error('nodes')}
    ${network(state, all, t)}
    ${keySettings(description, all, t)}${madeAhead(ahead, t, actions)}
    ${authoritySubject(description, all, t)}
    ${error('certificates')}${warnings(state.plan.warnings, t, actions)}
    ${namesOf(state.plan, t, actions)}`;
}
