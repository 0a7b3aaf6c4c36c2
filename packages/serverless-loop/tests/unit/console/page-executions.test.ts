import { expect, test } from 'vitest';
import { calledFunction, executionSteps, type HistoryEvent } from '../../../console/state/execution-steps.ts';
import {
  executionAddress,
  executionArnOf,
  executionFacts,
  executionRows,
  executionWords,
} from '../../../console/state/executions.ts';
import { historyWords } from '../../../console/state/history-words.ts';
import { startedBy } from '../../../console/state/started-by.ts';
import type { FactOnWire } from '../../../src/console/fact-answer.ts';

const MACHINE = 'arn:aws:states:eu-west-1:123456789012:stateMachine:shop-Flow';
const FUNCTION = 'arn:aws:lambda:eu-west-1:123456789012:function:packer';

/** An event each, `[previous, type, details]`, a second apart. */
function history(
  ...events: readonly (readonly [previousId: number, type: string, details?: object])[]
): HistoryEvent[] {
  return events.map(([previousId, type, details], at) => ({
    id: at + 1,
    previousId,
    type,
    time: new Date(Date.UTC(2026, 0, 1) + at * 1_000).toISOString(),
    ...(details && { details: { ...details } }),
  }));
}

const LAMBDA = { resourceType: 'lambda', resource: 'invoke' };

test('a state has its data, its attempts with their errors, and the function that they call', () => {
  const [first, second, ...others] = executionSteps(
    history(
      [0, 'ExecutionStarted', { input: '{"n":1}' }],
      [0, 'TaskStateEntered', { name: 'Pack', input: '{"n":1}' }],
      [2, 'TaskScheduled', { ...LAMBDA, parameters: JSON.stringify({ FunctionName: FUNCTION }) }],
      [3, 'TaskFailed', { ...LAMBDA, error: 'NoBox', cause: 'none left' }],
      [4, 'TaskScheduled', { ...LAMBDA, parameters: JSON.stringify({ FunctionName: FUNCTION }) }],
      [5, 'TaskSucceeded', { ...LAMBDA, output: '{"ok":true}' }],
      [6, 'TaskStateExited', { name: 'Pack', output: '{"ok":true}' }],
      [7, 'FailStateEntered', { name: 'Give up', input: '{"ok":true}' }],
      [8, 'ExecutionFailed', { error: 'Tired' }],
    ),
  );
  expect(others).toEqual([]);
  expect(first).toMatchObject({
    name: 'Pack',
    type: 'Task',
    state: 'ok',
    input: { n: 1 },
    output: { ok: true },
    attempts: [
      { resource: 'lambda:invoke', error: 'NoBox', cause: 'none left', endedAt: '2026-01-01T00:00:03.000Z' },
      { endedAt: '2026-01-01T00:00:05.000Z' },
    ],
  });
  expect(first?.attempts.map(calledFunction)).toEqual([FUNCTION, FUNCTION]);
  expect(second).toMatchObject({ name: 'Give up', state: 'failed', exitedAt: '2026-01-01T00:00:08.000Z' });
});

test('a failure that the state’s own catcher took is told as one', () => {
  const [step] = executionSteps(
    history(
      [0, 'ExecutionStarted'],
      [0, 'TaskStateEntered', { name: 'Pack' }],
      [2, 'LambdaFunctionScheduled', { resource: FUNCTION, input: '{}' }],
      [3, 'LambdaFunctionFailed', { error: 'NoBox' }],
      [4, 'TaskStateExited', { name: 'Pack', output: '{}' }],
    ),
  );
  expect(step).toMatchObject({ state: 'caught', attempts: [{ resource: FUNCTION, error: 'NoBox' }] });
});

test('the states of branches that run side by side lie in theirs, and those of a Map say which item they are of', () => {
  const steps = executionSteps(
    history(
      [0, 'ExecutionStarted'],
      [0, 'MapStateEntered', { name: 'Each' }],
      [2, 'MapStateStarted', { length: 2 }],
      [3, 'MapIterationStarted', { index: 0 }],
      [3, 'MapIterationStarted', { index: 1 }],
      [5, 'PassStateEntered', { name: 'Inner' }],
      [4, 'PassStateEntered', { name: 'Inner' }],
      [7, 'PassStateExited', { name: 'Inner', output: '"first"' }],
      [6, 'PassStateExited', { name: 'Inner', output: '"second"' }],
      [9, 'MapIterationSucceeded', { index: 1 }],
      [9, 'MapStateSucceeded'],
      [9, 'MapStateExited', { name: 'Each', output: '[]' }],
      [12, 'PassStateEntered', { name: 'After' }],
      [13, 'ExecutionAborted'],
    ),
  );
  expect(steps.map(({ name, depth, item, output, state }) => [name, depth, item, output, state])).toEqual([
    ['Each', 0, undefined, [], 'ok'],
    ['Inner', 1, 1, 'second', 'ok'],
    ['Inner', 1, 0, 'first', 'ok'],
    ['After', 0, undefined, undefined, 'aborted'],
  ]);
});

