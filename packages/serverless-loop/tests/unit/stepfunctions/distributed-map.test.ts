import { expect, test } from 'vitest';
import { StateError } from '../../../src/services/stepfunctions/interpreter/state-error.ts';
import { executed, linesOf } from './executed.ts';

const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:f';

function mapOf(more: object = {}) {
  return {
    StartAt: 'M',
    States: {
      M: {
        Type: 'Map',
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
          StartAt: 'T',
          States: { T: { Type: 'Task', Resource: FUNCTION, End: true } },
        },
        End: true,
        ...more,
      },
    },
  };
}

/** Runs a Map over so many items, the first of which fail. */
function run(items: number, failures: number, more: object = {}) {
  return executed(mapOf(more), Array.from(Array(items).keys()), {
    callTask: async ({ input }) => {
      if (Number(input) < failures) throw new StateError('Boom', 'why');
      return input;
    },
  });
}

// LocalStack's records of AWS, v2/scenarios/test_base_scenarios.snapshot.json, "test_map_state_config_distributed_item_selector" and "test_map_state_label".
test('a Map at a distance tells of its run, and not of its items', async () => {
  const { events, output } = await run(2, 0, { Label: 'Mine' });
  expect(linesOf(events)).toEqual([
    '1 0 ExecutionStarted',
    '2 0 MapStateEntered',
    '3 2 MapStateStarted',
    '4 3 MapRunStarted',
    '5 4 MapRunSucceeded',
    '6 5 MapStateSucceeded',
    '7 5 MapStateExited',
    '8 7 ExecutionSucceeded',
  ]);
  expect(events[3]?.details?.value).toEqual({
    mapRunArn: 'arn:aws:states:us-east-1:000000000000:mapRun:orders/Mine:uuid',
  });
  expect(output).toEqual([0, 1]);
});

// Step Functions guide, "Setting failure thresholds for Distributed Map states in Step Functions".
test.each([
  [{}, 1, 'FAILED'],
  [{ ToleratedFailureCount: 1 }, 1, 'SUCCEEDED'],
  [{ ToleratedFailureCount: 1 }, 2, 'FAILED'],
  [{ ToleratedFailurePercentage: 50 }, 2, 'SUCCEEDED'],
  [{ ToleratedFailurePercentage: 49.9 }, 2, 'FAILED'],
  [{ ToleratedFailureCount: 4, ToleratedFailurePercentage: 10 }, 1, 'FAILED'],
])('%j and %i failures of 4: %s', async (tolerated, failures, status) => {
  const answer = await run(4, failures, tolerated);
  expect(answer.status).toBe(status);
  if (status === 'FAILED')
    expect(answer).toMatchObject({
      error: 'States.ExceedToleratedFailureThreshold',
      cause: 'The specified tolerated failure threshold was exceeded',
    });
});

// LocalStack's records of AWS in the same file, "test_max_concurrency_path[NoNumber]" and "test_map_state_tolerated_failure_count_path[-1]".
test.each([
  [
    { MaxConcurrencyPath: '$.n' },
    'NoNumber',
    'The MaxConcurrencyPath field refers to value "NoNumber" which is not a valid integer: $.n',
  ],
  [{ ToleratedFailureCountPath: '$.n' }, -1, 'ToleratedFailureCount cannot be negative.'],
])('%j of %j fails', async (fields, n, told) => {
  const { error, cause } = await executed(mapOf({ ItemsPath: '$.items', ...fields }), { items: [0], n });
  expect(error).toBe('States.Runtime');
  expect(cause).toBe(`An error occurred while executing the state 'M' (entered at the event id #2). ${told}`);
});

// Step Functions guide, "ItemBatcher (Map)".
test.each([
  [{ MaxItemsPerBatch: 2 }, [{ Items: [0, 1] }, { Items: [2, 3] }, { Items: [4] }]],
  [
    { MaxItemsPerBatchPath: '$.most', BatchInput: { 'most.$': '$.most' } },
    [
      { BatchInput: { most: 3 }, Items: [0, 1, 2] },
      { BatchInput: { most: 3 }, Items: [3, 4] },
    ],
  ],
  // {"Items":[0,1]} has 15 bytes.
  [{ MaxInputBytesPerBatch: 15 }, [{ Items: [0, 1] }, { Items: [2, 3] }, { Items: [4] }]],
])('items are batched by %j', async (ItemBatcher, inputs) => {
  const definition = mapOf({ ItemsPath: '$.items', ItemBatcher });
  const input = { items: [0, 1, 2, 3, 4], most: 3 };
  const { output } = await executed(definition, input, { callTask: async ({ input: given }) => given });
  expect(output).toEqual(inputs);
});

// LocalStack's records "test_map_state_tolerated_failure_percentage_path[NoNumber]" of AWS, v2/scenarios/test_base_scenarios.snapshot.json, and "test_reference_in_map_state" of v2/assign.
test('limits may be texts that a path leads to, of variables too, when they are numbers', async () => {
  const state = mapOf().States.M;
  const after = (set: object, more: object) => ({
    StartAt: 'A',
    States: { A: { Type: 'Pass', Assign: set, Next: 'M' }, M: { ...state, ItemsPath: '$.items', ...more } },
  });
  const callTask = async ({ input }: { input: unknown }) => input;
  const input = { items: [1] };
  const counted = await executed(after({ most: '2' }, { MaxConcurrencyPath: '$most' }), input, { callTask });
  expect(counted.output).toEqual([1]);
  const refused = await executed(
    after({ part: 'NoNumber' }, { ToleratedFailurePercentagePath: '$part' }),
    input,
    { callTask },
  );
  expect(refused.cause).toBe(
    `An error occurred while executing the state 'M' (entered at the event id #4). The ToleratedFailurePercentagePath field refers to value "NoNumber" which is not a valid float: $part`,
  );
});
