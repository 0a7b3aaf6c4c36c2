import { parseArn } from '../../aws/arn.ts';
import { deliver, type ReceiverOf } from '../../aws/delivery.ts';
import type { Report } from '../../facts.ts';
import type { HttpSubscribers } from './http/http-subscribers.ts';
import { bodyFor, type Message } from './message.ts';
import type { Subscription, Topic } from './topic.ts';

export interface DeliveryOptions {
  /** Finds the subscribers: queues and functions, which judge the topic by their own resource policies. */
  receiverOf: ReceiverOf;
  report: Report;
  /** Addresses in messages begin with it. */
  endpoint: string;
  /** Loaded for the first subscription by HTTP. */
  http(): Promise<HttpSubscribers>;
}

interface Published {
  topic: Topic;
  message: Message;
  messageId: string;
}

/** Stands for a signature, since the loop has no key of AWS's: a check finds it wrong, and should. */
const SIGNATURE = Buffer.from('not signed: this message is from a loop, not from AWS').toString('base64');

/** SNS discards a raw message that has more (SNS guide, "Amazon SNS message attributes"). */
const MAX_RAW_ATTRIBUTES = 10;

/** Brings a message to a subscriber; what would be mailed is shown. Never rejects. */
export async function deliverTo(
  subscription: Subscription,
  published: Published,
  options: DeliveryOptions,
): Promise<void> {
  const { protocol, endpoint } = subscription;
  const { topic, message, messageId } = published;
  const fact = { topicName: topic.model.name, messageId, protocol, endpoint };
  if (!subscription.wants(message)) return options.report({ kind: 'notification.filtered', ...fact });
  try {
    await send(subscription, published, options);
    const { subject } = message;
    options.report({ kind: 'notification.sent', ...fact, ...(subject !== undefined && { subject }) });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const deadLetterArn = await redrive(subscription, published, options);
    const letter = deadLetterArn === undefined ? {} : { deadLetterArn };
    options.report({ kind: 'notification.failed', ...fact, reason, ...letter });
  }
}

/** Sends what a subscriber could not have to the queue of its redrive policy; answers which, if that took it. */
async function redrive(
  subscription: Subscription,
  published: Published,
  { receiverOf, endpoint }: Pick<DeliveryOptions, 'receiverOf' | 'endpoint'>,
): Promise<string | undefined> {
  const { deadLetterArn, isRaw, protocol } = subscription;
  if (deadLetterArn === undefined) return undefined;
  const { topic, message } = published;
  const { attributes: _, ...bare } = message;
  const letter = isRaw
    ? { ...message, body: bodyFor(message, protocol) }
    : { ...bare, body: JSON.stringify(notification(subscription, published, endpoint, 'URL')) };
  try {
    // The queue's policy must let the topic send to it (SNS guide, "Amazon SNS dead-letter queues").
    const sender = { service: 'sns.amazonaws.com', sourceArn: topic.model.arn };
    await deliver(receiverBy('sqs', receiverOf), deadLetterArn, letter, sender);
    return deadLetterArn;
  } catch {
    return undefined;
  }
}

async function send(
  subscription: Subscription,
  published: Published,
  { receiverOf, endpoint: loop, http }: DeliveryOptions,
): Promise<void> {
  const { protocol, endpoint, isRaw } = subscription;
  const { topic, message } = published;
  const sender = { service: 'sns.amazonaws.com', sourceArn: topic.model.arn };
  if (protocol === 'sqs') {
    if (isRaw && Object.keys(message.attributes ?? {}).length > MAX_RAW_ATTRIBUTES)
      throw new Error(`a raw message to a queue has at most ${MAX_RAW_ATTRIBUTES} attributes`);
    const body = isRaw
      ? bodyFor(message, 'sqs')
      : JSON.stringify(notification(subscription, published, loop, 'URL'));
    // Unless it is raw, the attributes stand in the envelope alone.
    const { attributes: _, ...bare } = message;
    await deliver(receiverBy(protocol, receiverOf), endpoint, { ...(isRaw ? message : bare), body }, sender);
  }
  if (protocol === 'http' || protocol === 'https') {
    const { arn: subscriptionArn } = subscription;
    await (await http()).send(topic.model, subscription, {
      type: 'Notification',
      messageId: published.messageId,
      subscriptionArn,
      content: isRaw ? bodyFor(message, protocol) : notification(subscription, published, loop, 'URL'),
    });
  }
  if (protocol === 'lambda') {
    const body = JSON.stringify(lambdaEvent(subscription, published, loop));
    await deliver(receiverBy(protocol, receiverOf), endpoint, { ...message, body }, sender);
  }
}

/** A protocol has the name of the service that it reaches: with the ARN of another one, a subscription reaches nobody. */
function receiverBy(protocol: string, receiverOf: ReceiverOf): ReceiverOf {
  return (arn) => (parseArn(arn)?.service === protocol ? receiverOf(arn) : undefined);
}

/** SNS guide, "Parsing message formats"; functions get two addresses by other names. */
function notification(
  { arn, protocol }: Subscription,
  { topic, message, messageId }: Published,
  loop: string,
  url: 'URL' | 'Url',
) {
  const attributes = Object.entries(message.attributes ?? {});
  const { sequenceNumber } = message;
  return {
    Type: 'Notification',
    MessageId: messageId,
    ...(sequenceNumber !== undefined && { SequenceNumber: sequenceNumber }),
    TopicArn: topic.model.arn,
    ...(message.subject !== undefined && { Subject: message.subject }),
    Message: bodyFor(message, protocol),
    Timestamp: new Date().toISOString(),
    // A FIFO topic signs nothing (LocalStack's record, test_sns.snapshot.json, test_message_to_fifo_sqs).
    ...(sequenceNumber === undefined && {
      SignatureVersion: '1',
      Signature: SIGNATURE,
      [`SigningCert${url}`]: `${loop}/_loop/no-certificate.pem`,
    }),
    [`Unsubscribe${url}`]: `${loop}/?Action=Unsubscribe&SubscriptionArn=${arn}`,
    ...(attributes.length > 0 && {
      MessageAttributes: Object.fromEntries(
        attributes.map(([name, { dataType, value }]) => [name, { Type: dataType, Value: value }]),
      ),
    }),
  };
}

/** Lambda guide, "Using Lambda with Amazon SNS". */
function lambdaEvent(subscription: Subscription, published: Published, loop: string) {
  return {
    Records: [
      {
        EventSource: 'aws:sns',
        EventVersion: '1.0',
        EventSubscriptionArn: subscription.arn,
        Sns: {
          Subject: null,
          MessageAttributes: {},
          ...notification(subscription, published, loop, 'Url'),
        },
      },
    ],
  };
}