test.each([
  [['ExecutionStarted'], 'the execution begins'],
  [['TaskStateEntered', { name: 'Pack' }], 'enters Pack (Task)'],
  [['TaskScheduled', LAMBDA], 'calls lambda:invoke'],
  [['TaskFailed', { error: 'NoBox', cause: 'none left' }], 'the call failed: NoBox: none left'],
  [['MapIterationStarted', { index: 0 }], 'item 1 of the Map started'],
  [['MapRunStarted'], 'map run started'],
  [['ExecutionTimedOut'], 'the execution timed out'],
] as const)('an event %j is "%s"', ([type, details], words) => {
  expect(historyWords({ id: 1, previousId: 0, time: '', type, ...(details && { details }) })).toBe(words);
});

function told(
  seq: number,
  fact: { kind: FactOnWire['kind']; executionName: string; [member: string]: unknown },
): FactOnWire {
  const whole: object = { machineName: 'shop-Flow', seq, time: `2026-01-01T00:00:0${seq}.000Z`, ...fact };
  return JSON.parse(JSON.stringify(whole));
}

test('facts are joined into executions, the newest first, with the state that each is in', () => {
  const arn = executionArnOf(MACHINE, 'one');
  const facts = [
    told(1, { kind: 'execution.started', executionName: 'one', executionArn: arn, machineType: 'STANDARD' }),
    told(2, { kind: 'state.entered', executionName: 'one', stateName: 'Pack', stateType: 'Task' }),
    told(3, {
      kind: 'execution.started',
      executionName: 'two',
      executionArn: `${MACHINE.replace('stateMachine', 'express')}:two:id`,
      machineType: 'EXPRESS',
    }),
    told(4, { kind: 'state.retry', executionName: 'one', stateName: 'Pack', delayMs: 1_000, error: 'NoBox' }),
    told(5, {
      kind: 'execution.ended',
      executionName: 'one',
      executionArn: arn,
      status: 'FAILED',
      durationMs: 5,
    }),
    told(6, { kind: 'state.entered', executionName: 'unknown', stateName: 'Pack', stateType: 'Task' }),
  ];
  expect(executionRows(facts)).toMatchObject([
    { name: 'two', isExpress: true, status: 'RUNNING' },
    { name: 'one', isExpress: false, status: 'FAILED', stateName: 'Pack', retries: 1, durationMs: 5 },
  ]);
  expect(executionFacts(facts, arn).map(executionWords)).toEqual([
    'the execution begins',
    'enters Pack (Task)',
    'Pack failed with NoBox, and is tried again after 1000 ms',
    'the execution ended: FAILED',
  ]);
});

test('an execution has an address of its machine and its name, an Express one with its id', () => {
  expect(executionAddress(executionArnOf(MACHINE, 'one'))).toEqual(['executions', 'shop-Flow', 'one']);
  expect(executionAddress(`${MACHINE.replace('stateMachine', 'express')}:one:id`)).toEqual([
    'executions',
    'shop-Flow',
    'one:id',
  ]);
});

test.each([
  [{}, 'a call that waits'],
  [{ isAsynchronous: true as const }, 'a call, asynchronously'],
  [{ sourceArn: 'arn:aws:sqs:eu-west-1:123456789012:jobs', recordCount: 3 }, 'JOBS, a batch of 3'],
  [{ sourceArn: 'arn:aws:events:eu-west-1:123456789012:rule/shop/Paid' }, 'rule PAID'],
  [{ sourceArn: 'arn:aws:sns:eu-west-1:123456789012:news' }, 'topic NEWS'],
  [
    { sourceArn: 'arn:aws:execute-api:eu-west-1:123456789012:api1/prod/GET/boxes/{id}' },
    'API1, GET /boxes/{id}',
  ],
  [{ sourceArn: executionArnOf(MACHINE, 'one') }, 'an execution of SHOP-FLOW'],
  [{ sourceArn: 'arn:aws:iam::123456789012:role/Packer' }, 'PACKER'],
])('a request of %j was started by "%s"', (row, words) => {
  const nameOf = (name: string) => (name.split(/[:/]/).at(-1) ?? '').toUpperCase();
  expect(startedBy(row, nameOf)).toBe(words);
});
