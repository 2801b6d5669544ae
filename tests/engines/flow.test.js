// The whole main flow in three engines, from file:// and over plain http under a name that is no localhost; and that nothing of it is sent or stored.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { product } from '../browser/open-page.js';
import { audited } from '../rows.js';
import { ENGINES, launch } from './engine.js';
import { complaints, flow } from './flow.js';
import { NAME, listener } from './listener.js';

/** @type {import('./listener.js').Listener} */
let server;
before(async () => { server = await listener(product); });
after(() => server.close());

/** All that may be remembered: how the page looks, and which chapters were read. */
const SETTINGS = ['hardway.early', 'hardway.language', 'hardway.theme', 'hardway.tour'];

/** Every place of a browser in which a page can leave something. */
const STORED = `(async () => {
  const entries = (storage) => { try { return Object.entries(storage()); } catch (thrown) { return []; } };
  const databases = await (globalThis.indexedDB?.databases?.() ?? Promise.resolve([])).catch(() => []);
  const cached = await (globalThis.caches?.keys() ?? Promise.resolve([])).catch(() => []);
  const files = [];
  try { for await (const name of (await navigator.storage.getDirectory()).keys()) files.push(name); } catch {}
  let cookie = ''; try { cookie = document.cookie; } catch {}
  return { local: entries(() => localStorage), session: entries(() => sessionStorage), databases: databases.map(({ name }) => name), cached, files, cookie,
    address: location.href, title: document.title, name: window.name, state: JSON.stringify(history.state), referrer: document.referrer, length: history.length };
})()`;

for (const name of ENGINES) test(name, async (t) => {
  const engine = await launch(name, server.proxy);
  t.after(() => engine.close());
  t.diagnostic(`${engine.name} ${engine.version}`);
  for (const [way, url] of [['file', pathToFileURL(product).href], ['http', `http://${NAME}/`]]) await t.test(`${engine.name}, ${way}: every step, and nothing is sent or stored`, async (t) => {
    const driver = await engine.page(), pages = server.pages, start = Date.now();
    t.after(() => driver.close());
    server.taken();
    /** @type {string[]} */
    const done = [];
    const folder = await flow(driver, url, `engine-${name}-${way}`, async (step) => { done.push(step); });
    assert.deepEqual(done, ['open', 'edit', 'generate', 'verdicts', 'lesson', 'download', 'openssl', 'import']);
    assert.deepEqual(await complaints(driver), []);
    assert.equal(await driver.run('typeof crypto.subtle'), way === 'file' ? 'object' : 'undefined', 'plain http has no crypto.subtle, which is what is tried here');

    assert.deepEqual(server.taken(), [], 'nothing was sent');
    assert.equal(server.pages - pages, way === 'http' ? 1 : 0, "but the page's own GET");

    const stored = await driver.run(STORED);
    assert.deepEqual(stored.local.map((/** @type {string[]} */ [key]) => key).filter((/** @type {string} */ key) => !SETTINGS.includes(key)), []);
    assert.deepEqual([stored.session, stored.databases, stored.cached, stored.files, stored.cookie, stored.name, stored.state, stored.referrer], [[], [], [], [], '', '', 'null', '']);
    assert.equal(stored.address, url, 'the address is as it was');
    const secrets = (await readFile(`${folder}/pki/ca.key`, 'utf8')).split('\n').slice(1, -2);
    assert.ok(secrets.length > 15);
    const text = JSON.stringify(stored);
    for (const secret of ['PRIVATE KEY', ...secrets]) assert.ok(!text.includes(secret), 'no key is stored');
    t.diagnostic(`${done.length} steps in ${Date.now() - start} ms, 0 sent, ${stored.local.length} settings stored`);
    await audited('engines', `${engine.name} ${engine.version}, ${way === 'file' ? 'file://' : 'plain http, no crypto.subtle'}`, `${done.length} steps in ${((Date.now() - start) / 1000).toFixed(1)} s, 0 sent, 0 secrets stored`);
  });
});
