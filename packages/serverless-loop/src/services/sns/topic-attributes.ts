import type { Place } from '../../aws/arn.ts';
import type { Topic } from './topic.ts';
import { policyText } from './topic-policy.ts';

/** GetTopicAttributes' map. What nobody set is there by its default, but for `KmsMasterKeyId` and the like, which have none. */
export function topicAttributes(
  { model, subscriptions }: Topic,
  { accountId }: Place,
): Record<string, string> {
  const { arn, displayName, attributes, fifo } = model;
  return {
    TopicArn: arn,
    Owner: accountId,
    DisplayName: displayName,
    Policy: policyText(model, accountId),
    EffectiveDeliveryPolicy: DEFAULT_DELIVERY_POLICY,
    SubscriptionsConfirmed: String(subscriptions.length),
    SubscriptionsPending: '0',
    SubscriptionsDeleted: '0',
    ...(fifo && {
      FifoTopic: 'true',
      ContentBasedDeduplication: String(fifo.isContentBased),
      ...(fifo.throughputScope !== undefined && { FifoThroughputScope: fifo.throughputScope }),
    }),
    ...attributes,
  };
}

/** Of HTTP endpoints, the only ones that it is for (SNS guide, "Amazon SNS message delivery retries"). */
const DEFAULT_DELIVERY_POLICY = JSON.stringify({
  http: {
    defaultHealthyRetryPolicy: {
      minDelayTarget: 20,
      maxDelayTarget: 20,
      numRetries: 3,
      numMaxDelayRetries: 0,
      numNoDelayRetries: 0,
      numMinDelayRetries: 0,
      backoffFunction: 'linear',
    },
    disableSubscriptionOverrides: false,
    defaultRequestPolicy: { headerContentType: 'text/plain; charset=UTF-8' },
  },
});
