import { formatArn } from '../../../aws/arn.ts';
import type { ResourceKind } from '../../../template/resource-kind.ts';
import { readDataStream } from './data-stream.ts';

export const kinesisKinds: readonly ResourceKind[] = [
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
];
