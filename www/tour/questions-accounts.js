// Tokens: a signature that is no certificate.
/** @import { Asking } from './questions.js' */
import { one, sentence } from './questions.js';

/** @satisfies {Record<string, Asking>} */
export const accounts = {
  'service-account': ({ pod, plate, masters, signer, toKubelet, ca }) => [
    sentence('service-account.shows', {}, ['token', 'kubelet', 'own', 'nothing'], !pod || pod.client.credential === 'token' ? 'token' : 'own'),
    one('service-account.plate', { ca: `${pod?.client.authority ?? ca.id}.crt` }, [`${signer?.id}${signer?.kind === 'key-pair' ? '.pub' : '.crt'}`, toKubelet && `${toKubelet.server.certificate}.crt`, `${ca.id}.crt`], `${pod?.server.certificate ?? plate?.id}.crt`),
    masters.length > 1 ? sentence('service-account.differs', { n: masters.length }, ['sometimes', 'handshake', 'never', 'always'], 'sometimes')
      : sentence('service-account.anew', {}, ['old', 'handshake', 'never'], 'old'),
  ],
};
