// What the page draws before its core is compiled is what that very core would say.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import * as core from '#wasm';

const product = process.env.HARDWAY_PAGE ?? new URL('../../dist/hardway.html', import.meta.url);
const page = await readFile(product, 'utf8');
/** @param {string} id */
const carried = (id) => new RegExp(`<script type="[^"]+" id="${id}">([^]*?)</script>`).exec(page)?.[1] ?? '';

test('the presets and the plan that the page carries are those of the core that it carries', () => {
  core.initSync({ module: new WebAssembly.Module(gunzipSync(Buffer.from(carried('wasm'), 'base64'))) });
  const presets = core.presets(), first = JSON.parse(carried('first'));
  assert.deepEqual(first, { presets, plan: core.outline(presets[0].description, Date.now()) });
  assert.notDeepEqual(first.plan, core.outline(presets[1].description, Date.now()));
});

test('they do not depend on the day', () => {
  const [{ description }] = core.presets();
  assert.deepEqual(core.outline(description, Date.parse('2020-01-01')), core.outline(description, Date.parse('2060-01-01')));
});
