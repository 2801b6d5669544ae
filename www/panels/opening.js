// What a link or a file contains, before it replaces what is there.
/** @import { CertificateChange, CoreError, Node, Plan, Preset } from '../wasm.d.ts' */
import { html, nothing } from 'lit-html';
import { explained } from '../i18n.js';
import { visible } from '../share.js';
import { algorithmName } from '../names.js';

/** @typedef {{ from: 'link' | 'file', plan: Plan | null, error: CoreError | null }} Opening plan: of what it contains, if the core accepts it */

/** @param {Opening} opening @param {Preset[]} presets @param {import('../i18n.js').Language} language @param {import('./parts.js').Translate} t @param {import('./parts.js').Actions} actions */
export function openingDialog({ from, plan, error }, presets, language, t, actions) {
  const words = error ? explained(error, language) : null;
  return html`<h2 id="dialogtitle">${t(plan ? `opening.${from}` : `opening.${from}.not`)}</h2>
    ${words ? html`<p class="error" role="alert"><b>${visible(words.message)}</b> ${visible(words.hint)}</p><p class="hint">${t('opening.kept')}</p>` : nothing}
    ${plan ? contents(plan, presets, t) : nothing}
    <div class="dialogbuttons"><button type="button" class="primary quiet small" @click=${actions.dismiss}>${t(plan ? 'opening.dismiss' : 'close')}</button>
    ${plan ? html`<button type="button" class="primary small" @click=${actions.accept}>${t('opening.accept')}</button>` : nothing}</div>`;
}

/** @param {Plan} plan @param {Preset[]} presets @param {import('./parts.js').Translate} t */
function contents({ cluster, totals }, presets, t) {
  const roles = /** @type {const} */ (['load-balancer', 'control-plane', 'etcd', 'worker']), changed = Object.keys(cluster.certificates);
  /** @param {string} name @param {string} value */
  const line = (name, value) => html`<dt>${name}</dt><dd>${visible(value)}</dd>`;
  return html`<dl class="fields">${line(t('form.name'), cluster.name)}${line(t('form.preset'), presets.find(({ id }) => id === cluster.preset)?.title ?? cluster.preset)}
    ${roles.map((role) => {
      const nodes = cluster.nodes.filter((node) => node.role === role);
      return nodes.length ? line(t(`role.${role}`), told(nodes)) : nothing;
    })}
    ${line(t('form.cidr'), cluster.serviceCidr)}${line(t('form.domain'), cluster.clusterDomain)}${cluster.controlPlaneEndpoint ? line(t('form.endpoint'), cluster.controlPlaneEndpoint) : nothing}
    ${line(t('form.algorithm'), algorithmName(cluster.keyAlgorithm))}${line(t('form.days'), cluster.validUntil || String(cluster.validityDays))}
    ${changed.length ? line(t('opening.changed', { n: changed.length }), changed.slice(0, 6).map((id) => `${id} (${parts(cluster.certificates[id])})`).join(', ') + (changed.length > 6 ? ', …' : '')) : nothing}</dl>
    <p class="hint">${t('opening.makes', { n: totals.certificates, keys: totals.keys })}</p>`;
}

/** @param {CertificateChange} change */
const parts = (change) => Object.entries(change).map(([part, value]) => `${part}: ${Array.isArray(value) ? value.join(' ') : value}`).join('; ');

/** @param {Node[]} nodes */
function told(nodes) {
  const one = (/** @type {Node} */ { name, addresses }) => `${name} ${addresses.join(' ')}`;
  return nodes.length > 3 ? `${nodes.length}: ${one(nodes[0])} … ${one(nodes[nodes.length - 1])}` : nodes.map(one).join(', ');
}
