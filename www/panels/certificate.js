// A selected certificate: as planned, then as decoded from the bytes that were made.
/** @import { State } from '../state.js' */
/** @import { IssuedCertificate, PlannedCertificate } from '../wasm.d.ts' */
import { html, nothing } from 'lit-html';
import { existing } from '../state.js';
import { icon } from '../icons.js';
import { formats, spoken } from '../i18n.js';
import { change } from './change.js';
import { purpose } from './purpose.js';
import { mark } from './verdict.js';
import { missingNames } from '../hearing.js';
import { carriers } from '../placed.js';
import { reach } from './reach.js';
import { algorithmName, commonName, modeText, publicFile, subjectText } from '../names.js';
import { callers, chooser, closeButton } from './parts.js';

/**
 * @param {State} state @param {string} id @param {string[]} siblings other certificates of the same chip
 * @param {import('../i18n.js').Language} language @param {import('./parts.js').Translate} t @param {import('./parts.js').Actions} actions
 */
export function certificatePanel(state, id, siblings, language, t, actions) {
  const planned = state.plan.certificates.find((one) => one.id === id);
  if (!planned) return nothing;
  const broken = state.judged?.changed.get(id), issued = broken ?? existing(state, id), signer = state.plan.certificates.find((one) => one.id === planned.issuer);
  return html`<header>${closeButton(t, actions)}<h2 tabindex="-1">${publicFile(planned)}</h2><p class="dial">${t(`kind.${planned.kind}`)}</p>
    ${siblings.length > 1 ? chooser(t('certificate.siblings', { n: siblings.length }), siblings.map((one) => [one, `${one}.crt`]), id, (certificate) => actions.select({ certificate })) : nothing}
    ${broken ? html`<p class="state">${mark('refused', t('verdict.broken'))}</p>` : html`<p class="state ${issued ? 'issued' : ''}"><span class="dot"></span>${t(state.phase === 'imported' ? (issued ? 'certificate.given' : 'certificate.not-given') : issued ? 'certificate.issued' : 'certificate.planned')}</p>`}</header>
    ${purpose(state.plan, planned, t)}${reach(state, planned, t, actions)}${planned.note.en ? html`<p class="hint note">${spoken(planned.note, language)}</p>` : nothing}
    ${names(state, planned, issued, language, t)}
    <section class="part"><dl class="fields">
      ${planned.kind === 'key-pair' ? nothing : html`${field(t('field.subject'), issued?.subject ?? subjectText(planned))}
      ${field(t('field.issuer'), issued?.issuer ?? `CN=${commonName(signer)}`, planned.issuer === id ? t('field.itself') : `${planned.issuer}.crt`)}`}
      ${issued ? decoded(issued, language, t) : html`${planned.kind === 'key-pair' ? nothing : field(t('field.validity'), planned.validUntil ? t('field.day', { day: planned.validUntil }) : t('field.days', { n: planned.validityDays }))}${field(t('field.key'), algorithmName(planned.keyAlgorithm))}`}
    </dl>${issued || planned.kind === 'key-pair' ? nothing : html`<p class="hint">${t('certificate.later')}</p>`}</section>
    ${change(state, planned, language, t, actions)}${places(state, id, t)}${issued ? pem(issued, t, actions) : nothing}`;
}

/** @param {string} name @param {unknown} value @param {unknown} [remark] */
const field = (name, value, remark) => html`<dt>${name}</dt><dd>${value}${remark ? html` <em>${remark}</em>` : nothing}</dd>`;

/** @param {IssuedCertificate} one @param {import('../i18n.js').Language} language @param {import('./parts.js').Translate} t */
function decoded(one, language, t) {
  const { instant } = formats(language), critical = (/** @type {boolean} */ yes) => (yes ? t('field.critical') : '');
  return html`${field(t('field.from'), instant(one.notBefore))}${field(t('field.until'), instant(one.notAfter))}
    ${one.basicConstraints ? field('basicConstraints', one.basicConstraints.ca ? 'CA:TRUE' : 'CA:FALSE', critical(one.basicConstraints.critical)) : nothing}
    ${one.keyUsage ? field('keyUsage', one.keyUsage.values.join(', '), critical(one.keyUsage.critical)) : nothing}
    ${one.extendedKeyUsage ? field('extendedKeyUsage', one.extendedKeyUsage.values.join(', '), critical(one.extendedKeyUsage.critical)) : nothing}
    ${field(t('field.key'), one.keyAlgorithm)}${field(t('field.signature'), one.signatureAlgorithm)}${field(t('field.serial'), hex(one.serial))}
    ${one.subjectKeyId ? field(t('field.ski'), hex(one.subjectKeyId)) : nothing}${one.authorityKeyId ? field(t('field.aki'), hex(one.authorityKeyId)) : nothing}
    ${field('SHA-256', hex(one.fingerprint))}`;
}

/** Broken between bytes only. @param {string} text */
const hex = (text) => html`<span class="hex">${text.split(':').map((byte, i) => html`${i ? html`:<wbr>` : nothing}${byte}`)}</span>`;

/** Each name, with the callers because of whom it is there. @param {State} state @param {PlannedCertificate} planned @param {IssuedCertificate | undefined} issued @param {import('../i18n.js').Language} language @param {import('./parts.js').Translate} t */
function names({ plan, judged }, planned, issued, language, t) {
  const list = issued?.names ?? planned.names, gone = judged ? missingNames(judged, planned) : [];
  if (list.length + gone.length === 0) return nothing;
  return html`<section class="part"><h3>${t('field.names', { n: list.length })}</h3><dl class="sans">${list.map(({ type, value }) => {
    const { diallers = [], reason } = planned.names.find((name) => name.type === type && name.value === value) ?? {};
    const first = plan.connections.find(({ id }) => id === diallers[0]), via = first?.dials.find(({ host }) => host === value)?.via;
    const who = t(via ? 'field.dialled.via' : 'field.dialled', { who: callers(diallers), via: via ?? '' });
    return html`<dt><i>${type === 'ip' ? 'IP' : 'DNS'}</i>${value}</dt><dd>${diallers.length ? who : reason ? spoken(reason, language) : ''}</dd>`;
  })}${gone.map(({ type, value }) => html`<dt><i>${type === 'ip' ? 'IP' : 'DNS'}</i><del>${value}</del></dt><dd class="gone">${t('names.gone')}</dd>`)}</dl></section>`;
}

/** @param {State} state @param {string} id @param {import('./parts.js').Translate} t */
function places({ plan }, id, t) {
  const list = carriers(plan, id);
  if (list.length === 0) return nothing;
  return html`<section class="part flags"><h3>${t('certificate.places')}</h3><table>${list.map(({ node, path, mode }) => html`<tr><th scope="row">${node}</th><td>${path}</td><td>${modeText(mode)}</td></tr>`)}</table></section>`;
}

/** @param {IssuedCertificate} one @param {import('./parts.js').Translate} t @param {import('./parts.js').Actions} actions */
const pem = (one, t, actions) => html`<section class="part"><div class="pemhead"><h3>PEM</h3><button type="button" class="textbutton opener" @click=${() => actions.bytes(one.id)}>${icon('lines', 13)}${t('bytes.open')}</button><button type="button" class="textbutton" @click=${() => actions.copy(one.pem)}>${icon('copy', 13)}${t('copy')}</button></div>
  <div class="pem"><pre tabindex="0" aria-label="PEM" role="region">${one.pem.trim()}</pre></div></section>`;
