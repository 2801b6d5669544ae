// What holds for the whole cluster: its network, its keys, how long certificates live, and who the authorities are.
/** @import { State } from '../state.js' */
/** @import { Description, KeyAlgorithm, SubjectType } from '../wasm.d.ts' */
/** @import { Fields } from './fields.js' */
import { html } from 'lit-html';
import { daysIn } from '../description.js';
import { algorithmOptions } from './fields.js';

/** @typedef {import('../i18n.js').Key} Key */

/** @param {State} state @param {Fields} fields @param {import('./parts.js').Translate} t */
export function network({ description, plan }, { input, error, edit }, t) {
  const automatic = plan.cluster.controlPlaneEndpoint ? '' : /^https:\/\/(.*)$/.exec(plan.kubeconfigs.find(({ node }) => node === null)?.server ?? '')?.[1] ?? '';
  /** @param {Key} label @param {'serviceCidr' | 'clusterDomain' | 'controlPlaneEndpoint' | 'kubernetesVersion'} field @param {string} [placeholder] */
  const line = (label, field, placeholder) => html`<label class="field"><span>${t(label)}</span>${input(t(label), field, description[field] ?? '', (text) => edit({ [field]: text }, field), { placeholder })}</label>${error(field)}`;
  return html`<section><h3>${t('form.network')}</h3>${line('form.cidr', 'serviceCidr')}${line('form.domain', 'clusterDomain')}
    ${line('form.endpoint', 'controlPlaneEndpoint', automatic)}${line('form.version', 'kubernetesVersion')}</section>`;
}

/** @param {Description} description @param {Fields} fields @param {import('./parts.js').Translate} t */
export const keySettings = (description, fields, t) => html`<section><h3>${t('form.keys')}</h3>
  <label class="field"><span>${t('form.algorithm')}</span>${fields.select(t('form.algorithm'), 'keyAlgorithm', description.keyAlgorithm ?? '', algorithmOptions,
    (keyAlgorithm) => fields.edit({ keyAlgorithm: /** @type {KeyAlgorithm} */ (keyAlgorithm) }))}</label>${fields.error('keyAlgorithm')}
  ${validity('form.days', 'validityDays', 'validUntil', description, fields, t)}
  ${validity('form.days.ca', 'authorityValidityDays', 'authorityValidUntil', description, fields, t)}</section>`;

/**
 * So many days, or until a day, which goes before the days.
 * @param {Key} label @param {'validityDays' | 'authorityValidityDays'} days @param {'validUntil' | 'authorityValidUntil'} until
 * @param {Description} description @param {Fields} fields @param {import('./parts.js').Translate} t
 */
function validity(label, days, until, description, { input, select, error, edit }, t) {
  const dated = (description[until] ?? '') !== '';
  const choose = (/** @type {string} */ how) => edit({ [until]: how === 'until' ? inAYear() : '' });
  return html`<div class="field"><span>${t(label)}</span><span class="validity">
    ${dated ? input(t(label), until, description[until] ?? '', (text) => edit({ [until]: text }, until), { type: 'date' })
      : input(t(label), days, String(description[days] ?? ''), (text) => edit({ [days]: daysIn(text) }, days))}
    ${select(t('form.how', { what: t(label) }), `${until}.how`, dated ? 'until' : 'days', [['days', t('form.how.days')], ['until', t('form.how.until')]], choose)}</span></div>${error(days)}${error(until)}`;
}

/** What a date field begins with. */
const inAYear = () => new Date(Date.now() + 365 * 86_400_000).toISOString().slice(0, 10);

/** @type {[SubjectType, Key][]} */
const SUBJECT = [['C', 'subject.C'], ['ST', 'subject.ST'], ['L', 'subject.L'], ['O', 'subject.O'], ['OU', 'subject.OU']];

/** @param {Description} description @param {Fields} fields @param {import('./parts.js').Translate} t */
export function authoritySubject(description, { input, error, edit, wrong }, t) {
  const subject = description.authoritySubject ?? {};
  return html`<section><details ?open=${(wrong ?? '').startsWith('authoritySubject')}><summary>${t('form.subject')}</summary><p class="remark">${t('form.subject.why')}</p>${SUBJECT.map(([type, label]) => {
    const field = `authoritySubject.${type}`;
    const set = (/** @type {string} */ text) => {
      const { [type]: _, ...others } = subject;
      edit({ authoritySubject: text === '' ? others : { ...others, [type]: text } }, field);
    };
    return html`<label class="field"><span>${t(label)} <i>${type}</i></span>${input(t(label), field, subject[type] ?? '', set, { style: '' })}</label>${error(field)}`;
  })}</details></section>`;
}
