// After a renewal: what is new, the way to take it along, the steps of a rotation, and back to the files as they were.
/** @import { State } from '../../state.js' */
/** @import { Bringing } from '../../bringing.js' */
import { html, nothing } from 'lit-html';
import { icon } from '../../icons.js';
import { rich, spoken } from '../../i18n.js';
import { saved } from '../../passing.js';
import { connectionList } from '../guide.js';
import { commands } from '../finished.js';
import { takeAlong } from '../take-along.js';
import { reasonSentence } from '../reissue.js';
import { expiry } from './expiry.js';

/** @param {State} state @param {Bringing} bring @param {import('../../i18n.js').Language} language @param {import('../parts.js').Translate} t @param {import('../parts.js').Actions} actions */
export function renewedPanel(state, bring, language, t, actions) {
  const { renewal, rotation, expiries } = bring.mending.view, orders = renewal?.orders ?? [], name = state.issued?.name ?? '', text = commands(state.plan.cluster.name, name);
  return html`<header><h2 tabindex="-1">${t('renewed.title', { n: orders.length })}</h2></header>
    <ol class="next"><li><p>${rich(t('renewed.download', { name }))}</p><button type="button" class="textbutton" @click=${actions.download}>${icon('down', 13)}${t('download')}</button></li>
      <li><p>${rich(t('renewed.unpack'))}</p><pre tabindex="0" lang="en">${text}</pre><button type="button" class="textbutton" @click=${() => actions.copy(text)}>${icon('copy', 13)}${t('copy')}</button></li></ol>
    ${orders.some(({ certificate, key }) => key === 'new' && state.plan.certificates.some(({ id, kind }) => id === certificate && kind === 'authority')) ? html`<p class="warning">${icon('key', 15)}<span>${rich(t('guide.warning'))}</span></p>` : nothing}
    ${rotation.length ? html`<section class="part rotation"><h3>${t('rotation.steps')}</h3><p class="hint">${t('rotation.order')}</p><ol class="next">${rotation.map((step, i) => html`<li><p><b>${t(`rotation.${step.kind}`)}</b> ${spoken(step.words, language)}</p>
      <button type="button" class="textbutton" data-step=${i} @click=${() => bring.mending.step(i).then((zip) => { if (zip) saved(zip, `${state.plan.cluster.name}-${i + 1}-${step.kind}.zip`); })}>${icon('down', 13)}${t('rotation.download', { n: i + 1 })}</button></li>`)}</ol></section>` : nothing}
    <section class="part again"><h3>${t('renewed.what', { n: orders.length })}</h3><ul>${orders.slice(0, 60).map(({ certificate, key, reasons }) => html`<li><b>${certificate}</b><span>${t(`mending.key.${key}`)}</span>${reasons.slice(0, 3).map((reason) => html`<span>${reasonSentence(reason, t)}</span>`)}</li>`)}</ul></section>
    ${takeAlong(state, language, t, actions)}
    ${expiries ? html`<section class="part"><details><summary>${t('bring.head.expiry')}</summary>${expiry(expiries, state, t, actions)}</details></section>` : nothing}
    ${connectionList(state, t, actions)}
    <button type="button" class="textbutton" data-act="restore" @click=${() => bring.mending.restore()}>${icon('back', 13)}${t('renewed.back')}</button>`;
}
