// The three things of a certificate as lines to read: its key, its request, itself. As planned; once they exist, the real ones.
/** @import { State } from '../state.js' */
/** @import { PlannedCertificate, Plan } from '../wasm.d.ts' */
/** @import { Language, Translate } from '../i18n.js' */
import { formats } from '../i18n.js';
import { unique } from '../layout/geometry.js';
import { algorithmName, commonName, subjectText } from '../names.js';
import { existing } from '../state.js';

/** @typedef {{ label: string, values: string[], note?: string, mono?: boolean, minor?: boolean }} Line minor: left out where there is little room */
/** The real request: undefined while it is on its way from the vault, null where there is none. @param {State} state @param {string} id */
const requestOf = (state, id) => (state.issued ? state.issued.requests.get(id) : null);

/** Where a private key is to lie: on nodes, or inside of kubeconfigs. @param {Plan} plan @param {string} id */
export function homes({ placements, kubeconfigs }, id) {
  const files = placements.filter(({ file }) => file === `${id}.key`);
  const paths = unique(files.map(({ path }) => path)).map((path) => ({ path, nodes: files.filter((one) => one.path === path).map(({ node }) => node) }));
  return { paths, inside: unique(kubeconfigs.filter(({ certificate, paths: apart }) => certificate === id && apart === null).map(({ file }) => file)) };
}

/** @param {State} state @param {PlannedCertificate} planned @param {Translate} t @returns {Line[]} */
export function keyLines(state, { id, keyAlgorithm }, t) {
  const { paths, inside } = homes(state.plan, id), key = state.keys.get(id), made = key?.state === 'made';
  const where = [...paths.map(({ path, nodes }) => `${path} (${nodes.length > 2 ? `${nodes[0]} … ×${nodes.length}` : nodes.join(', ')})`), ...inside.map((file) => t('tour.key.inside', { file }))];
  return [
    { label: t('field.key'), values: [algorithmName(keyAlgorithm)], note: !made ? t('tour.planned') : key.ms === null ? t('tour.key.ahead') : t('tour.key.made', { ms: Math.round(key.ms) }) },
    { label: t('tour.key.where'), values: where.length ? where : [t('tour.key.nowhere')], mono: paths.length > 0 },
    { label: t('tour.key.content'), values: [t('tour.key.hidden')] },
  ];
}

/** @param {State} state @param {PlannedCertificate} planned @param {Translate} t @returns {Line[]} */
export function requestLines(state, planned, t) {
  const real = requestOf(state, planned.id), names = (real?.names ?? planned.names).map(({ value }) => value);
  return [
    { label: t('field.subject'), values: [real?.subject ?? subjectText(planned)], note: real ? '' : t('tour.planned'), mono: true },
    { label: t('tour.request.key'), values: [real?.keyAlgorithm ?? algorithmName(planned.keyAlgorithm)] },
    ...(names.length ? [{ label: t('tour.request.names'), values: names, mono: true }] : []),
    ...(real?.extendedKeyUsage ? [{ label: t('tour.request.usage'), values: real.extendedKeyUsage.values }] : []),
    { label: t('field.signature'), values: [t('tour.request.own', { file: `${planned.id}.key` })], note: real?.signatureAlgorithm ?? '' },
  ];
}

/** @param {State} state @param {PlannedCertificate} planned @param {Language} language @param {Translate} t @returns {Line[]} */
export function certificateLines(state, planned, language, t) {
  const real = state.judged?.changed.get(planned.id) ?? existing(state, planned.id), signer = state.plan.certificates.find(({ id }) => id === planned.issuer), { instant, day } = formats(language);
  const names = (real?.names ?? planned.names).map(({ value }) => value), authority = planned.kind === 'authority', seal = planned.issuer === planned.id ? t('field.itself') : `${planned.issuer}.crt`;
  /** @param {string} label @param {{ critical: boolean, values: string[] } | null} usage */
  const usage = (label, usage) => (usage ? [{ label, values: usage.values, note: usage.critical ? t('field.critical') : '', minor: label === 'keyUsage' && !authority }] : []);
  return [
    { label: t('field.subject'), values: [real?.subject ?? subjectText(planned)], note: real ? '' : t('tour.planned'), mono: true },
    { label: t('field.issuer'), values: [real?.issuer ?? `CN=${commonName(signer)}`], note: seal, mono: true },
    ...(names.length ? [{ label: t('field.names', { n: names.length }), values: names, mono: true }] : []),
    { label: t('field.validity'), values: [real ? `${day(real.notBefore)} – ${day(real.notAfter)}` : planned.validUntil ? t('field.day', { day: planned.validUntil }) : t('field.days', { n: planned.validityDays })], note: real ? instant(real.notAfter).slice(11) : '' },
    ...(real ? [
      ...(real.basicConstraints ? [{ label: 'basicConstraints', values: [real.basicConstraints.ca ? 'CA:TRUE' : 'CA:FALSE'], note: real.basicConstraints.critical ? t('field.critical') : '', minor: !authority }] : []),
      ...usage('keyUsage', real.keyUsage), ...usage('extendedKeyUsage', real.extendedKeyUsage),
      { label: t('field.signature'), values: [real.signatureAlgorithm], minor: true }, { label: t('field.serial'), values: [real.serial], mono: true, minor: true },
    ] : [{ label: t('tour.role'), values: [t(`kind.${planned.kind}`)] }]),
  ];
}
