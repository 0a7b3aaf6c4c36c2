import { type HeldKind, heldKind, named } from '../../template/held-kind.ts';
import { pipesOf } from './pipe.ts';
import type { Pipes } from './pipes.ts';

/** Pipes of stacks. */
export function pipesHeldKinds({ pipes }: Pick<Pipes, 'pipes'>): HeldKind[] {
  return [
    heldKind({
      partsOf: (stack) => named(pipesOf(stack)),
      has: ({ name }) => pipes.has(name),
      add: pipes.put,
      change: pipes.put,
      remove: ({ name }) => pipes.remove(name),
    }),
  ];
}
