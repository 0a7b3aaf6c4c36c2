import { boolean, integer, list, oneOf, structure, text, timestamp } from '../../../aws/members.ts';

const FILTER_CRITERIA = structure({ Filters: list(structure({ Pattern: text({ max: 4096 }) })) });
const RESPONSE_TYPES = list(oneOf(['ReportBatchItemFailures']), { min: 0, max: 1 });
const SCALING = structure({ MaximumConcurrency: integer({ min: 2, max: 1000 }) });

/** Settings that a mapping is made with, and that can be changed. */
export const MAPPING_SETTINGS = {
  Enabled: boolean(),
  BatchSize: integer({ min: 1, max: 10_000 }),
  FilterCriteria: FILTER_CRITERIA,
  MaximumBatchingWindowInSeconds: integer({ min: 0, max: 300 }),
  FunctionResponseTypes: RESPONSE_TYPES,
  ScalingConfig: SCALING,
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
} as const;
