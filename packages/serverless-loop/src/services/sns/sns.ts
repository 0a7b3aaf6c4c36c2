import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Place } from '../../aws/arn.ts';
import {
  type JudgedSource,
  judgedSource,
  type Receiver,
  type RoleSender,
  type ServiceSender,
} from '../../aws/delivery.ts';
import { AwsError } from '../../aws/errors.ts';
import type { Need } from '../../aws/operation.ts';
import type { LazyQueryService } from '../../aws/query-service.ts';
import { queryService } from '../../aws/service.ts';
import type { Statement } from '../../aws/statement.ts';
import type { Clock } from '../../clock.ts';
import type { SubscriptionModel, TopicModel } from '../../template/model.ts';
import { Confirmations } from './confirmations.ts';
import type { DeliveryOptions } from './delivery.ts';
import { FifoTopic, identified } from './fifo-topic.ts';
import type { HttpSubscribers } from './http/http-subscribers.ts';
import type { Message } from './message.ts';
import { messageFilter, type PatternCompiler } from './message-filter.ts';
import { isHttp, type Subscription, type Topic, topicOf, withPolicy } from './topic.ts';
import { hasDefault } from './topic-policy.ts';

export interface SnsOptions extends Omit<DeliveryOptions, 'http'> {
  place: Place;
  topics: readonly TopicModel[];
  /** Judges by the topic's resource policy whether somebody that isn't the account itself may publish. */
  allows(
    request: {
      statements: Statement[];
      principal: { service: string };
      action: string;
      resource: string;
    } & JudgedSource,
  ): boolean;
  /** Throws AwsError unless the role's own policies let it publish. */
  authorizeRole(role: RoleSender, need: Need): void;
  compilePattern: PatternCompiler;
  clock: Clock;
  /** Names of hosts that may be called beside this machine. */
  callableHosts: readonly string[];
}

interface Published {
  messageId: string;
  sequenceNumber?: string;
}

export interface Sns extends Receiver {
  service: LazyQueryService;
  /** PEM: what HTTP endpoints get is signed with its key. */
  certificate(): Promise<string>;
  /** Calls no more HTTP endpoints. */
  stop(): void;
  /** For stacks that come, change and go while the loop runs. */
  topics: {
    has(topicArn: string): boolean;
    put(model: TopicModel): void;
    /** Gives a topic other settings. A policy that another stack gave it stays. */
    change(model: TopicModel, before: TopicModel): void;
    /** Throws AwsError when there is no such topic. */
    setPolicy(topicArn: string, policy: Statement[] | undefined): void;
    remove(topicArn: string): void;
  };
  /** Those that other stacks make to a topic, which goes with its topic. */
  subscriptions: {
    /** Throws AwsError when there is no such topic. */
    put(topicArn: string, subscription: SubscriptionModel): void;
    remove(subscription: SubscriptionModel): void;
  };
}

