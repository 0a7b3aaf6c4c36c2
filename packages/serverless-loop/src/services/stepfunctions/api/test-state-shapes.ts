import {
  boolean,
  integer,
  number,
  oneOf,
  type Read,
  required,
  structure,
  text,
} from '../../../aws/members.ts';
import { ARN, CAUSE, DATA, DEFINITION, ERROR } from './shapes.ts';

const HTTP = { protocol: text(), headers: text(), body: text() } as const;

/** Data on its way through a state (API reference, "InspectionData"). */
export const INSPECTION = structure({
  input: text(),
  afterArguments: text(),
  afterInputPath: text(),
  afterParameters: text(),
  result: text(),
  afterResultSelector: text(),
  afterResultPath: text(),
  request: structure({ ...HTTP, method: text(), url: text() }),
  response: structure({ ...HTTP, statusCode: text(), statusMessage: text() }),
  variables: text(),
  errorDetails: structure({
    catchIndex: integer(),
    retryIndex: integer(),
    retryBackoffIntervalSeconds: integer(),
  }),
  afterItemsPath: text(),
  afterItemSelector: text(),
  afterItemBatcher: text(),
  afterItemsPointer: text(),
  toleratedFailureCount: integer(),
  toleratedFailurePercentage: number(),
  maxConcurrency: integer(),
});

export const INPUT = {
  definition: required(DEFINITION),
  roleArn: ARN,
  input: DATA,
  inspectionLevel: oneOf(['INFO', 'DEBUG', 'TRACE']),
  revealSecrets: boolean(),
  variables: DATA,
  stateName: text({ min: 1, max: 80 }),
  mock: structure({
    result: DATA,
    errorOutput: structure({ error: ERROR, cause: CAUSE }),
    fieldValidationMode: oneOf(['STRICT', 'PRESENT', 'NONE']),
  }),
  context: DATA,
  stateConfiguration: structure({
    retrierRetryCount: integer({ min: 0 }),
    errorCausedByState: text({ min: 1, max: 80 }),
    mapIterationFailureCount: integer({ min: 0 }),
    mapItemReaderData: DATA,
  }),
} as const;

export type TestStateInput = Read<typeof INPUT>;
