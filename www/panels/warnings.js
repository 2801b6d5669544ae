// What a description asks for and may not have meant. Nothing is refused for it.
/** @import { Warning } from '../wasm.d.ts' */
import { html, nothing } from 'lit-html';
import { icon } from '../icons.js';

/** @param {Warning} warning @param {import('./parts.js').Translate} t */
export function warningText(warning, t) {
  switch (warning.code) {
    case 'caller-changed': return t('warning.caller-changed', { file: `${warning.certificate}.crt`, user: quoted(warning.user, t), group: quoted(warning.group, t), usualUser: quoted(warning.usualUser, t), usualGroup: quoted(warning.usualGroup, t) });
    case 'not-a-node': return t('warning.not-a-node', { user: quoted(warning.user, t), group: quoted(warning.group, t), node: warning.node });
    case 'unlimited': return t('warning.unlimited', { file: `${warning.certificate}.key` });
    case 'outlives-authority': return t('warning.outlives-authority', { file: `${warning.certificate}.crt`, authority: `${warning.authority}.crt` });
  }
}

/** @param {string} name @param {import('./parts.js').Translate} t */
const quoted = (name, t) => name || t('warning.none');

/** @param {Warning[]} list @param {import('./parts.js').Translate} t @param {import('./parts.js').Actions} actions */
export const warnings = (list, t, actions) => (list.length ? html`<section class="warnings"><h3>${t('warning.title', { n: list.length })}</h3>${list.slice(0, 8).map((one) => html`
  <button type="button" class="warning" @click=${() => actions.select({ certificate: one.certificate })}>${icon('key', 14)}<span>${warningText(one, t)}</span></button>`)}
  ${list.length > 8 ? html`<p class="remark">${t('more', { n: list.length - 8 })}</p>` : nothing}</section>` : nothing);
