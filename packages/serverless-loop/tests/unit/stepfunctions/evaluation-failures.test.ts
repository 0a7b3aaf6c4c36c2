import { expect, test } from 'vitest';
import { jsonataEvaluator } from '../../../src/services/stepfunctions/jsonata/evaluate.ts';
import { executed, linesOf } from './executed.ts';

// The histories are those of LocalStack's records of AWS, tests/aws/services/stepfunctions/v2; each test names its record.

const chance = { random: () => 0.5, uuid: () => 'uuid' };

function evaluated(state: object, input: unknown = {}) {
  const definition = { QueryLanguage: 'JSONata', StartAt: 'S', States: { S: state } };
  return executed(definition, input, { evaluateJsonata: jsonataEvaluator(chance) });
}

test('an expression that fails has an event, which follows what was before its state (assign/test_assign_reference_variables, "test_undefined_reference[BASE_UNDEFINED_OUTPUT_FIELD]")', async () => {
  const { events } = await evaluated({ Type: 'Pass', Output: { result: '{% $doesNotExist %}' }, End: true });
  expect(linesOf(events)).toEqual([
    '1 0 ExecutionStarted',
    '2 0 PassStateEntered',
    '3 0 EvaluationFailed',
    '4 3 ExecutionFailed',
  ]);
  expect(events[2]?.details).toEqual({
    member: 'evaluationFailedEventDetails',
    value: {
      error: 'States.QueryEvaluationError',
      cause:
        "An error occurred while executing the state 'S' (entered at the event id #2). The JSONata expression '$doesNotExist' specified for the field 'Output/result' returned nothing (undefined).",
      location: 'Output/result',
      state: 'S',
    },
  });
});

test('that of a Wait follows its entry (base/test_wait, "test_wait_timestamp_jsonata[NO_T]")', async () => {
  const { events } = await evaluated({ Type: 'Wait', Timestamp: "{% '2016-12-05 21:29:29Z' %}", End: true });
  expect(linesOf(events).slice(1)).toEqual([
    '2 0 WaitStateEntered',
    '3 2 EvaluationFailed',
    '4 3 ExecutionFailed',
  ]);
});

test.each([
  ['1', "returned an unexpected result type. Expected 'array', but was 'number' for value: 1"],
  ['$fn := function($x){$x}', 'returned an unsupported result type.'],
])(
  'items that are no list fail the Map: %s (scenarios/test_base_scenarios, "test_map_state_items_eval_jsonata_fail")',
  async (expression, why) => {
    const { events } = await evaluated({
      Type: 'Map',
      Items: `{% ${expression} %}`,
      ItemProcessor: { StartAt: 'P', States: { P: { Type: 'Pass', End: true } } },
      End: true,
    });
    expect(linesOf(events).slice(1)).toEqual([
      '2 0 MapStateEntered',
      '3 0 EvaluationFailed',
      '4 3 MapStateFailed',
      '5 4 ExecutionFailed',
    ]);
    expect(events[2]?.details?.value.cause).toContain(
      `The JSONata expression '${expression}' specified for the field 'Items' ${why}`,
    );
  },
);

test('so does an input that is no list, in no field (the same, "test_map_state_items_input_types")', async () => {
  const { events } = await evaluated(
    { Type: 'Map', ItemProcessor: { StartAt: 'P', States: { P: { Type: 'Pass', End: true } } }, End: true },
    { foo: 'bar' },
  );
  expect(events[2]?.details?.value).toEqual({
    error: 'States.QueryEvaluationError',
    cause:
      'An error occurred while executing the state \'S\' (entered at the event id #2). Map state input must be an array but was: {"foo":"bar"}',
    state: 'S',
  });
});

test('one that is tried again fails each time', async () => {
  const { events, waitsMs } = await evaluated({
    Type: 'Task',
    Resource: 'arn:aws:lambda:us-east-1:000000000000:function:f',
    Arguments: '{% $doesNotExist %}',
    Retry: [{ ErrorEquals: ['States.QueryEvaluationError'], MaxAttempts: 1 }],
    End: true,
  });
  expect(waitsMs).toEqual([1_000]);
  expect(events.filter(({ type }) => type === 'EvaluationFailed')).toHaveLength(2);
});

test('a catcher may be fed by an expression that fails (states_variables/test_error_output, "test_map_catch_error")', async () => {
  const { events, error } = await evaluated({
    Type: 'Task',
    Resource: 'arn:aws:lambda:us-east-1:000000000000:function:f',
    Catch: [{ ErrorEquals: ['States.ALL'], Output: '{% $doesNotExist %}', Next: 'S' }],
    Arguments: '{% $nor.this %}',
    End: true,
  });
  expect(error).toBe('States.QueryEvaluationError');
  expect(events.map(({ type }) => type).slice(2)).toEqual([
    'EvaluationFailed',
    'EvaluationFailed',
    'ExecutionFailed',
  ]);
});
