import { parseArn } from '../../aws/arn.ts';
import { type HeldKind, heldAttachment, heldKind, named } from '../../template/held-kind.ts';
import type { Sqs } from './sqs.ts';

/** Queues of stacks, and policies that stacks give to the queues of others. */
export function sqsHeldKinds({ queues }: Pick<Sqs, 'queues'>): HeldKind[] {
  return [
    heldKind({
      partsOf: (stack) => named(stack.queues),
      has: ({ name }) => queues.has(name),
      add: queues.add,
      change: queues.change,
      remove: queues.remove,
      runs(arn) {
        const { service, resource = '' } = parseArn(arn) ?? {};
        return service === 'sqs' && queues.has(resource) ? 'queue' : undefined;
      },
    }),
    heldAttachment(
      'queuePolicy',
      ({ queueUrls, statements }) => {
        for (const url of queueUrls) queues.setPolicy(url, statements);
      },
      ({ queueUrls }) => {
        for (const url of queueUrls)
          if (queues.has(url.slice(url.lastIndexOf('/') + 1))) queues.setPolicy(url, []);
      },
    ),
  ];
}
