import { randomUUID } from 'node:crypto';
import type { Statement } from '../../aws/statement.ts';
import type { SubscriptionModel, TopicModel } from '../../template/model.ts';
import type { Message } from './message.ts';
import { messageFilter, type PatternCompiler } from './message-filter.ts';

/** A topic and who is subscribed to it. */
export interface Topic {
  readonly model: TopicModel;
  readonly subscriptions: readonly Subscription[];
}

export interface Subscription extends SubscriptionModel {
  arn: string;
  /** Tells whether its filter policy lets a message through. */
  wants(message: Message): boolean;
}

/** A subscription that was there before keeps its ARN. */
export function topicOf(
  model: TopicModel,
  all: readonly SubscriptionModel[],
  before: Topic | undefined,
  options: { compilePattern: PatternCompiler },
): Topic {
  const subscriptions = all.map((it) => {
    const known = before?.subscriptions.find(
      ({ protocol, endpoint }) => protocol === it.protocol && endpoint === it.endpoint,
    );
    const arn = it.arn ?? known?.arn ?? `${model.arn}:${randomUUID()}`;
    return { ...it, arn, wants: messageFilter(it.filter, options) };
  });
  return { model, subscriptions };
}

export function withPolicy(
  { resourcePolicy: _, ...model }: TopicModel,
  policy: Statement[] | undefined,
): TopicModel {
  return { ...model, ...(policy && { resourcePolicy: policy }) };
}

export function isHttp({ protocol }: Pick<SubscriptionModel, 'protocol'>): boolean {
  return protocol === 'http' || protocol === 'https';
}
