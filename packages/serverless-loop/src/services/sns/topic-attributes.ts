import type { SnsContext } from './context.ts';
import { topicPolicy } from './http/delivery-policy.ts';
import type { Topic } from './topic.ts';
import { policyText } from './topic-policy.ts';

/** GetTopicAttributes' map. What nobody set is there by its default, but for `KmsMasterKeyId` and the like, which have none. */
export function topicAttributes(
  { model, subscriptions }: Topic,
  { place: { accountId }, confirmations }: Pick<SnsContext, 'place' | 'confirmations'>,
): Record<string, string> {
  const { arn, displayName, attributes, fifo } = model;
  const pending = subscriptions.filter((each) => confirmations.of(each.arn)?.isPending).length;
  return {
    TopicArn: arn,
    Owner: accountId,
    DisplayName: displayName,
    Policy: policyText(model, accountId),
    // Of HTTP endpoints, the only ones that it is for (SNS guide, "Amazon SNS message delivery retries").
    EffectiveDeliveryPolicy: JSON.stringify(topicPolicy(attributes?.DeliveryPolicy)),
    SubscriptionsConfirmed: String(subscriptions.length - pending),
    SubscriptionsPending: String(pending),
    SubscriptionsDeleted: '0',
    ...(fifo && {
      FifoTopic: 'true',
      ContentBasedDeduplication: String(fifo.isContentBased),
      ...(fifo.throughputScope !== undefined && { FifoThroughputScope: fifo.throughputScope }),
    }),
    ...attributes,
  };
}
