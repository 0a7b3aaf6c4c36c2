import { formatArn } from '../../../aws/arn.ts';
import { digest } from '../../../aws/digest.ts';
import type { Identity } from '../../../template/kind-description.ts';
import type { ResourceKind } from '../../../template/resource-kind.ts';
import { attachConsumers } from './consumers.ts';
import { readDataStream } from './data-stream.ts';

export const KINESIS_KINDS: readonly ResourceKind[] = [
  {
    type: 'AWS::Kinesis::Stream',
    nameProperty: 'Name',
    longestName: 128,
    attributes: { Arn: (it) => formatArn(it.place, 'kinesis', `stream/${it.name}`) },
    replacedBy: [],
    isMain: true,
    receivesAs: 'stream',
    leftOut: [
      ['DesiredShardLevelMetrics', 'not emulated', 'metrics of shards are not counted'],
      ['StreamEncryption', 'accepted', 'nothing is encrypted here'],
      ['MaxRecordSizeInKiB', 'not emulated', 'records have up to 1 MB here'],
      ['WarmThroughputObject', 'accepted', 'throughput is not limited here'],
      ['WarmThroughputMiBps', 'accepted', 'throughput is not limited here'],
    ],
    read: ({ world, models }) =>
      models.dataStreams.push(...world.each('AWS::Kinesis::Stream', readDataStream)),
  },
  {
    type: 'AWS::Kinesis::StreamConsumer',
    ref: consumerArn,
    attributes: {
      ConsumerARN: consumerArn,
      ConsumerName: (it) => it.text('ConsumerName'),
      ConsumerStatus: () => 'ACTIVE',
      StreamARN: (it) => it.text('StreamARN'),
    },
    hasMoreAttributes: true,
    replacedBy: ['ConsumerName', 'StreamARN'],
    after: ['AWS::Kinesis::Stream'],
    read: ({ world, models }) => attachConsumers(models.dataStreams, world),
  },
];

/** Kinesis ends it with the time of the making; here that follows from its names, so that the template can tell it. */
function consumerArn(it: Identity): string {
  const stream = it.text('StreamARN') ?? '';
  const name = it.text('ConsumerName') ?? '';
  const epochSeconds = 1_500_000_000 + (Number.parseInt(digest(`${stream} ${name}`), 16) % 200_000_000);
  return `${stream}/consumer/${name}:${epochSeconds}`;
}
