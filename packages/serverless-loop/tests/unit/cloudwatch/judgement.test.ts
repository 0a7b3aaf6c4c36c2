import { describe, expect, test } from 'vitest';
import type { AlarmState, MissingData } from '../../../src/aws/alarm.ts';
import { judge } from '../../../src/services/cloudwatch/alarms/judgement.ts';

type Outcome = AlarmState | 'unchanged';

/** Data points as in the tables of the CloudWatch guide: 0 within the threshold, X beyond it, - missing; the newest last. */
function judged(row: string, datapointsToAlarm: number, missingData: MissingData): Outcome {
  const breaches = row.split(' ').map((point) => (point === '-' ? undefined : point === 'X'));
  return judge({ breaches, evaluationPeriods: 3, datapointsToAlarm, missingData });
}

function expectRow(row: string, datapointsToAlarm: number, outcomes: Outcome[]): void {
  const treatments = ['missing', 'ignore', 'breaching', 'notBreaching'] as const;
  expect(treatments.map((treatment) => judged(row, datapointsToAlarm, treatment))).toEqual(outcomes);
}

describe('three data points of three', () => {
  test.each<[string, Outcome[]]>([
    ['0 - X - X', ['OK', 'OK', 'OK', 'OK']],
    ['0 - - - -', ['OK', 'OK', 'OK', 'OK']],
    ['- - - - -', ['INSUFFICIENT_DATA', 'unchanged', 'ALARM', 'OK']],
    ['0 X X - X', ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['- - X - -', ['ALARM', 'unchanged', 'ALARM', 'OK']],
    // Not yet as old as the data points that an alarm takes: the next may be better.
    ['- - - - X', ['INSUFFICIENT_DATA', 'unchanged', 'ALARM', 'OK']],
    ['- - - X -', ['INSUFFICIENT_DATA', 'unchanged', 'ALARM', 'OK']],
    ['X - - - -', ['ALARM', 'unchanged', 'ALARM', 'OK']],
    ['0 0 X X X', ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['X X X X 0', ['OK', 'OK', 'OK', 'OK']],
  ])('%s', (row, outcomes) => {
    expectRow(row, 3, outcomes);
  });
});

describe('two data points of three', () => {
  test.each<[string, Outcome[]]>([
    ['0 - X - X', ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['0 0 X 0 X', ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['0 - X - -', ['OK', 'OK', 'ALARM', 'OK']],
    ['- - - - 0', ['OK', 'OK', 'ALARM', 'OK']],
    ['- - - X -', ['ALARM', 'unchanged', 'ALARM', 'OK']],
    ['- - - - X', ['INSUFFICIENT_DATA', 'unchanged', 'ALARM', 'OK']],
    ['X - - X -', ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
  ])('%s', (row, outcomes) => {
    expectRow(row, 2, outcomes);
  });
});
