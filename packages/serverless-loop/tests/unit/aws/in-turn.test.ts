import { expect, test } from 'vitest';
import { inTurnByKey } from '../../../src/aws/in-turn.ts';

test('work of one key begins once the one before has ended, well or not', async () => {
  const inTurn = inTurnByKey();
  const first = Promise.withResolvers<string>();
  const second = Promise.withResolvers<string>();
  const begun: string[] = [];
  const work = (name: string, result: Promise<string>) =>
    inTurn('Packer', () => {
      begun.push(name);
      return result;
    });
  const failing = work('first', first.promise);
  const waiting = work('second', second.promise);
  const last = work('third', Promise.resolve('third'));
  expect(begun).toEqual(['first']);
  first.reject(new Error('refused'));
  await expect(failing).rejects.toThrow('refused');
  second.resolve('second');
  expect(await waiting).toBe('second');
  expect(await last).toBe('third');
  expect(begun).toEqual(['first', 'second', 'third']);
});

test('work of another key, and work that nothing is before, begins at once', async () => {
  const inTurn = inTurnByKey();
  const open = Promise.withResolvers<void>();
  const under = inTurn('Packer', () => open.promise);
  expect(inTurn('Sorter', () => 'at once')).toBe('at once');
  open.resolve();
  await under;
  // The end of the last is seen a turn after it.
  await new Promise(setImmediate);
  expect(inTurn('Packer', () => 'at once')).toBe('at once');
});
