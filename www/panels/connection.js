// A selected arrow: the order of the handshake. Before it was tried this says what each end will check, not that it holds.
/** @import { State } from '../state.js' */
/** @import { Connection } from '../wasm.d.ts' */
import { html, nothing } from 'lit-html';
import { icon } from '../icons.js';
import { rich, spoken } from '../i18n.js';
import { escaped } from '../hearing.js';
import { commonName, dialText, named, publicFile } from '../names.js';
import { holds } from './holds.js';
import { identity, seenAs } from './identity.js';
import { chooser, closeButton, flagTable, stateLine, tag } from './parts.js';
import { told } from './told.js';
import { checkList, verdictLine, words } from './verdict.js';

/**
 * @param {State} state @param {Connection} connection @param {string[]} bundle ids of the connections that share the arrow
 * @param {import('../i18n.js').Language} language
 * @param {import('./parts.js').Translate} t @param {import('./parts.js').Actions} actions
 */
export function connectionPanel(state, connection, bundle, language, t, actions) {
  const caller = named(connection.caller), listener = named(connection.listener), issued = state.phase === 'issued';
  const [usual, ...others] = connection.dials, verdict = state.heard?.verdict.connection === connection.id ? state.heard.verdict : null;
  const where = caller.node === listener.node && caller.node ? t('connection.on', { node: caller.node })
    : [caller.node, listener.node].filter(Boolean).join(' → ');
  return html`<header>${closeButton(t, actions)}<h2 tabindex="-1">${caller.name} ${icon('arrow', 16)} ${listener.name}</h2>
    <p class="dial">${where ? t('connection.where', { where }) : ''}${t('connection.dials')} <code>${dialText(usual)}</code>${usual.via ? ` ${t('connection.via', { via: usual.via })}` : ''}</p>
    ${bundle.length > 1 ? chooser(t('connection.bundle', { n: bundle.length }), state.plan.connections.filter(({ id }) => bundle.includes(id)).map((one) => [one.id, `${one.caller.replace('@', ' ')} → ${one.listener.replace('@', ' ')}`]), connection.id, (connection) => actions.select({ connection })) : nothing}
    ${verdict ? verdictLine(verdict, connection, t) : stateLine(issued, t)}</header>
    ${told(state, connection, t)}
    ${verdict && verdict.state !== 'not-given' ? tried(verdict, state, connection, language, t, actions) : html`${identity(state, connection, t)}${serverProof(state, connection, t, actions)}${clientProof(state, connection, t, actions)}`}
    ${others.length ? html`<section class="part"><h3>${t('connection.also')}</h3><ul class="dials">${others.map((dial) => html`<li><code>${dialText(dial)}</code><span>${spoken(dial.reason, language)}</span></li>`)}</ul></section>` : nothing}
    <section class="part flags">${flagTable(caller.name, connection.client.flags, (value) => holds(state.plan, caller.node, value, t))}${flagTable(listener.name, connection.server.flags, () => '')}</section>`;
}

/** The same story once it was tried: what was said, as whom the caller is seen, and then each check. @param {import('../wasm.d.ts').Verdict} verdict @param {State} state @param {Connection} connection @param {import('../i18n.js').Language} language @param {import('./parts.js').Translate} t @param {import('./parts.js').Actions} actions */
function tried(verdict, { plan, judged }, connection, language, t, actions) {
  const { client, server, port, caller, listener } = connection, id = client.certificate;
  /** As it was shown: a lesson may have put another in its place. @param {'plate' | 'badge'} shape @param {string} id @param {string} aside */
  const shown = (shape, id, aside) => {
    const broken = judged?.changed.get(id), name = broken ? /(?:^|, )CN=([^,]*)/.exec(broken.subject)?.[1] ?? '' : commonName(plan.certificates.find((one) => one.id === id));
    return tag(shape, id, broken ? `CN ${escaped(name)}: ${t('verdict.broken')}` : `CN ${name}`, aside, () => actions.select({ certificate: id }), broken !== undefined);
  };
  const checks = (/** @type {import('../wasm.d.ts').Check[]} */ all, /** @type {string} */ who) => html`<p class="lead">${t('proof.checked', { who })}</p>${checkList(all, t)}`;
  return html`${words(verdict, connection, t)}${seenAs(verdict, named(listener).name, language, t)}
    <section class="part"><h3 class="proof">${rich(t('proof.server', { who: named(listener).name }))}</h3>${shown('plate', server.certificate, `:${port}`)}${checks(verdict.server, named(caller).name)}</section>
    <section class="part"><h3 class="proof">${rich(t('proof.client', { who: named(caller).name }))}</h3>${id ? shown('badge', id, '') : html`<p class="ticketline">${icon('ticket', 16)}<span>${t('proof.token')}</span></p>`}${checks(verdict.client, named(listener).name)}</section>`;
}

