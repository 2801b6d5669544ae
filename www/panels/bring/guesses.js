// What no file says for certain, each with a field in which the reader can say it.
/** @import { State, Imported } from '../../state.js' */
/** @import { Guess, Preset, Role } from '../../wasm.d.ts' */
/** @import { Bringing } from '../../bringing.js' */
import { html, nothing } from 'lit-html';
import { live } from 'lit-html/directives/live.js';

/** @typedef {import('../parts.js').Translate} Translate */

const ROLES = /** @type {const} */ (['control-plane', 'etcd', 'worker', 'load-balancer']);
/** Guesses that are shown of very many. */
const MOST = 24;

/** @param {State} state @param {Imported} imported @param {Bringing} bring @param {Preset[]} presets @param {Translate} t */
export function guesses({ plan }, { recognition }, bring, presets, t) {
  const all = recognition.guesses;
  if (all.length === 0) return nothing;
  return html`<section class="part guesses"><h3>${t('guesses', { n: all.length })}</h3><p class="hint">${t('guesses.how')}</p><ul>${all.slice(0, MOST).map((one) => html`<li><p>${sentence(one, presets, t)}</p>${field(one, plan, bring, presets, t)}</li>`)}</ul>
    ${all.length > MOST ? html`<p class="hint">${t('more', { n: all.length - MOST })}</p>` : nothing}</section>`;
}

/** @param {Guess} guess @param {Preset[]} presets @param {Translate} t */
function sentence(guess, presets, t) {
  switch (guess.code) {
    case 'preset': return t('guess.preset', { title: presets.find(({ id }) => id === guess.preset)?.title ?? guess.preset, n: guess.fitting, of: guess.of });
    case 'role': return t('guess.role', { node: guess.node, role: t(`role.${guess.role}`) });
    case 'service-cidr': return t(guess.address ? 'guess.service-cidr' : 'guess.service-cidr.none', { cidr: guess.cidr, address: guess.address });
    case 'load-balancer': return t(guess.called ? 'guess.load-balancer' : 'guess.load-balancer.unseen', { node: guess.node, address: guess.address });
    case 'worker-assumed': return t('guess.worker-assumed', { node: guess.node });
    default: return t(`guess.${guess.code}`, { node: guess.node, address: guess.address });
  }
}

/** @param {Guess} guess @param {State['plan']} plan @param {Bringing} bring @param {Preset[]} presets @param {Translate} t */
function field(guess, plan, bring, presets, t) {
  /** @param {string} label @param {string} name @param {string} value @param {(value: string) => unknown} say */
  const input = (label, name, value, say) => html`<label class="field"><span>${label}</span><input class="mono" data-field=${name} .value=${live(value)} autocomplete="off" spellcheck="false" @change=${(/** @type {Event} */ event) => say(/** @type {HTMLInputElement} */ (event.target).value)}></label>`;
  /** @param {string} label @param {string} name @param {[string, string][]} options @param {string} now @param {(value: string) => unknown} say */
  const select = (label, name, options, now, say) => html`<label class="field"><span>${label}</span><select data-field=${name} @change=${(/** @type {Event} */ event) => say(/** @type {HTMLSelectElement} */ (event.target).value)}>${options.map(([value, words]) => html`<option value=${value} ?selected=${value === now}>${words}</option>`)}</select></label>`;
  switch (guess.code) {
    case 'preset': return select(t('form.preset'), 'guess.preset', presets.map(({ id, title }) => [id, title]), guess.preset, (preset) => bring.set({ preset }));
    case 'role': case 'worker-assumed': {
      const role = plan.cluster.nodes.find(({ name }) => name === guess.node)?.role ?? 'worker';
      return select(t('form.role'), `guess.role.${guess.node}`, ROLES.map((one) => [one, t(`role.${one}`)]), role, (chosen) => bring.role(guess.node, /** @type {Role} */ (chosen)));
    }
    case 'service-cidr': return input(t('form.cidr'), 'guess.cidr', guess.cidr, (serviceCidr) => bring.set({ serviceCidr }));
    default: return input(t('guess.address'), `guess.address.${guess.node}`, guess.address, (address) => bring.address(guess.node, address));
  }
}
