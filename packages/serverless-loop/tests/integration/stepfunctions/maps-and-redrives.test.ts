import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  CreateStateMachineCommand,
  DescribeMapRunCommand,
  ListExecutionsCommand,
  ListMapRunsCommand,
  RedriveExecutionCommand,
  StopExecutionCommand,
  UpdateMapRunCommand,
} from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ARNS, type callerOf, MAY, MAY_NOT, type StatesLoop, startStatesLoop } from './states-loop.ts';

let states: StatesLoop;
let send: ReturnType<typeof callerOf>['sfn']['send'];
beforeAll(async () => {
  states = await startStatesLoop();
  send = states.sfn.send.bind(states.sfn);
});
afterAll(() => states?.stop());

async function make(name: string, definition: object, roleArn = MAY): Promise<string> {
  const { stateMachineArn = '' } = await send(
    new CreateStateMachineCommand({ name, roleArn, definition: JSON.stringify(definition) }),
  );
  return stateMachineArn;
}

const mapOver = (state: object, more: object = {}) => ({
  StartAt: 'M',
  States: {
    M: {
      Type: 'Map',
      Label: 'Each',
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        StartAt: 'S',
        States: { S: { End: true, ...state } },
      },
      End: true,
      ...more,
    },
  },
});

/* LocalStack's record "test_list_map_runs_and_describe_map_run" of AWS, v2/test_sfn_api_map_run.snapshot.json. */
test('the run of a Map at a distance is described, and its executions are listed', async () => {
  const executionArn = await states.start(
    await make('mapped', mapOver({ Type: 'Pass' }, { MaxConcurrency: 1 })),
    [1, 2],
  );
  expect(await states.ended(executionArn)).toMatchObject({ status: 'SUCCEEDED', output: '[1,2]' });
  const { mapRuns: [run] = [] } = await send(new ListMapRunsCommand({ executionArn }));
  const mapRunArn = run?.mapRunArn ?? '';
  expect(mapRunArn).toMatch(/^arn:aws:states:us-east-1:000000000000:mapRun:mapped\/Each:[\w-]{36}$/);
  expect(run).toMatchObject({
    executionArn,
    stateMachineArn: `arn:aws:states:${ARNS}:stateMachine:mapped/Each`,
  });
  const counts = {
    aborted: 0,
    failed: 0,
    pending: 0,
    resultsWritten: 2,
    running: 0,
    succeeded: 2,
    timedOut: 0,
    total: 2,
  };
  expect(await send(new DescribeMapRunCommand({ mapRunArn }))).toMatchObject({
    executionArn,
    mapRunArn,
    executionCounts: counts,
    itemCounts: counts,
    maxConcurrency: 1,
    status: 'SUCCEEDED',
    toleratedFailureCount: 0,
    toleratedFailurePercentage: 0,
  });
  const { executions = [] } = await send(new ListExecutionsCommand({ mapRunArn }));
  expect(executions.map(({ status }) => status)).toEqual(['SUCCEEDED', 'SUCCEEDED']);
  const child = await states.describe(executions[0]?.executionArn ?? '');
  expect(child).toMatchObject({
    input: '2',
    mapRunArn,
    stateMachineArn: `arn:aws:states:${ARNS}:stateMachine:mapped/Each`,
  });
  const own = await send(
    new ListExecutionsCommand({ stateMachineArn: `arn:aws:states:${ARNS}:stateMachine:mapped` }),
  );
  expect(own.executions?.map((each) => each.executionArn)).toEqual([executionArn]);
  await expect(send(new UpdateMapRunCommand({ mapRunArn, maxConcurrency: 2 }))).rejects.toThrow(
    expect.objectContaining({ name: 'ValidationException' }),
  );
});

test('what a run tolerates may be changed while it runs, and its end is that of its executions', async () => {
  const executionArn = await states.start(await make('slow', mapOver({ Type: 'Wait', Seconds: 60 })), [1, 2]);
  await expect
    .poll(async () => (await send(new ListMapRunsCommand({ executionArn }))).mapRuns)
    .toHaveLength(1);
  const { mapRuns: [run] = [] } = await send(new ListMapRunsCommand({ executionArn }));
  const { mapRunArn } = run ?? {};
  await send(new UpdateMapRunCommand({ mapRunArn, toleratedFailureCount: 1 }));
  expect(await send(new DescribeMapRunCommand({ mapRunArn }))).toMatchObject({
    toleratedFailureCount: 1,
    executionCounts: { running: 2 },
  });
  await send(new StopExecutionCommand({ executionArn }));
  await expect
    .poll(async () => (await send(new DescribeMapRunCommand({ mapRunArn }))).executionCounts)
    .toMatchObject({ running: 0, aborted: 2 });
});

