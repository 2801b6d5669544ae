// The guide that is followed, and how far from it.
/** @import { Description, Preset } from '../wasm.d.ts' */
/** @import { Fields } from './fields.js' */
import { html } from 'lit-html';

/** @param {Description} description @param {Preset[]} presets @param {Fields} fields @param {import('./parts.js').Translate} t @param {import('./parts.js').Actions} actions */
export function presetChooser(description, presets, { select, error }, t, actions) {
  const preset = presets.find(({ id }) => id === description.preset), n = preset?.differences.length ?? 0;
  const choose = (/** @type {string} */ chosen) => {
    const other = presets.find(({ id }) => id === chosen);
    if (other) actions.edit(other.description);
  };
  return html`<section><label class="field tall"><span>${t('form.preset')}</span>${select(t('form.preset'), 'preset', description.preset, presets.map(({ id, title }) => [id, title]), choose)}</label>${error('preset')}
    <p class="remark source">${(preset?.source ?? '').replace('https://', '')}</p>
    ${n ? html`<button type="button" class="textbutton" @click=${actions.differences}>${t('guide.differences', { n })}</button>` : html`<p class="remark">${t('form.preset.own')}</p>`}</section>`;
}
