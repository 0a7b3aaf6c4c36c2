import type { JsonObject } from '../../aws/json-object.ts';
import type { Read } from '../../aws/members.ts';
import type { EventSourceModel } from '../../template/model.ts';
import { ownModels } from '../../template/stack-models.ts';
import type { ENRICHMENT_PARAMETERS, SOURCE_PARAMETERS, TARGET_PARAMETERS } from './shapes.ts';

export type SourceParameters = Read<typeof SOURCE_PARAMETERS>;
export type EnrichmentParameters = Read<typeof ENRICHMENT_PARAMETERS>;
export type TargetParameters = Read<typeof TARGET_PARAMETERS>;

/** A pipe: what it reads, what it makes of it, and where that goes. */
export interface PipeModel {
  /** Empty for one that a call has made. */
  logicalId: string;
  name: string;
  arn: string;
  description?: string;
  roleArn: string;
  isRunning: boolean;
  sourceArn: string;
  source: SourceParameters;
  enrichmentArn?: string;
  enrichment: EnrichmentParameters;
  targetArn: string;
  target: TargetParameters;
  tags: Readonly<Record<string, string>>;
  /** Settings that are shown and without effect. */
  more: JsonObject;
}

/** Of a source that doesn't say (Pipes API reference, "PipeSourceSqsQueueParameters" and "PipeSourceKinesisStreamParameters"). */
const BATCH_SIZES = { queue: 10, stream: 100 };

/** The pipe's source as pollers read it. A pipe takes part of a batch back where what it calls says so (Pipes guide, "Batching and concurrency"). */
export function sourceOf(pipe: PipeModel): EventSourceModel {
  const { source, sourceArn } = pipe;
  const { KinesisStreamParameters: kinesis, DynamoDBStreamParameters: table } = source;
  const stream = kinesis ?? table;
  const { SqsQueueParameters: queue = {} } = source;
  const { BatchSize: batchSize, MaximumBatchingWindowInSeconds: windowSeconds = 0 } = stream ?? queue;
  return {
    logicalId: pipe.logicalId,
    name: pipe.arn,
    line: 0,
    sourceArn,
    functionArn: pipe.arn,
    enabled: pipe.isRunning,
    batchSize: batchSize ?? (stream ? BATCH_SIZES.stream : BATCH_SIZES.queue),
    windowSeconds,
    filters: (source.FilterCriteria?.Filters ?? []).flatMap(({ Pattern }) => Pattern ?? []),
    reportsItemFailures: true,
    ...(stream && {
      stream: {
        startingPosition: stream.StartingPosition,
        ...(kinesis?.StartingPositionTimestamp !== undefined && {
          startingAtMs: kinesis.StartingPositionTimestamp,
        }),
        parallelizationFactor: stream.ParallelizationFactor ?? 1,
        maximumRetryAttempts: stream.MaximumRetryAttempts ?? -1,
        maximumRecordAgeSeconds: stream.MaximumRecordAgeInSeconds ?? -1,
        bisects: stream.OnPartialBatchItemFailure === 'AUTOMATIC_BISECT',
        tumblingWindowSeconds: 0,
        ...(stream.DeadLetterConfig?.Arn !== undefined && { onFailureArn: stream.DeadLetterConfig.Arn }),
      },
    }),
  };
}

export const pipesOf = ownModels<PipeModel>('AWS::Pipes::Pipe');