/** Amazon SNS: what is published is brought to queues and functions, and shown where it would be mailed. */
export function startSns(options: SnsOptions): Sns {
  const { place, report, allows, authorizeRole, clock } = options;
  const topics = new Map<string, Topic>();
  const attached = new Map<string, { topicArn: string; subscription: SubscriptionModel }>();
  const confirmations = new Confirmations();
  let subscribers: HttpSubscribers | undefined;
  let isStopped = false;
  async function http(): Promise<HttpSubscribers> {
    const { httpSubscribers } = await import('./http/http-subscribers.ts');
    subscribers ??= httpSubscribers(options);
    if (isStopped) subscribers.stop();
    return subscribers;
  }
  const put = (model: TopicModel) => {
    const fromElsewhere = [...attached.values()].filter(({ topicArn }) => topicArn === model.arn);
    const subscriptions = [...model.subscriptions, ...fromElsewhere.map(({ subscription }) => subscription)];
    const topic = topicOf(model, subscriptions, topics.get(model.arn), options);
    topics.set(model.arn, topic);
    for (const each of topic.subscriptions)
      if (isHttp(each) && !confirmations.of(each.arn)) {
        confirmations.expect(each.arn);
        void ask(topic, each, false);
      }
  };

  /** Never rejects: an endpoint that was not reached is one that did not agree. */
  async function ask({ model }: Topic, subscription: Subscription, isFarewell: boolean): Promise<void> {
    const { wants: _, ...kept } = subscription;
    const { protocol, endpoint } = kept;
    const token = confirmations.tokenFor({ topicArn: model.arn, subscription: kept, askedAtMs: clock.now() });
    try {
      await (await http()).ask(model, kept, { token, isFarewell });
    } catch (error) {
      if (isStopped) return;
      const reason = error instanceof Error ? error.message : String(error);
      report({
        kind: 'notification.failed',
        topicName: model.name,
        messageId: '',
        protocol,
        endpoint,
        reason,
      });
    }
  }

  for (const model of options.topics) put(model);

  function find(topicArn: string): Topic {
    const topic = topics.get(topicArn);
    if (!topic) throw new AwsError('NotFound', 'Topic does not exist', { status: 404 });
    return topic;
  }

  const fifoTopics = new Map<string, FifoTopic>();

  async function publish(topic: Topic, message: Message): Promise<Published> {
    const { fifo, arn } = topic.model;
    if (!fifo) return publishOnce(topic, message, { messageId: randomUUID() });
    const state = fifoTopics.get(arn) ?? new FifoTopic(clock);
    fifoTopics.set(arn, state);
    const { sent, isRepeated } = state.accept(message, fifo);
    if (isRepeated) {
      report({ kind: 'topic.deduplicated', topicName: topic.model.name, messageId: sent.messageId });
      return sent;
    }
    const numbered = { ...message, sequenceNumber: sent.sequenceNumber };
    return state.inTurn(() => publishOnce(topic, numbered, sent));
  }

  async function publishOnce(topic: Topic, message: Message, published: Published): Promise<Published> {
    const { messageId } = published;
    const subscriptions = topic.subscriptions.filter(({ arn }) => !confirmations.of(arn)?.isPending);
    report({
      kind: 'topic.published',
      topicName: topic.model.name,
      messageId,
      subscriptionCount: subscriptions.length,
      ...(message.subject !== undefined && { subject: message.subject }),
    });
    const { deliverTo } = await import('./delivery.ts');
    const deliveries = subscriptions.map((it) => {
      const delivery = deliverTo(it, { topic, message, messageId }, { ...options, http });
      // Whoever publishes does not wait for an endpoint that may be tried for an hour.
      return isHttp(it) ? undefined : delivery;
    });
    await Promise.all(deliveries);
    return published;
  }

  function remove(topicArn: string): void {
    topics.delete(topicArn);
    fifoTopics.delete(topicArn);
    for (const [arn, it] of attached) if (it.topicArn === topicArn) attached.delete(arn);
  }

  /** One that the topic's own template has changes in its place. */
  function subscribe(topicArn: string, subscription: SubscriptionModel): void {
    const { model } = find(topicArn);
    const { arn = '' } = subscription;
    messageFilter(subscription.filter, options);
    // An endpoint that is asked again gets another token.
    if (confirmations.of(arn)?.isPending) confirmations.forget(arn);
    const isOwn = ownSubscriptions(topicArn).some((own) => own.arn === arn);
    if (!isOwn) attached.set(arn, { topicArn, subscription });
    const own = ownSubscriptions(topicArn).map((each) => (each.arn === arn ? subscription : each));
    put({ ...model, subscriptions: own });
  }

  function unsubscribe(arn: string): void {
    const topicArn = attached.get(arn)?.topicArn ?? arn.split(':').slice(0, 6).join(':');
    attached.delete(arn);
    const topic = topics.get(topicArn);
    const subscription = topic?.subscriptions.find((each) => each.arn === arn);
    if (topic && subscription && isHttp(subscription)) {
      if (confirmations.of(arn)?.isPending === false) void ask(topic, subscription, true);
      confirmations.forget(arn);
    }
    if (topic)
      put({ ...topic.model, subscriptions: ownSubscriptions(topicArn).filter((own) => own.arn !== arn) });
  }

  /** Those of the topic's own template, each by its ARN. */
  function ownSubscriptions(topicArn: string): SubscriptionModel[] {
    const { subscriptions } = find(topicArn);
    return subscriptions.filter(({ arn }) => !attached.has(arn)).map(({ wants: _, ...own }) => own);
  }

  /** Without a policy of its own, a topic's lets whatever acts for its own account publish. */
  function refuseUnlessAllowed({ model: { arn, resourcePolicy } }: Topic, sender: ServiceSender): void {
    if (resourcePolicy === undefined || hasDefault(resourcePolicy)) return;
    const { service } = sender;
    const request = {
      principal: { service },
      action: 'sns:Publish',
      resource: arn,
      ...judgedSource(sender),
    };
    if (allows({ statements: resourcePolicy, ...request })) return;
    throw new AwsError(
      'AuthorizationError',
      `User: ${service} is not authorized to perform: SNS:Publish on resource: ${arn} because no resource-based policy allows the SNS:Publish action`,
      { status: 403 },
    );
  }

  return {
    service: {
      title: 'SNS',
      signingName: 'sns',
      version: '2010-03-31',
      unsignedActions: ['ConfirmSubscription', 'Unsubscribe'],
      async load() {
        const { SNS } = await import('./service.ts');
        const list = () => [...topics.values()];
        const { now } = clock;
        return queryService(SNS, {
          ...{ place, find, list, publish, put, remove, subscribe, unsubscribe, confirmations, now },
        });
      },
    },
    async receive(topicArn, message, sender) {
      if ('role' in sender) authorizeRole(sender, { action: 'sns:Publish', resource: topicArn });
      const topic = find(topicArn);
      if (!('role' in sender)) refuseUnlessAllowed(topic, sender);
      await publish(topic, topic.model.fifo ? identified(message, topic.model.fifo) : message);
    },
    topics: {
      has: (topicArn) => topics.has(topicArn),
      put,
      change(model, before) {
        const isPolicySame = isDeepStrictEqual(model.resourcePolicy, before.resourcePolicy);
        put(isPolicySame ? withPolicy(model, find(model.arn).model.resourcePolicy) : model);
      },
      setPolicy: (topicArn, policy) => put(withPolicy(find(topicArn).model, policy)),
      remove,
    },
    async certificate() {
      return (await http()).certificate();
    },
    stop() {
      isStopped = true;
      subscribers?.stop();
    },
    subscriptions: { put: subscribe, remove: ({ arn = '' }) => unsubscribe(arn) },
  };
}
