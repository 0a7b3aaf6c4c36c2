import { type Place, parseArn } from '../../aws/arn.ts';
import { AwsError } from '../../aws/errors.ts';
import type { JsonObject, JsonOperation } from '../../aws/operation.ts';
import type { QueryService } from '../../aws/query-service.ts';
import type { Message } from './message.ts';
import { parseMessage, textOf } from './publish-input.ts';
import type { Subscription, Topic } from './sns.ts';
import { invalidParameter } from './sns-errors.ts';
import { topicAttributes } from './topic-attributes.ts';

export interface SnsServiceOptions {
  place: Place;
  /** Throws AwsError when there is none. */
  find(topicArn: string): Topic;
  list(): Topic[];
  publish(topic: Topic, message: Message): Promise<{ messageId: string }>;
}

const PAGE_SIZE = 100;

/** The operations of SNS (SNS API reference), loaded when the first is called. */
export function snsService(options: SnsServiceOptions): QueryService {
  const { place, find, list, publish } = options;
  const topicOf = (input: JsonObject, member = 'TopicArn'): Topic => find(requiredArn(input, member, place));
  const subscriptions = () =>
    list().flatMap((topic) => topic.subscriptions.map((one) => render(one, topic, place)));

  return {
    signingName: 'sns',
    version: '2010-03-31',
    namespace: 'http://sns.amazonaws.com/doc/2010-03-31/',
    operations: {
      Publish: operation('Publish', async (input, { traceHeader }) => {
        const topic = topicOf(input, input.TopicArn === undefined ? 'TargetArn' : 'TopicArn');
        const { messageId } = await publish(topic, parseMessage(input, traceHeader));
        return { MessageId: messageId };
      }),
      ListTopics: operation('ListTopics', (input) =>
        pageOf(
          'Topics',
          list().map(({ model }) => ({ TopicArn: model.arn })),
          input,
        ),
      ),
      GetTopicAttributes: operation('GetTopicAttributes', (input) => ({
        Attributes: new Map(Object.entries(topicAttributes(topicOf(input), place))),
      })),
      ListSubscriptions: operation('ListSubscriptions', (input) =>
        pageOf('Subscriptions', subscriptions(), input),
      ),
      ListSubscriptionsByTopic: operation('ListSubscriptionsByTopic', (input) => {
        const topic = topicOf(input);
        return pageOf(
          'Subscriptions',
          topic.subscriptions.map((one) => render(one, topic, place)),
          input,
        );
      }),
      GetSubscriptionAttributes: operation('GetSubscriptionAttributes', (input) => {
        const arn = requiredArn(input, 'SubscriptionArn', place);
        const topic = list().find((it) => it.subscriptions.some((one) => one.arn === arn));
        const found = topic?.subscriptions.find((one) => one.arn === arn);
        if (!topic || !found) throw new AwsError('NotFound', 'Subscription does not exist', { status: 404 });
        const { protocol, endpoint, isRaw } = found;
        const attributes = {
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
        return { Attributes: new Map(Object.entries(attributes)) };
      }),
    },
  };
}

type Handle = JsonOperation['handle'];

/** Lists know no resource (Service Authorization Reference, "Amazon SNS"). */
function operation(name: string, handle: Handle): JsonOperation {
  return {
    handle,
    needs: ({ TopicArn, TargetArn, SubscriptionArn }) => [
      {
        action: `sns:${name}`,
        resource: textOf(TopicArn) || textOf(TargetArn) || textOf(SubscriptionArn) || '*',
      },
    ],
  };
}

function render({ arn, protocol, endpoint }: Subscription, { model }: Topic, place: Place): JsonObject {
  return {
    SubscriptionArn: arn,
    Owner: place.accountId,
    Protocol: protocol,
    Endpoint: endpoint,
    TopicArn: model.arn,
  };
}

/** An ARN of this service in this Region, whether there is something by it or not. */
function requiredArn(input: JsonObject, name: string, { region }: Place): string {
  const text = textOf(input[name]);
  const elements = text.split(':').length;
  if (elements < 6)
    throw invalidParameter(`${name} Reason: An ARN must have at least 6 elements, not ${elements}`);
  const arn = parseArn(text);
  if (arn?.service !== 'sns' || arn.region !== region) throw invalidParameter(name);
  return text;
}

function pageOf(member: string, all: JsonObject[], { NextToken }: JsonObject): JsonObject {
  const from = NextToken === undefined ? 0 : Number(Buffer.from(textOf(NextToken), 'base64url').toString());
  if (!Number.isInteger(from) || from < 0) throw invalidParameter('NextToken');
  const to = from + PAGE_SIZE;
  return {
    [member]: all.slice(from, to),
    ...(to < all.length && { NextToken: Buffer.from(String(to)).toString('base64url') }),
  };
}
