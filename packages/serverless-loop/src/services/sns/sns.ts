import { isDeepStrictEqual } from 'node:util';
import type { Place } from '../../aws/arn.ts';
import {
  judgedSource,
  type PolicyJudge,
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
import { endpointConsent } from './endpoint-consent.ts';
import { identified } from './fifo-topic.ts';
import { KeptTopics } from './kept-topics.ts';
import type { PatternCompiler } from './message-filter.ts';
import { Publisher } from './publisher.ts';
import { type Topic, withPolicy } from './topic.ts';
import { hasDefault } from './topic-policy.ts';

export interface SnsOptions extends Omit<DeliveryOptions, 'http'> {
  place: Place;
  topics: readonly TopicModel[];
  /** Judges by the topic's resource policy whether somebody that isn't the account itself may publish. */
  allows: PolicyJudge;
  /** Throws AwsError unless the role's own policies let it publish. */
  authorizeRole(role: RoleSender, need: Need): void;
  compilePattern: PatternCompiler;
  clock: Clock;
  /** Names of hosts that may be called beside this machine. */
  callableHosts: readonly string[];
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
  const { place, allows, authorizeRole, clock } = options;
  const confirmations = new Confirmations();
  const consent = endpointConsent({ ...options, confirmations });
  const topics = new KeptTopics({ ...options, confirmations, ask: consent.ask });
  const publisher = new Publisher({ ...options, confirmations, http: consent.http });

  for (const model of options.topics) topics.put(model);

  function remove(topicArn: string): void {
    topics.remove(topicArn);
    publisher.forget(topicArn);
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
        return queryService(SNS, {
          place,
          confirmations,
          now: clock.now,
          find: (topicArn) => topics.find(topicArn),
          list: () => topics.list(),
          publish: (topic, message) => publisher.publish(topic, message),
          put: (model) => topics.put(model),
          remove,
          subscribe: (topicArn, subscription) => topics.subscribe(topicArn, subscription),
          unsubscribe: (subscriptionArn) => topics.unsubscribe(subscriptionArn),
        });
      },
    },
    async receive(topicArn, message, sender) {
      if ('role' in sender) authorizeRole(sender, { action: 'sns:Publish', resource: topicArn });
      const topic = topics.find(topicArn);
      if (!('role' in sender)) refuseUnlessAllowed(topic, sender);
      await publisher.publish(topic, topic.model.fifo ? identified(message, topic.model.fifo) : message);
    },
    topics: {
      has: (topicArn) => topics.has(topicArn),
      put: (model) => topics.put(model),
      change(model, before) {
        const isPolicySame = isDeepStrictEqual(model.resourcePolicy, before.resourcePolicy);
        topics.put(isPolicySame ? withPolicy(model, topics.find(model.arn).model.resourcePolicy) : model);
      },
      setPolicy: (topicArn, policy) => topics.put(withPolicy(topics.find(topicArn).model, policy)),
      remove,
    },
    subscriptions: {
      put: (topicArn, subscription) => topics.subscribe(topicArn, subscription),
      remove: ({ arn = '' }) => topics.unsubscribe(arn),
    },
    async certificate() {
      return (await consent.http()).certificate();
    },
    stop: consent.stop,
  };
}
