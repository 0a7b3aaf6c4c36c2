import { type Place, parseArn } from '../../aws/arn.ts';
import { queryDialect } from '../../aws/dialect.ts';
import { AwsError } from '../../aws/errors.ts';
import { list, map, required, structure, text } from '../../aws/members.ts';
import { pageOf } from '../../aws/page.ts';
import { operationsOf, type ServiceDescription } from '../../aws/service.ts';
import type { Message } from './message.ts';
import { PUBLISH, parseMessage } from './publish-input.ts';
import { invalidParameter } from './sns-errors.ts';
import type { Subscription, Topic } from './topic.ts';
import { topicAttributes } from './topic-attributes.ts';

/** The context of SNS's operations. */
export interface SnsContext {
  place: Place;
  /** Throws AwsError when there is none. */
  find(topicArn: string): Topic;
  list(): Topic[];
  publish(topic: Topic, message: Message): Promise<{ messageId: string }>;
}

const PAGE_SIZE = 100;

const operation = operationsOf<SnsContext>();

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
      output: { MessageId: text() },
      needs: ({ TopicArn, TargetArn }) => [TopicArn ?? TargetArn ?? '*'],
      async handle(input, context, { traceHeader }) {
        const { TopicArn, TargetArn = '' } = input;
        const topic =
          TopicArn === undefined
            ? topicOf(TargetArn, context, 'TargetArn')
            : topicOf(TopicArn, context, 'TopicArn');
        const { messageId } = await context.publish(topic, parseMessage(input, traceHeader));
        return { MessageId: messageId };
      },
    }),
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
        Attributes: topicAttributes(topicOf(TopicArn, context, 'TopicArn'), context.place),
      }),
    }),
    ListSubscriptions: operation({
      input: LISTED,
      output: SUBSCRIPTIONS,
      needs: () => ['*'],
      handle({ NextToken }, { list, place }) {
        const all = list().flatMap((topic) => subscriptionsOf(topic, place));
        const { items, nextToken } = page('ListSubscriptions', all, NextToken);
        return { Subscriptions: items, NextToken: nextToken };
      },
    }),
    ListSubscriptionsByTopic: operation({
      input: { ...TOPIC, ...LISTED },
      output: SUBSCRIPTIONS,
      needs: ({ TopicArn = '*' }) => [TopicArn],
      handle({ TopicArn, NextToken }, context) {
        const all = subscriptionsOf(topicOf(TopicArn, context, 'TopicArn'), context.place);
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

function topicOf(arn: string, { place, find }: SnsContext, member: string): Topic {
  refuseForeignArn(arn, member, place);
  return find(arn);
}

/** An ARN is of this service in this Region, whether there is something by it or not. */
function refuseForeignArn(text: string, member: string, { region }: Place): void {
  const elements = text.split(':').length;
  if (elements < 6)
    throw invalidParameter(`${member} Reason: An ARN must have at least 6 elements, not ${elements}`);
  const arn = parseArn(text);
  if (arn?.service !== 'sns' || arn.region !== region) throw invalidParameter(member);
}

function subscriptionsOf({ subscriptions, model }: Topic, { accountId }: Place) {
  return subscriptions.map(({ arn, protocol, endpoint }) => ({
    SubscriptionArn: arn,
    Owner: accountId,
    Protocol: protocol,
    Endpoint: endpoint,
    TopicArn: model.arn,
  }));
}

function subscriptionAttributes(arn: string, { place, list }: SnsContext): Record<string, string> {
  refuseForeignArn(arn, 'SubscriptionArn', place);
  const isAsked = (subscription: Subscription) => subscription.arn === arn;
  const topic = list().find(({ subscriptions }) => subscriptions.some(isAsked));
  const found = topic?.subscriptions.find(isAsked);
  if (!topic || !found) throw new AwsError('NotFound', 'Subscription does not exist', { status: 404 });
  const { protocol, endpoint, isRaw } = found;
  return {
    SubscriptionArn: arn,
    TopicArn: topic.model.arn,
    Protocol: protocol,
    Endpoint: endpoint,
    Owner: place.accountId,
    // The stack, and so whoever made it, subscribed: the account itself.
    SubscriptionPrincipal: `arn:${place.partition}:iam::${place.accountId}:root`,
    RawMessageDelivery: String(isRaw),
    PendingConfirmation: 'false',
    ConfirmationWasAuthenticated: 'true',
  };
}

function page<Item>(operationName: string, items: readonly Item[], token: string | undefined) {
  const refusal = () => invalidParameter('NextToken');
  return pageOf(items, { list: operationName, limit: PAGE_SIZE, token, refusal });
}
