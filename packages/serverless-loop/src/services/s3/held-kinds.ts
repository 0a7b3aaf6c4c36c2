import { type HeldKind, heldKind, named } from '../../template/held-kind.ts';
import type { S3 } from './s3.ts';

/** Buckets of stacks; S3 is loaded when it is first asked for. */
export function s3HeldKinds(s3: () => Promise<Pick<S3, 'buckets'>>): HeldKind[] {
  return [
    heldKind({
      partsOf: ({ buckets }) => named(buckets),
      has: async ({ name }) => (await s3()).buckets.has(name),
      add: async (model) => (await s3()).buckets.create(model),
      change: async (model) => (await s3()).buckets.change(model),
      remove: async ({ name }) => (await s3()).buckets.remove(name),
    }),
  ];
}
