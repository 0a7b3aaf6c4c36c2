import { boolean, integer, map, structure, text, timestamp } from '../../../aws/members.ts';

/** An event of a history with the details of each type (API reference, "HistoryEvent"). */

const truncated = structure({ truncated: boolean() });

const FAILURE = { error: text(), cause: text() } as const;

const INPUT = { input: text(), inputDetails: truncated } as const;

const OUTPUT = { output: text(), outputDetails: truncated } as const;

const NAMES = { resourceType: text(), resource: text() } as const;

const TIMES = { timeoutInSeconds: integer(), heartbeatInSeconds: integer() } as const;

const CREDENTIALS = structure({ roleArn: text() });

const ITERATION = structure({ name: text(), index: integer() });

const failure = structure(FAILURE);

const taskFailure = structure({ ...NAMES, ...FAILURE });

export const HISTORY_EVENT = structure({
  timestamp: timestamp(),
  type: text(),
  id: integer(),
  previousEventId: integer(),
  activityFailedEventDetails: failure,
  activityScheduleFailedEventDetails: failure,
  activityScheduledEventDetails: structure({ resource: text(), ...INPUT, ...TIMES }),
  activityStartedEventDetails: structure({ workerName: text() }),
  activitySucceededEventDetails: structure(OUTPUT),
  activityTimedOutEventDetails: failure,
  taskFailedEventDetails: taskFailure,
  taskScheduledEventDetails: structure({
    ...NAMES,
    region: text(),
    parameters: text(),
    ...TIMES,
    taskCredentials: CREDENTIALS,
  }),
  taskStartFailedEventDetails: taskFailure,
  taskStartedEventDetails: structure(NAMES),
  taskSubmitFailedEventDetails: taskFailure,
  taskSubmittedEventDetails: structure({ ...NAMES, ...OUTPUT }),
  taskSucceededEventDetails: structure({ ...NAMES, ...OUTPUT }),
  taskTimedOutEventDetails: taskFailure,
  executionFailedEventDetails: failure,
  executionStartedEventDetails: structure({
    ...INPUT,
    roleArn: text(),
    stateMachineAliasArn: text(),
    stateMachineVersionArn: text(),
  }),
  executionSucceededEventDetails: structure(OUTPUT),
  executionAbortedEventDetails: failure,
  executionTimedOutEventDetails: failure,
  executionRedrivenEventDetails: structure({ redriveCount: integer() }),
  mapStateStartedEventDetails: structure({ length: integer() }),
  mapIterationStartedEventDetails: ITERATION,
  mapIterationSucceededEventDetails: ITERATION,
  mapIterationFailedEventDetails: ITERATION,
  mapIterationAbortedEventDetails: ITERATION,
  lambdaFunctionFailedEventDetails: failure,
  lambdaFunctionScheduleFailedEventDetails: failure,
  lambdaFunctionScheduledEventDetails: structure({
    resource: text(),
    ...INPUT,
    timeoutInSeconds: integer(),
    taskCredentials: CREDENTIALS,
  }),
  lambdaFunctionStartFailedEventDetails: failure,
  lambdaFunctionSucceededEventDetails: structure(OUTPUT),
  lambdaFunctionTimedOutEventDetails: failure,
  stateEnteredEventDetails: structure({ name: text(), ...INPUT }),
  stateExitedEventDetails: structure({
    name: text(),
    ...OUTPUT,
    assignedVariables: map(text()),
    assignedVariablesDetails: truncated,
  }),
  mapRunStartedEventDetails: structure({ mapRunArn: text() }),
  mapRunFailedEventDetails: failure,
  mapRunRedrivenEventDetails: structure({ mapRunArn: text(), redriveCount: integer() }),
  evaluationFailedEventDetails: structure({ state: text(), ...FAILURE, location: text() }),
});
