// The main states of the page, one after the other, each reached as a reader would; what is done in a state is the caller's.
import { toHash } from '../../www/share.js';
import { drawn, reached } from './open-page.js';
/** @import { Page } from 'playwright-core' */

/** The one shape of the figure that is clicked. @param {Page} page @param {string} shape */
const choose = async (page, shape) => { await page.locator(`[role=button][data-shape=${shape}]`).dispatchEvent('click'); await drawn(page); };
/** @param {Page} page */
const leave = async (page) => { await page.locator('#panel .close').click(); await drawn(page); };

/**
 * Walks a fresh page through its states; nothing but structure is looked for, so that any language will do.
 * @param {Page} page @param {(name: string) => Promise<void>} look
 */
export async function eachState(page, look) {
  page.setDefaultTimeout(10_000);
  const drawer = page.locator('.drawerbutton'), behind = await drawer.isVisible();
  /** Opens what hides the form on a narrow page. @param {() => Promise<void>} act */
  const inForm = async (act) => {
    if (behind) { await drawer.click(); await drawn(page); }
    await act();
    if (behind && await page.locator('html[data-drawer=open]').count()) { await page.keyboard.press('Escape'); await drawn(page); }
  };
  await look('planned');
  await page.locator('.about summary').click();
  await page.locator('.differences summary').click();
  await drawn(page);
  await look('about and differences open');
  await choose(page, 'scheduler-0');
  await look('planned arrow selected');
  await leave(page);
  await choose(page, 'plate-api-0');
  await page.locator('.change summary').click();
  await drawn(page);
  await look('planned certificate selected');
  await leave(page);
  await inForm(async () => {
    for (const summary of await page.locator('#form summary').all()) await summary.click();
    await drawn(page);
    await look('form and drawer open');
    await page.fill('[data-field="serviceCidr"]', '10.96.0.1/24');
    await drawn(page);
    await look('a field refused');
    await page.fill('[data-field="serviceCidr"]', '10.96.0.0/24');
    await page.locator('.formtools button').nth(2).click();
    await page.fill('[data-field="many.address"]', 'nonsense');
    await drawn(page);
    await look('dialog, refused');
    await page.fill('[data-field="many.address"]', '10.0.1.1');
    await drawn(page);
    await look('dialog');
    await page.keyboard.press('Escape');
    await drawn(page);
  });
  for (const [hash, name] of [[await toHash({ preset: 'kubeadm', certificates: { admin: { commonName: 'x' } } }, []), 'dialog: a link holds a cluster'], ['#1.broken', 'dialog: a link that is cut off']]) {
    await page.evaluate((text) => { location.hash = text; }, hash);
    await page.locator('dialog[open]').waitFor();
    await drawn(page);
    await look(name);
    await page.keyboard.press('Escape');
    await page.locator('dialog[open]').waitFor({ state: 'detached' });
  }
  await page.locator('.bar .segments button').nth(2).click();
  await drawn(page);
  await look('table, planned');
  await page.locator('.bar .segments button').nth(0).click();
  await drawn(page);
  await look('components only');
  await page.locator('.bar .segments button').nth(1).click();
  await page.locator('.buttons .primary').click();
  await page.waitForSelector('.keys');
  await look('generating');
  await reached(page, 'issued');
  await page.locator('.lessons').waitFor();
  await drawn(page);
  await look('issued');
  await choose(page, 'scheduler-0');
  await page.locator('.tried').first().waitFor();
  await look('arrow verified');
  await leave(page);
  await choose(page, 'plate-api-0');
  await look('issued certificate selected');
  await leave(page);
  const all = await page.locator('.lessons button').count();
  for (let nth = 0; nth < all; nth++) {
    await page.locator('.lessons button').nth(nth).click();
    await page.waitForFunction((pressed) => document.querySelectorAll('.lessons button')[pressed]?.getAttribute('aria-pressed') === 'true', nth);
    await drawn(page);
    await look(`lesson ${nth + 1}`);
  }
  await page.locator('.lessonbuttons button').first().click();
  await page.locator('.lesson').waitFor({ state: 'detached' });
  for (const [nth, name] of /** @type {[number, string][]} */ ([[0, 'lesson: a name is missing'], [8, 'lesson: a typo in the CN']])) {
    await page.locator('.lessons button').nth(nth).click();
    await page.locator('.lesson h3').waitFor();
    await drawn(page);
    await look(name);
    await page.locator('.lessonbuttons button').nth(1).click();
    await page.locator('.tried').first().waitFor();
    await look(`${name}, arrow`);
    await leave(page);
  }
  await page.locator('.bar .segments button').nth(2).click();
  await drawn(page);
  await look('table, some refused');
}
