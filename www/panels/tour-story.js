// One arrow told in the voice of its two certificates: the plate speaks first, then the badge.
/** @import { State } from '../state.js' */
/** @import { Connection } from '../wasm.d.ts' */
/** @import { Tour } from '../tour/tour.js' */
/** @import { Key } from '../i18n.js' */
/** @import { Actions, Translate } from './parts.js' */
import { html, nothing } from 'lit-html';
import { icon } from '../icons.js';
import { standing } from '../hearing.js';
import { seen } from '../identity.js';
import { stories } from '../tour/chapters.js';
import { addressText, commonName, named, publicFile } from '../names.js';
import { chooser, tag } from './parts.js';
import { mark } from './verdict.js';
import { told } from '../tour/words.js';

/** @param {Connection} connection @param {Translate} t */
export const storyTitle = ({ caller, listener, kind }, t) => html`${named(caller).name} ${icon('arrow', 15)} ${kind.endsWith('-self') ? t('guide.itself') : named(listener).name}`;

/** @param {Tour} tour @param {Translate} t */
export const storyChooser = (tour, t) => chooser(t('tour.story'), stories(tour.chapter.connections).map((one) => [one.id, `${named(one.caller).name} → ${one.kind.endsWith('-self') ? t('guide.itself') : named(one.listener).name}`]),
  tour.story?.id, (story) => tour.choose({ story }), 'tour.story');

/** @param {Connection} connection @param {State} state @param {Translate} t @param {Actions} actions */
export const storyCard = (connection, state, t, actions) => html`<div class="story">${plateHalf(connection, state, t, actions)}${badgeHalf(connection, state, t, actions)}</div>`;

/** @param {Connection} connection */
const ends = ({ caller, listener }) => ({ caller: named(caller).name, listener: named(listener).name });

/** The listener proves itself. @param {Connection} connection @param {State} state @param {Translate} t @param {Actions} actions */
export function plateHalf(connection, { plan }, t, actions) {
  const { client, server, kind, dials: [dial] } = connection, plate = plan.certificates.find(({ id }) => id === server.certificate);
  return html`<p class="purpose">${t(/** @type {Key} */ (`tour.why.${kind}`))}</p>
    ${tag('plate', server.certificate, `CN ${commonName(plate)}`, `:${dial.port}`, () => actions.select({ certificate: server.certificate }))}
    <p>${told(t, 'tour.says.plate', { ...ends(connection), host: addressText(dial), ca: `${client.authority}.crt` })}</p>`;
}

/** Then the caller, and as whom it is seen. @param {Connection} connection @param {State} state @param {Translate} t @param {Actions} actions */
export function badgeHalf(connection, { plan, judged, phase }, t, actions) {
  const { client, server, id } = connection, who = ends(connection), certificate = (/** @type {string | null | undefined} */ id) => plan.certificates.find((one) => one.id === id);
  const badge = certificate(client.certificate), signer = certificate(client.tokenSigner), identity = seen(connection, plan), fate = standing(judged?.rows.get(id));
  return html`${badge ? html`${tag('badge', badge.id, `CN ${commonName(badge)}`, '', () => actions.select({ certificate: badge.id }))}<p>${told(t, identity ? 'tour.says.badge' : 'tour.says.badge.unread', { ...who, cn: commonName(badge), ca: `${server.authority}.crt` })}</p>`
    : html`<p class="ticketline">${icon('ticket', 16)}<span>${told(t, 'tour.says.token', { ...who, file: signer ? publicFile(signer) : '' })}</span></p>`}
    ${identity ? html`<div class="identity"><h3>${t(fate === 'verified' ? 'verdict.sees' : 'identity', { who: who.listener })}</h3><dl><dt>${t('identity.user')}</dt><dd>${identity.user}</dd><dt>${t('identity.groups')}</dt><dd>${identity.groups.join(', ')}</dd></dl></div>` : nothing}
    <p class="state">${fate ? mark(fate, t(fate === 'verified' ? 'verdict.verified.long' : `verdict.${fate}`)) : html`<span class="dot"></span>${t(phase === 'issued' ? 'state.issued.long' : 'state.planned.long')}`}</p>`;
}
