import { type HeldKind, heldKind, named } from '../../template/held-kind.ts';
import type { Kinesis } from './kinesis.ts';

/** Streams of stacks. */
export function kinesisHeldKinds({ streams }: Pick<Kinesis, 'streams'>): HeldKind[] {
  return [
    heldKind({
      partsOf: (stack) => named(stack.dataStreams),
      has: ({ name }) => streams.has(name),
      add: streams.add,
      change: streams.change,
      remove: streams.remove,
      runs: (arn) => (streams.runs(arn) ? 'stream' : undefined),
    }),
  ];
}
