import type { QueueEncryption, QueueModel } from '../../../template/model.ts';
import type { Properties } from '../../../template/properties.ts';
import type { Resource } from '../../../template/resource.ts';
import type { World } from '../../../template/world.ts';

const known = [
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

const day = 86_400;
const largestMessageBytes = 1_048_576;

/** AWS::SQS::Queue; undefined for a FIFO queue, which is not emulated. Defaults: SQS API, "CreateQueue". */
export function readQueue(resource: Resource, world: World): QueueModel | undefined {
  const properties = world.read(resource, known);
  const isFifo = properties.boolean('FifoQueue') === true;
  const pattern = isFifo ? /^[\w-]{1,75}\.fifo$/ : /^[\w-]{1,80}$/;
  const name = world.name(resource, properties, 'QueueName', pattern);
  if (isFifo) {
    world.reports.notEmulated(resource, 'FIFO queues are not emulated');
    return undefined;
  }
  world.reports.emulated(resource);
  const redrive = readRedrive(properties);
  const redriveAllowPolicy = readRedriveAllow(properties);
  const encryption = readEncryption(properties);
  return {
    logicalId: resource.logicalId,
    name,
    arn: world.arn(resource),
    url: world.scope.physicalId(resource),
    visibilityTimeoutSeconds: properties.integer('VisibilityTimeout', 0, day / 2) ?? 30,
    messageRetentionSeconds: properties.integer('MessageRetentionPeriod', 60, 14 * day) ?? 4 * day,
    delaySeconds: properties.integer('DelaySeconds', 0, 900) ?? 0,
    receiveWaitSeconds: properties.integer('ReceiveMessageWaitTimeSeconds', 0, 20) ?? 0,
    maximumMessageBytes:
      properties.integer('MaximumMessageSize', 1024, largestMessageBytes) ?? largestMessageBytes,
    ...(redrive && { redrive }),
    ...(redriveAllowPolicy !== undefined && { redriveAllowPolicy }),
    ...(encryption && { encryption }),
    resourcePolicy: [],
  };
}

function readEncryption(properties: Properties): QueueEncryption | undefined {
  const kmsKeyId = properties.text('KmsMasterKeyId') || undefined;
  const reuseSeconds = properties.integer('KmsDataKeyReusePeriodSeconds', 60, day);
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
  return JSON.stringify({
    redrivePermission: policy.requiredText('redrivePermission'),
    ...(policy.has('sourceQueueArns') && { sourceQueueArns: policy.texts('sourceQueueArns') }),
  });
}

function readRedrive(properties: Properties): QueueModel['redrive'] {
  const policy = properties.section('RedrivePolicy');
  if (!policy) return undefined;
  policy.allowOnly(['deadLetterTargetArn', 'maxReceiveCount']);
  const deadLetterArn = policy.requiredText('deadLetterTargetArn');
  const maxReceiveCount = policy.integer('maxReceiveCount', 1, 1000);
  if (!policy.has('maxReceiveCount'))
    policy.complain('maxReceiveCount', 'expected a whole number, found nothing');
  return { deadLetterArn, maxReceiveCount: maxReceiveCount ?? 1 };
}
