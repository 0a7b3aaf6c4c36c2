import { randomUUID } from 'node:crypto';
import { parseArn } from '../../aws/arn.ts';
import { AwsError } from '../../aws/errors.ts';
import { boolean, map, required, text } from '../../aws/members.ts';
import type { SubscriptionModel, TopicModel } from '../../template/model.ts';
import { operation, refuseForeignArn, subscriptionOf, topicOf } from './context.ts';
import { PROTOCOLS } from './protocols.ts';
import { invalidParameter } from './sns-errors.ts';
import { withSubscriptionAttribute, withSubscriptionAttributes } from './subscription-settings.ts';

const AT_AWS = [...PROTOCOLS, 'application', 'firehose'];
/** An endpoint that anybody could name has to agree. */
const CONFIRMED = ['http', 'https'];

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
    handle(
      {
        TopicArn,
        Protocol: protocol,
        Endpoint: endpoint = '',
        Attributes = {},
        ReturnSubscriptionArn = false,
      },
      context,
    ) {
      const answer = (arn: string) => {
        const isTold = ReturnSubscriptionArn || !context.confirmations.of(arn)?.isPending;
        return { SubscriptionArn: isTold ? arn : 'pending confirmation' };
      };
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
        if (context.confirmations.of(existing.arn)?.isPending)
          context.subscribe(TopicArn, { ...wanted, arn: existing.arn });
        return answer(existing.arn);
      }
      // Of mail AWS asks for a confirmation first; here it is shown, whoever would get it.
      const arn = `${TopicArn}:${randomUUID()}`;
      context.subscribe(TopicArn, { ...wanted, arn });
      return answer(arn);
    },
  }),

  /** By a call, or by the link in the message (LocalStack's record, test_sns.snapshot.json, test_subscribe_external_http_endpoint). */
  ConfirmSubscription: operation({
    input: {
      TopicArn: required(text()),
      Token: required(text()),
      AuthenticateOnUnsubscribe: text(),
    },
    output: { SubscriptionArn: text() },
    needs: ({ TopicArn = '*' }) => [TopicArn],
    handle({ TopicArn, Token, AuthenticateOnUnsubscribe = 'false' }, context, { caller }) {
      const { place, confirmations, now } = context;
      const arn = parseArn(TopicArn);
      if (arn?.service !== 'sns' || arn.region !== place.region) throw invalidParameter('Topic');
      const wasAuthenticated = caller.accessKeyId !== undefined;
      const asked = confirmations.confirm(Token, now(), {
        wasAuthenticated,
        needsSignature: wasAuthenticated && AuthenticateOnUnsubscribe.toLowerCase() === 'true',
      });
      if (!asked) throw invalidParameter('Token');
      const { topicArn, subscription } = asked;
      const isThere = context.find(topicArn).subscriptions.some((other) => other.arn === subscription.arn);
      // By the link in its farewell a subscription comes back.
      if (!isThere) context.subscribe(topicArn, subscription);
      return { SubscriptionArn: subscription.arn };
    },
  }),

  Unsubscribe: operation({
    input: { SubscriptionArn: required(text()) },
    needs: ({ SubscriptionArn = '*' }) => [SubscriptionArn],
    // One that is not there is no error (the same record, test_unsubscribe_from_non_existing_subscription).
    handle({ SubscriptionArn }, context, { caller }) {
      refuseForeignArn(SubscriptionArn, 'SubscriptionArn', context.place);
      if (SubscriptionArn.split(':').length < 7) throw invalidParameter('SubscriptionId');
      const { isPending, needsSignature } = context.confirmations.of(SubscriptionArn) ?? {};
      // SNS API reference, "Unsubscribe" and "ConfirmSubscription", AuthenticateOnUnsubscribe.
      if (needsSignature && caller.accessKeyId === undefined)
        throw new AwsError('AuthorizationError', 'An Unsubscribe of this subscription has to be signed', {
          status: 403,
        });
      if (isPending)
        throw invalidParameter('SubscriptionArn Reason: the subscription is pending confirmation');
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
  if (!PROTOCOLS.includes(protocol))
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
  if (CONFIRMED.includes(protocol)) refuseUrl(protocol, endpoint);
  // LocalStack's record, test_sns.snapshot.json, test_subscribe_invalid_sms.
  if (protocol === 'sms' && !/^\+?\d(?:[-. /]?\d){3,}$/.test(endpoint))
    throw new AwsError('InvalidParameter', `Invalid SMS endpoint: ${endpoint}`);
  if (protocol.startsWith('email') && !endpoint.includes('@')) throw invalidParameter('Email address');
}

function refuseUrl(protocol: string, endpoint: string): void {
  if (!endpoint.startsWith(`${protocol}://`))
    throw invalidParameter('Endpoint must match the specified protocol');
  if (!URL.canParse(endpoint)) throw invalidParameter('Endpoint');
}

function isAlike(one: SubscriptionModel, other: SubscriptionModel): boolean {
  const settings = ({ isRaw, filter, deadLetterArn, deliveryPolicy }: SubscriptionModel) =>
    JSON.stringify([isRaw, filter?.policy, filter?.scope, deadLetterArn, deliveryPolicy]);
  return settings(one) === settings(other);
}
