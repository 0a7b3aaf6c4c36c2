import { resource } from './known-resources.ts';
import * as check from './value-checks.ts';

export const STATE_TYPES = ['Task', 'Wait', 'Pass', 'Succeed', 'Fail', 'Choice', 'Parallel', 'Map'] as const;

export type StateType = (typeof STATE_TYPES)[number];

export type QueryLanguage = 'JSONPath' | 'JSONata';

/** A field of a state. */
interface Field {
  check: check.ValueCheck;
  /** Absent: every type has it. */
  of?: readonly StateType[];
  /** Absent: both query languages have it. */
  only?: QueryLanguage;
}

const RETRIED = ['Task', 'Parallel', 'Map'] as const;
const ASSIGNING = ['Task', 'Wait', 'Pass', 'Choice', 'Parallel', 'Map'] as const;
const PASSING_ON = ['Task', 'Wait', 'Pass', 'Succeed', 'Choice', 'Parallel', 'Map'] as const;
const SECONDS = check.integer(1, 99_999_999);

/** The fields of states (states language, "State Type Table", and the pages of the Step Functions guide for each type). */
export const FIELDS: Readonly<Record<string, Field>> = {
  Type: { check: check.text },
  Comment: { check: check.text },
  QueryLanguage: { check: check.oneOf(['JSONPath', 'JSONata'], 'QueryLanguage') },
  Next: { check: check.text, of: ['Task', 'Wait', 'Pass', 'Parallel', 'Map'] },
  End: { check: check.flag, of: ['Task', 'Wait', 'Pass', 'Parallel', 'Map'] },
  InputPath: { check: check.pathOrNull, of: PASSING_ON, only: 'JSONPath' },
  OutputPath: { check: check.pathOrNull, of: PASSING_ON, only: 'JSONPath' },
  ResultPath: { check: check.referencePathOrNull, of: ['Task', 'Pass', 'Parallel', 'Map'], only: 'JSONPath' },
  Parameters: { check: check.template, of: ['Task', 'Pass', 'Parallel', 'Map'], only: 'JSONPath' },
  ResultSelector: { check: check.template, of: RETRIED, only: 'JSONPath' },
  Arguments: { check: check.anything, of: ['Task', 'Parallel'], only: 'JSONata' },
  Output: { check: check.anything, of: PASSING_ON, only: 'JSONata' },
  Assign: { check: check.object, of: ASSIGNING },
  Retry: { check: check.anyList, of: RETRIED },
  Catch: { check: check.anyList, of: RETRIED },
  Result: { check: check.anything, of: ['Pass'], only: 'JSONPath' },
  Seconds: { check: check.orExpression(check.integer(0, 99_999_999)), of: ['Wait'] },
  SecondsPath: { check: check.path, of: ['Wait'], only: 'JSONPath' },
  Timestamp: { check: check.orExpression(check.timestamp), of: ['Wait'] },
  TimestampPath: { check: check.path, of: ['Wait'], only: 'JSONPath' },
  Error: { check: check.text, of: ['Fail'] },
  ErrorPath: { check: check.pathOrCall, of: ['Fail'], only: 'JSONPath' },
  Cause: { check: check.text, of: ['Fail'] },
  CausePath: { check: check.pathOrCall, of: ['Fail'], only: 'JSONPath' },
  Choices: { check: check.list, of: ['Choice'] },
  Default: { check: check.text, of: ['Choice'] },
  Resource: { check: resource, of: ['Task'] },
  Credentials: { check: check.object, of: ['Task'] },
  TimeoutSeconds: { check: check.orExpression(SECONDS), of: ['Task'] },
  TimeoutSecondsPath: { check: check.path, of: ['Task'], only: 'JSONPath' },
  HeartbeatSeconds: { check: check.orExpression(SECONDS), of: ['Task'] },
  HeartbeatSecondsPath: { check: check.path, of: ['Task'], only: 'JSONPath' },
  Branches: { check: check.list, of: ['Parallel'] },
  ItemProcessor: { check: check.object, of: ['Map'] },
  Iterator: { check: check.object, of: ['Map'] },
  ItemReader: { check: check.object, of: ['Map'] },
  ItemsPath: { check: check.path, of: ['Map'], only: 'JSONPath' },
  Items: { check: check.orExpression(check.list), of: ['Map'], only: 'JSONata' },
  ItemSelector: { check: check.anything, of: ['Map'] },
  ItemBatcher: { check: check.object, of: ['Map'] },
  ResultWriter: { check: check.object, of: ['Map'] },
  Label: { check: check.text, of: ['Map'] },
  MaxConcurrency: { check: check.orExpression(check.integer(0, Number.MAX_SAFE_INTEGER)), of: ['Map'] },
  MaxConcurrencyPath: { check: check.referencePathOrVariable, of: ['Map'], only: 'JSONPath' },
  ToleratedFailureCount: {
    check: check.orExpression(check.integer(0, Number.MAX_SAFE_INTEGER)),
    of: ['Map'],
  },
  ToleratedFailureCountPath: { check: check.referencePathOrVariable, of: ['Map'], only: 'JSONPath' },
  ToleratedFailurePercentage: { check: check.orExpression(check.number(0, 100)), of: ['Map'] },
  ToleratedFailurePercentagePath: { check: check.referencePathOrVariable, of: ['Map'], only: 'JSONPath' },
};

/** Fields that a type can't do without. */
export const REQUIRED: Readonly<Partial<Record<StateType, readonly string[]>>> = {
  Task: ['Resource'],
  Choice: ['Choices'],
  Parallel: ['Branches'],
};

/** Fields of which a state has one at most. */
export const ALTERNATIVES: readonly (readonly string[])[] = [
  ['Next', 'End'],
  ['Seconds', 'SecondsPath', 'Timestamp', 'TimestampPath'],
  ['Error', 'ErrorPath'],
  ['Cause', 'CausePath'],
  ['TimeoutSeconds', 'TimeoutSecondsPath'],
  ['HeartbeatSeconds', 'HeartbeatSecondsPath'],
  ['ItemProcessor', 'Iterator'],
  ['MaxConcurrency', 'MaxConcurrencyPath'],
  ['ToleratedFailureCount', 'ToleratedFailureCountPath'],
  ['ToleratedFailurePercentage', 'ToleratedFailurePercentagePath'],
];

/** Fields of which each state of a type has one. */
export const ONE_OF: Readonly<Partial<Record<StateType, readonly (readonly string[])[]>>> = {
  Task: [['Next', 'End']],
  Pass: [['Next', 'End']],
  Parallel: [['Next', 'End']],
  Map: [
    ['Next', 'End'],
    ['ItemProcessor', 'Iterator'],
  ],
  Wait: [
    ['Next', 'End'],
    ['Seconds', 'SecondsPath', 'Timestamp', 'TimestampPath'],
  ],
};
