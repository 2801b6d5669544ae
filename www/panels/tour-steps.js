// How a certificate comes to be, in three steps: key, request, signature.
/** @import { State } from '../state.js' */
/** @import { PlannedCertificate } from '../wasm.d.ts' */
/** @import { Tour } from '../tour/tour.js' */
/** @import { Line } from '../tour/objects.js' */
/** @import { Language } from '../i18n.js' */
/** @import { Actions, Translate } from './parts.js' */
import { html, nothing } from 'lit-html';
import { icon } from '../icons.js';
import { certificateLines, keyLines, requestLines } from '../tour/objects.js';
import { made } from '../state.js';
import { recipe } from './by-hand.js';
import { publicFile } from '../names.js';
import { segments } from './parts.js';
import { told } from '../tour/words.js';

/** @param {Tour} tour @param {State} state @param {import('../by-hand.js').ByHand} byHand @param {Language} language @param {Translate} t @param {Actions} actions */
export function steps(tour, state, byHand, language, t, actions) {
  const { certificates } = tour.chapter, planned = certificates.find(({ id }) => id === tour.walk.certificate) ?? certificates[0], pair = planned.kind === 'key-pair';
  return html`${certificates.length > 1 ? html`<div class="tourfiles">${segments(t('tour.which'), certificates.map(({ id }) => [id, id]), planned.id, (certificate) => tour.choose({ certificate }))}</div>` : nothing}
    <ol class="making">${step('key', `${planned.id}.key`, keyLines(state, planned, t), planned, t)}
      ${pair ? html`<li><p>${told(t, 'tour.pair', { file: publicFile(planned) })}</p></li>` : html`${step('request', `${planned.id}.csr`, requestLines(state, planned, t), planned, t)}${step('certificate', publicFile(planned), certificateLines(state, planned, language, t), planned, t)}`}</ol>
    ${maker(state, t, actions)}
    ${recipe(byHand.recipe(state.plan, planned.id), t, actions)}
    ${pair ? nothing : html`<p class="touropen"><button type="button" class="textbutton" @click=${() => actions.select({ certificate: planned.id })}>${icon('idcard', 14)}${t('tour.inspect', { file: publicFile(planned) })}</button></p>`}`;
}

const ICONS = /** @type {const} */ ({ key: 'key', request: 'lines', certificate: 'seal' });

/** @param {'key' | 'request' | 'certificate'} kind @param {string} file @param {Line[]} lines @param {PlannedCertificate} planned @param {Translate} t */
const step = (kind, file, lines, planned, t) => html`<li class="step ${kind}"><h3>${icon(ICONS[kind], 15)}${t(`tour.step.${kind}`)} <code>${file}</code></h3><p>${sentence(kind, planned, t)}</p>${fields(lines)}</li>`;

/** What happens in a step. @param {'key' | 'request' | 'certificate'} kind @param {PlannedCertificate} planned @param {Translate} t */
export const sentence = (kind, planned, t) => told(t, `tour.step.${kind}.${variant(kind, planned)}`, { key: `${planned.id}.key`, ca: planned.issuer });

/** Whom a stolen key makes its thief: anyone, any service account, or its owner. @param {'key' | 'request' | 'certificate'} step @param {PlannedCertificate} planned */
const variant = (step, { id, issuer, kind }) => (step === 'request' ? 'how' : kind === 'authority' && issuer === id ? 'self' : step === 'key' && (kind === 'key-pair' || kind === 'token-signer') ? 'signer' : 'how');

/** @param {Line[]} lines @param {number} [most] values that are shown of a long list */
export const fields = (lines, most = Infinity) => html`<dl class="fields">${lines.map(({ label, values, note, mono }) => html`<dt>${label}</dt>
  <dd class=${mono ? 'mono' : ''}>${values.length > 1 ? html`<span class="names">${values.slice(0, most).map((value) => html`<code>${value}</code>`)}${values.length > most ? html`<code>+${values.length - most}</code>` : nothing}</span>` : values[0]}${note ? html` <em>${note}</em>` : nothing}</dd>`)}</dl>`;

/** As planned so far: a button that makes it real; while it runs, how far it is. @param {State} state @param {Translate} t @param {Actions} actions */
function maker(state, t, actions) {
  const n = state.plan.totals.keys;
  if (state.phase === 'issued') return html`<p class="real">${icon('check', 14)}${t('tour.real')}</p>`;
  if (state.phase === 'generating') return html`<p class="real" role="status">${icon('key', 14)}${state.signing ? t('keys.signing') : t('keys.progress', { n, made: made(state).size })}</p>`;
  return html`<div class="maker"><p>${t('tour.unmade')}</p><button type="button" class="primary small" ?disabled=${state.refusal !== null} @click=${actions.start}>${icon('key', 15)}${t('generate', { n })}</button></div>`;
}
