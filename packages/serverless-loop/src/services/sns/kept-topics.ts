import { AwsError } from '../../aws/errors.ts';
import type { SubscriptionModel, TopicModel } from '../../template/model.ts';
import type { Confirmations } from './confirmations.ts';
import type { EndpointConsent } from './endpoint-consent.ts';
import { messageFilter, type PatternCompiler } from './message-filter.ts';
import { isHttp, type Topic, topicOf } from './topic.ts';

export interface KeptTopicsOptions {
  compilePattern: PatternCompiler;
  confirmations: Confirmations;
  ask: EndpointConsent['ask'];
}

/** The topics with all who are subscribed to them, be it by the topic's own template or from elsewhere. */
export class KeptTopics {
  readonly #options: KeptTopicsOptions;
  readonly #topics = new Map<string, Topic>();
  /** Subscriptions from elsewhere, by their ARNs. */
  readonly #attached = new Map<string, { topicArn: string; subscription: SubscriptionModel }>();

  constructor(options: KeptTopicsOptions) {
    this.#options = options;
  }

  has(topicArn: string): boolean {
    return this.#topics.has(topicArn);
  }

  list(): Topic[] {
    return [...this.#topics.values()];
  }

  /** Throws AwsError when there is none. */
  find(topicArn: string): Topic {
    const topic = this.#topics.get(topicArn);
    if (!topic) throw new AwsError('NotFound', 'Topic does not exist', { status: 404 });
    return topic;
  }

  /** Makes a topic, or gives it other settings. An endpoint that is new is asked whether it agrees. */
  put(model: TopicModel): void {
    const { confirmations, ask } = this.#options;
    const fromElsewhere = [...this.#attached.values()].filter(({ topicArn }) => topicArn === model.arn);
    const subscriptions = [...model.subscriptions, ...fromElsewhere.map(({ subscription }) => subscription)];
    const topic = topicOf(model, subscriptions, this.#topics.get(model.arn), this.#options);
    this.#topics.set(model.arn, topic);
    for (const each of topic.subscriptions)
      if (isHttp(each) && !confirmations.of(each.arn)) {
        confirmations.expect(each.arn);
        void ask(topic, each, false);
      }
  }

  remove(topicArn: string): void {
    this.#topics.delete(topicArn);
    for (const [arn, it] of this.#attached) if (it.topicArn === topicArn) this.#attached.delete(arn);
  }

  /** One that the topic's own template has changes in its place. Throws AwsError where there is no such topic, or the filter is none. */
  subscribe(topicArn: string, subscription: SubscriptionModel): void {
    const { confirmations } = this.#options;
    const { model } = this.find(topicArn);
    const { arn = '' } = subscription;
    messageFilter(subscription.filter, this.#options);
    // An endpoint that is asked again gets another token.
    if (confirmations.of(arn)?.isPending) confirmations.forget(arn);
    const isOwn = this.#ownSubscriptions(topicArn).some((own) => own.arn === arn);
    if (!isOwn) this.#attached.set(arn, { topicArn, subscription });
    const own = this.#ownSubscriptions(topicArn).map((each) => (each.arn === arn ? subscription : each));
    this.put({ ...model, subscriptions: own });
  }

  unsubscribe(arn: string): void {
    const { confirmations, ask } = this.#options;
    const topicArn = this.#attached.get(arn)?.topicArn ?? arn.split(':').slice(0, 6).join(':');
    this.#attached.delete(arn);
    const topic = this.#topics.get(topicArn);
    const subscription = topic?.subscriptions.find((each) => each.arn === arn);
    if (topic && subscription && isHttp(subscription)) {
      if (confirmations.of(arn)?.isPending === false) void ask(topic, subscription, true);
      confirmations.forget(arn);
    }
    if (!topic) return;
    const own = this.#ownSubscriptions(topicArn).filter((each) => each.arn !== arn);
    this.put({ ...topic.model, subscriptions: own });
  }

  /** Those of the topic's own template, each by its ARN. */
  #ownSubscriptions(topicArn: string): SubscriptionModel[] {
    const { subscriptions } = this.find(topicArn);
    return subscriptions.filter(({ arn }) => !this.#attached.has(arn)).map(({ wants: _, ...own }) => own);
  }
}
