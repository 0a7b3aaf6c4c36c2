import type { StreamReadingModel } from '../../../template/model.ts';
import type { Properties } from '../../../template/properties.ts';
import type { Resource } from '../../../template/resource.ts';
import type { Targets } from '../../../template/targets.ts';
import type { World } from '../../../template/world.ts';
import { readDestination } from './event-invoke-config.ts';

/** Properties of a mapping that only streams have (CloudFormation reference, "AWS::Lambda::EventSourceMapping"). */
export function readStreamReading(
  resource: Resource,
  properties: Properties,
  targets: Targets,
  world: World,
): StreamReadingModel {
  const startingAt = properties.number('StartingPositionTimestamp');
  const onFailureArn = readOnFailure(resource, properties, targets, world);
  // "You must specify" it for streams (Lambda API reference, "CreateEventSourceMapping", StartingPosition).
  if (!properties.has('StartingPosition'))
    properties.complain('StartingPosition', 'expected TRIM_HORIZON, LATEST or AT_TIMESTAMP, found nothing');
  return {
    startingPosition:
      properties.oneOf('StartingPosition', ['TRIM_HORIZON', 'LATEST', 'AT_TIMESTAMP']) ?? 'TRIM_HORIZON',
    ...(startingAt !== undefined && { startingAtMs: startingAt * 1000 }),
    parallelizationFactor: properties.integer('ParallelizationFactor', 1, 10) ?? 1,
    maximumRetryAttempts: properties.integer('MaximumRetryAttempts', -1, 10_000) ?? -1,
    maximumRecordAgeSeconds: properties.integer('MaximumRecordAgeInSeconds', -1, 604_800) ?? -1,
    bisects: properties.boolean('BisectBatchOnFunctionError') ?? false,
    tumblingWindowSeconds: properties.integer('TumblingWindowInSeconds', 0, 900) ?? 0,
    ...(onFailureArn !== undefined && { onFailureArn }),
  };
}

function readOnFailure(
  resource: Resource,
  properties: Properties,
  targets: Targets,
  world: World,
): string | undefined {
  const destinations = properties.section('DestinationConfig');
  destinations?.allowOnly(['OnFailure', 'OnSuccess']);
  return readDestination('OnFailure', destinations, resource, targets, world);
}
