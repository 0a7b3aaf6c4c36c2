import { type Place, parseArn } from '../../aws/arn.ts';
import { AwsError } from '../../aws/errors.ts';
import { operationsOf } from '../../aws/service.ts';
import type { SubscriptionModel, TopicModel } from '../../template/model.ts';
import type { Confirmations } from './confirmations.ts';
import type { Message } from './message.ts';
import { invalidParameter } from './sns-errors.ts';
import type { Subscription, Topic } from './topic.ts';

/** The context of SNS's operations. */
export interface SnsContext {
  place: Place;
  /** Throws AwsError when there is none. */
  find(topicArn: string): Topic;
  list(): Topic[];
  publish(topic: Topic, message: Message): Promise<{ messageId: string; sequenceNumber?: string }>;
  /** Makes a topic, or gives it other settings. */
  put(model: TopicModel): void;
  remove(topicArn: string): void;
  /** Makes a subscription, or gives it other settings. Throws AwsError for a filter policy that is none. */
  subscribe(topicArn: string, subscription: SubscriptionModel): void;
  unsubscribe(subscriptionArn: string): void;
  confirmations: Confirmations;
  /** Epoch milliseconds. */
  now(): number;
}

export const operation = operationsOf<SnsContext>();

/** The topic of an ARN in a member. Throws AwsError when there is none. */
export function topicOf(arn: string, { place, find }: SnsContext, member: string): Topic {
  refuseForeignArn(arn, member, place);
  return find(arn);
}

/** The same for tags, which have an error of their own (SNS reference, "TagResource"; the words are moto's, tests/test_sns/test_topics.py). */
export function taggedTopic(arn: string, { place, list }: SnsContext): Topic {
  refuseForeignArn(arn, 'ResourceArn', place);
  const topic = list().find(({ model }) => model.arn === arn);
  if (!topic) throw new AwsError('ResourceNotFound', 'Resource does not exist', { status: 404 });
  return topic;
}

/** Throws AwsError when there is no such subscription. */
export function subscriptionOf(
  arn: string,
  { place, list }: SnsContext,
): { topic: Topic; subscription: Subscription } {
  refuseForeignArn(arn, 'SubscriptionArn', place);
  const isAsked = (subscription: Subscription) => subscription.arn === arn;
  const topic = list().find(({ subscriptions }) => subscriptions.some(isAsked));
  const subscription = topic?.subscriptions.find(isAsked);
  if (!topic || !subscription) throw new AwsError('NotFound', 'Subscription does not exist', { status: 404 });
  return { topic, subscription };
}

/** An ARN is of this service in this Region, whether there is something by it or not. */
export function refuseForeignArn(text: string, member: string, { region }: Place): void {
  const elements = text.split(':').length;
  if (elements < 6)
    throw invalidParameter(`${member} Reason: An ARN must have at least 6 elements, not ${elements}`);
  const arn = parseArn(text);
  if (arn?.service !== 'sns' || arn.region !== region) throw invalidParameter(member);
}
