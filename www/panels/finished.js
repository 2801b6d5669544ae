// The set is made: three things to do now.
/** @import { State } from '../state.js' */
import { html, nothing } from 'lit-html';
import { icon } from '../icons.js';
import { rich } from '../i18n.js';
import { named } from '../names.js';

/** @param {string} folder what the zip holds @param {string} [file] */
export const commands = (folder, file = `${folder}.zip`) => `unzip ${file} && cd ${folder}\nsh verify.sh\nsh distribute.sh --dry-run`;

/** @param {State} state @param {import('./parts.js').Translate} t @param {import('./parts.js').Actions} actions */
export function finished({ issued, plan, judged }, t, actions) {
  const name = issued?.name ?? '', text = commands(name.replace(/\.zip$/, '')), [first] = plan.connections;
  return html`<section aria-label=${t('done.next')}><ol class="next">
    <li><p>${rich(t('done.download', { name }))}</p>${judged?.lesson.id ? nothing : html`<button type="button" class="textbutton" @click=${actions.download}>${icon('down', 13)}${t('download')}</button>`}</li>
    <li><p>${rich(t('done.unpack'))}</p><pre tabindex="0" lang="en">${text}</pre><button type="button" class="textbutton" @click=${() => actions.copy(text)}>${icon('copy', 13)}${t('copy')}</button></li>
    <li><p>${rich(t('done.look'))}</p>${first ? html`<button type="button" class="textbutton" data-connection=${first.id} @click=${() => actions.select({ connection: first.id })}>
      ${t('done.show', { caller: named(first.caller).name, listener: named(first.listener).name })}</button>` : nothing}</li></ol></section>`;
}

/** Stopped by its user: what became of the keys, and how to go on. @param {State} state @param {import('./parts.js').Translate} t */
export const stopped = ({ cancelled, plan }, t) => (cancelled === null ? nothing : html`<section class="stopped"><h3>${icon('stop', 13)}${t('cancelled.title')}</h3>
  <p>${t('cancelled.what', { n: cancelled, of: plan.totals.keys })}</p><p>${rich(t('cancelled.next'))}</p></section>`);
