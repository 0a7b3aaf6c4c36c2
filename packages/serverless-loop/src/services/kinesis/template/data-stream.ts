import type { DataStreamModel } from '../../../template/model.ts';
import type { Resource } from '../../../template/resource.ts';
import { readTags } from '../../../template/resource-tags.ts';
import type { World } from '../../../template/world.ts';

const KNOWN_PROPERTIES = [
  'DesiredShardLevelMetrics',
  'MaxRecordSizeInKiB',
  'Name',
  'RetentionPeriodHours',
  'ShardCount',
  'StreamEncryption',
  'StreamModeDetails',
  'Tags',
  'WarmThroughputMiBps',
  'WarmThroughputObject',
];

/** AWS::Kinesis::Stream; by default one shard, provisioned (LocalStack's record, test_default_parameters_kinesis). */
export function readDataStream(resource: Resource, world: World): DataStreamModel {
  const properties = world.read(resource, KNOWN_PROPERTIES);
  const name = world.name(resource, properties, 'Name', /^[\w.-]{1,128}$/);
  world.reports.emulated(resource);
  world.reportLeftOut(resource, properties);
  const mode = properties.section('StreamModeDetails')?.oneOf('StreamMode', ['PROVISIONED', 'ON_DEMAND']);
  return {
    logicalId: resource.logicalId,
    name,
    arn: world.arn(resource),
    mode: mode ?? 'PROVISIONED',
    shardCount: properties.integer('ShardCount', 1, 100_000) ?? 1,
    retentionHours: properties.integer('RetentionPeriodHours', 24, 8_760) ?? 24,
    tags: readTags(properties),
  };
}
