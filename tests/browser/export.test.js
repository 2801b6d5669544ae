// What leaves the page as a picture or a text: complete, of one piece, and as it was on the page.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { drawn, openBrowser, openPage, output } from './open-page.js';

const run = promisify(execFile);
/** @type {import('./open-page.js').Opened} */
let opened;
before(async () => { opened = await openBrowser(); });
after(() => opened.close());

/** @param {import('playwright-core').Page} page @param {string | RegExp} name of the button */
async function exported(page, name) {
  await page.click('.export summary');
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('.export').getByRole('button', { name }).click()]);
  const file = `${output}${download.suggestedFilename()}`;
  await download.saveAs(file);
  return { file, name: download.suggestedFilename(), bytes: await readFile(file) };
}

/** How many of a thousand pixels differ clearly between two PNGs, and the size of the first. @param {import('playwright-core').Page} page @param {Buffer} one @param {Buffer} other */
const difference = (page, one, other) => page.evaluate(async (pictures) => {
  const [a, b] = await Promise.all(pictures.map(async (data) => {
    const image = Object.assign(new Image(), { src: `data:image/png;base64,${data}` });
    await image.decode();
    const canvas = Object.assign(document.createElement('canvas'), { width: image.naturalWidth, height: image.naturalHeight });
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    context.drawImage(image, 0, 0);
    return context.getImageData(0, 0, canvas.width, canvas.height);
  }));
  let far = 0;
  const colours = new Set();
  for (let i = 0; i < a.data.length; i += 4) {
    if ([0, 1, 2].some((c) => Math.abs(a.data[i + c] - b.data[i + c]) > 48)) far++;
    colours.add(a.data[i] << 16 | a.data[i + 1] << 8 | a.data[i + 2]);
  }
  return { far: far / (a.data.length / 4) * 1000, same: a.width === b.width && a.height === b.height, width: a.width, height: a.height, colours: colours.size };
}, [one.toString('base64'), other.toString('base64')]);

/** The page's own figure at scale 1 on its own paper. @param {import('playwright-core').Page} page */
async function shownFigure(page) {
  const { width, height } = await page.evaluate(() => {
    const figure = /** @type {SVGSVGElement} */ (document.querySelector('.stage svg.diagram')), { width, height } = figure.viewBox.baseVal;
    Object.assign(figure.style, { position: 'fixed', left: '0', top: '0', width: `${width}px`, height: `${height}px`, background: getComputedStyle(document.body).backgroundColor, zIndex: '99' });
    document.body.append(figure);
    return { width, height };
  });
  await page.setViewportSize({ width: Math.ceil(width), height: Math.ceil(height) });
  await drawn(page);
  return page.screenshot({ clip: { x: 0, y: 0, width, height } });
}

/** An SVG opened alone. @param {string} file @param {import('playwright-core').Page} beside */
async function alone(file, beside) {
  const page = await beside.context().newPage();
  await page.goto(pathToFileURL(file).href);
  const size = await page.evaluate(() => ({ width: Number(document.documentElement.getAttribute('width')), height: Number(document.documentElement.getAttribute('height')) }));
  await page.setViewportSize(size);
  const picture = await page.screenshot();
  await page.close();
  return { picture, ...size };
}

