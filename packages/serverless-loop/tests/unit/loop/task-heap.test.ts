import { expect, test } from 'vitest';
import { type Task, taskHeap } from '../../../src/loop/task-heap.ts';

/** The same numbers at each run (Park and Miller, "Random number generators: good ones are hard to find"). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

test('tasks come in the order in which they are due, those due at once as they came, whatever is taken out meanwhile', () => {
  const next = random(7);
  const heap = taskHeap();
  const kept: (Task & { order: number })[] = [];
  for (let order = 0; order < 2_000; order += 1) {
    const task = { dueMs: Math.floor(next() * 50), run: () => {}, order };
    heap.add(task);
    kept.push(task);
    if (next() < 0.4) {
      const [gone] = kept.splice(Math.floor(next() * kept.length), 1);
      if (gone) heap.remove(gone);
      if (gone) heap.remove(gone);
    }
  }
  const expected = kept.toSorted((one, other) => one.dueMs - other.dueMs || one.order - other.order);
  const found: Task[] = [];
  for (let first = heap.first(); first; first = heap.first()) {
    found.push(first);
    heap.remove(first);
  }
  expect(found).toEqual(expected);
});

test('an empty one has no first task', () => {
  const heap = taskHeap();
  heap.add({ dueMs: 1, run: () => {} });
  heap.clear();
  expect(heap.first()).toBeUndefined();
});
