import {
  CreateActivityCommand,
  CreateStateMachineAliasCommand,
  CreateStateMachineCommand,
  DeleteActivityCommand,
  DeleteStateMachineAliasCommand,
  DeleteStateMachineCommand,
  DeleteStateMachineVersionCommand,
  DescribeActivityCommand,
  DescribeStateMachineAliasCommand,
  DescribeStateMachineCommand,
  DescribeStateMachineForExecutionCommand,
  GetActivityTaskCommand,
  GetExecutionHistoryCommand,
  ListActivitiesCommand,
  ListExecutionsCommand,
  ListStateMachineAliasesCommand,
  ListStateMachinesCommand,
  ListStateMachineVersionsCommand,
  ListTagsForResourceCommand,
  PublishStateMachineVersionCommand,
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  StartExecutionCommand,
  StartSyncExecutionCommand,
  StopExecutionCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateStateMachineAliasCommand,
  UpdateStateMachineCommand,
  ValidateStateMachineDefinitionCommand,
} from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ARNS, type callerOf, MACHINE, MAY, type StatesLoop, startStatesLoop } from './states-loop.ts';

// Answers and errors are those of LocalStack's records of AWS, tests/aws/services/stepfunctions/v2/test_sfn_api*; each test names its record.

let states: StatesLoop;
let send: ReturnType<typeof callerOf>['sfn']['send'];
beforeAll(async () => {
  states = await startStatesLoop();
  send = states.sfn.send.bind(states.sfn);
});
afterAll(() => states?.stop());

const pass = (Result: unknown = { Arg1: 'argument1' }) =>
  JSON.stringify({ StartAt: 'State_1', States: { State_1: { Type: 'Pass', Result, End: true } } });

const WAITING = JSON.stringify({ StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 3600, End: true } } });

async function make(name: string, more: object = {}): Promise<string> {
  const { stateMachineArn = '' } = await send(
    new CreateStateMachineCommand({ name, definition: pass(), roleArn: MAY, ...more }),
  );
  return stateMachineArn;
}

const refused = (name: string, message: unknown) => expect.objectContaining({ name, message });

