// What a certificate is for, in a plain sentence for each end that shows it.
/** @import { Plan, PlannedCertificate } from '../wasm.d.ts' */
import { html, nothing } from 'lit-html';
import { rich } from '../i18n.js';
import { seen } from '../identity.js';
import { commonName, named } from '../names.js';
import { joined } from './told.js';

/** @param {Plan} plan @param {PlannedCertificate} planned @param {import('./parts.js').Translate} t */
export function purpose(plan, planned, t) {
  const { connections } = plan, { id, kind } = planned, of = (/** @type {string[]} */ ends) => [...new Set(ends.map((one) => named(one).name))];
  if (kind === 'authority') return said([t('purpose.authority', { key: `${id}.key` })]);
  if (kind === 'key-pair' || kind === 'token-signer') return said([t('purpose.signer', { key: `${id}.key` })]);
  const shown = connections.filter(({ server }) => server.certificate === id), presented = connections.filter(({ client }) => client.certificate === id);
  const [read, unread] = [true, false].map((naming) => presented.filter((one) => (seen(one, plan) !== null) === naming));
  return said([
    ...of(shown.map(({ listener }) => listener)).map((who) => t('purpose.server', { who })),
    ...[read, unread].flatMap((some) => of(some.map(({ caller }) => caller)).map((who) => t(some === read ? 'purpose.client' : 'purpose.client.in',
      { who, listener: of(some.filter(({ caller }) => named(caller).name === who).map(({ listener }) => listener)).join(', '), user: commonName(planned) }))),
  ]);
}

/** @param {string[]} sentences */
const said = (sentences) => (sentences.length ? html`<p class="told">${rich(joined(sentences))}</p>` : nothing);
