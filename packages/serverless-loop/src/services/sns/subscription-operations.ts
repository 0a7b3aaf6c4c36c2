import { randomUUID } from 'node:crypto';
import { parseArn } from '../../aws/arn.ts';
import { boolean, map, required, text } from '../../aws/members.ts';
import type { SubscriptionModel, TopicModel } from '../../template/model.ts';
import { operation, refuseForeignArn, subscriptionOf, topicOf } from './context.ts';
import { invalidParameter } from './sns-errors.ts';
import { withSubscriptionAttribute, withSubscriptionAttributes } from './subscription-settings.ts';

/** Delivered, or shown in the terminal. */
const HERE = ['email', 'email-json', 'lambda', 'sqs'];
const AT_AWS = [...HERE, 'application', 'firehose', 'http', 'https', 'sms'];

/** The operations that make and change subscriptions (SNS API reference). The words of refusals: LocalStack's record, test_sns.snapshot.json. */
export const SUBSCRIPTION_OPERATIONS = {
  Subscribe: operation({
    input: {
      TopicArn: required(text()),
      Protocol: required(text()),
      Endpoint: text(),
      Attributes: map(text()),
      ReturnSubscriptionArn: boolean(),
    },
    output: { SubscriptionArn: text() },
    needs: ({ TopicArn = '*' }) => [TopicArn],
    handle({ TopicArn, Protocol: protocol, Endpoint: endpoint = '', Attributes = {} }, context) {
      refuseProtocol(protocol);
      refuseEndpoint(protocol, endpoint);
      const topic = topicOf(TopicArn, context, 'TopicArn');
      refuseOtherType(topic.model, protocol, endpoint);
      const wanted = withSubscriptionAttributes({ protocol, endpoint, isRaw: false }, Attributes);
      const existing = topic.subscriptions.find(
        (other) => other.protocol === protocol && other.endpoint === endpoint,
      );
      if (existing) {
        if (Object.keys(Attributes).length > 0 && !isAlike(existing, wanted))
          throw invalidParameter('Attributes Reason: Subscription already exists with different attributes');
        return { SubscriptionArn: existing.arn };
      }
      // Of mail AWS asks for a confirmation first; here it is shown, whoever would get it.
      const arn = `${TopicArn}:${randomUUID()}`;
      context.subscribe(TopicArn, { ...wanted, arn });
      return { SubscriptionArn: arn };
    },
  }),

  // Nothing here waits for it: whatever is subscribed is so at once.
  ConfirmSubscription: operation({
    input: {
      TopicArn: required(text()),
      Token: required(text()),
      AuthenticateOnUnsubscribe: text(),
    },
    output: { SubscriptionArn: text() },
    needs: ({ TopicArn = '*' }) => [TopicArn],
    handle({ TopicArn }, { place }) {
      refuseForeignArn(TopicArn, 'TopicArn', place);
      throw invalidParameter('Token');
    },
  }),

  Unsubscribe: operation({
    input: { SubscriptionArn: required(text()) },
    needs: ({ SubscriptionArn = '*' }) => [SubscriptionArn],
    // One that is not there is no error (the same record, test_unsubscribe_from_non_existing_subscription).
    handle({ SubscriptionArn }, context) {
      refuseForeignArn(SubscriptionArn, 'SubscriptionArn', context.place);
      if (SubscriptionArn.split(':').length < 7) throw invalidParameter('SubscriptionId');
      context.unsubscribe(SubscriptionArn);
      return {};
    },
  }),

  SetSubscriptionAttributes: operation({
    input: { SubscriptionArn: required(text()), AttributeName: required(text()), AttributeValue: text() },
    needs: ({ SubscriptionArn = '*' }) => [SubscriptionArn],
    handle({ SubscriptionArn, AttributeName, AttributeValue = '' }, context) {
      const { topic, subscription } = subscriptionOf(SubscriptionArn, context);
      const { wants: _, ...model } = subscription;
      context.subscribe(topic.model.arn, {
        ...withSubscriptionAttribute(model, AttributeName, AttributeValue),
        arn: SubscriptionArn,
      });
      return {};
    },
  }),
};

function refuseProtocol(protocol: string): void {
  if (!AT_AWS.includes(protocol))
    throw invalidParameter(`Amazon SNS does not support this protocol string: ${protocol}`);
  if (!HERE.includes(protocol))
    throw invalidParameter(`Protocol Reason: subscriptions by ${protocol} are not emulated by the loop`);
}

/**
 * FIFO queues are of FIFO topics, which deliver to queues alone (SNS guide, "Message delivery for FIFO topics"; the words: the
 * same record, test_validations_for_fifo).
 */
function refuseOtherType({ fifo }: TopicModel, protocol: string, endpoint: string): void {
  if (!fifo && protocol === 'sqs' && endpoint.endsWith('.fifo'))
    throw invalidParameter(
      'Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics',
    );
  if (fifo && protocol !== 'sqs')
    throw invalidParameter('Invalid parameter: Endpoint Reason: Please use an SQS queue');
}

function refuseEndpoint(protocol: string, endpoint: string): void {
  if (protocol === 'sqs' && parseArn(endpoint)?.service !== 'sqs') throw invalidParameter('SQS endpoint ARN');
  if (protocol === 'lambda' && parseArn(endpoint)?.service !== 'lambda')
    throw invalidParameter('Lambda endpoint ARN');
  if (protocol.startsWith('email') && !endpoint.includes('@')) throw invalidParameter('Email address');
}

function isAlike(one: SubscriptionModel, other: SubscriptionModel): boolean {
  const settings = ({ isRaw, filter, deadLetterArn }: SubscriptionModel) =>
    JSON.stringify([isRaw, filter?.policy, filter?.scope, deadLetterArn]);
  return settings(one) === settings(other);
}
