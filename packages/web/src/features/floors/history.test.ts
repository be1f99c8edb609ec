import { expect, it } from 'vitest';
import { changed, historyOf, redone, undone } from './history.ts';

const at = (atMs: number, what = 'a') => ({ what, atMs });

it('goes back and forth step by step', () => {
  const two = changed(changed(historyOf(0), 1, at(0)), 2, at(5000));
  expect(undone(two).now).toBe(1);
  expect(undone(undone(two)).now).toBe(0);
  expect(redone(undone(two)).now).toBe(2);
});

it('takes one pull at a point for one step, and another point for another', () => {
  const pulled = changed(changed(historyOf(0), 1, at(0)), 2, at(100));
  expect(undone(pulled).now).toBe(0);
  expect(undone(changed(pulled, 3, at(150, 'b'))).now).toBe(2);
});

it('begins a new step after going back', () => {
  const again = changed(undone(changed(historyOf(0), 1, at(0))), 2, at(10));
  expect(undone(again).now).toBe(0);
  expect(again.future).toEqual([]);
});

it('stays where there is nothing before or after', () => {
  expect(undone(historyOf(0)).now).toBe(0);
  expect(redone(historyOf(0)).now).toBe(0);
});
