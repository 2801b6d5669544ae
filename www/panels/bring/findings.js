// What is wrong with a cluster that was brought, the worst first. A finding that is chosen lights its arrows.
/** @import { Finding, Mend } from '../../wasm.d.ts' */
/** @import { Imported } from '../../state.js' */
/** @import { Bringing } from '../../bringing.js' */
import { html, nothing } from 'lit-html';
import { icon } from '../../icons.js';
import { escaped } from '../../hearing.js';
import { needed } from '../../mending.js';

/** @typedef {import('../parts.js').Translate} Translate */
/** @typedef {import('../../i18n.js').Key} Key */

/** More of them nobody reads at once. */
const MOST = 60;

/** @param {Imported} imported @param {Bringing} bring @param {Translate} t @param {import('../parts.js').Actions} actions */
export function findings({ findings: all }, bring, t, actions) {
  if (all.length === 0) return html`<p class="lead">${t('findings.none')}</p>`;
  return html`<ol class="findings">${all.slice(0, MOST).map((one, i) => html`<li class=${one.severity}><button type="button" class="findinghead" aria-expanded=${bring.view.finding === i ? 'true' : 'false'} data-finding=${one.code}
      @click=${() => bring.show({ finding: bring.view.finding === i ? null : i })}><span class="severity">${t(`severity.${one.severity}`)}</span><b>${t(`found.${one.code}`, values(one))}</b>
      ${one.connections.length ? html`<small>${t('findings.arrows', { n: one.connections.length })}</small>` : nothing}</button>
      ${bring.view.finding === i ? body(one, bring, t, actions) : nothing}</li>`)}</ol>
    ${all.length > MOST ? html`<p class="hint">${t('more', { n: all.length - MOST })}</p>` : nothing}`;
}

/** What stands in a file is shown, whatever characters are in it. @param {Finding} finding */
const values = ({ parameters }) => Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, escaped(value)]));

/** @param {Finding} one @param {Bringing} bring @param {Translate} t @param {import('../parts.js').Actions} actions */
function body(one, bring, t, actions) {
  const { said, near, mend, commands, connections } = one;
  return html`<div class="finding"><p>${t(`found.${one.code}.why`, values(one))}</p>
    ${near ? html`<p class="near">${t(`near.${near.slip}`, { found: escaped(near.found), meant: escaped(near.meant) })}</p>` : nothing}
    ${said ? html`<dl class="said"><dt>${t('verdict.logs', { who: said.component.replace('@', ' ') })}</dt><dd class="own" lang="en">${escaped(said.log || said.text)}</dd>${said.other ? html`<dt>${t('findings.other')}</dt><dd lang="en">${escaped(said.other)}</dd>` : nothing}</dl>` : nothing}
    ${mend.length ? html`<h3>${t('findings.mend')}</h3><ol class="mend">${mend.map((step) => html`<li>${mended(step, bring, t)}</li>`)}</ol>` : nothing}
    ${commands.length ? html`<h3>${t('findings.commands')}</h3>${commands.map(({ place, command }) => html`<p class="hint">${'name' in place ? t(`hand.at.${place.at}`, { name: place.name }) : t('hand.at.bundle')}</p>
      <div class="command"><pre tabindex="0" role="group" aria-label=${t('findings.command')}>${command}</pre><button type="button" title=${t('copy')} aria-label=${t('hand.copy', { what: t('findings.command') })} @click=${() => actions.copy(command)}>${icon('copy', 14)}</button></div>`)}` : nothing}
    ${connections.length ? html`<button type="button" class="textbutton" @click=${() => actions.select({ connection: connections[0] })}>${icon('arrow', 13)}${t('findings.show', { n: connections.length })}</button>` : nothing}</div>`;
}

/** @param {Mend} step @param {Bringing} bring @param {Translate} t */
function mended(step, bring, t) {
  switch (step.step) {
    case 'chmod': return html`${t('mend.chmod', { path: step.path })} <code>chmod ${step.mode} ${step.path}</code>`;
    case 'copy': return step.node ? t('mend.copy', { from: step.from, node: step.node, to: step.to }) : t('mend.copy.anywhere', { from: step.from, to: step.to });
    case 'remove': return t('mend.remove', { path: step.path });
    case 'set-clock': return t('mend.set-clock');
    case 'set-server': return t('mend.set-server', { path: step.path, server: step.server });
    case 'make-again': return html`${remade(step.certificates, bring, t)} <button type="button" class="textbutton" @click=${() => bring.show({ tab: 'again' })}>${icon('key', 13)}${t('mend.plan')}</button>`;
  }
}

/** The renewal knows what can stay: where an authority keeps its key, nothing else has to be made. @param {string[]} certificates @param {Bringing} bring @param {Translate} t */
function remade(certificates, bring, t) {
  const wanted = new Set((bring.mending.view.proposal ?? []).filter(needed).map(({ certificate }) => certificate)), fewer = certificates.filter((id) => wanted.has(id));
  const shown = fewer.length ? fewer : certificates, first = shown.slice(0, 6).map((id) => `${id}.crt`).join(', ');
  return t('mend.make-again', { n: shown.length, which: shown.length > 6 ? `${first}, …` : first });
}