describe('state machines', () => {
  test('are described with what was not said (test_sfn_api, "test_create_update_state_machine_base_definition")', async () => {
    const stateMachineArn = await make('described');
    const described = await send(new DescribeStateMachineCommand({ stateMachineArn }));
    expect(described).toMatchObject({
      stateMachineArn: MACHINE('described'),
      name: 'described',
      status: 'ACTIVE',
      type: 'STANDARD',
      roleArn: MAY,
      definition: pass(),
      loggingConfiguration: { level: 'OFF', includeExecutionData: false },
      tracingConfiguration: { enabled: false },
      creationDate: new Date('2026-11-28T10:00:00Z'),
    });
    expect(described).not.toHaveProperty('revisionId');
    const { revisionId } = await send(
      new UpdateStateMachineCommand({ stateMachineArn, definition: pass(2) }),
    );
    expect(await send(new DescribeStateMachineCommand({ stateMachineArn }))).toMatchObject({
      revisionId,
      definition: pass(2),
    });
  });

  test('are the same by the same call, and no other ("test_create_exact_duplicate_sm", "test_create_duplicate_sm_name")', async () => {
    const arn = await make('twice');
    expect(await make('twice')).toBe(arn);
    await expect(make('twice', { definition: pass(2) })).rejects.toThrow(
      refused('StateMachineAlreadyExists', `State Machine Already Exists: '${arn}'`),
    );
  });

  test.each([
    [
      'a definition',
      { definition: '{"StartAt":"A"}' },
      'InvalidDefinition',
      "Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: These fields are required: [States] at /'",
    ],
    ['a name', { name: 'a b' }, 'InvalidName', "Invalid Name: 'a b'"],
    [
      'logging',
      { loggingConfiguration: { level: 'ALL' } },
      'InvalidLoggingConfiguration',
      'Invalid Logging Configuration: Must specify exactly one Log Destination.',
    ],
    [
      'a log group',
      {
        loggingConfiguration: {
          level: 'ALL',
          destinations: [
            { cloudWatchLogsLogGroup: { logGroupArn: `arn:aws:logs:${ARNS}:log-group:gone:*` } },
          ],
        },
      },
      'InvalidLoggingConfiguration',
      'Invalid Logging Configuration: Log Destination not found.',
    ],
    [
      'a version without publishing',
      { versionDescription: 'v' },
      'ValidationException',
      'Version description can only be set when publish is true',
    ],
    [
      'a role of another service',
      { roleArn: 'arn:aws:iam::000000000000:role/sam-app-WorkerRole' },
      'AccessDeniedException',
      /authorized to assume the provided role/,
    ],
  ])('%s that is wrong is refused in the words of AWS', async (_what, more, name, message) => {
    const worker = states.loop.physicalId('WorkerRole');
    const given = 'roleArn' in more ? { roleArn: `arn:aws:iam::000000000000:role/${worker}` } : more;
    await expect(make('wrong', given)).rejects.toThrow(
      refused(name, message instanceof RegExp ? expect.stringMatching(message) : message),
    );
  });

  test('that are not there, and texts that are no ARN ("test_describe_nonexistent_sm", "test_describe_invalid_arn_sm")', async () => {
    const gone = MACHINE('gone');
    await expect(send(new DescribeStateMachineCommand({ stateMachineArn: gone }))).rejects.toThrow(
      refused('StateMachineDoesNotExist', `State Machine Does Not Exist: '${gone}'`),
    );
    await expect(send(new DescribeStateMachineCommand({ stateMachineArn: 'nothing' }))).rejects.toThrow(
      refused('InvalidArn', "Invalid Arn: 'Invalid ARN prefix: nothing'"),
    );
    await expect(
      send(new UpdateStateMachineCommand({ stateMachineArn: await make('same') })),
    ).rejects.toThrow(
      refused('MissingRequiredParameter', expect.stringMatching(/^Either the definition, the role ARN/)),
    );
  });

  test('are listed in pages, and are gone with their executions when they are deleted', async () => {
    const arns = [await make('page-a'), await make('page-b', { definition: WAITING })];
    const found: (string | undefined)[] = [];
    for (let nextToken: string | undefined; ; ) {
      const page = await send(
        new ListStateMachinesCommand({ maxResults: 1, ...(nextToken && { nextToken }) }),
      );
      found.push(...(page.stateMachines ?? []).map(({ stateMachineArn }) => stateMachineArn));
      nextToken = page.nextToken;
      if (!nextToken) break;
    }
    expect(found).toEqual(expect.arrayContaining(arns));
    const executionArn = await states.start(MACHINE('page-b'));
    await send(new DeleteStateMachineCommand({ stateMachineArn: MACHINE('page-b') }));
    expect((await states.describe(executionArn)).status).toBe('ABORTED');
    await expect(states.start(MACHINE('page-b'))).rejects.toThrow(
      refused('StateMachineDoesNotExist', expect.any(String)),
    );
    await expect(send(new ListStateMachinesCommand({ nextToken: 'x' }))).rejects.toThrow(
      refused('InvalidToken', "Invalid Token: 'Invalid token'"),
    );
  });
});

