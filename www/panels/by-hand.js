// What to type to make a certificate, or to try a connection, by hand. The texts are the core's; a test runs each as it stands here.
/** @import { Call, Recipe, Way } from '../wasm.d.ts' */
/** @import { Actions, Translate } from './parts.js' */
import { html, nothing } from 'lit-html';
import { icon } from '../icons.js';
import { rich } from '../i18n.js';

/**
 * Every way to make one certificate by hand, as sections of the certificate's panel or of a chapter: `recipe(byHand.recipe(plan, 'admin'), t, actions)`.
 * @param {Recipe | null} one null: nothing is shown @param {Translate} t @param {Actions} actions @param {{ open?: boolean }} [options] open: openssl's way stands unfolded
 */
export const recipe = (one, t, actions, { open = false } = {}) => (one === null ? nothing : html`
  <section class="part byhand"><details ?open=${open}><summary><h3>${t('hand.openssl')}</h3></summary>${way(one, one.openssl, t('hand.openssl.lead'), t, actions)}</details></section>
  ${one.cfssl ? html`<section class="part byhand"><details><summary><h3>${t('hand.cfssl')}</h3></summary>${way(one, one.cfssl, t('hand.cfssl.lead'), t, actions)}</details></section>` : nothing}`);

/** How to try a connection by hand. @param {Call | null} one @param {Translate} t @param {Actions} actions */
export const call = (one, t, actions) => (one === null ? nothing : html`
  <section class="part byhand"><details><summary><h3>${t('hand.call')}</h3></summary><ol>${one.steps.map(({ step, place, command }) => html`<li>
    <p>${rich(t(`hand.call.${step}`))} <em>${'name' in place ? t(`hand.at.${place.at}`, { name: place.name }) : t('hand.at.bundle')}</em></p>
    ${text(command, t(`hand.call.${step}.copy`), t, actions)}</li>`)}</ol></details></section>`);

/** @param {Recipe} one @param {Way} way @param {string} lead @param {Translate} t @param {Actions} actions */
const way = ({ id, needs }, { files, steps, whole, differences }, lead, t, actions) => html`<p class="hint">${lead}${needs ? ` ${t('hand.needs', { id: needs })}` : nothing}</p>
  <button type="button" class="textbutton" @click=${() => actions.copy(whole)}>${icon('copy', 14)}${t('hand.all')}</button>
  ${files.map(({ name, text: content }) => html`<details class="file"><summary><code>${name}</code> ${t('hand.file')}</summary>${text(content, name, t, actions)}</details>`)}
  <ol>${steps.map(({ step, command }) => html`<li><p>${rich(t(`hand.step.${step}`, { id }))}</p>${text(command, t(`hand.step.${step}.copy`), t, actions)}</li>`)}</ol>
  ${differences.length ? html`<p class="hint">${t('hand.differs')}</p><ul class="differs">${differences.map((code) => html`<li>${t(`hand.differs.${code}`)}</li>`)}</ul>` : nothing}`;

/** @param {string} content @param {string} what it is, for those who hear the button @param {Translate} t @param {Actions} actions */
const text = (content, what, t, actions) => html`<div class="command"><pre tabindex="0" role="group" aria-label=${what}>${unbroken(content.trimEnd())}</pre><button type="button" title=${t('copy')} aria-label=${t('hand.copy', { what })} @click=${() => actions.copy(content)}>${icon('copy', 14)}</button></div>`;

/** A line never breaks within an option, where browsers would after its hyphens. @param {string} content */
const unbroken = (content) => content.split(/((?<=\s)-{1,2}\w[\w-]*)/).map((part, i) => (i % 2 ? html`<span class="unbroken">${part}</span>` : part));