/** @param {State} state @param {Connection} connection @param {import('./parts.js').Translate} t @param {import('./parts.js').Actions} actions */
function serverProof({ plan }, { caller, listener, port, dials, client, server }, t, actions) {
  const certificate = plan.certificates.find(({ id }) => id === server.certificate), host = dials[0].host;
  const names = certificate?.names.map((name) => name.value) ?? [];
  const shown = [...new Set([host, ...names])].slice(0, 4), rest = names.length - shown.filter((name) => names.includes(name)).length;
  return html`<section class="part"><h3 class="proof">${rich(t('proof.server', { who: named(listener).name }))}</h3>
    ${tag('plate', server.certificate, `CN ${commonName(certificate)}`, `:${port}`, () => actions.select({ certificate: server.certificate }))}
    <p class="lead">${t('proof.checks', { who: named(caller).name })}</p>
    <ul class="checks"><li>${rich(t('check.signed', { authority: `${client.authority}.crt`, name: commonName(plan.certificates.find(({ id }) => id === client.authority)) }))}</li>
      <li>${rich(t('check.name', { host }))}<span class="names">${shown.map((name) => html`<code class=${name === host && names.includes(name) ? 'hit' : ''}>${name}</code>`)}${rest > 0 ? html`<code>+${rest}</code>` : nothing}</span></li>
      <li>${t('check.server')}</li><li>${t('check.valid', { life: life(certificate, t) })}</li></ul></section>`;
}

/** @param {State} state @param {Connection} connection @param {import('./parts.js').Translate} t @param {import('./parts.js').Actions} actions */
function clientProof({ plan }, { caller, listener, client, server, refusal }, t, actions) {
  const who = named(listener).name, id = client.certificate, certificate = plan.certificates.find((one) => one.id === id);
  const signer = plan.certificates.find((one) => one.id === client.tokenSigner);
  const token = client.credential === 'token' || id === null, refused = t(token ? 'refusal.http-401.token' : refusal === 'tls-alert' ? 'refusal.tls-alert' : 'refusal.http-401', { who });
  if (token) return html`<section class="part"><h3 class="proof">${rich(t('proof.client', { who: named(caller).name }))}</h3>
    <p class="ticketline">${icon('ticket', 16)}<span>${t('proof.token')}</span></p>
    <ul class="checks">${signer ? html`<li>${rich(t('check.token', { who, file: publicFile(signer) }))}</li>` : nothing}</ul><p class="hint">${refused}</p></section>`;
  const authority = server.authority ?? '';
  return html`<section class="part"><h3 class="proof">${rich(t('proof.client', { who: named(caller).name }))}</h3>
    ${tag('badge', id, `CN ${commonName(certificate)}`, '', () => actions.select({ certificate: id }))}
    <p class="lead">${t('proof.checks', { who })}</p>
    <ul class="checks"><li>${rich(t('check.signed', { authority: `${authority}.crt`, name: commonName(plan.certificates.find((one) => one.id === authority)) }))}</li>
      <li>${t('check.client')}</li><li>${t('check.valid', { life: life(certificate, t) })}</li></ul><p class="hint">${refused}</p></section>`;
}

/** @param {import('../wasm.d.ts').PlannedCertificate | undefined} certificate @param {import('./parts.js').Translate} t */
const life = (certificate, t) => (certificate?.validUntil ? t('field.day', { day: certificate.validUntil }) : t('field.days', { n: certificate?.validityDays ?? 0 }));
