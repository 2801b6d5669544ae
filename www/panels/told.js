// An arrow in a few sentences that can be said aloud: who calls whom, what each shows, and who signed that.
/** @import { State } from '../state.js' */
/** @import { Connection } from '../wasm.d.ts' */
import { html } from 'lit-html';
import { rich } from '../i18n.js';
import { seen } from '../identity.js';
import { addressText, named, publicFile } from '../names.js';

/** @param {Pick<State, 'plan' | 'phase'>} state @param {Connection} connection @param {import('./parts.js').Translate} t */
export const told = (state, connection, t) => html`<p class="told">${rich(joined(sentences(state, connection, t)))}</p>`;

/** Japanese has no space after its full stop. @param {string[]} all */
export const joined = (all) => all.reduce((text, one) => (text.endsWith('。') ? text + one : `${text} ${one}`));

/** @param {Pick<State, 'plan' | 'phase'>} state @param {Connection} connection @param {import('./parts.js').Translate} t */
export function sentences({ plan, phase }, connection, t) {
  const { caller, listener, client, server, dials: [dial] } = connection, user = seen(connection, plan)?.user;
  const of = (/** @type {string | null | undefined} */ id) => plan.certificates.find((one) => one.id === id), plate = of(server.certificate), badge = of(client.certificate), signer = of(client.tokenSigner);
  const same = named(caller).name === named(listener).name;
  const end = (/** @type {string} */ one) => { const { name, node } = named(one); return name === 'pod' ? t('told.pod') : same && node ? t('speech.on', { name, node }) : name; };
  const authority = `${plate?.issuer}.crt`, other = `${badge?.issuer}.crt`, who = { caller: end(caller), listener: end(listener) };
  return [
    t('told.calls', who), t('told.plate', { ...who, plate: `${server.certificate}.crt`, host: addressText(dial) }),
    badge ? t(user ? 'told.badge' : 'told.badge.in', { ...who, badge: `${badge.id}.crt`, user: user ?? '' }) : t('told.token'),
    !badge ? t('told.signed.token', { authority, file: signer ? publicFile(signer).replace(/\.\w+$/, '.key') : '' })
      : authority !== other ? t('told.signed.apart', { authority, other }) : t(phase === 'issued' ? 'told.signed' : 'told.signed.planned', { authority }),
  ];
}
