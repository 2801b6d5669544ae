// The main states of the page, one after the other, each reached as a reader would; what is done in a state is the caller's.
import { toHash } from '../../www/share.js';
import { guideUnderNewOpenssl, sealed } from './clusters.js';
import { drawn, reached } from './open-page.js';
/** @import { Page } from 'playwright-core' */

/** The one shape of the figure that is clicked. @param {Page} page @param {string} shape */
const choose = async (page, shape) => { await page.locator(`[role=button][data-shape=${shape}]`).dispatchEvent('click'); await drawn(page); };
/** Everything that the panel keeps folded. @param {Page} page */
const unfold = async (page) => { await page.evaluate(() => { for (const details of document.querySelectorAll('#panel details')) /** @type {HTMLDetailsElement} */ (details).open = true; }); await drawn(page); };
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
  // On a phone a list stands for the figure, and there is no table.
  const phone = (page.viewportSize()?.width ?? 0) <= 720, view = (/** @type {number} */ nth) => page.locator('.bar .segments button').nth(nth).click().then(() => drawn(page));
  const table = async (/** @type {string} */ name) => { await view(phone ? 0 : 2); await look(name); };
  if (phone) await view(2);
  await unfold(page);
  await look('everything in the guide unfolded');
  await choose(page, 'scheduler-0');
  await look('planned arrow selected');
  await leave(page);
  await choose(page, 'plate-api-0');
  await unfold(page);
  await look('planned certificate selected');
  await leave(page);
  for (const shape of await page.locator('.diagram [data-shape^="box-"]').evaluateAll((boxes) => boxes.map((box) => box.getAttribute('data-shape') ?? ''))) {
    await choose(page, shape);
    await look(`component selected: ${shape}`);
    await leave(page);
  }
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
  await table('table or list, planned');
  await view(phone ? 1 : 0);
  await look('components only');
  await view(phone ? 2 : 1);
  await inForm(async () => { await page.selectOption('[data-field="keyAlgorithm"]', 'rsa-4096'); await drawn(page); });
  await page.locator('.buttons .primary').click();
  await page.waitForSelector('.keys');
  await page.locator('.buttons .primary').click();
  await reached(page, 'planned');
  await look('stopped');
  await inForm(async () => { await page.selectOption('[data-field="keyAlgorithm"]', 'ecdsa-p256'); await drawn(page); });
  await look('the set is another now');
  await page.locator('.buttons .primary').click();
  await page.waitForSelector('.keys');
  await look('generating');
  await reached(page, 'issued');
  await page.locator('.lessons').waitFor();
  await drawn(page);
  await look('issued');
  await choose(page, 'scheduler-0');
  await page.locator('.tried').first().waitFor();
  await unfold(page);
  await look('arrow verified');
  await leave(page);
  await choose(page, 'plate-api-0');
  await unfold(page);
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
  await page.locator('section.lesson').waitFor({ state: 'detached' });
  for (const [nth, name] of /** @type {[number, string][]} */ ([[0, 'lesson: a name is missing'], [8, 'lesson: a typo in the CN']])) {
    await page.locator('.lessons button').nth(nth).click();
    await page.locator('section.lesson').waitFor();
    await drawn(page);
    await look(name);
    await page.locator('.lessonbuttons button').nth(1).click();
    await page.locator('.tried').first().waitFor();
    await look(`${name}, arrow`);
    await leave(page);
  }
  await table('table or list, some refused');
  await view(phone ? 2 : 1);
  await brought(page, look);
}

/** Made once. @type {Promise<[string, string]> | null} */
let clusters = null;

/** From the dialog to what was made again. @param {Page} page @param {(name: string) => Promise<void>} look */
export async function brought(page, look) {
  const [broken, locked] = await (clusters ??= Promise.all([guideUnderNewOpenssl(), sealed()]));
  await page.locator('.bringbutton').click();
  await drawn(page);
  await page.locator('dialog.bring summary').click();
  await look('dialog: bring a cluster');
  await page.setInputFiles('[data-field="bring.folder"]', locked);
  await page.locator('.sealedbox').first().waitFor();
  await drawn(page);
  await look('a key is sealed');
  await page.locator('[data-field="sealed.passphrase"]').last().fill('wrong');
  await page.locator('.sealedbox button').last().click();
  await page.locator('#panel .error').waitFor();
  await look('a wrong passphrase');
  await page.locator('[data-act=forget]').first().click();
  await reached(page, 'planned');
  await page.locator('.bringbutton').click();
  await page.setInputFiles('[data-field="bring.folder"]', broken);
  await reached(page, 'imported');
  await page.locator('.findings .breaks').waitFor();
  await drawn(page);
  await look('a cluster was brought');
  const findings = await page.locator('.findinghead').count();
  for (let nth = 0; nth < findings; nth++) {
    await page.locator('.findinghead').nth(nth).click();
    await drawn(page);
    await look(`finding ${nth + 1}`);
  }
  for (const [nth, name] of ['findings', 'what is made again', 'what ends when', 'which file is which'].entries()) {
    await page.locator('.bringtabs button').nth(nth).click();
    await drawn(page);
    await look(name);
  }
  await page.locator('.bringtabs button').nth(1).click();
  await page.waitForSelector('.panel [data-act=make]:not(:disabled)');
  await page.click('.panel [data-act=make]');
  await reached(page, 'issued');
  await page.locator('.takealong').waitFor();
  await unfold(page);
  await look('made again');
}
