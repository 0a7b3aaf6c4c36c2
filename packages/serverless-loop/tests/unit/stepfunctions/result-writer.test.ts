import { expect, test } from 'vitest';
import { StateError } from '../../../src/services/stepfunctions/interpreter/state-error.ts';
import { executed } from './executed.ts';

const RUN = 'arn:aws:states:us-east-1:000000000000:mapRun:orders/Mine:uuid';

const EXPORT = {
  Resource: 'arn:aws:states:::s3:putObject',
  Parameters: { Bucket: 'results', Prefix: 'jobs' },
};

/** Maps over a list; an item `bad` fails. Resolves with the end, and with what was written by its key. */
async function written(ResultWriter: object, items: unknown[], more: object = {}) {
  const files: Record<string, string> = {};
  const end = await executed(
    {
      StartAt: 'M',
      States: {
        M: {
          Type: 'Map',
          Label: 'Mine',
          ToleratedFailureCount: 1,
          ItemProcessor: {
            ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
            StartAt: 'C',
            States: {
              C: {
                Type: 'Choice',
                Choices: [{ Variable: '$', StringEquals: 'bad', Next: 'F' }],
                Default: 'P',
              },
              F: { Type: 'Fail', Error: 'Bad', Cause: 'It is.' },
              P: { Type: 'Pass', End: true },
            },
          },
          ResultWriter,
          End: true,
          ...more,
        },
      },
    },
    items,
    {
      objects: {
        async write({ Bucket, Key, Body }) {
          if (Bucket !== 'results') throw new StateError('S3.NoSuchBucketException', 'No such bucket.');
          files[String(Key)] = String(Body);
        },
      },
    },
  );
  return { ...end, files };
}

// Step Functions guide, "ResultWriter (Map)"; LocalStack's record "test_map_state_result_writer" of AWS, v2/scenarios/test_base_scenarios.snapshot.json.
test('results are exported by their status, with a manifest of the files', async () => {
  const { output, files } = await written(EXPORT, ['a', 'bad']);
  expect(output).toEqual({
    MapRunArn: RUN,
    ResultWriterDetails: { Bucket: 'results', Key: 'jobs/uuid/manifest.json' },
  });
  const parsed = Object.fromEntries(Object.entries(files).map(([key, text]) => [key, JSON.parse(text)]));
  expect(parsed['jobs/uuid/manifest.json']).toEqual({
    DestinationBucket: 'results',
    MapRunArn: RUN,
    ResultFiles: {
      FAILED: [{ Key: 'jobs/uuid/FAILED_0.json', Size: files['jobs/uuid/FAILED_0.json']?.length }],
      PENDING: [],
      SUCCEEDED: [{ Key: 'jobs/uuid/SUCCEEDED_0.json', Size: files['jobs/uuid/SUCCEEDED_0.json']?.length }],
    },
  });
  expect(parsed['jobs/uuid/SUCCEEDED_0.json']).toEqual([
    {
      ExecutionArn: expect.stringContaining(':execution:'),
      Input: '"a"',
      InputDetails: { Included: true },
      Name: 'run',
      Output: '"a"',
      OutputDetails: { Included: true },
      RedriveCount: 0,
      RedriveStatus: 'NOT_REDRIVABLE',
      RedriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
      StartDate: '2026-11-28T10:00:00.000Z',
      StateMachineArn: expect.stringContaining(':stateMachine:'),
      Status: 'SUCCEEDED',
      StopDate: '2026-11-28T10:00:00.000Z',
    },
  ]);
  expect(parsed['jobs/uuid/FAILED_0.json']).toMatchObject([
    { Error: 'Bad', Cause: 'It is.', Status: 'FAILED' },
  ]);
});

test('results of a run that fails are exported, too', async () => {
  const { error, files } = await written(EXPORT, ['bad', 'bad'], { MaxConcurrency: 1 });
  expect(error).toBe('States.ExceedToleratedFailureThreshold');
  expect(JSON.parse(files['jobs/uuid/FAILED_0.json'] ?? '')).toHaveLength(2);
});

test('outputs alone are written, one a line', async () => {
  const WriterConfig = { Transformation: 'FLATTEN', OutputType: 'JSONL' };
  const { files } = await written({ ...EXPORT, WriterConfig }, [[1, 2], 'x']);
  expect(files['jobs/uuid/SUCCEEDED_0.jsonl']).toBe('1\n2\n"x"');
});

test.each([
  ['COMPACT', [[1, 2], 'x']],
  ['FLATTEN', [1, 2, 'x']],
])('without a bucket the output of the state is %s', async (Transformation, expected) => {
  const { output, files } = await written({ WriterConfig: { Transformation, OutputType: 'JSON' } }, [
    [1, 2],
    'x',
  ]);
  expect({ output, files }).toEqual({ output: expected, files: {} });
});

test('a bucket that takes nothing fails the Map (Step Functions guide, "Handling errors in Step Functions workflows")', async () => {
  const { error, cause } = await written({ ...EXPORT, Parameters: { Bucket: 'gone' } }, ['a']);
  expect({ error, cause }).toEqual({ error: 'States.ResultWriterFailed', cause: 'No such bucket.' });
});
