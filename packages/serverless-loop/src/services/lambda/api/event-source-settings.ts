import { randomUUID } from 'node:crypto';
import { parseArn } from '../../../aws/arn.ts';
import { AwsError } from '../../../aws/errors.ts';
import type { Read, Written } from '../../../aws/members.ts';
import type { EventSourceModel, StreamReadingModel } from '../../../template/model.ts';
import { BATCH_SIZES } from '../event-sources/source-settings.ts';
import { streamKindOf } from '../event-sources/stream-kinds.ts';
import type { MAPPING, MAPPING_SETTINGS, STARTING } from './event-source-shapes.ts';

type Settings = Read<typeof MAPPING_SETTINGS>;
type NewMapping = Settings & Read<typeof STARTING> & { EventSourceArn?: string };

/** A mapping as a call asks for it. Throws the AwsError that Lambda gives. */
export function newMapping(input: NewMapping, functionArn: string): EventSourceModel {
  const { EventSourceArn: sourceArn } = input;
  const isStream = sourceArn !== undefined && streamKindOf(sourceArn) !== undefined;
  if (sourceArn === undefined || (!isStream && parseArn(sourceArn)?.service !== 'sqs'))
    throw invalid('Unrecognized event source.');
  const uuid = randomUUID();
  const model: EventSourceModel = {
    logicalId: uuid,
    name: uuid,
    line: 0,
    sourceArn,
    functionArn,
    enabled: true,
    batchSize: BATCH_SIZES[isStream ? 'stream' : 'queue'],
    windowSeconds: 0,
    filters: [],
    reportsItemFailures: false,
    ...(isStream && { stream: newStreamReading(input) }),
  };
  return withSettings(model, input);
}

function newStreamReading({
  StartingPosition: startingPosition,
  StartingPositionTimestamp: startingAtMs,
}: NewMapping): StreamReadingModel {
  // LocalStack's record, test_lambda_api.snapshot.json, test_create_event_source_validation.
  if (startingPosition === undefined)
    throw invalid(
      "1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null.",
    );
  return {
    startingPosition,
    ...(startingAtMs !== undefined && { startingAtMs }),
    parallelizationFactor: 1,
    maximumRetryAttempts: -1,
    maximumRecordAgeSeconds: -1,
    bisects: false,
    tumblingWindowSeconds: 0,
  };
}

/** The mapping with the settings that are given; the others stay. Throws the AwsError that Lambda gives. */
export function withSettings(model: EventSourceModel, settings: Settings): EventSourceModel {
  const { maximumConcurrency: before, ...rest } = model;
  const maximumConcurrency = settings.ScalingConfig ? settings.ScalingConfig.MaximumConcurrency : before;
  // LocalStack's record, test_lambda_api.snapshot.json, test_event_source_mapping_exceptions.
  if (!model.stream && settings.DestinationConfig)
    throw invalid('Unsupported DestinationConfig parameter for given event source mapping type.');
  return {
    ...rest,
    enabled: settings.Enabled ?? model.enabled,
    batchSize: settings.BatchSize ?? model.batchSize,
    windowSeconds: settings.MaximumBatchingWindowInSeconds ?? model.windowSeconds,
    filters:
      settings.FilterCriteria === undefined
        ? model.filters
        : (settings.FilterCriteria.Filters ?? []).flatMap(({ Pattern }) => Pattern ?? []),
    reportsItemFailures:
      settings.FunctionResponseTypes?.includes('ReportBatchItemFailures') ??
      (settings.FunctionResponseTypes === undefined && model.reportsItemFailures),
    ...(maximumConcurrency !== undefined && { maximumConcurrency }),
    ...(model.stream && { stream: withStreamSettings(model.stream, settings) }),
  };
}

function withStreamSettings(stream: StreamReadingModel, settings: Settings): StreamReadingModel {
  const { onFailureArn: before, ...rest } = stream;
  const { DestinationConfig: destinations } = settings;
  // An empty one takes it away.
  const onFailureArn = destinations ? destinations.OnFailure?.Destination || undefined : before;
  return {
    ...rest,
    parallelizationFactor: settings.ParallelizationFactor ?? stream.parallelizationFactor,
    maximumRetryAttempts: settings.MaximumRetryAttempts ?? stream.maximumRetryAttempts,
    maximumRecordAgeSeconds: settings.MaximumRecordAgeInSeconds ?? stream.maximumRecordAgeSeconds,
    bisects: settings.BisectBatchOnFunctionError ?? stream.bisects,
    tumblingWindowSeconds: settings.TumblingWindowInSeconds ?? stream.tumblingWindowSeconds,
    ...(onFailureArn !== undefined && { onFailureArn }),
  };
}

/** Members that the mapping of a stream has (LocalStack's record, test_lambda_integration_dynamodbstreams.snapshot.json). */
export function describeStream(stream: StreamReadingModel): Written<typeof MAPPING> {
  const { startingAtMs, onFailureArn } = stream;
  return {
    StartingPosition: stream.startingPosition,
    ...(startingAtMs !== undefined && { StartingPositionTimestamp: startingAtMs }),
    BisectBatchOnFunctionError: stream.bisects,
    DestinationConfig: {
      OnFailure: { ...(onFailureArn !== undefined && { Destination: onFailureArn }) },
    },
    MaximumRecordAgeInSeconds: stream.maximumRecordAgeSeconds,
    MaximumRetryAttempts: stream.maximumRetryAttempts,
    ParallelizationFactor: stream.parallelizationFactor,
    TumblingWindowInSeconds: stream.tumblingWindowSeconds,
  };
}

export function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterValueException', message);
}
