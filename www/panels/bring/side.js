// With nothing selected, and a cluster that was brought: what is wrong, what is made again, what ends when, and which file is which.
/** @import { State } from '../../state.js' */
/** @import { Tab } from '../../bringing.js' */
import { html, nothing } from 'lit-html';
import { segments } from '../parts.js';
import { connectionList } from '../guide.js';
import { again } from './again.js';
import { wrong } from './dialog.js';
import { expiry } from './expiry.js';
import { files, passphraseBox } from './files.js';
import { findings } from './findings.js';
import { renewedPanel } from './renewed.js';
import { waitingPanel } from './waiting.js';

/** @param {State} state @param {import('../../wasm.d.ts').Preset[]} presets @param {import('../../i18n.js').Language} language @param {import('../parts.js').Translate} t @param {import('../parts.js').Actions} actions */
export function bringSide(state, presets, language, t, actions) {
  const { bring } = actions, { tab } = bring.view, { imported } = state;
  if (!imported) return nothing;
  if (state.phase === 'issued') return renewedPanel(state, bring, language, t, actions);
  if (state.waiting) return waitingPanel(state, bring, language, t);
  const tabs = /** @type {[Tab, string][]} */ (['findings', 'again', 'expiry', 'files'].map((one) => [one, t(/** @type {import('../../i18n.js').Key} */ (`bring.tab.${one}`))]));
  return html`<header><h2 tabindex="-1">${t(`bring.head.${tab}`)}</h2></header>
    <div class="bringtabs">${segments(t('bring.tabs'), tabs, tab, (chosen) => bring.show({ tab: chosen, filter: '', page: 0 }))}</div>
    ${wrong(bring, language, t)}${passphraseBox(bring, imported.listing, t)}
    ${tab === 'findings' ? html`${findings(imported, bring, t, actions)}${connectionList(state, t, actions)}` : tab === 'again' ? again(state, bring, language, t) : tab === 'expiry' ? expiry(imported.expiries, state, t, actions) : files(state, imported, bring, presets, language, t)}`;
}
