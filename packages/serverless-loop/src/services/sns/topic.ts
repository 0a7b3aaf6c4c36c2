import { randomUUID } from 'node:crypto';
import type { Statement } from '../../aws/statement.ts';
import type { SubscriptionModel, TopicModel } from '../../template/model.ts';

/** A topic and who is subscribed to it. */
export interface Topic {
  readonly model: TopicModel;
  readonly subscriptions: readonly Subscription[];
}

export interface Subscription extends SubscriptionModel {
  arn: string;
}

/** A subscription that was there before keeps its ARN. */
export function topicOf(
  model: TopicModel,
  all: readonly SubscriptionModel[],
  before: Topic | undefined,
): Topic {
  const subscriptions = all.map((it) => {
    const known = before?.subscriptions.find(
      ({ protocol, endpoint }) => protocol === it.protocol && endpoint === it.endpoint,
    );
    return { ...it, arn: it.arn ?? known?.arn ?? `${model.arn}:${randomUUID()}` };
  });
  return { model, subscriptions };
}

export function withPolicy(
  { resourcePolicy: _, ...model }: TopicModel,
  policy: Statement[] | undefined,
): TopicModel {
  return { ...model, ...(policy && { resourcePolicy: policy }) };
}