/* Step Functions guide, "Restarting state machine executions with redrive in Step Functions". */
test('an execution that failed goes on with the state that failed', async () => {
  const worker = `arn:aws:lambda:${ARNS}:function:worker`;
  const stateMachineArn = await make('redriven', {
    StartAt: 'First',
    States: {
      First: { Type: 'Pass', Result: { fail: 'Broken' }, Next: 'Work' },
      Work: {
        Type: 'Task',
        Resource: worker,
        Retry: [{ ErrorEquals: ['Broken'], MaxAttempts: 0 }],
        End: true,
      },
    },
  });
  const executionArn = await states.start(stateMachineArn);
  expect(await states.ended(executionArn)).toMatchObject({
    status: 'FAILED',
    error: 'Broken',
    redriveStatus: 'REDRIVABLE',
  });
  const before = await states.typesOf(executionArn);
  await send(new RedriveExecutionCommand({ executionArn }));
  expect(await states.ended(executionArn)).toMatchObject({
    status: 'FAILED',
    redriveCount: 1,
    redriveDate: expect.any(Date),
  });
  const after = await states.typesOf(executionArn);
  expect(after.slice(before.length)).toEqual([
    'ExecutionRedriven',
    'TaskStateEntered',
    'LambdaFunctionScheduled',
    'LambdaFunctionStarted',
    'LambdaFunctionFailed',
    'ExecutionFailed',
  ]);
  const done = await states.start(
    await make('done', { StartAt: 'P', States: { P: { Type: 'Pass', End: true } } }),
  );
  await states.ended(done);
  await expect(send(new RedriveExecutionCommand({ executionArn: done }))).rejects.toThrow(
    expect.objectContaining({
      name: 'ExecutionNotRedrivable',
      message: 'Execution is SUCCEEDED and cannot be redriven',
    }),
  );
});

// Step Functions guide, "ItemReader (Map)", "ResultWriter (Map)" and "IAM policies for using Distributed Map states".
test('items come from an object in S3, results go to another, both by the rights of the role', async () => {
  const s3 = new S3Client({
    endpoint: states.loop.endpoint,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
  });
  const Bucket = 'of-a-map';
  await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(new PutObjectCommand({ Bucket, Key: 'in.csv', Body: 'id,name\n1,one\n2,two\n' }));
  const definition = mapOver(
    { Type: 'Pass' },
    {
      ItemReader: {
        Resource: 'arn:aws:states:::s3:getObject',
        Parameters: { Bucket, Key: 'in.csv' },
        ReaderConfig: { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' },
      },
      ResultWriter: { Resource: 'arn:aws:states:::s3:putObject', Parameters: { Bucket, Prefix: 'out' } },
    },
  );
  const done = await states.ended(await states.start(await make('from-csv', definition)));
  const { ResultWriterDetails } = JSON.parse(done.output ?? '{}');
  const manifest = await s3.send(new GetObjectCommand(ResultWriterDetails));
  const { ResultFiles } = JSON.parse((await manifest.Body?.transformToString()) ?? '{}');
  const [{ Key }] = ResultFiles.SUCCEEDED;
  const results = await s3.send(new GetObjectCommand({ Bucket, Key }));
  const found: { Output: string }[] = JSON.parse((await results.Body?.transformToString()) ?? '[]');
  expect(found.map(({ Output }) => JSON.parse(Output))).toEqual([
    { id: '1', name: 'one' },
    { id: '2', name: 'two' },
  ]);
  s3.destroy();

  const refused = await states.ended(await states.start(await make('no-rights', definition, MAY_NOT)));
  expect(refused).toMatchObject({
    error: 'States.ItemReaderFailed',
    cause: expect.stringContaining('is not authorized to perform: s3:GetObject'),
  });
});
