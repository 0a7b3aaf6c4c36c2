import { boolean, integer, list, oneOf, structure, text, timestamp } from '../../../aws/members.ts';

const FILTER_CRITERIA = structure({ Filters: list(structure({ Pattern: text({ max: 4096 }) })) });
const RESPONSE_TYPES = list(oneOf(['ReportBatchItemFailures']), { min: 0, max: 1 });
const SCALING = structure({ MaximumConcurrency: integer({ min: 2, max: 1000 }) });

const DESTINATIONS = structure({
  OnFailure: structure({ Destination: text({ min: 0, max: 350 }) }),
  OnSuccess: structure({ Destination: text({ min: 0, max: 350 }) }),
});
const STREAM_SETTINGS = {
  BisectBatchOnFunctionError: boolean(),
  DestinationConfig: DESTINATIONS,
  MaximumRecordAgeInSeconds: integer({ min: -1, max: 604_800 }),
  MaximumRetryAttempts: integer({ min: -1, max: 10_000 }),
  ParallelizationFactor: integer({ min: 1, max: 10 }),
  TumblingWindowInSeconds: integer({ min: 0, max: 900 }),
} as const;

/** The place where a stream is read from, which can't be changed. */
export const STARTING = {
  StartingPosition: oneOf(['TRIM_HORIZON', 'LATEST', 'AT_TIMESTAMP']),
  StartingPositionTimestamp: timestamp(),
} as const;

/** Settings that a mapping is made with, and that can be changed. */
export const MAPPING_SETTINGS = {
  Enabled: boolean(),
  BatchSize: integer({ min: 1, max: 10_000 }),
  FilterCriteria: FILTER_CRITERIA,
  MaximumBatchingWindowInSeconds: integer({ min: 0, max: 300 }),
  FunctionResponseTypes: RESPONSE_TYPES,
  ScalingConfig: SCALING,
  ...STREAM_SETTINGS,
} as const;

/** A mapping as it is answered with. */
export const MAPPING = {
  UUID: text(),
  BatchSize: integer(),
  MaximumBatchingWindowInSeconds: integer(),
  EventSourceArn: text(),
  FilterCriteria: FILTER_CRITERIA,
  FunctionArn: text(),
  LastModified: timestamp(),
  State: text(),
  StateTransitionReason: text(),
  FunctionResponseTypes: RESPONSE_TYPES,
  ScalingConfig: SCALING,
  EventSourceMappingArn: text(),
  LastProcessingResult: text(),
  StartingPosition: text(),
  StartingPositionTimestamp: timestamp(),
  ...STREAM_SETTINGS,
} as const;