describe('executions', () => {
  test('are the same by name and input while they run ("test_start_execution_idempotent")', async () => {
    const stateMachineArn = await make('waiting', { definition: WAITING });
    const first = await send(new StartExecutionCommand({ stateMachineArn, name: 'one', input: '{}' }));
    expect(
      await send(new StartExecutionCommand({ stateMachineArn, name: 'one', input: '{}' })),
    ).toMatchObject({
      executionArn: first.executionArn,
    });
    const exists = refused('ExecutionAlreadyExists', `Execution Already Exists: '${first.executionArn}'`);
    await expect(
      send(new StartExecutionCommand({ stateMachineArn, name: 'one', input: '{"a":1}' })),
    ).rejects.toThrow(exists);
    const { stopDate } = await send(
      new StopExecutionCommand({ executionArn: first.executionArn, error: 'E', cause: 'C' }),
    );
    expect(stopDate).toEqual(new Date('2026-11-28T10:00:00Z'));
    expect(await states.describe(first.executionArn ?? '')).toMatchObject({
      status: 'ABORTED',
      error: 'E',
      cause: 'C',
    });
    await expect(
      send(new StartExecutionCommand({ stateMachineArn, name: 'one', input: '{}' })),
    ).rejects.toThrow(exists);
  });

  test('are described with their data ("test_describe_execution")', async () => {
    const executionArn = await states.start(await make('told'), {}, 'run');
    expect(await states.ended(executionArn)).toMatchObject({
      executionArn,
      stateMachineArn: MACHINE('told'),
      name: 'run',
      status: 'SUCCEEDED',
      input: '{}',
      inputDetails: { included: true },
      output: '{"Arg1":"argument1"}',
      outputDetails: { included: true },
      redriveCount: 0,
      redriveStatus: 'NOT_REDRIVABLE',
      redriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
    });
    const machine = await send(new DescribeStateMachineForExecutionCommand({ executionArn }));
    expect(machine).toMatchObject({ name: 'told', definition: pass(), roleArn: MAY });
  });

  test.each([
    [
      'not json',
      "Invalid State Machine Execution Input: 'Unrecognized token 'not': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')'",
    ],
    ['', "Invalid State Machine Execution Input: 'Invalid execution input.'"],
  ])('with the input %j are refused ("test_invalid_start_execution_input")', async (input, message) => {
    await expect(
      send(new StartExecutionCommand({ stateMachineArn: await make('inputs'), input })),
    ).rejects.toThrow(refused('InvalidExecutionInput', message));
  });

  test('have histories, from either end and in pages ("test_get_execution_history_reversed")', async () => {
    const executionArn = await states.start(await make('history'));
    await states.ended(executionArn);
    const { events = [] } = await send(new GetExecutionHistoryCommand({ executionArn }));
    expect(events).toEqual([
      expect.objectContaining({
        id: 1,
        previousEventId: 0,
        type: 'ExecutionStarted',
        executionStartedEventDetails: { input: '{}', inputDetails: { truncated: false }, roleArn: MAY },
      }),
      expect.objectContaining({ id: 2, previousEventId: 0, type: 'PassStateEntered' }),
      expect.objectContaining({
        id: 3,
        previousEventId: 2,
        type: 'PassStateExited',
        stateExitedEventDetails: {
          name: 'State_1',
          output: '{"Arg1":"argument1"}',
          outputDetails: { truncated: false },
        },
      }),
      expect.objectContaining({ id: 4, previousEventId: 3, type: 'ExecutionSucceeded' }),
    ]);
    const reversed = await send(
      new GetExecutionHistoryCommand({ executionArn, reverseOrder: true, maxResults: 3 }),
    );
    expect(reversed.events?.map(({ id }) => id)).toEqual([4, 3, 2]);
    const rest = await send(
      new GetExecutionHistoryCommand({
        executionArn,
        reverseOrder: true,
        maxResults: 3,
        nextToken: reversed.nextToken,
      }),
    );
    expect(rest.events?.map(({ id }) => id)).toEqual([1]);
    const bare = await send(new GetExecutionHistoryCommand({ executionArn, includeExecutionData: false }));
    expect(bare.events?.[0]?.executionStartedEventDetails).toEqual({ roleArn: MAY });
  });

  test('are listed, the latest first, by their status ("test_list_executions_pagination")', async () => {
    const stateMachineArn = await make('listed', { definition: WAITING });
    for (const name of ['a', 'b', 'c']) await states.start(stateMachineArn, {}, name);
    await send(new StopExecutionCommand({ executionArn: `arn:aws:states:${ARNS}:execution:listed:b` }));
    const first = await send(new ListExecutionsCommand({ stateMachineArn, maxResults: 2 }));
    expect(first.executions?.map(({ name }) => name)).toEqual(['c', 'b']);
    const second = await send(
      new ListExecutionsCommand({ stateMachineArn, maxResults: 2, nextToken: first.nextToken }),
    );
    expect(second.executions?.map(({ name }) => name)).toEqual(['a']);
    const running = await send(new ListExecutionsCommand({ stateMachineArn, statusFilter: 'RUNNING' }));
    expect(running.executions?.map(({ name }) => name)).toEqual(['c', 'a']);
  });

  /* LocalStack's records of AWS, v2/test_sfn_api_express.snapshot.json. */
  test('of Express machines are synchronous or have no API', async () => {
    const stateMachineArn = await make('express', { type: 'EXPRESS' });
    const sync = await send(
      new StartSyncExecutionCommand({ stateMachineArn, name: 'now', input: '{"a":1}' }),
    );
    expect(sync).toMatchObject({
      status: 'SUCCEEDED',
      name: 'now',
      input: '{"a":1}',
      output: '{"Arg1":"argument1"}',
      billingDetails: { billedDurationInMilliseconds: 100, billedMemoryUsedInMB: 64 },
    });
    const { executionArn = '' } = await send(new StartExecutionCommand({ stateMachineArn }));
    expect(executionArn).toMatch(/:express:express:[\w-]+:[\w-]+$/);
    const notThere = refused('InvalidArn', "Invalid Arn: 'Resource type not valid in this context: express'");
    await expect(states.describe(executionArn)).rejects.toThrow(notThere);
    await expect(send(new GetExecutionHistoryCommand({ executionArn }))).rejects.toThrow(notThere);
    await expect(send(new ListExecutionsCommand({ stateMachineArn }))).rejects.toThrow(
      refused(
        'StateMachineTypeNotSupported',
        'This operation is not supported by this type of state machine',
      ),
    );
    await expect(
      send(new StartSyncExecutionCommand({ stateMachineArn: await make('standard') })),
    ).rejects.toThrow(refused('StateMachineTypeNotSupported', expect.any(String)));
  });
});

