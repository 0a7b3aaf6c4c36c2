import { type HeldKind, heldAttachment, heldKind, named } from '../../template/held-kind.ts';
import type { S3 } from './s3.ts';

/** Buckets of stacks, and policies that stacks give to the buckets of others; S3 is loaded when it is first asked for. */
export function s3HeldKinds(s3: () => Promise<Pick<S3, 'buckets'>>): HeldKind[] {
  return [
    heldKind({
      partsOf: ({ buckets }) => named(buckets),
      has: async ({ name }) => (await s3()).buckets.has(name),
      add: async (model) => (await s3()).buckets.create(model),
      change: async (model) => (await s3()).buckets.change(model),
      remove: async ({ name }) => (await s3()).buckets.remove(name),
    }),
    heldAttachment(
      'bucketPolicy',
      async ({ bucketName, statements }) => (await s3()).buckets.setPolicy(bucketName, statements),
      async ({ bucketName }) => {
        const { buckets } = await s3();
        if (buckets.has(bucketName)) buckets.setPolicy(bucketName, undefined);
      },
    ),
  ];
}
