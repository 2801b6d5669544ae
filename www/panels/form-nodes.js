// The nodes, by what runs on them. Groups with very many are paged.
/** @import { Description, Node, Role } from '../wasm.d.ts' */
/** @import { Fields } from './fields.js' */
/** @import { FormView } from './form.js' */
import { html, nothing } from 'lit-html';
import { addressesIn, namesIn, withAnother, withMoved, withNode, withoutNode } from '../description.js';
import { icon } from '../icons.js';
import { empty, foundNothing } from './empty.js';
import { pager } from './pager.js';

/** @type {{ role: Role, title: 'form.balancer' | 'form.masters' | 'form.etcd' | 'form.workers', least: number, most: number }[]} */
const GROUPS = [
  { role: 'load-balancer', title: 'form.balancer', least: 0, most: 1 },
  { role: 'control-plane', title: 'form.masters', least: 1, most: 99 },
  { role: 'etcd', title: 'form.etcd', least: 0, most: 99 },
  { role: 'worker', title: 'form.workers', least: 0, most: 9999 },
];

/** Up to so many nodes of a group stand below each other. */
const MOST = 12, PAGE = 10;

/** @typedef {{ node: Node, index: number }} Member */

/** @param {Description} description @param {FormView} view @param {Fields} fields @param {import('./parts.js').Translate} t @param {import('./parts.js').Actions} actions */
export const nodeGroups = (description, view, fields, t, actions) => GROUPS.map(({ role, title, least, most }) => {
  const members = (description.nodes ?? []).map((node, index) => ({ node, index })).filter(({ node }) => node.role === role);
  const { shown, controls } = members.length > MOST ? paged(members, role, view, fields, t, actions) : { shown: members, controls: nothing };
  return html`<section><h3>${t(title)}${members.length > MOST ? html`<i class="count">${members.length}</i>` : nothing}
    ${members.length < most ? html`<button type="button" class="add" @click=${() => actions.edit(withAnother(description, role))} aria-label=${t('form.add.to', { what: t(title) })}>${icon('plus', 12)}${t('form.add')}</button>` : nothing}</h3>
    ${controls}<div class="rows">${shown.map((member) => row(member, members.length > least, view, fields, t, actions))}</div>
    ${members.length === 0 && role !== 'control-plane' ? empty(t(`empty.${role}`)) : shown.length === 0 && members.length ? foundNothing(view.filters[role] ?? '', t, () => actions.formView({ filters: { ...view.filters, [role]: '' } })) : nothing}</section>`;
});

/** @param {Member[]} members @param {Role} role @param {FormView} view @param {Fields} fields @param {import('./parts.js').Translate} t @param {import('./parts.js').Actions} actions */
function paged(members, role, view, { wrong }, t, actions) {
  const sought = (view.filters[role] ?? '').trim(), bad = /^nodes\[(\d+)\]/.exec(wrong ?? '')?.[1];
  const isBad = (/** @type {Member} */ { index }) => String(index) === bad;
  const found = members.filter((member) => isBad(member) || [member.node.name, ...member.node.addresses].some((text) => text.includes(sought)));
  // The page with the node that is refused comes by itself.
  const at = found.findIndex(isBad), page = at >= 0 ? Math.floor(at / PAGE) : Math.min(view.pages[role] ?? 0, Math.max(0, Math.ceil(found.length / PAGE) - 1));
  const turn = (/** @type {number} */ to) => actions.formView({ pages: { ...view.pages, [role]: to } });
  return {
    shown: found.slice(page * PAGE, (page + 1) * PAGE),
    controls: html`<input class="filter" type="search" aria-label=${t('form.filter')} placeholder=${t('form.filter')} .value=${view.filters[role] ?? ''}
      @input=${(/** @type {Event} */ event) => actions.formView({ filters: { ...view.filters, [role]: /** @type {HTMLInputElement} */ (event.target).value } })}>${pager(found.length, PAGE, page, turn, t)}`,
  };
}

/** @param {Member} member @param {boolean} removable @param {FormView} view @param {Fields} fields @param {import('./parts.js').Translate} t @param {import('./parts.js').Actions} actions */
function row({ node, index }, removable, view, fields, t, actions) {
  const { description, input, error, wrong } = fields, { name } = node, own = `nodes[${index}]`;
  const open = view.open === index || [`${own}.names`, `${own}.role`].includes(wrong ?? '');
  return html`<div class="row">
    ${input(t('form.node.name', { name }), `${own}.name`, name, (text) => actions.edit(withNode(description, index, { name: text }), `${own}.name`), { style: '' })}
    ${input(t('form.node.address', { name }), `${own}.addresses`, node.addresses.join(', '), (text) => actions.edit(withNode(description, index, { addresses: addressesIn(text) }), `${own}.addresses`))}
    ${removable ? html`<button type="button" class="remove" aria-label=${t('form.remove', { name })} title=${t('form.remove', { name })} @click=${() => actions.edit(withoutNode(description, index))}>${icon('cross', 11)}</button>` : nothing}
    <button type="button" class="more" aria-expanded=${open ? 'true' : 'false'} aria-label=${t('form.more', { name })} title=${t('form.more', { name })} @click=${() => actions.formView({ open: open ? null : index })}>${icon('more', 13)}</button></div>
    ${error(`${own}.name`)}${error(`${own}.addresses`)}${open ? details({ node, index }, removable, fields, t, actions) : nothing}`;
}

/** @param {Member} member @param {boolean} removable @param {Fields} fields @param {import('./parts.js').Translate} t @param {import('./parts.js').Actions} actions */
function details({ node, index }, removable, { description, input, select, error }, t, actions) {
  const { name } = node, own = `nodes[${index}]`;
  const roles = /** @type {[Role, string][]} */ ([['control-plane', t('role.control-plane')], ['worker', t('role.worker')], ['etcd', t('role.etcd')], ['load-balancer', t('role.load-balancer')]]);
  const move = (/** @type {-1 | 1} */ by) => actions.edit(withMoved(description, index, by));
  return html`<div class="nodedetails" role="group" aria-label=${t('form.more', { name })}>
    <label class="field"><span>${t('form.names')}</span>${input(t('form.names.of', { name }), `${own}.names`, (node.names ?? []).join(', '),
      (text) => actions.edit(withNode(description, index, { names: namesIn(text) }), `${own}.names`), { placeholder: t('form.names.none') })}</label>${error(`${own}.names`)}
    <label class="field"><span>${t('form.role')}</span>${select(t('form.role.of', { name }), `${own}.role`, node.role, roles, (role) => actions.edit(withNode(description, index, { role: /** @type {Role} */ (role) })))}</label>${error(`${own}.role`)}
    <p class="moves"><button type="button" @click=${() => move(-1)}>${icon('raise', 12)}${t('form.raise')}</button><button type="button" @click=${() => move(1)}>${icon('lower', 12)}${t('form.lower')}</button>
    ${removable ? html`<button type="button" @click=${() => actions.edit(withoutNode(description, index))}>${icon('cross', 11)}${t('form.remove.short')}</button>` : nothing}</p></div>`;
}
