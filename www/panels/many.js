// Many nodes at once: counted up in a range, or read from a list.
/** @import { CoreError, Description, Node, Role } from '../wasm.d.ts' */
import { html, nothing } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { explained } from '../i18n.js';
import { segments } from './parts.js';

/** @typedef {{ mode: 'range' | 'list', pattern: string, address: string, text: string, role: Role | 'guess', replace: boolean }} Many what is typed */
/** @typedef {{ nodes: Node[], description: Description } | { error: CoreError }} Outcome what comes of it */

/** @type {Many} */
export const EMPTY = { mode: 'range', pattern: 'worker-[1-100]', address: '', text: '', role: 'worker', replace: true };

/**
 * The description with those nodes; throws what the core says of the words.
 * @param {Many} many @param {Description} description @param {Pick<import('../core.js').Core, 'nodesOfRange' | 'nodesOfList'>} core
 */
export function withMany({ mode, pattern, address, text, role, replace }, description, core) {
  const read = mode === 'range' ? core.nodesOfRange(pattern, address, role === 'guess' ? 'worker' : role) : core.nodesOfList(text);
  const nodes = role === 'guess' ? read : read.map((node) => ({ ...node, role }));
  const roles = new Set(nodes.map((node) => node.role));
  const others = (description.nodes ?? []).filter((node) => !replace || !roles.has(node.role));
  return { nodes, description: { ...description, nodes: [...others, ...nodes] } };
}

/** @param {Many} many @param {Outcome} outcome @param {import('../i18n.js').Language} language @param {import('./parts.js').Translate} t @param {import('./parts.js').Actions} actions */
export function manyDialog(many, outcome, language, t, actions) {
  const wrong = 'error' in outcome ? outcome.error : null, words = wrong && (many.mode === 'range' ? many.address : many.text) !== '' ? explained(wrong, language) : null;
  /** @param {import('../i18n.js').Key} label @param {'pattern' | 'address'} part @param {string} placeholder */
  const line = (label, part, placeholder) => html`<label class="field"><span>${t(label)}</span><input class="mono" .value=${live(many[part])} data-field="many.${part}" placeholder=${placeholder} autocomplete="off"
    autocapitalize="off" spellcheck="false" @input=${(/** @type {Event} */ event) => actions.many({ [part]: /** @type {HTMLInputElement} */ (event.target).value })}></label>`;
  const roles = /** @type {[Many['role'], string][]} */ ([...(many.mode === 'list' ? [['guess', t('many.guess')]] : []), ['worker', t('role.worker')], ['control-plane', t('role.control-plane')], ['etcd', t('role.etcd')]]);
  return html`<h2 id="dialogtitle">${t('many.open')}</h2>
    ${segments(t('many.how'), [['range', t('many.range')], ['list', t('many.list')]], many.mode, (mode) => actions.many({ mode, role: mode === 'list' ? 'guess' : 'worker' }))}
    ${many.mode === 'range' ? html`${line('many.pattern', 'pattern', 'worker-[1-1000]')}${line('many.address', 'address', '10.0.1.1')}`
      : html`<label class="field tall"><span>${t('many.lines')}</span><textarea rows="8" class="mono" data-field="many.text" spellcheck="false" placeholder="192.168.5.21 worker-1" .value=${live(many.text)}
        @input=${(/** @type {Event} */ event) => actions.many({ text: /** @type {HTMLTextAreaElement} */ (event.target).value })}></textarea></label>`}
    <label class="field"><span>${t('form.role')}</span><select data-field="many.role" .value=${live(many.role)} @change=${(/** @type {Event} */ event) => actions.many({ role: /** @type {Many['role']} */ (/** @type {HTMLSelectElement} */ (event.target).value) })}>
      ${roles.map(([role, text]) => html`<option value=${role} ?selected=${role === many.role}>${text}</option>`)}</select></label>
    <label class="check"><input type="checkbox" data-field="many.replace" .checked=${live(many.replace)} @change=${(/** @type {Event} */ event) => actions.many({ replace: /** @type {HTMLInputElement} */ (event.target).checked })}><span>${t('many.replace')}</span></label>
    ${words ? html`<p class="error" role="alert"><b>${words.message}</b> ${words.hint}</p>` : nothing}
    ${'nodes' in outcome ? html`<p class="hint">${t('many.read', { n: outcome.nodes.length })}</p><ul class="preview">${sample(outcome.nodes).map((node) => html`<li>${node ? html`<code>${node.name}</code> <code>${node.addresses.join(', ')}</code> <span>${t(`role.${node.role}`)}</span>` : '…'}</li>`)}</ul>` : nothing}
    <div class="dialogbuttons"><button type="button" class="primary quiet small" @click=${actions.dismiss}>${t('cancel')}</button><button type="button" class="primary small" ?disabled=${wrong !== null} @click=${actions.accept}>${t('many.accept')}</button></div>`;
}

/** @param {Node[]} nodes @returns {(Node | null)[]} */
const sample = (nodes) => (nodes.length > 5 ? [...nodes.slice(0, 3), null, ...nodes.slice(-1)] : nodes);