/* LocalStack's records of AWS, v2/test_sfn_api_versioning and v2/test_sfn_api_aliasing. */
describe('versions and aliases', () => {
  test('a version stays as it was published, and an alias leads to it', async () => {
    const stateMachineArn = await make('versioned');
    const first = await send(new PublishStateMachineVersionCommand({ stateMachineArn, description: 'one' }));
    expect(first.stateMachineVersionArn).toBe(`${stateMachineArn}:1`);
    expect(await send(new PublishStateMachineVersionCommand({ stateMachineArn }))).toMatchObject({
      stateMachineVersionArn: `${stateMachineArn}:1`,
    });
    const second = await send(
      new UpdateStateMachineCommand({ stateMachineArn, definition: pass(2), publish: true }),
    );
    expect(second.stateMachineVersionArn).toBe(`${stateMachineArn}:2`);
    await expect(
      send(new PublishStateMachineVersionCommand({ stateMachineArn, revisionId: 'other' })),
    ).rejects.toThrow(
      refused('ConflictException', expect.stringMatching(/^Failed to publish the State Machine version/)),
    );

    const alias = {
      name: 'live',
      routingConfiguration: [{ stateMachineVersionArn: `${stateMachineArn}:1`, weight: 100 }],
    };
    const { stateMachineAliasArn = '' } = await send(new CreateStateMachineAliasCommand(alias));
    expect(stateMachineAliasArn).toBe(`${stateMachineArn}:live`);
    await expect(
      send(new CreateStateMachineAliasCommand({ ...alias, description: 'other' })),
    ).rejects.toThrow(refused('ConflictException', expect.stringMatching(/an alias with the same name/)));
    const executionArn = await states.start(stateMachineAliasArn);
    expect(await states.ended(executionArn)).toMatchObject({
      output: '{"Arg1":"argument1"}',
      stateMachineVersionArn: `${stateMachineArn}:1`,
      stateMachineAliasArn,
    });
    await expect(
      send(new DeleteStateMachineVersionCommand({ stateMachineVersionArn: `${stateMachineArn}:1` })),
    ).rejects.toThrow(
      refused(
        'ConflictException',
        'Version to be deleted must not be referenced by an alias. Current list of aliases referencing this version: [live]',
      ),
    );
    const to2 = [{ stateMachineVersionArn: `${stateMachineArn}:2`, weight: 100 }];
    await send(new UpdateStateMachineAliasCommand({ stateMachineAliasArn, routingConfiguration: to2 }));
    expect(await send(new DescribeStateMachineAliasCommand({ stateMachineAliasArn }))).toMatchObject({
      name: 'live',
      routingConfiguration: to2,
    });
    expect((await states.ended(await states.start(stateMachineAliasArn))).output).toBe('2');
    expect(
      (await send(new ListStateMachineAliasesCommand({ stateMachineArn }))).stateMachineAliases,
    ).toHaveLength(1);
    await send(new DeleteStateMachineVersionCommand({ stateMachineVersionArn: `${stateMachineArn}:1` }));
    const { stateMachineVersions } = await send(new ListStateMachineVersionsCommand({ stateMachineArn }));
    expect(stateMachineVersions?.map(({ stateMachineVersionArn }) => stateMachineVersionArn)).toEqual([
      `${stateMachineArn}:2`,
    ]);
    await send(new DeleteStateMachineAliasCommand({ stateMachineAliasArn }));
    await expect(
      send(new UpdateStateMachineAliasCommand({ stateMachineAliasArn, description: 'x' })),
    ).rejects.toThrow(refused('ResourceNotFound', 'Request references a resource that does not exist.'));
  });

  test.each([
    [
      'no version',
      ['versions'],
      [100],
      'Routing configuration must contain state machine version ARNs. Received: [<0>]',
    ],
    [
      'one version twice',
      ['versions:1', 'versions:1'],
      [50, 50],
      'Routing configuration must contain distinct state machine version ARNs. Received: [<0>, <1>]',
    ],
    [
      'too little',
      ['versions:1', 'versions:2'],
      [70, 29],
      'Sum of routing configuration weights must equal 100. Received: [70, 29]',
    ],
  ])('an alias to %s is refused', async (_what, names, weights, message) => {
    const arns = names.map(MACHINE);
    const routingConfiguration = arns.map((stateMachineVersionArn, at) => ({
      stateMachineVersionArn,
      weight: weights[at] ?? 0,
    }));
    await expect(
      send(new CreateStateMachineAliasCommand({ name: 'wrong', routingConfiguration })),
    ).rejects.toThrow(
      refused('ValidationException', message.replace('<0>', arns[0] ?? '').replace('<1>', arns[1] ?? '')),
    );
  });
});

