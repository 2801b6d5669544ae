// A selected component: what it is, whom it calls, who calls it, and which of its files lie on its node, under which flags.
/** @import { State } from '../state.js' */
/** @import { Connection, Flag } from '../wasm.d.ts' */
import { html, nothing } from 'lit-html';
import { icon } from '../icons.js';
import { together } from '../hearing.js';
import { stateWord } from '../labels.js';
import { addressText, modeText, named } from '../names.js';
import { holds } from './holds.js';
import { chooser, closeButton, folding } from './parts.js';

/** @typedef {import('./parts.js').Translate} Translate */
/** @typedef {import('./parts.js').Actions} Actions */

/** @param {State} state @param {import('../layout/geometry.js').Box} box @param {string} chosen one of its components @param {Translate} t @param {Actions} actions */
export function componentPanel(state, box, chosen, t, actions) {
  const { connections, cluster } = state.plan, component = box.components.includes(chosen) ? chosen : box.components[0] ?? '', { node } = named(component);
  const passing = box.kind === 'load-balancer' ? connections.filter(({ dials }) => dials[0].via !== null) : [];
  const calls = connections.filter(({ caller }) => caller === component), called = connections.filter(({ listener }) => listener === component);
  const host = cluster.nodes.find(({ name }) => name === node);
  return html`<header>${closeButton(t, actions)}<h2 tabindex="-1">${icon(/** @type {import('../icons.js').IconName} */ (box.icon || 'hub'), 16)}${box.name}</h2>
    <p class="dial">${node ? t('component.on', { node, address: host?.addresses[0] ?? '' }) : t(box.kind === 'kubectl' ? 'component.yours' : 'component.here')}</p>
    ${box.components.length > 1 ? chooser(t('component.siblings', { n: box.components.length }), box.components.map((one) => [one, named(one).node]), component, (component) => actions.select({ component })) : nothing}</header>
    <p class="hint note">${t(`component.${box.kind}`)}</p>
    ${component || box.kind === 'load-balancer' ? nothing : html`<p class="hint note">${t('component.plain')}</p>`}
    ${box.kind === 'load-balancer' ? list(t('component.passes', { n: passing.length }), passing, 'caller', state, t, actions)
    : component ? html`${list(calls.length ? t('component.calls', { n: calls.length }) : t('component.calls.nobody'), calls, 'listener', state, t, actions)}${list(called.length ? t('component.called', { n: called.length }) : t('component.called.nobody'), called, 'caller', state, t, actions)}` : nothing}
    ${files(state, component, t)}`;
}

/** @param {string} title @param {Connection[]} members @param {'caller' | 'listener'} end the far one @param {State} state @param {Translate} t @param {Actions} actions */
const list = (title, members, end, { judged, phase }, t, actions) => html`<section class="part"><h3>${title}</h3>${members.length ? html`<ul class="connections">${members.map((one) => {
  const far = named(one[end]), fate = together([one.id], judged)?.standing, word = stateWord(fate, phase === 'issued', t);
  return html`<li><button type="button" @click=${() => actions.select({ connection: one.id })}><span class="dot ${fate ?? phase}" title=${word}></span><span>${far.name === 'pod' ? t('box.pods') : far.name} ${far.node}</span><span class="unseen">${word}</span><em>${addressText(one.dials[0])}</em></button></li>`;
})}</ul>` : nothing}</section>`;

/** Its flags, each once, with the mode of the file where one lies there. @param {State} state @param {string} component @param {Translate} t */
function files({ plan }, component, t) {
  const { node } = named(component), mine = new Map();
  for (const { caller, client, listener, server } of plan.connections) {
    for (const one of [...(caller === component ? client.flags : []), ...(listener === component ? server.flags : [])]) mine.set(`${one.flag} ${one.value}`, one);
  }
  if (mine.size === 0) return nothing;
  const modes = new Map(plan.placements.filter((one) => one.node === node).map(({ path, mode }) => [path, modeText(mode)]));
  return html`<section class="part"><h3>${t(node ? 'component.files' : 'component.flags', { node })}</h3><dl class="flagged">${[...mine.values()].map((/** @type {Flag} */ { flag, value }) => html`
    <dt>${flag}</dt><dd><span>${folding(value)}</span>${modes.has(value) ? html`<em>${modes.get(value)}</em>` : nothing}</dd>${holds(plan, node, value, t) ? html`<dd class="remark">${holds(plan, node, value, t)}</dd>` : nothing}`)}</dl></section>`;
}
