import type { FifoTopicModel, SubscriptionModel, TopicModel } from '../../../template/model.ts';
import type { Properties } from '../../../template/properties.ts';
import type { Resource } from '../../../template/resource.ts';
import { readPolicyDocument } from '../../../template/statements.ts';
import type { World } from '../../../template/world.ts';
import { PROTOCOLS } from '../protocols.ts';

const TOPIC_PROPERTIES = [
  'ArchivePolicy',
  'ContentBasedDeduplication',
  'DataProtectionPolicy',
  'DeliveryStatusLogging',
  'DisplayName',
  'FifoThroughputScope',
  'FifoTopic',
  'KmsMasterKeyId',
  'SignatureVersion',
  'Subscription',
  'Tags',
  'TopicName',
  'TracingConfig',
];
const SUBSCRIPTION_PROPERTIES = [
  'DeliveryPolicy',
  'Endpoint',
  'FilterPolicy',
  'FilterPolicyScope',
  'Protocol',
  'RawMessageDelivery',
  'RedrivePolicy',
  'Region',
  'ReplayPolicy',
  'SubscriptionRoleArn',
  'TopicArn',
];

/** AWS::SNS::Topic. */
export function readTopic(resource: Resource, world: World): TopicModel {
  const properties = world.read(resource, TOPIC_PROPERTIES);
  const isFifo = properties.boolean('FifoTopic') === true;
  const pattern = isFifo ? /^[\w-]{1,251}\.fifo$/ : /^[\w-]{1,256}$/;
  const name = world.name(resource, properties, 'TopicName', pattern);
  const fifo = readFifo(properties, isFifo);
  world.reports.emulated(resource);
  if (properties.has('ArchivePolicy'))
    world.reports.part(
      resource,
      'ArchivePolicy',
      properties.lineOf('ArchivePolicy'),
      'not emulated',
      'messages are not archived, and none can be replayed',
    );
  return {
    logicalId: resource.logicalId,
    name,
    arn: world.scope.physicalId(resource),
    displayName: properties.text('DisplayName') ?? '',
    ...(fifo && { fifo }),
    subscriptions: properties
      .sections('Subscription')
      .flatMap((section) => readSubscription(section, isFifo, resource, world) ?? []),
  };
}

/** Undefined of a standard topic, which has no deduplication. */
function readFifo(properties: Properties, isFifo: boolean): FifoTopicModel | undefined {
  const isContentBased = properties.boolean('ContentBasedDeduplication');
  const throughputScope = properties.oneOf('FifoThroughputScope', ['Topic', 'MessageGroup']);
  if (!isFifo) {
    for (const name of ['ContentBasedDeduplication', 'FifoThroughputScope'])
      if (properties.has(name)) properties.complain(name, 'expected nothing, since FifoTopic is not true');
    return undefined;
  }
  return { isContentBased: isContentBased ?? false, ...(throughputScope && { throughputScope }) };
}

/** Gives an AWS::SNS::Subscription to its topic. */
export function attachSubscription(resource: Resource, topics: TopicModel[], world: World): void {
  const properties = world.read(resource, SUBSCRIPTION_PROPERTIES);
  const topicArn = properties.requiredText('TopicArn');
  const topic = topics.find(({ arn }) => arn === topicArn);
  if (!topic && (!world.deployment || isOfTemplate(topicArn, world))) {
    world.reports.notEmulated(resource, `the topic ${topicArn} is not emulated or not in this template`);
    return;
  }
  world.reports.emulated(resource);
  const read = readSubscription(properties, topicArn.endsWith('.fifo'), resource, world);
  if (!read) return;
  const arn = world.arn(resource);
  const subscription = { ...read, arn };
  const { logicalId } = resource;
  if (topic) topic.subscriptions.push(subscription);
  else world.attachments.push({ kind: 'subscription', logicalId, name: arn, topicArn, subscription });
}

function isOfTemplate(topicArn: string, world: World): boolean {
  return world.declared('AWS::SNS::Topic').some((other) => world.scope.physicalId(other) === topicArn);
}

/** Undefined for one that nothing here can deliver to. */
function readSubscription(
  section: Properties,
  isFifo: boolean,
  resource: Resource,
  world: World,
): SubscriptionModel | undefined {
  const protocol = section.requiredText('Protocol');
  const endpoint = section.requiredText('Endpoint');
  const refused = (part: string, reason: string) =>
    world.reports.part(
      resource,
      part,
      section.lineOf(part),
      'not emulated',
      `${reason}: nothing is sent to ${endpoint}`,
    );
  if (!PROTOCOLS.includes(protocol)) {
    refused('Protocol', `subscriptions by ${protocol} are not emulated`);
    return undefined;
  }
  // SNS guide, "Message delivery for FIFO topics".
  if (!isFifo && protocol === 'sqs' && endpoint.endsWith('.fifo'))
    section.complain(
      'Endpoint',
      `expected a standard queue, as the topic is, found the FIFO queue ${endpoint}`,
    );
  if (isFifo && protocol !== 'sqs')
    section.complain('Protocol', `expected sqs, the only one of a FIFO topic, found ${protocol}`);
  const filter = readFilter(section);
  const deliveryPolicy = section.section('DeliveryPolicy')?.plain();
  const deadLetterArn = section.section('RedrivePolicy')?.requiredText('deadLetterTargetArn');
  return {
    protocol,
    endpoint,
    isRaw: section.boolean('RawMessageDelivery') ?? false,
    ...(filter && { filter }),
    ...(deadLetterArn !== undefined && { deadLetterArn }),
    ...(deliveryPolicy && { deliveryPolicy: JSON.stringify(deliveryPolicy) }),
  };
}

function readFilter(section: Properties): SubscriptionModel['filter'] {
  const policy = section.section('FilterPolicy')?.plain();
  if (policy === undefined) return undefined;
  const scope = section.oneOf('FilterPolicyScope', ['MessageAttributes', 'MessageBody']);
  return { policy: JSON.stringify(policy), scope: scope ?? 'MessageAttributes' };
}

/** Gives an AWS::SNS::TopicPolicy to its topics. */
export function attachTopicPolicy(resource: Resource, topics: TopicModel[], world: World): void {
  const properties = world.read(resource, ['PolicyDocument', 'Topics']);
  const statements = readPolicyDocument(properties, 'resource');
  world.reports.emulated(resource);
  if (world.reports.isUnavailable(resource)) return;
  const topicArns = properties.texts('Topics');
  for (const topic of topics) if (topicArns.includes(topic.arn)) topic.resourcePolicy = statements;
  const elsewhere = topicArns.filter((arn) => world.deployment?.runs(arn) === 'topic');
  const outside = elsewhere.filter((arn) => !isOfTemplate(arn, world));
  const { logicalId } = resource;
  const name = world.scope.physicalId(resource);
  if (outside.length > 0)
    world.attachments.push({ kind: 'topicPolicy', logicalId, name, topicArns: outside, statements });
}
