// The description as a form. Every keystroke goes to the core; what it refuses stands next to the field.
/** @import { State } from '../state.js' */
/** @import { Description, KeyAlgorithm, Role } from '../wasm.d.ts' */
import { html, nothing } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { addressesIn, daysIn, fieldOf, withAnother, withNode, withoutNode } from '../description.js';
import { explained } from '../i18n.js';
import { icon } from '../icons.js';
import { closeDrawer, madeAhead, namesOf } from './form-parts.js';
import { algorithmName } from './parts.js';

/** @type {{ role: Role, title: 'form.balancer' | 'form.masters' | 'form.workers', least: number, most: number }[]} */
const GROUPS = [
  { role: 'load-balancer', title: 'form.balancer', least: 0, most: 1 },
  { role: 'control-plane', title: 'form.masters', least: 1, most: 99 },
  { role: 'worker', title: 'form.workers', least: 0, most: 999 },
];

/** @type {KeyAlgorithm[]} */
const ALGORITHMS = ['rsa-2048', 'rsa-3072', 'rsa-4096', 'ecdsa-p256', 'ecdsa-p384'];

/**
 * @param {State} state @param {{ on: boolean, status: import('../workshop.js').Status }} ahead @param {import('../i18n.js').Language} language
 * @param {import('./parts.js').Translate} t @param {import('./parts.js').Actions} actions
 */
export function form(state, ahead, language, t, actions) {
  const { description, refusal } = state, wrong = refusal ? fieldOf(refusal, description) : null;
  const words = refusal ? explained(refusal, language) : null;
  /** The message of a field, which its input names as its description. @param {string} field */
  const error = (field) => (field === wrong && words
    ? html`<p class="error" id="error" role="alert"><b>${words.message}</b> ${words.hint}</p>` : nothing);
  /** @param {string} label @param {string} field @param {string} value @param {(text: string) => void} set @param {string} [style] */
  const input = (label, field, value, set, style = 'mono') => html`<input class=${style} aria-label=${label} .value=${live(value)} data-field=${field}
    autocomplete="off" autocapitalize="off" spellcheck="false" aria-invalid=${field === wrong ? 'true' : 'false'} aria-describedby=${field === wrong ? 'error' : nothing}
    @input=${(/** @type {InputEvent} */ event) => set(/** @type {HTMLInputElement} */ (event.target).value)}>`;
  /** @param {Partial<Description>} change */
  const edit = (change) => actions.edit({ ...description, ...change });

  /** @param {typeof GROUPS[number]} what */
  const nodes = ({ role, title, least, most }) => {
    const members = (description.nodes ?? []).map((node, index) => ({ node, index })).filter(({ node }) => node.role === role);
    return html`<section><h3>${t(title)}${members.length < most ? html`<button type="button" class="add" @click=${() => actions.edit(withAnother(description, role))}
      aria-label=${t('form.add.to', { what: t(title) })}>${icon('plus', 12)}${t('form.add')}</button>` : nothing}</h3>
      <div class="rows">${members.map(({ node, index }) => html`<div class="row">
        ${input(t('form.node.name', { name: node.name }), `nodes[${index}].name`, node.name, (name) => actions.edit(withNode(description, index, { name })), '')}
        ${input(t('form.node.address', { name: node.name }), `nodes[${index}].addresses`, node.addresses.join(', '), (text) => actions.edit(withNode(description, index, { addresses: addressesIn(text) })))}
        ${members.length > least ? html`<button type="button" class="remove" aria-label=${t('form.remove', { name: node.name })} title=${t('form.remove', { name: node.name })}
          @click=${() => actions.edit(withoutNode(description, index))}>${icon('cross', 11)}</button>` : nothing}</div>
        ${error(`nodes[${index}].name`)}${error(`nodes[${index}].addresses`)}`)}</div></section>`;
  };

  return html`${closeDrawer(t, actions)}
    ${error('')}
    <section><label class="field tall"><span>${t('form.name')}</span>${input(t('form.name'), 'name', description.name ?? '', (name) => edit({ name }), '')}</label>${error('name')}</section>
    ${GROUPS.map(nodes)}${error('nodes')}
    <section><h3>${t('form.network')}</h3>
      <label class="field"><span>${t('form.cidr')}</span>${input(t('form.cidr'), 'serviceCidr', description.serviceCidr ?? '', (serviceCidr) => edit({ serviceCidr }))}</label>${error('serviceCidr')}
      <label class="field"><span>${t('form.domain')}</span>${input(t('form.domain'), 'clusterDomain', description.clusterDomain ?? '', (clusterDomain) => edit({ clusterDomain }))}</label>${error('clusterDomain')}</section>
    <section><h3>${t('form.keys')}</h3>
      <label class="field"><span>${t('form.algorithm')}</span><select data-field="keyAlgorithm" .value=${live(description.keyAlgorithm ?? '')}
        @change=${(/** @type {Event} */ event) => edit({ keyAlgorithm: /** @type {KeyAlgorithm} */ (/** @type {HTMLSelectElement} */ (event.target).value) })}>
        ${ALGORITHMS.map((one) => html`<option value=${one} ?selected=${one === description.keyAlgorithm}>${algorithmName(one)}</option>`)}</select></label>${error('keyAlgorithm')}
      <label class="field"><span>${t('form.days')}</span>${input(t('form.days'), 'validityDays', String(description.validityDays ?? ''), (text) => edit({ validityDays: daysIn(text) }))}</label>${error('validityDays')}
      ${madeAhead(ahead, t, actions)}</section>
    ${namesOf(state.plan, t, actions)}`;
}
