import { queryDialect } from '../../aws/dialect.ts';
import { list, map, required, structure, text } from '../../aws/members.ts';
import { pageOf } from '../../aws/page.ts';
import type { ServiceDescription } from '../../aws/service.ts';
import { operation, type SnsContext, subscriptionOf, topicOf } from './context.ts';
import { subscriptionPolicy } from './http/delivery-policy.ts';
import { PERMISSION_OPERATIONS } from './permission-operations.ts';
import { PUBLISH_BATCH } from './publish-batch.ts';
import { PUBLISH, parseMessage } from './publish-input.ts';
import { invalidParameter } from './sns-errors.ts';
import { SUBSCRIPTION_OPERATIONS } from './subscription-operations.ts';
import type { Topic } from './topic.ts';
import { topicAttributes } from './topic-attributes.ts';
import { TOPIC_OPERATIONS } from './topic-operations.ts';

const PAGE_SIZE = 100;

const TOPIC = { TopicArn: required(text()) } as const;
const LISTED = { NextToken: text() } as const;
const ATTRIBUTES = { Attributes: map(text()) } as const;
const SUBSCRIPTIONS = {
  Subscriptions: list(
    structure({
      SubscriptionArn: text(),
      Owner: text(),
      Protocol: text(),
      Endpoint: text(),
      TopicArn: text(),
    }),
  ),
  NextToken: text(),
} as const;

/** Amazon SNS (SNS API reference), loaded when the first operation is called. */
export const SNS: ServiceDescription<SnsContext> = {
  title: 'SNS',
  signingName: 'sns',
  dialect: queryDialect(),
  query: { version: '2010-03-31', namespace: 'http://sns.amazonaws.com/doc/2010-03-31/' },
  operations: {
    Publish: operation({
      input: PUBLISH,
      output: { MessageId: text(), SequenceNumber: text() },
      needs: ({ TopicArn, TargetArn }) => [TopicArn ?? TargetArn ?? '*'],
      async handle(input, context, { traceHeader }) {
        const { TopicArn, TargetArn = '' } = input;
        const topic =
          TopicArn === undefined
            ? topicOf(TargetArn, context, 'TargetArn')
            : topicOf(TopicArn, context, 'TopicArn');
        const message = parseMessage(input, traceHeader, topic.model.fifo);
        const { messageId, sequenceNumber } = await context.publish(topic, message);
        return { MessageId: messageId, SequenceNumber: sequenceNumber };
      },
    }),
    PublishBatch: PUBLISH_BATCH,
    ...PERMISSION_OPERATIONS,
    ...TOPIC_OPERATIONS,
    ...SUBSCRIPTION_OPERATIONS,
    // Lists know no resource (Service Authorization Reference, "Amazon SNS").
    ListTopics: operation({
      input: LISTED,
      output: { Topics: list(structure({ TopicArn: text() })), NextToken: text() },
      needs: () => ['*'],
      handle({ NextToken }, { list }) {
        const { items, nextToken } = page('ListTopics', list(), NextToken);
        return { Topics: items.map(({ model }) => ({ TopicArn: model.arn })), NextToken: nextToken };
      },
    }),
    GetTopicAttributes: operation({
      input: TOPIC,
      output: ATTRIBUTES,
      needs: ({ TopicArn = '*' }) => [TopicArn],
      handle: ({ TopicArn }, context) => ({
        Attributes: topicAttributes(topicOf(TopicArn, context, 'TopicArn'), context),
      }),
    }),
    ListSubscriptions: operation({
      input: LISTED,
      output: SUBSCRIPTIONS,
      needs: () => ['*'],
      handle({ NextToken }, context) {
        const { list } = context;
        const all = list().flatMap((topic) => subscriptionsOf(topic, context));
        const { items, nextToken } = page('ListSubscriptions', all, NextToken);
        return { Subscriptions: items, NextToken: nextToken };
      },
    }),
    ListSubscriptionsByTopic: operation({
      input: { ...TOPIC, ...LISTED },
      output: SUBSCRIPTIONS,
      needs: ({ TopicArn = '*' }) => [TopicArn],
      handle({ TopicArn, NextToken }, context) {
        const all = subscriptionsOf(topicOf(TopicArn, context, 'TopicArn'), context);
        const { items, nextToken } = page('ListSubscriptionsByTopic', all, NextToken);
        return { Subscriptions: items, NextToken: nextToken };
      },
    }),
    GetSubscriptionAttributes: operation({
      input: { SubscriptionArn: required(text()) },
      output: ATTRIBUTES,
      needs: ({ SubscriptionArn = '*' }) => [SubscriptionArn],
      handle: ({ SubscriptionArn }, context) => ({
        Attributes: subscriptionAttributes(SubscriptionArn, context),
      }),
    }),
  },
};

function subscriptionsOf({ subscriptions, model }: Topic, { place, confirmations }: SnsContext) {
  return subscriptions.map(({ arn, protocol, endpoint }) => ({
    SubscriptionArn: confirmations.of(arn)?.isPending ? 'PendingConfirmation' : arn,
    Owner: place.accountId,
    Protocol: protocol,
    Endpoint: endpoint,
    TopicArn: model.arn,
  }));
}

function subscriptionAttributes(arn: string, context: SnsContext): Record<string, string> {
  const { topic, subscription } = subscriptionOf(arn, context);
  const { place, confirmations } = context;
  const { protocol, endpoint, isRaw, filter, deadLetterArn, deliveryPolicy } = subscription;
  const { isPending = false, wasAuthenticated = true } = confirmations.of(arn) ?? {};
  return {
    SubscriptionArn: arn,
    TopicArn: topic.model.arn,
    Protocol: protocol,
    Endpoint: endpoint,
    Owner: place.accountId,
    // The stack, and so whoever made it, subscribed: the account itself.
    SubscriptionPrincipal: `arn:${place.partition}:iam::${place.accountId}:root`,
    RawMessageDelivery: String(isRaw),
    PendingConfirmation: String(isPending),
    ConfirmationWasAuthenticated: String(wasAuthenticated),
    ...(deliveryPolicy !== undefined && { DeliveryPolicy: deliveryPolicy }),
    ...(protocol.startsWith('http') && {
      EffectiveDeliveryPolicy: JSON.stringify(
        subscriptionPolicy(deliveryPolicy, topic.model.attributes?.DeliveryPolicy),
      ),
    }),
    ...(filter && { FilterPolicy: filter.policy, FilterPolicyScope: filter.scope }),
    ...(deadLetterArn !== undefined && {
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: deadLetterArn }),
    }),
  };
}

function page<Item>(operationName: string, items: readonly Item[], token: string | undefined) {
  const refusal = () => invalidParameter('NextToken');
  return pageOf(items, { list: operationName, limit: PAGE_SIZE, token, refusal });
}