/* LocalStack's records of AWS, v2/test_sfn_api_activities and v2/activities. */
describe('activities', () => {
  test('give their tasks to workers, who answer by token', async () => {
    const { activityArn = '' } = await send(new CreateActivityCommand({ name: 'paint' }));
    expect(activityArn).toBe(`arn:aws:states:${ARNS}:activity:paint`);
    expect(await send(new DescribeActivityCommand({ activityArn }))).toMatchObject({ name: 'paint' });
    expect((await send(new ListActivitiesCommand({}))).activities).toHaveLength(1);
    const task = { Type: 'Task', Resource: activityArn, HeartbeatSeconds: 60, End: true };
    const definition = JSON.stringify({ StartAt: 'T', States: { T: task } });
    const stateMachineArn = await make('painting', { definition });
    const waiting = send(new GetActivityTaskCommand({ activityArn, workerName: 'me' }));
    const executionArn = await states.start(stateMachineArn, { colour: 'red' });
    const { taskToken, input } = await waiting;
    expect(input).toBe('{"colour":"red"}');
    await send(new SendTaskHeartbeatCommand({ taskToken }));
    await send(new SendTaskSuccessCommand({ taskToken, output: '"done"' }));
    expect(await states.ended(executionArn)).toMatchObject({ status: 'SUCCEEDED', output: '"done"' });
    expect(await states.typesOf(executionArn)).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'ActivityScheduled',
      'ActivityStarted',
      'ActivitySucceeded',
      'TaskStateExited',
      'ExecutionSucceeded',
    ]);

    const failing = await states.start(stateMachineArn);
    const second = await send(new GetActivityTaskCommand({ activityArn }));
    await send(new SendTaskFailureCommand({ taskToken: second.taskToken, error: 'Dry', cause: 'no paint' }));
    expect(await states.ended(failing)).toMatchObject({ status: 'FAILED', error: 'Dry', cause: 'no paint' });

    const late = await states.start(stateMachineArn);
    await send(new GetActivityTaskCommand({ activityArn }));
    await states.loop.clock.advance(61_000);
    expect(await states.ended(late)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
    await send(new DeleteActivityCommand({ activityArn }));
    await expect(send(new DescribeActivityCommand({ activityArn }))).rejects.toThrow(
      refused('ActivityDoesNotExist', `Activity Does Not Exist: '${activityArn}'`),
    );
  });

  test('without a task answer with none after a minute', async () => {
    const { activityArn } = await send(new CreateActivityCommand({ name: 'idle' }));
    const waiting = send(new GetActivityTaskCommand({ activityArn }));
    await new Promise((resolve) => setTimeout(resolve, 100));
    await states.loop.clock.advance(60_000);
    expect((await waiting).taskToken).toBeUndefined();
  });
});

test('resources have tags (v2/test_sfn_api_tagging)', async () => {
  const resourceArn = await make('tagged', { tags: [{ key: 'a', value: '1' }] });
  await send(new TagResourceCommand({ resourceArn, tags: [{ key: 'b', value: '2' }] }));
  await send(new UntagResourceCommand({ resourceArn, tagKeys: ['a'] }));
  expect((await send(new ListTagsForResourceCommand({ resourceArn }))).tags).toEqual([
    { key: 'b', value: '2' },
  ]);
  await expect(send(new TagResourceCommand({ resourceArn: `${resourceArn}:1`, tags: [] }))).rejects.toThrow(
    refused('ResourceNotFound', `Resource not found: '${resourceArn}:1'`),
  );
});

test('a definition is judged without a machine (v2/test_sfn_api_validation)', async () => {
  expect(await send(new ValidateStateMachineDefinitionCommand({ definition: pass() }))).toMatchObject({
    result: 'OK',
    diagnostics: [],
  });
  expect(
    await send(new ValidateStateMachineDefinitionCommand({ definition: '{"StartAt":"A"}' })),
  ).toMatchObject({
    result: 'FAIL',
    diagnostics: [{ severity: 'ERROR', code: 'SCHEMA_VALIDATION_FAILED', location: '/' }],
  });
});
