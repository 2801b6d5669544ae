// Undo and redo.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { begun, done, redone, undone } from '../../www/history.js';

test('each change is a step back, and each step back can be taken forth again', () => {
  let history = done(done(begun('a'), 'b'), 'c');
  history = undone(history);
  assert.equal(history.present, 'b');
  history = undone(history);
  assert.equal(history.present, 'a');
  assert.equal(undone(history).present, 'a', 'before the first there is nothing');
  history = redone(redone(history));
  assert.equal(history.present, 'c');
  assert.equal(redone(history).present, 'c', 'after the last there is nothing');
});

test('typing in one field is one step; another field is another', () => {
  let history = begun('');
  for (const text of ['m', 'ma', 'mas']) history = done(history, text, 'name');
  history = done(history, 'other', 'serviceCidr');
  assert.equal(undone(history).present, 'mas');
  assert.equal(undone(undone(history)).present, '');
});

test('typing after a step back is a new step, and what was ahead is gone', () => {
  const typed = done(begun(''), 'a', 'name'), again = done(undone(typed), 'b', 'name');
  assert.deepEqual([again.present, again.future, undone(again).present], ['b', [], '']);
});

test('two hundred steps are kept, no more', () => {
  let history = begun(0);
  for (let i = 1; i <= 500; i++) history = done(history, i);
  assert.equal(history.past.length, 200);
  for (let i = 0; i < 300; i++) history = undone(history);
  assert.equal(history.present, 300);
});
