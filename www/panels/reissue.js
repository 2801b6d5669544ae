// After a set was made and the description is another: what of it would have to be made again, and why.
/** @import { Reason } from '../wasm.d.ts' */
import { html, nothing } from 'lit-html';
import { algorithmName } from '../names.js';
import { callers } from './parts.js';

/** @typedef {{ certificate: string, reasons: Reason[] }[]} Again */

/** Rows that are shown of a list. */
const MOST = 40;

/** @param {Again | null} again null: not compared yet, which takes long with very many nodes @param {import('./parts.js').Translate} t @param {import('./parts.js').Actions} actions */
export function reissueList(again, t, actions) {
  if (again === null) return html`<section class="part"><h3>${t('again.title')}</h3><button type="button" class="textbutton" @click=${actions.compare}>${t('again.compare')}</button></section>`;
  if (again.length === 0) return html`<section class="part"><h3>${t('again.none.title')}</h3><p class="hint">${t('again.none')}</p></section>`;
  return html`<section class="part again"><h3>${t('again.count', { n: again.length })}</h3><ul>${again.slice(0, MOST).map(({ certificate, reasons }) => html`
    <li><b>${certificate}</b>${reasons.slice(0, 6).map((reason) => html`<span>${reasonSentence(reason, t)}</span>`)}${reasons.length > 6 ? html`<span>${t('more', { n: reasons.length - 6 })}</span>` : nothing}</li>`)}</ul>
    ${again.length > MOST ? html`<p class="hint">${t('more', { n: again.length - MOST })}</p>` : nothing}</section>`;
}

/** @param {Reason} reason @param {import('./parts.js').Translate} t */
export function reasonSentence(reason, t) {
  switch (reason.code) {
    case 'new': return t('again.new');
    case 'not-needed': return t('again.not-needed');
    case 'kind-changed': return t('again.kind-changed');
    case 'validity-changed': return t('again.validity-changed');
    case 'algorithm-changed': return t('again.algorithm-changed', { from: algorithmName(reason.from), to: algorithmName(reason.to) });
    case 'authority-changed': return t('again.authority-changed', { authority: `${reason.authority}.crt` });
    case 'subject-changed': return t('again.subject-changed', { from: reason.from, to: reason.to });
    case 'name-added': return reason.diallers.length ? t('again.name-added', { name: reason.name.value, who: callers(reason.diallers) }) : t('again.name-asked', { name: reason.name.value });
    case 'name-removed': return t('again.name-removed', { name: reason.name.value });
    case 'expired': case 'expires': case 'not-yet-valid': return t(`again.${reason.code}`, { at: reason.at });
    case 'key-unsuitable': case 'signature-weak': case 'unable-to-sign': case 'unreadable': return t(`again.${reason.code}`, { found: reason.found });
    case 'signed-by-another': return t('again.signed-by-another', { authority: reason.authority, found: reason.found });
    case 'usage-missing': return t('again.usage-missing', { usages: reason.usages.join(', ') });
    case 'asked': case 'both-trusted': case 'key-differs': case 'old-retired': return t(`again.${reason.code}`);
  }
}
