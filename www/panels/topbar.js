// The top bar: what this is, the promise it keeps, language and theme.
import { html, svg } from 'lit-html';
import { icon } from '../icons.js';
import { segments } from './parts.js';
import { bringButton } from './bring/entry.js';
import { tourButton } from './tour-entry.js';

const MARK = svg`<svg width="26" height="26" viewBox="0 0 26 26" aria-hidden="true"><rect x="3" y="3" width="5" height="20" rx="2.5" fill="currentColor"/><rect x="18" y="3" width="5" height="20" rx="1" fill="currentColor"/><path d="M8 13h6" stroke="currentColor" stroke-width="2.4"/><path d="M18 13l-6-4v8z" fill="currentColor"/></svg>`;

/**
 * @param {{ language: import('../i18n.js').Language, theme: 'light' | 'dark', title: string }} what
 * @param {import('./parts.js').Translate} t @param {import('./parts.js').Actions} actions
 */
export const topbar = ({ language, theme, title }, t, actions) => html`
  <h1 class="brand">${MARK}Hardway</h1><p class="preset">${title}</p>
  ${tourButton(actions.tour.walk.on, t, actions)}${bringButton(t, actions)}
  <p class="trust">${icon('offline', 15)}<span>${t(navigator.onLine ? 'trust' : 'trust.offline')}</span></p>
  <div class="tools">
    ${segments(t('language'), [['en', 'EN'], ['ja', '日本語']], language, actions.language, true)}
    <button type="button" class="square" aria-label=${t(theme === 'dark' ? 'theme.light' : 'theme.dark')} title=${t(theme === 'dark' ? 'theme.light' : 'theme.dark')}
      @click=${actions.theme}>${icon(theme === 'dark' ? 'sun' : 'moon')}</button>
  </div>`;
