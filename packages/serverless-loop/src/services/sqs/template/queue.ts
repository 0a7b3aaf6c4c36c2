import type { FifoModel, QueueEncryption, QueueModel } from '../../../template/model.ts';
import type { Properties } from '../../../template/properties.ts';
import type { Resource } from '../../../template/resource.ts';
import type { World } from '../../../template/world.ts';
import { DEFAULT_FIFO } from '../fifo/fifo-settings.ts';
import { allowPolicyProblem } from '../redrive-permission.ts';

const KNOWN_PROPERTIES = [
  'ContentBasedDeduplication',
  'DeduplicationScope',
  'DelaySeconds',
  'FifoQueue',
  'FifoThroughputLimit',
  'KmsDataKeyReusePeriodSeconds',
  'KmsMasterKeyId',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'QueueName',
  'ReceiveMessageWaitTimeSeconds',
  'RedriveAllowPolicy',
  'RedrivePolicy',
  'SqsManagedSseEnabled',
  'Tags',
  'VisibilityTimeout',
];

const DAY_SECONDS = 86_400;
const MAX_MESSAGE_BYTES = 1_048_576;

/** AWS::SQS::Queue. Defaults: SQS API, "CreateQueue". */
export function readQueue(resource: Resource, world: World): QueueModel {
  const properties = world.read(resource, KNOWN_PROPERTIES);
  const isFifo = properties.boolean('FifoQueue') === true;
  const pattern = isFifo ? /^[\w-]{1,75}\.fifo$/ : /^[\w-]{1,80}$/;
  const name = world.name(resource, properties, 'QueueName', pattern);
  const fifo = readFifo(properties, isFifo);
  world.reports.emulated(resource);
  const redrive = readRedrive(properties, isFifo);
  const redriveAllowPolicy = readRedriveAllow(properties);
  const encryption = readEncryption(properties);
  return {
    logicalId: resource.logicalId,
    name,
    arn: world.arn(resource),
    url: world.scope.physicalId(resource),
    visibilityTimeoutSeconds: properties.integer('VisibilityTimeout', 0, DAY_SECONDS / 2) ?? 30,
    messageRetentionSeconds:
      properties.integer('MessageRetentionPeriod', 60, 14 * DAY_SECONDS) ?? 4 * DAY_SECONDS,
    delaySeconds: properties.integer('DelaySeconds', 0, 900) ?? 0,
    receiveWaitSeconds: properties.integer('ReceiveMessageWaitTimeSeconds', 0, 20) ?? 0,
    maximumMessageBytes:
      properties.integer('MaximumMessageSize', 1024, MAX_MESSAGE_BYTES) ?? MAX_MESSAGE_BYTES,
    ...(redrive && { redrive }),
    ...(redriveAllowPolicy !== undefined && { redriveAllowPolicy }),
    ...(fifo && { fifo }),
    ...(encryption && { encryption }),
    resourcePolicy: [],
  };
}

/** Undefined of a standard queue, which can't have what else is FIFO's. */
function readFifo(properties: Properties, isFifo: boolean): FifoModel | undefined {
  const isContentBased = properties.boolean('ContentBasedDeduplication');
  const deduplicationScope = properties.oneOf('DeduplicationScope', ['queue', 'messageGroup']);
  const throughputLimit = properties.oneOf('FifoThroughputLimit', ['perQueue', 'perMessageGroupId']);
  if (!isFifo) {
    for (const name of ['ContentBasedDeduplication', 'DeduplicationScope', 'FifoThroughputLimit'])
      if (properties.has(name)) properties.complain(name, 'expected nothing, since FifoQueue is not true');
    return undefined;
  }
  // The same page: only then is it allowed.
  if (throughputLimit === 'perMessageGroupId' && deduplicationScope !== 'messageGroup')
    properties.complain('FifoThroughputLimit', 'expected DeduplicationScope: messageGroup beside it');
  return {
    isContentBased: isContentBased ?? DEFAULT_FIFO.isContentBased,
    deduplicationScope: deduplicationScope ?? DEFAULT_FIFO.deduplicationScope,
    throughputLimit: throughputLimit ?? DEFAULT_FIFO.throughputLimit,
  };
}

function readEncryption(properties: Properties): QueueEncryption | undefined {
  const kmsKeyId = properties.text('KmsMasterKeyId') || undefined;
  const reuseSeconds = properties.integer('KmsDataKeyReusePeriodSeconds', 60, DAY_SECONDS);
  const isSqsManaged = properties.boolean('SqsManagedSseEnabled');
  const hasKey = properties.has('KmsMasterKeyId');
  if (!hasKey && reuseSeconds === undefined && isSqsManaged === undefined) return undefined;
  if (kmsKeyId !== undefined && isSqsManaged)
    properties.complain('SqsManagedSseEnabled', 'expected false beside KmsMasterKeyId, found true');
  return {
    isSqsManaged: isSqsManaged ?? !hasKey,
    ...(kmsKeyId !== undefined && { kmsKeyId }),
    ...(reuseSeconds !== undefined && { reuseSeconds }),
  };
}

function readRedriveAllow(properties: Properties): string | undefined {
  const policy = properties.section('RedriveAllowPolicy');
  if (!policy) return undefined;
  policy.allowOnly(['redrivePermission', 'sourceQueueArns']);
  const text = JSON.stringify({
    redrivePermission: policy.requiredText('redrivePermission'),
    ...(policy.has('sourceQueueArns') && { sourceQueueArns: policy.texts('sourceQueueArns') }),
  });
  const problem = allowPolicyProblem(text);
  if (problem !== undefined) policy.giveUp('redrivePermission', problem);
  return text;
}

function readRedrive(properties: Properties, isFifo: boolean): QueueModel['redrive'] {
  const policy = properties.section('RedrivePolicy');
  if (!policy) return undefined;
  policy.allowOnly(['deadLetterTargetArn', 'maxReceiveCount']);
  const deadLetterArn = policy.requiredText('deadLetterTargetArn');
  // "The dead-letter queue of a FIFO queue must also be a FIFO queue" (SQS guide, "Using dead-letter queues in Amazon SQS").
  if (isFifo !== deadLetterArn.endsWith('.fifo') && deadLetterArn !== '')
    policy.complain(
      'deadLetterTargetArn',
      `expected ${isFifo ? 'a FIFO' : 'a standard'} queue, as the source is, found ${deadLetterArn}`,
    );
  const maxReceiveCount = policy.integer('maxReceiveCount', 1, 1000);
  if (!policy.has('maxReceiveCount'))
    policy.complain('maxReceiveCount', 'expected a whole number, found nothing');
  return { deadLetterArn, maxReceiveCount: maxReceiveCount ?? 1 };
}
