// One thing that was found in a file: what it was taken for, why, and a list to say otherwise.
/** @import { State, Imported } from '../../state.js' */
/** @import { Assignment, ImportedFile, Useless, Why } from '../../wasm.d.ts' */
/** @import { Bringing } from '../../bringing.js' */
import { html, nothing } from 'lit-html';
import { escaped } from '../../hearing.js';

/** @typedef {import('../parts.js').Translate} Translate */

/** @param {ImportedFile['items'][number]} item @param {ImportedFile} file @param {Imported | null} imported @param {State | null} state @param {Bringing} bring @param {Translate} t */
export function itemLine({ item, kind, place, summary }, file, imported, state, bring, t) {
  const where = place.type === 'field' ? place.path : place.type === 'bag' ? `#${place.number}` : place.type === 'block' && file.items.length > 1 ? t('files.line', { n: place.line }) : '';
  const head = html`<span class="kind">${t(`item.${kind}`)}</span> <code>${escaped(summary)}</code>${where ? html` <small>${where}</small>` : nothing}`;
  if (!imported || !state) return html`<p class="item">${head}</p>`;
  const all = imported.recognition.assignments.filter((one) => one.item === item), useless = imported.recognition.unused.find((one) => one.item === item);
  return html`<div class="item"><p>${head}</p>${kind === 'description' ? nothing : chooseId(item, kind, all[0], summary, state, bring, t)}
    <p class="reasons">${all.length ? all.slice(0, 3).map((one) => html`<span>${one.node ? t('files.on', { node: one.node }) : ''} ${one.main ? '' : t('files.copy')} ${one.why.slice(0, 2).map((why) => reason(why, t)).join('; ')}</span>`) : useless ? uselessWords(useless, t) : nothing}</p></div>`;
}

/** @param {number} item @param {string} kind @param {Assignment | undefined} now @param {string} summary @param {State} state @param {Bringing} bring @param {Translate} t */
function chooseId(item, kind, now, summary, { plan }, bring, t) {
  const ids = kind === 'kubeconfig' ? plan.kubeconfigs.map(({ file }) => file) : plan.certificates.map(({ id }) => id), shown = now && !ids.includes(now.id) ? [now.id, ...ids] : ids;
  return html`<select aria-label=${t('files.assign', { what: summary })} data-item=${item} @change=${(/** @type {Event} */ event) => { const id = /** @type {HTMLSelectElement} */ (event.target).value; bring.assign(item, id || null, now?.node ?? null); }}>
    <option value="" ?selected=${!now}>${t('files.none')}</option>${shown.map((id) => html`<option value=${id} ?selected=${id === now?.id}>${id}</option>`)}</select>`;
}

/** @param {Why} why @param {Translate} t */
function reason(why, t) {
  switch (why.code) {
    case 'behind': case 'key-fits': case 'key-beside': case 'shared': case 'signs': return t(`why.${why.code}`, { certificate: why.certificate });
    case 'in-kubeconfig': case 'named': return t(`why.${why.code}`, { path: escaped(why.path) });
    case 'names': return t('why.names', { name: escaped(why.name) });
    case 'subject': return t('why.subject', { subject: escaped(why.subject) });
    case 'corrected': return t('why.corrected');
  }
}

/** @param {Useless} why @param {Translate} t */
function uselessWords(why, t) {
  switch (why.code) {
    case 'another-taken': return t('useless.another-taken', { id: why.id });
    case 'no-place': return t('useless.no-place', { duty: why.duty });
    default: return t(`useless.${why.code}`);
  }
}
