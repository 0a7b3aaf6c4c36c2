import { type HeldKind, heldAttachment, heldKind, named } from '../../template/held-kind.ts';
import type { Sns } from './sns.ts';

/** Topics of stacks, and subscriptions and policies that stacks give to the topics of others. */
export function snsHeldKinds({ topics, subscriptions }: Pick<Sns, 'topics' | 'subscriptions'>): HeldKind[] {
  return [
    heldKind({
      partsOf: (stack) => named(stack.topics),
      has: ({ arn }) => topics.has(arn),
      add: topics.put,
      change: topics.change,
      remove: ({ arn }) => topics.remove(arn),
      runs: (arn) => (topics.has(arn) ? 'topic' : undefined),
    }),
    heldAttachment(
      'subscription',
      ({ topicArn, subscription }) => subscriptions.put(topicArn, subscription),
      ({ subscription }) => subscriptions.remove(subscription),
    ),
    heldAttachment(
      'topicPolicy',
      ({ topicArns, statements }) => {
        for (const arn of topicArns) topics.setPolicy(arn, statements);
      },
      ({ topicArns }) => {
        for (const arn of topicArns) if (topics.has(arn)) topics.setPolicy(arn, undefined);
      },
    ),
  ];
}