/** @type {[string, 'light' | 'dark', 'en' | 'ja', 'components' | 'certificates', boolean][]} */
const CASES = [
  ['planned', 'light', 'en', 'certificates', false], ['planned, components', 'dark', 'ja', 'components', false], ['issued', 'dark', 'en', 'certificates', true], ['issued, Japanese', 'light', 'ja', 'certificates', true],
];
for (const [title, theme, language, view, issue] of CASES) test(`the SVG alone looks as on the page: ${title}, ${theme}`, async () => {
  const before = /** @type {() => void} */ (new Function(`localStorage.setItem('hardway.language', '${language}'); localStorage.setItem('hardway.theme', '${theme}')`));
  const { context, page, complaints } = await openPage(opened, { early: issue, before });
  if (view === 'components') await page.locator('.bar .segments button').first().click();
  if (issue) {
    await page.click('.buttons .primary');
    await page.locator('.lessons').waitFor({ timeout: 120_000 });
  }
  await drawn(page);
  const { file, name, bytes } = await exported(page, /SVG/), text = bytes.toString();
  assert.equal(name, `kubernetes-the-hard-way-${view}.svg`);
  // Of one piece: XML, with nothing that is fetched, run, or left of the page.
  const beside = await context.newPage(), told = await beside.evaluate((svg) => {
    const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml'), all = [...parsed.querySelectorAll('*')];
    return {
      error: parsed.querySelector('parsererror')?.textContent ?? null, root: parsed.documentElement.localName, space: parsed.documentElement.namespaceURI,
      elements: [...new Set(all.map((one) => one.localName))].sort(), attributes: [...new Set(all.flatMap((one) => one.getAttributeNames()))],
      title: parsed.querySelector('svg > title')?.textContent, description: parsed.querySelector('svg > desc')?.textContent ?? '', texts: parsed.querySelectorAll('text').length,
      words: [...parsed.querySelectorAll('text')].map((one) => [...one.childNodes].filter((part) => part.nodeName !== 'title').map((part) => part.textContent).join('')),
    };
  }, text);
  assert.deepEqual([told.error, told.root, told.space], [null, 'svg', 'http://www.w3.org/2000/svg']);
  assert.deepEqual(told.elements.filter((one) => !['circle', 'desc', 'ellipse', 'g', 'path', 'rect', 'svg', 'text', 'title', 'tspan'].includes(one)), []);
  assert.deepEqual(told.attributes.filter((one) => /^(on|data-|href|xlink|style|class|tabindex|aria-(?!labelledby))/.test(one)), []);
  assert.doesNotMatch(text, /url\(|var\(|currentColor|<!--|lit\$|@import/);
  assert.doesNotMatch(text.replace('xmlns="http://www.w3.org/2000/svg"', ''), /(?:href|src)=|xmlns/);
  assert.ok(told.title?.includes('kubernetes-the-hard-way') && told.description.length > 200);
  assert.ok(told.words.some((one) => one?.includes('kube-apiserver')) && told.texts > 40);
  // Alone, with no style sheet, it is the same picture; and another state is not.
  const here = await page.locator('.stage svg.diagram text').evaluateAll((all) => all.map((one) => [...one.childNodes].filter((part) => part.nodeType !== Node.COMMENT_NODE && part.nodeName !== 'title').map((part) => part.textContent).join('')));
  assert.deepEqual(told.words, here.map((one) => one.replace(/\s+/g, ' ')));
  const figure = await shownFigure(page), { picture } = await alone(file, page), same = await difference(page, figure, picture);
  assert.ok(same.same, JSON.stringify(same));
  assert.ok(same.far < 3, `${same.far} of 1000 pixels differ`);
  const rsvg = await run('rsvg-convert', [file, '-o', `${file}.png`]).then(() => readFile(`${file}.png`), () => null);
  // Another rasterizer smooths edges in another way.
  if (rsvg) assert.ok((await difference(page, picture, rsvg)).far < 40, `rsvg-convert: ${JSON.stringify(await difference(page, picture, rsvg))}`);
  assert.deepEqual(complaints, []);
  await context.close();
});

test('two states are not the same picture', async () => {
  const { context, page } = await openPage(opened, { early: false });
  const one = await exported(page, /SVG/), first = await alone(one.file, page);
  await page.getByRole('button', { name: 'Dark colours' }).click();
  await drawn(page);
  const other = await exported(page, /SVG/), second = await alone(other.file, page);
  assert.ok((await difference(page, first.picture, second.picture)).far > 500);
  await context.close();
});

test('the PNG is the SVG at twice its size', async () => {
  const { context, page, complaints } = await openPage(opened, { early: false });
  const svg = await exported(page, /SVG/), { file, name, bytes } = await exported(page, /PNG/), { width, height } = await alone(svg.file, page);
  assert.equal(name, 'kubernetes-the-hard-way-certificates.png');
  assert.deepEqual([...bytes.subarray(0, 8)], [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  assert.deepEqual([bytes.readUInt32BE(16), bytes.readUInt32BE(20)], [width * 2, height * 2]);
  const told = await difference(page, bytes, bytes);
  assert.ok(told.colours > 100, `${told.colours} colours: not blank`);
  const large = await page.context().browser()?.newContext({ deviceScaleFactor: 2 }), beside = await large?.newPage();
  assert.ok(beside && large);
  const twice = await alone(svg.file, beside);
  const far = (await difference(page, bytes, twice.picture)).far;
  // Text is smoothed for the screen in the one and not in the other.
  assert.ok(far < 10, `${file}: ${far}`);
  await large.close();
  assert.deepEqual(complaints, []);
  await context.close();
});

test('names of a stranger’s stay text in the SVG and in the tables', async () => {
  const name = '<b>|`&lt;"\'\u202e]]>';
  const { context, page, complaints } = await openPage(opened, { early: false });
  await page.locator('.stamp').first().click();
  await page.locator('.change > summary').click();
  await page.locator('.change input').first().fill(name);
  await page.locator('.change input').first().blur();
  await page.waitForFunction(() => document.querySelector('.stamp')?.textContent?.includes('<b>'));
  const svg = (await exported(page, /SVG/)).bytes.toString();
  const beside = await context.newPage(), read = await beside.evaluate((text) => {
    const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
    return { bad: parsed.querySelectorAll('parsererror, b, script').length, words: [...parsed.querySelectorAll('text')].map((one) => one.textContent).join('\n') };
  }, svg);
  assert.equal(read.bad, 0);
  assert.ok(read.words.includes('<b>|`&lt;"\'\\u{202e}]]>'), read.words);
  const { bytes, name: file } = await exported(page, /Save tables/), text = bytes.toString();
  assert.equal(file, 'kubernetes-the-hard-way-certificates.md');
  assert.ok(text.includes('\\<b\\>\\|\\`\\&lt;"\'\\\\u{202e}\\]\\]\\>'), text.slice(0, 900));
  const png = await exported(page, /PNG/);
  assert.ok(png.bytes.length > 10_000);
  assert.deepEqual(complaints, []);
  await context.close();
});

test('the tables say of a planned set what the issued one then is', async () => {
  const { context, page } = await openPage(opened);
  const rows = async () => (await exported(page, /Save tables/)).bytes.toString().split('\n').filter((line) => line.includes('.crt |')).map((line) => line.split(' | '));
  const planned = await rows();
  await page.click('.buttons .primary');
  await page.locator('.lessons').waitFor({ timeout: 120_000 });
  const issued = await rows(), timeless = (/** @type {string[][]} */ all) => all.slice(0, 10).map((cells) => [...cells.slice(0, 5), cells[7]]);
  assert.equal(issued.length, planned.length);
  assert.deepEqual(timeless(issued), timeless(planned));
  for (const [, , , , , from, until, , fingerprint] of issued.slice(0, 10)) {
    assert.match(from, /^\d{4}-\d\d-\d\d$/);
    assert.match(until, /^\d{4}-\d\d-\d\d$/);
    assert.match(fingerprint, /^([0-9a-f]{2}:){31}[0-9a-f]{2} \|$/);
  }
  assert.ok(issued.slice(10).every((cells) => cells.at(-1) === 'verified |') && planned.slice(10).every((cells) => cells.at(-1) === 'planned |'));
  await context.close();
});

test('the tables are copied as they are saved', async () => {
  const { context, page } = await openPage(opened, { early: false });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const saved = await exported(page, /Save tables/);
  await page.click('.export summary');
  await page.locator('.export').getByRole('button', { name: /Copy tables/ }).click();
  await page.locator('.toast').waitFor();
  assert.match(await page.locator('.toast').innerText(), /Two tables copied/);
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), saved.bytes.toString());
  await context.close();
});

for (const [device, viewport] of /** @type {const} */ ([['a desktop', { width: 1440, height: 900 }], ['a phone', { width: 390, height: 844 }]])) test(`the menu opens, walks and closes by keyboard and pointer: ${device}`, async () => {
  const { context, page, complaints } = await openPage(opened, { early: false, viewport });
  const summary = page.locator('.export summary'), open = page.locator('.export[open]');
  await summary.focus();
  await page.keyboard.press('Enter');
  await open.waitFor();
  for (const name of [/SVG/, /PNG/, /Copy/, /Save/, /Print/]) {
    await page.keyboard.press('Tab');
    assert.match(await page.evaluate(() => document.activeElement?.textContent ?? ''), name);
  }
  const boxes = await page.locator('.export li button').evaluateAll((all) => all.map((one) => one.getBoundingClientRect().toJSON()));
  for (const { left, right } of boxes) assert.ok(left >= 0 && right <= viewport.width, `${left} to ${right}`);
  await page.keyboard.press('Escape');
  await open.waitFor({ state: 'detached' });
  assert.equal(await page.evaluate(() => document.activeElement?.localName), 'summary');
  // Past its end, and by a click elsewhere.
  await page.keyboard.press('Enter');
  await open.waitFor();
  for (let i = 0; i < 6; i++) await page.keyboard.press('Tab');
  await open.waitFor({ state: 'detached' });
  await summary.click();
  await open.waitFor();
  await page.locator('.brand').click();
  await open.waitFor({ state: 'detached' });
  assert.deepEqual(complaints, []);
  await context.close();
});
