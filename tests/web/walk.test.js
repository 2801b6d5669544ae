// How one goes through the walkthrough: chapters, slides, guesses, keys, and what is remembered.
/** @import { Slide, Walk } from '../../www/tour/walk.js' */
/** @import { Question } from '../../www/tour/questions.js' */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CHAPTERS } from '../../www/tour/chapters.js';
import { meaning } from '../../www/tour/keys.js';
import { readBack, written } from '../../www/tour/progress.js';
import { again, begin, ended, gone, opened, picked, revealed, stepped } from '../../www/tour/walk.js';

const fresh = () => begin(readBack(null));
/** @param {string} id @param {boolean} many @returns {Question} */
const asked = (id, many) => ({ id, many, values: {}, options: [{ id: 'a', text: 'a', right: true }, { id: 'b', text: 'b', right: many }, { id: 'c', text: 'c', right: false }] });
const one = asked('one', false), some = asked('some', true);
/** @returns {Slide[]} */
const slides = () => [{ kind: 'title' }, { kind: 'text', n: 1 }, { kind: 'question', question: one, n: 0 }];

test('chapters follow each other, and whoever goes on has read the one before', () => {
  let walk = opened(fresh(), 'ca');
  walk = gone(walk, 1);
  assert.deepEqual([walk.chapter, [...walk.read]], ['admin', ['ca']]);
  assert.deepEqual([...gone(walk, -1).read], ['ca'], 'going back reads nothing');
  const first = opened(fresh(), 'ca'), last = opened(fresh(), 'arrows');
  assert.equal(gone(first, -1).chapter, 'ca');
  assert.deepEqual([gone(last, 1).chapter, gone(last, 1).read.has('arrows')], ['arrows', true]);
});

test('slides go over the ends of chapters, and stop at both ends of all', () => {
  let walk = opened(fresh(), 'ca');
  for (let i = 0; i < 3; i++) walk = stepped(walk, 1, slides);
  assert.deepEqual([walk.chapter, walk.slide], ['admin', 0]);
  walk = stepped(walk, -1, slides);
  assert.deepEqual([walk.chapter, walk.slide], ['ca', 2]);
  assert.deepEqual(['chapter', 'slide'].map((key) => stepped(opened(fresh(), 'ca'), -1, slides)[/** @type {'chapter'} */ (key)]), ['ca', 0]);
  const end = ended(walk, true, slides), on = stepped(end, 1, slides);
  assert.deepEqual([on.chapter, on.slide], ['arrows', 2]);
  assert.deepEqual([ended(end, false, slides).chapter, ended(end, false, slides).slide], ['ca', 0]);
});

test('of one, a choice replaces the one before; of many, they add up; what is no choice is none', () => {
  let walk = picked(picked(fresh(), one, 'a'), one, 'b');
  assert.deepEqual([...walk.guesses.get('one')?.picked ?? []], ['b']);
  walk = picked(picked(picked(walk, some, 'a'), some, 'b'), some, 'a');
  assert.deepEqual([...walk.guesses.get('some')?.picked ?? []], ['b']);
  assert.equal(picked(walk, one, 'x'), walk);
});

test('an answer is right only when exactly what is right was picked', () => {
  /** @param {Question} question @param {string[]} options */
  const answer = (question, options) => revealed(options.reduce((walk, id) => picked(walk, question, id), fresh()), question, [one, some]).answered.get(question.id);
  assert.deepEqual([answer(one, ['a']), answer(one, ['b'])], [true, false]);
  assert.deepEqual([answer(some, ['a', 'b']), answer(some, ['a']), answer(some, ['a', 'b', 'c'])], [true, false, false]);
});

test('who picked nothing is told, and has not answered; what was answered before stays answered', () => {
  const told = revealed(opened(fresh(), 'etcd'), one, [one, some]);
  assert.deepEqual([told.guesses.get('one')?.revealed, told.answered.size, told.read.size], [true, 0, 0]);
  const all = revealed(told, some, [one, some]);
  assert.deepEqual([all.answered.size, all.read.has('etcd')], [0, true], 'every answer was read, none was given');
  const before = revealed(picked(fresh(), one, 'a'), one, [one, some]), later = revealed(again(before, 'one'), one, [one, some]);
  assert.equal(later.answered.get('one'), true);
});

test('what is revealed stands until it is asked again, and three answers read the chapter', () => {
  let walk = revealed(picked(opened(fresh(), 'etcd'), one, 'b'), one, [one, some]);
  assert.equal(picked(walk, one, 'a'), walk);
  assert.equal(walk.read.has('etcd'), false);
  walk = revealed(walk, some, [one, some]);
  assert.equal(walk.read.has('etcd'), true);
  walk = again(walk, 'one');
  assert.deepEqual([walk.guesses.has('one'), walk.answered.has('one')], [false, true]);
});

test('progress comes back as it was written, and nothing else comes back', () => {
  const walk = { ...fresh(), read: new Set([CHAPTERS[0], CHAPTERS[6]]), answered: new Map([['ca.self', true], ['etcd.roles', false]]) };
  assert.deepEqual(readBack(written(/** @type {Walk} */ (walk))), { read: walk.read, answered: walk.answered });
  assert.doesNotMatch(written(/** @type {Walk} */ (walk)), /192\.|BEGIN/);
  for (const odd of [null, '', '{', '[]', '3', 'null', '{"read":7,"answered":[1]}', '{"read":["nothing"],"answered":{"<b>":true,"x":"yes"}}']) assert.deepEqual(readBack(odd), { read: new Set(), answered: new Map() }, String(odd));
});

test('keys mean what they say, and those of the browser stay the browser’s', () => {
  const show = { presenting: true, walking: true }, walk = { presenting: false, walking: true }, page = { presenting: false, walking: false };
  assert.deepEqual(['PageDown', 'PageUp', ' ', 'Enter', 'Escape', 'g', 'W', '?', 'Home', 'End'].map((key) => meaning({ key }, show)), ['next', 'back', 'reveal', 'reveal', 'close', 'generate', 'experiments', 'help', 'first', 'last']);
  assert.deepEqual(['1', '9', '0'].map((key) => meaning({ key }, show)), [0, 8, 9]);
  assert.deepEqual([meaning({ key: 'ArrowRight' }, walk), meaning({ key: 'ArrowRight' }, page), meaning({ key: 'p' }, page), meaning({ key: 'P' }, walk)], ['next', null, 'present', 'present']);
  assert.deepEqual([meaning({ key: 'p', ctrlKey: true }, page), meaning({ key: 'ArrowLeft', altKey: true }, walk), meaning({ key: 'F5' }, show), meaning({ key: 'g' }, walk)], [null, null, null, null]);
});
