// The rail: the guide's order as four stations, and the one thing to do next.
/** @import { State } from '../state.js' */
import { html, nothing } from 'lit-html';
import { icon } from '../icons.js';
import { formats } from '../i18n.js';
import { made } from '../state.js';
import { elsewhere } from './bring/again.js';
import { broken } from './lessons.js';
import { algorithmName } from '../names.js';
import { aheadSentence } from './parts.js';

/**
 * @param {State} state @param {import('../workshop.js').Status} status @param {import('../i18n.js').Language} language
 * @param {import('./parts.js').Translate} t @param {import('./parts.js').Actions} actions
 */
export function rail(state, status, language, t, actions) {
  const { phase, plan, issued, refusal, signing, imported } = state, { keys: n, certificates } = plan.totals;
  /** @param {string} role */
  const count = (role) => plan.cluster.nodes.filter((node) => node.role === role).length;
  const size = issued ? formats(language).size(issued.zip.size) : '';
  const algorithm = algorithmName(plan.cluster.keyAlgorithm);
  const ahead = status.preparing || status.ready === n;
  const now = refusal ? 0 : { planned: 0, imported: 1, generating: signing ? 2 : 1, failed: 1, issued: 3 }[phase];
  const steps = imported ? stations(state, t) : [
    [t('step.cluster'), refusal ? t('step.cluster.refused') : t('step.cluster.sub', { masters: count('control-plane'), workers: count('worker') })],
    [t('step.keys'), phase === 'issued' ? t('step.keys.made', { n, algorithm }) : phase === 'generating' ? t('step.keys.making', { n, made: made(state).size })
      : phase === 'failed' ? t('step.keys.failed') : ahead ? aheadSentence(status, t) : t('step.keys.planned', { n })],
    [t('step.certificates'), phase === 'issued' ? t('step.certificates.issued', { n: certificates }) : t('step.certificates.planned', { n: certificates })],
    [t('step.bundle'), issued ? t('step.bundle.ready', { name: issued.name }) : t('step.bundle.planned')],
  ];
  return html`<ol class="steps" aria-label=${t('steps')}>${steps.map(([name, words], i) => html`
    <li class="${i < now ? 'done' : i > now ? 'todo' : refusal || phase === 'failed' ? 'now bad' : 'now'}" aria-current=${i === now ? 'step' : nothing}>
      <span class="number">${i < now ? icon('check', 15) : i + 1}</span><span class="words"><b>${name}</b><small>${words}</small></span>${i < 3 ? html`<span class="wire"></span>` : nothing}</li>`)}</ol>
    <div class="buttons">${buttons(state, size, t, actions)}</div>`;
}

/** The order for a cluster that was brought. @param {State} state @param {import('./parts.js').Translate} t */
function stations({ imported, issued, phase, waiting }, t) {
  const findings = imported?.findings ?? [], bad = findings.filter(({ severity }) => severity === 'breaks').length;
  return [
    [t('rail.files'), t('rail.files.read', { n: imported?.listing.length ?? 0 })], [t('rail.findings'), bad ? t('rail.findings.break', { n: bad }) : t('rail.findings.n', { n: findings.length })],
    [t('rail.again'), waiting ? t('rail.again.waiting', { n: waiting.ids.length }) : t(phase === 'issued' ? 'rail.again.done' : 'rail.again.later')], [t('step.bundle'), issued ? t('step.bundle.ready', { name: issued.name }) : t('rail.bundle')],
  ];
}

/** @param {State} state @param {string} size @param {import('./parts.js').Translate} t @param {import('./parts.js').Actions} actions */
function buttons({ phase, plan, refusal, judged, imported, waiting }, size, t, actions) {
  const generate = (/** @type {string} */ text, /** @type {string} */ style) => html`<button type="button" class=${style} ?disabled=${refusal !== null} @click=${actions.start}
    title=${refusal ? t('generate.refused') : nothing}>${icon('key', 17)}${text}</button>`;
  if (imported && phase !== 'generating') return brought({ phase, waiting, refusal }, size, t, actions);
  switch (phase) {
    case 'generating':
      return html`<button type="button" class="primary quiet" @click=${actions.cancel}>${icon('stop', 15)}${t('stop')}</button>`;
    case 'issued':
      if (judged?.lesson.id) return html`<p class="guard" role="note">${t('lesson.guard', { what: broken(judged.lesson, t) })}</p><button type="button" class="primary quiet" @click=${actions.download}>${icon('down', 17)}${t('lesson.download')}<small>${size}</small></button>`;
      return html`${generate(t('generate.anew'), 'primary quiet')}<button type="button" class="primary" @click=${actions.download}>${icon('down', 17)}${t('download')}<small>${size}</small></button>`;
    case 'failed':
      return generate(t('generate.retry'), 'primary');
    case 'imported': case 'planned':
      return generate(t('generate', { n: plan.totals.keys }), 'primary');
  }
}

/** Of a cluster that was brought: what is next, and the way out. @param {Pick<State, 'phase' | 'waiting' | 'refusal'>} state @param {string} size @param {import('./parts.js').Translate} t @param {import('./parts.js').Actions} actions */
function brought({ phase, waiting, refusal }, size, t, { bring, download }) {
  const { renewal } = bring.mending.view, n = renewal?.orders.length ?? 0, planned = bring.view.tab === 'again';
  return html`<button type="button" class="primary quiet" data-act="forget" @click=${() => bring.forget()}>${t('bring.forget')}</button>
    ${phase === 'issued' ? html`<button type="button" class="primary" @click=${download}>${icon('down', 17)}${t('download')}<small>${size}</small></button>`
    : waiting ? nothing : html`<button type="button" class="primary" data-act="again" ?disabled=${refusal !== null || (planned && !renewal)} @click=${() => (planned ? bring.mending.make() : bring.show({ tab: 'again' }))}>${icon('key', 17)}${planned ? t(elsewhere(renewal) ? 'mending.make.requests' : 'mending.make', { n }) : n ? t('rail.plan', { n }) : t('rail.plan.none')}</button>`}`;
}
