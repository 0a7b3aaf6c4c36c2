import { formatArn } from '../../../aws/arn.ts';
import type { Identity } from '../../../template/kind-description.ts';
import type { ResourceKind } from '../../../template/resource-kind.ts';
import { readQueue } from './queue.ts';
import { attachQueuePolicies } from './queue-policy.ts';

export const SQS_KINDS: readonly ResourceKind[] = [
  {
    type: 'AWS::SQS::Queue',
    nameProperty: 'QueueName',
    longestName: 80,
    nameEnding: (text) => (text('FifoQueue') === 'true' ? '.fifo' : ''),
    ref: queueUrl,
    attributes: {
      Arn: (it) => formatArn(it.place, 'sqs', it.name),
      QueueName: (it) => it.name,
      QueueUrl: queueUrl,
    },
    givesProperties: true,
    replacedBy: ['FifoQueue'],
    isMain: true,
    receivesAs: 'queue',
    read: ({ world, models }) => models.queues.push(...world.each('AWS::SQS::Queue', readQueue)),
  },
  {
    type: 'AWS::SQS::QueuePolicy',
    attributes: { Id: (it) => it.name },
    after: ['AWS::SQS::Queue'],
    read: ({ world, models }) => attachQueuePolicies(models.queues, world),
  },
];

function queueUrl(it: Identity): string {
  return `${it.endpoint}/${it.place.accountId}/${it.name}`;
}
