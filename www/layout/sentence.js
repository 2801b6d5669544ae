// A component in a sentence, for those who do not see the figure: who it is, whom it calls, who calls it.
/** @import { ComponentKind, Plan } from '../wasm.d.ts' */
import { unique } from './geometry.js';

/** 'kube-scheduler@master-1' -> 'kube-scheduler' @param {string} component */
const kindOf = (component) => component.split('@')[0];

/** The kinds of what it calls, and of what calls it, each once. @param {string[]} components @param {Plan} plan */
export function neighbours(components, { connections }) {
  const own = new Set(components);
  return {
    calls: unique(connections.filter(({ caller }) => own.has(caller)).map(({ listener }) => kindOf(listener))),
    callers: unique(connections.filter(({ listener }) => own.has(listener)).map(({ caller }) => kindOf(caller))),
  };
}

/** @param {ComponentKind} kind @param {string[]} components @param {Plan} plan @param {import('../i18n.js').Translate} t */
export function boxSentence(kind, components, plan, t) {
  const { calls, callers } = neighbours(components, plan), nodes = components.flatMap((one) => one.split('@')[1] ?? []);
  const name = kind === 'pod' ? t('box.pods') : kind, list = (/** @type {string[]} */ some) => some.map((one) => (one === 'pod' ? t('box.pods') : one)).join(', ');
  return t('box.sentence', {
    who: nodes.length === 1 ? t('box.on', { name, node: nodes[0] }) : nodes.length ? t('box.on.many', { name, n: nodes.length }) : name,
    calls: calls.length ? t('box.calls', { what: list(calls) }) : t('box.calls.nobody'),
    called: callers.length ? t('box.called', { what: list(callers) }) : t('box.called.nobody'),
  });
}
