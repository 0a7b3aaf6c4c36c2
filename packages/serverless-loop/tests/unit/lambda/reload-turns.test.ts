import { setImmediate as endOfTurn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { type ReloadTurn, reloadTurns } from '../../../src/services/lambda/code/reload-turns.ts';

/** Functions that one save has a part of, and the order in which they are reloaded. */
function functions<Name extends string>(...names: Name[]) {
  const turns = reloadTurns();
  const begun: Name[] = [];
  const joined = new Map<Name, ReloadTurn>(names.map((name) => [name, turns.join()]));
  const done = new Map<Name, () => void>();
  return {
    begun,
    begin(name: Name): void {
      void joined
        .get(name)
        ?.begin()
        .then((end) => {
          begun.push(name);
          done.set(name, end);
        });
    },
    end: (name: Name) => done.get(name)?.(),
    hurry: (name: Name) => joined.get(name)?.hurry(),
  };
}

it('functions are reloaded one after the other', async () => {
  const { begun, begin, end } = functions('a', 'b', 'c');
  begin('b');
  begin('a');
  await endOfTurn();
  expect(begun).toHaveLength(1);
  begin('c');
  end('a');
  await expect.poll(() => begun).toEqual(['a', 'b']);
  end('b');
  await expect.poll(() => begun).toEqual(['a', 'b', 'c']);
});

it('who is waited for does not wait for the others', async () => {
  const { begun, begin, hurry } = functions('a', 'b', 'c');
  for (const name of ['a', 'b', 'c'] as const) begin(name);
  await endOfTurn();
  expect(begun).toEqual(['a']);
  hurry('c');
  await expect.poll(() => begun).toEqual(['a', 'c']);
});

it('who was waited for first comes first the next time', async () => {
  const { begun, begin, end, hurry } = functions('a', 'b', 'c');
  for (const name of ['a', 'b', 'c'] as const) begin(name);
  await endOfTurn();
  hurry('c');
  hurry('b');
  await expect.poll(() => begun).toEqual(['a', 'c', 'b']);
  for (const name of ['a', 'b', 'c'] as const) end(name);

  for (const name of ['a', 'b', 'c'] as const) begin(name);
  await expect.poll(() => begun.slice(3)).toEqual(['c']);
});

it('who is saved again while its code is initialised does not wait for itself', async () => {
  const { begun, begin } = functions('a', 'b');
  begin('a');
  await endOfTurn();
  begin('b');
  begin('a');
  await expect.poll(() => begun).toEqual(['a', 'a']);
});

it('nobody is hurried who is not being reloaded', async () => {
  const { begun, begin, hurry } = functions('a', 'b');
  hurry('b');
  begin('a');
  begin('b');
  await expect.poll(() => begun).toEqual(['a']);
});
