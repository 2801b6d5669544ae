// With nothing selected: how to read the figure, and every connection as a list (the way through for a screen reader).
/** @import { State } from '../state.js' */
import { html, nothing, svg } from 'lit-html';
import { drawnIcon, icon } from '../icons.js';
import { rich, spoken } from '../i18n.js';
import { together } from '../hearing.js';
import { lineSentence, stateWord } from '../labels.js';
import { finished, stopped } from './finished.js';
import { lessons } from './lessons.js';
import { named } from '../names.js';
import { byKind } from './parts.js';
import { reissueList } from './reissue.js';
import { bringInvitation } from './bring/entry.js';
import { takeAlong } from './take-along.js';
import { tourInvitation } from './tour-entry.js';

/** @param {import('./parts.js').Translate} t */
const sample = (t) => svg`<svg class="grammar" viewBox="0 0 316 84" aria-hidden="true">
  <g class="component"><rect x=".6" y="4" width="92" height="34" rx="6" class="outline"/><text x="46" y="26" text-anchor="middle" class="name">${t('guide.caller')}</text></g>
  <g class="chip badge k made"><rect x="4" y="46" width="85" height="30" rx="15" class="body"/><circle cx="19" cy="61" r="10.5" class="seal"/>${drawnIcon('idcard', 12.6, 54.6, 12.8, 'sealed')}<text x="34" y="65" class="sub">client.crt</text></g>
  <path d="M89 61H198" class="way"/><path d="M206 61l-10-5v10z" class="tip"/><text x="147" y="51" text-anchor="middle" class="lane">${t('guide.request')}</text>
  <g class="component"><rect x="207" y="4" width="108" height="74" rx="6" class="outline"/><text x="261" y="26" text-anchor="middle" class="name">${t('guide.listener')}</text></g>
  <g class="chip plate k made"><rect x="207" y="44" width="108" height="34" class="body" rx="2"/><rect x="207" y="44" width="25" height="34" class="seal"/>${drawnIcon('lock', 212.5, 53.5, 14, 'sealed')}<text x="239" y="65" class="sub">server.crt</text></g></svg>`;

/** How to read the figure: a small one, and a sentence for each shape. @param {import('./parts.js').Translate} t */
const reading = (t) => html`${sample(t)}<ul class="rules"><li>${rich(t('guide.arrow'))}</li><li>${rich(t('guide.badge'))}</li><li>${rich(t('guide.plate'))}</li><li>${rich(t('guide.token'))}</li></ul>`;

/**
 * @param {State} state @param {{ again: import('./reissue.js').Again | null | undefined, differences: boolean }} what again: undefined where nothing was made before; differences: they are asked for
 * @param {import('../i18n.js').Language} language @param {import('./parts.js').Translate} t @param {import('./parts.js').Actions} actions
 */
export function guide(state, { again, differences: asked }, language, t, actions) {
  const issued = state.phase === 'issued', { differences } = state.plan, alone = withoutArrow(state.plan);
  return html`<header><h2>${t(issued ? 'guide.title.issued' : 'guide.title')}</h2></header>
    ${stopped(state, t)}${issued ? html`${finished(state, t, actions)}<p class="warning">${icon('key', 15)}<span>${rich(t('guide.warning'))}</span></p>` : reading(t)}
    ${tourInvitation(t, actions)}
    ${lessons(state, t, actions)}${issued ? takeAlong(state, language, t, actions) : bringInvitation(t, actions)}
    ${issued ? html`<section class="part"><details class="howto"><summary>${t('guide.title')}</summary>${reading(t)}</details></section>` : nothing}
    ${again === undefined ? nothing : reissueList(again, t, actions)}
    ${connectionList(state, t, actions)}
    ${alone.length ? html`<section class="part"><h3>${t('guide.alone', { n: alone.length })}</h3><ul class="connections">${alone.map(({ id }) => html`<li><button type="button" @click=${() => actions.select({ certificate: id })}>${icon('idcard', 13)}<span>${id}.crt</span></button></li>`)}</ul></section>` : nothing}
    ${differences.length ? html`<section class="part"><details class="differences" ?open=${asked}><summary>${t('guide.differences', { n: differences.length })}</summary>
      <dl>${differences.map(({ about, guide: theirs, hardway, reason }) => html`<dt>${spoken(about, language)}</dt><dd><span>${t('guide.theirs')}</span> ${spoken(theirs, language)}</dd><dd><span>${t('guide.ours')}</span> <b>${spoken(hardway, language)}</b></dd><dd>${spoken(reason, language)}</dd>`)}</dl></details></section>` : nothing}`;
}

/** Every connection: the way through for a screen reader. @param {State} state @param {import('./parts.js').Translate} t @param {import('./parts.js').Actions} actions */
export const connectionList = (state, t, actions) => html`<section class="part all"><h3>${t('guide.connections', { n: state.plan.totals.connections })}</h3>${state.plan.shown ? html`<p class="hint">${t('guide.shown', { shown: state.plan.shown.length, n: state.plan.totals.workers })}</p>` : nothing}
  ${[...byKind(state.plan.connections)].map(([kind, members]) => group(kind, members, state, t, actions))}</section>`;

/** The certificates that no arrow shows, and that sign nothing. @param {import('../wasm.d.ts').Plan} plan */
function withoutArrow({ certificates, connections }) {
  const used = new Set(connections.flatMap(({ client, server }) => [client.certificate, client.tokenSigner, server.certificate]));
  return certificates.filter(({ id, kind }) => kind !== 'authority' && !used.has(id));
}

/** Connections of one kind, folded where there are several. @param {string} kind @param {import('../wasm.d.ts').Connection[]} members @param {State} state @param {import('./parts.js').Translate} t @param {import('./parts.js').Actions} actions */
function group(kind, members, { phase, judged }, t, actions) {
  /** @param {import('../wasm.d.ts').Connection[]} some */
  const fate = (some) => together(some.map(({ id }) => id), judged)?.standing;
  /** @param {import('../wasm.d.ts').Connection[]} some */
  const word = (some) => stateWord(fate(some), phase === 'issued', t);
  const [caller, listener] = [named(members[0].caller).name, named(members[0].listener).name];
  const dot = html`<span class="dot ${fate(members) ?? phase}"></span>`;
  const title = html`<span class="caller">${caller}</span>${icon('arrow', 14)}<span>${kind.endsWith('-self') ? t('guide.itself') : listener}</span>`;
  /** @param {import('../wasm.d.ts').Connection} one @param {boolean} byNode */
  const line = (one, byNode) => {
    const [first, caller, second, listener, third, end, last] = lineSentence(one, byNode, word([one]), t), unseen = (/** @type {string} */ words) => html`<span class="unseen">${words}</span>`;
    return html`<li><button type="button" data-connection=${one.id} @click=${() => actions.select({ connection: one.id })}>${byNode ? nothing : dot}${unseen(first)}<span class=${byNode ? '' : 'caller'}>${caller}</span>${unseen(second)}
      ${icon('arrow', byNode ? 12 : 14)}<span>${listener}</span>${unseen(third)}<em>${end}</em>${unseen(last)}</button></li>`;
  };
  if (members.length === 1) return html`<ul class="connections">${line(members[0], false)}</ul>`;
  return html`<details class="connections"><summary>${dot}${title}<i>×${members.length}</i><em>:${members[0].port}</em><span class="unseen">${word(members)}</span></summary>
    <ul>${members.map((one) => line(one, true))}</ul></details>`;
}
