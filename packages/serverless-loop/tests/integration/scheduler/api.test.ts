import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningLoop } from '../../../src/index.ts';
import { startLoop } from '../../../src/index.ts';
import { projectFolder } from '../../loop-in-process.ts';
import { ACCOUNT, CALLER, callerOf, INBOX, LOST, oneOff, READER, systemWith } from './scheduler-loop.ts';

let loop: RunningLoop;
let api: ReturnType<typeof callerOf>;
let remove = () => {};
beforeAll(async () => {
  const files = { 'template.yaml': systemWith(), 'code/handler.js': 'exports.handler = () => {};' };
  const folder = projectFolder(files, (undo) => {
    remove = undo;
  });
  loop = await startLoop({ template: `${folder}/template.yaml`, region: 'us-east-1', clock: 'manual' });
  api = callerOf(loop);
});
afterAll(async () => {
  await loop?.stop();
  remove();
});

const HOURLY = 'rate(1 hour)';

describe('schedules', () => {
  /* LocalStack's record, resource_providers/scheduler/test_scheduler.snapshot.json, test_schedule_and_group. */
  test('are shown with what AWS takes for what was not said', async () => {
    const Target = { Arn: INBOX, RoleArn: CALLER };
    const FlexibleTimeWindow = { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 60 };
    const made = await api.create('shown', 'cron(0 0 * * ? *)', { Target, FlexibleTimeWindow });
    expect(made.body).toEqual({ ScheduleArn: `${ACCOUNT}:schedule/default/shown` });
    const { body } = await api.call('GET', '/schedules/shown');
    expect(body).toEqual({
      ActionAfterCompletion: 'NONE',
      Arn: `${ACCOUNT}:schedule/default/shown`,
      CreationDate: expect.any(Number),
      FlexibleTimeWindow,
      GroupName: 'default',
      LastModificationDate: expect.any(Number),
      Name: 'shown',
      ScheduleExpression: 'cron(0 0 * * ? *)',
      ScheduleExpressionTimezone: 'UTC',
      State: 'ENABLED',
      Target: {
        ...Target,
        RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
      },
    });
  });

  // https://docs.aws.amazon.com/scheduler/latest/APIReference/API_GetSchedule.html
  test('keep all that they are given', async () => {
    const given = {
      ScheduleExpression: 'rate(2 hours)',
      ScheduleExpressionTimezone: 'Europe/Paris',
      Description: 'all of it',
      State: 'DISABLED',
      ActionAfterCompletion: 'DELETE',
      EndDate: 4_000_000_000,
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: {
        Arn: 'arn:aws:ecs:us-east-1:000000000000:cluster/c',
        RoleArn: CALLER,
        Input: 'x',
        DeadLetterConfig: { Arn: LOST },
        RetryPolicy: { MaximumEventAgeInSeconds: 60, MaximumRetryAttempts: 3 },
        EcsParameters: {
          TaskDefinitionArn: 'arn:aws:ecs:us-east-1:000000000000:task-definition/t',
          LaunchType: 'FARGATE',
          NetworkConfiguration: { awsvpcConfiguration: { Subnets: ['subnet-1'], AssignPublicIp: 'ENABLED' } },
        },
      },
    };
    await api.call('POST', '/schedules/whole', given);
    expect((await api.call('GET', '/schedules/whole')).body).toMatchObject(given);
  });

  /* Scheduler API reference, "UpdateSchedule": what is left out is as it is for a new one. */
  test('lose what a change of them leaves out', async () => {
    await api.create('changed', HOURLY, { Description: 'first', ScheduleExpressionTimezone: 'Europe/Paris' });
    await api.call('PUT', '/schedules/changed', oneOff('rate(2 hours)'));
    const { body } = await api.call('GET', '/schedules/changed');
    expect(body).toMatchObject({ ScheduleExpression: 'rate(2 hours)', ScheduleExpressionTimezone: 'UTC' });
    expect(body).not.toHaveProperty('Description');
  });

  // https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html, ClientToken
  test('are made again by the same call, and by no other', async () => {
    const ClientToken = 'the-same';
    const first = await api.create('twice', HOURLY, { ClientToken });
    expect(await api.create('twice', HOURLY, { ClientToken })).toEqual(first);
    const other = await api.create('twice', HOURLY, { ClientToken: 'another' });
    expect(other).toMatchObject({
      status: 409,
      code: 'ConflictException',
      body: { Message: 'Schedule twice already exists.' },
    });
  });

  // https://docs.aws.amazon.com/scheduler/latest/APIReference/API_ListSchedules.html
  test('are listed in pages, by group, state and the beginning of their names', async () => {
    await api.call('POST', '/schedule-groups/listed', {});
    for (const name of ['b1', 'b2', 'a1'])
      await api.create(name, HOURLY, { GroupName: 'listed', State: name === 'b2' ? 'DISABLED' : 'ENABLED' });
    const namesOf = ({ body }: { body: { Schedules: { Name: string }[] } }) =>
      body.Schedules.map(({ Name }) => Name);
    const first = await api.call('GET', '/schedules?ScheduleGroup=listed&MaxResults=2');
    expect(namesOf(first)).toEqual(['a1', 'b1']);
    const token = encodeURIComponent(first.body.NextToken);
    const second = await api.call('GET', `/schedules?ScheduleGroup=listed&MaxResults=2&NextToken=${token}`);
    expect(namesOf(second)).toEqual(['b2']);
    expect(second.body).not.toHaveProperty('NextToken');
    expect(
      namesOf(await api.call('GET', '/schedules?ScheduleGroup=listed&NamePrefix=b&State=ENABLED')),
    ).toEqual(['b1']);
    expect(first.body.Schedules[0]).toEqual({
      Arn: `${ACCOUNT}:schedule/listed/a1`,
      CreationDate: expect.any(Number),
      GroupName: 'listed',
      LastModificationDate: expect.any(Number),
      Name: 'a1',
      State: 'ENABLED',
      Target: { Arn: READER },
    });
  });

  // https://docs.aws.amazon.com/scheduler/latest/APIReference/API_DeleteSchedule.html
  test('are not there after they were deleted', async () => {
    await api.create('gone', HOURLY);
    expect((await api.call('DELETE', '/schedules/gone')).body).toEqual({});
    for (const [method, body] of [['GET'], ['DELETE'], ['PUT', oneOff(HOURLY)]] as const)
      expect(await api.call(method, '/schedules/gone', body)).toMatchObject({
        status: 404,
        code: 'ResourceNotFoundException',
        body: { Message: 'Schedule gone does not exist.' },
      });
  });
});

describe('a schedule is refused', () => {
  /* LocalStack's record, tests/aws/services/scheduler/test_scheduler.snapshot.json, and the expressions of that file's tests. */
  test.each([
    'cron(0 1 * * * *)',
    'cron(7 20 * * NOT *)',
    'cron(INVALID)',
    'cron(0 dummy ? * MON-FRI *)',
    'cron(71 8 1 * ? *)',
    'cron()',
    'rate(10 seconds)',
    'rate(10 years)',
    'rate()',
    'rate(10)',
    'rate(10 minutess)',
    'rate(foo minutes)',
    'rate(-10 minutes)',
    'rate( 10 minutes )',
    ' rate(10 minutes)',
    'at(2021-12-31T23:59:59Z)',
    'at(2021-12-31)',
    'at(2021-02-30T00:00:00)',
  ])('with %s', async (expression) => {
    expect(await api.create('refused', expression)).toMatchObject({
      status: 400,
      code: 'ValidationException',
      body: { Message: `Invalid Schedule Expression ${expression}.` },
    });
  });

  /* The same record, test_create_schedule_with_valid_cron_expressions and …_with_valid_schedule_expression. */
  test.each([
    'cron(0-15/1 8-8 ? * 2,3,4,5,6,7 *)',
    'cron(30-30 13-13 ? * 2,4,6 *)',
    'cron(1-31/30 1-1 ? * 1,7 *)',
    'cron(0 18 ? * MON-FRI *)',
    'cron(*/15 * * * ? *)',
    'cron(0-59/10 0-23/2 ? * * *)',
    'at(2022-12-31T23:59:59)',
  ])('but not with %s', async (expression) => {
    const name = `taken-${Math.random().toString(36).slice(2)}`;
    expect((await api.create(name, expression)).status).toBe(200);
  });

  test.each([
    [
      'a StartDate of long ago',
      { StartDate: 1_000_000_000 },
      'The StartDate you specify cannot be earlier than 5 minutes ago.',
    ],
    ['an EndDate before now', { EndDate: 1_000_000_000 }, 'EndDate'],
    ['a zone that is none', { ScheduleExpressionTimezone: 'Nowhere/At' }, 'Nowhere/At'],
    [
      'a flexible window without length',
      { FlexibleTimeWindow: { Mode: 'FLEXIBLE' } },
      'MaximumWindowInMinutes',
    ],
    ['a group that is not there', { GroupName: 'nobodys' }, 'Schedule group nobodys does not exist.'],
    [
      'a target that is no ARN',
      { Target: { Arn: 'reader', RoleArn: CALLER } },
      'Provided Arn is not in correct format.',
    ],
    [
      'a bus without EventBridgeParameters',
      { Target: { Arn: 'arn:aws:events:us-east-1:000000000000:event-bus/default', RoleArn: CALLER } },
      'EventBridgeParameters',
    ],
    [
      'a stream without KinesisParameters',
      { Target: { Arn: 'arn:aws:kinesis:us-east-1:000000000000:stream/clicks', RoleArn: CALLER } },
      'KinesisParameters',
    ],
    // Scheduler API reference, "Target", Input: "the input must be a well-formed JSON", for these three.
    [
      'an input of a function that is no JSON',
      { Target: { Arn: READER, RoleArn: CALLER, Input: 'hello' } },
      'well-formed JSON',
    ],
    [
      'an input of a state machine that is no JSON',
      { Target: { Arn: READER.replace('lambda', 'states'), RoleArn: CALLER, Input: '{' } },
      'well-formed JSON',
    ],
    [
      'an input of a bus that is no JSON',
      {
        Target: {
          Arn: 'arn:aws:events:us-east-1:000000000000:event-bus/default',
          RoleArn: CALLER,
          Input: "{'a': 1}",
          EventBridgeParameters: { DetailType: 'a', Source: 'b' },
        },
      },
      'well-formed JSON',
    ],
    // The words of AWS as many projects quote them, with the name that their request spelled in lower case.
    [
      'the request of an operation without what it needs',
      {
        Target: {
          Arn: 'arn:aws:scheduler:::aws-sdk:sqs:sendMessage',
          RoleArn: CALLER,
          Input: '{"queueUrl":"http://q","MessageBody":"x"}',
        },
      },
      'Invalid RequestJson provided. Reason Request payload is missing the following field(s): QueueUrl.',
    ],
    [
      'the request of an operation that is no JSON',
      {
        Target: { Arn: 'arn:aws:scheduler:::aws-sdk:sqs:sendMessage', RoleArn: CALLER, Input: 'hello' },
      },
      'Invalid RequestJson provided.',
    ],
    [
      'an operation that reads',
      { Target: { Arn: 'arn:aws:scheduler:::aws-sdk:sqs:receiveMessage', RoleArn: CALLER } },
      'sqs:receiveMessage',
    ],
    [
      'a role that Scheduler may not assume',
      { Target: { Arn: READER, RoleArn: CALLER.replace('caller', 'unknown') } },
      'The execution role you provide must allow AWS EventBridge Scheduler to assume the role.',
    ],
    [
      'more retries than there may be',
      { Target: { Arn: READER, RoleArn: CALLER, RetryPolicy: { MaximumRetryAttempts: 186 } } },
      "Value '186' at 'target.retryPolicy.maximumRetryAttempts' failed to satisfy constraint: Member must have value less than or equal to 185",
    ],
    ['a state that is none', { State: 'ON' }, "at 'state' failed to satisfy constraint"],
  ])('for %s', async (_what, more, message) => {
    const answer = await api.create('refused', HOURLY, more);
    expect(answer.body.Message).toContain(message);
    expect(answer.status).toBe(message.includes('group') ? 404 : 400);
  });

  test('without its target', async () => {
    const { Target: _left, ...rest } = oneOff(HOURLY);
    expect((await api.call('POST', '/schedules/refused', rest)).body.Message).toBe(
      "1 validation error detected: Value null at 'target' failed to satisfy constraint: Member must not be null",
    );
  });
});

describe('schedule groups', () => {
  // https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-group-delete.html: deleting a group deletes its schedules
  test('are made, shown, listed and deleted with their schedules', async () => {
    const made = await api.call('POST', '/schedule-groups/teams', { Tags: [{ Key: 'a', Value: 'b' }] });
    expect(made.body).toEqual({ ScheduleGroupArn: `${ACCOUNT}:schedule-group/teams` });
    await api.create('within', HOURLY, { GroupName: 'teams' });
    expect((await api.call('GET', '/schedule-groups/teams')).body).toEqual({
      Arn: `${ACCOUNT}:schedule-group/teams`,
      CreationDate: expect.any(Number),
      LastModificationDate: expect.any(Number),
      Name: 'teams',
      State: 'ACTIVE',
    });
    const { body } = await api.call('GET', '/schedule-groups?NamePrefix=de');
    expect(body.ScheduleGroups).toMatchObject([{ Name: 'default' }]);
    expect((await api.call('DELETE', '/schedule-groups/teams')).body).toEqual({});
    expect((await api.call('GET', '/schedules/within?groupName=teams')).body.Message).toBe(
      'Schedule group teams does not exist.',
    );
  });

  // https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateScheduleGroup.html, ConflictException
  test('are not made twice, and the default one stays', async () => {
    await api.call('POST', '/schedule-groups/once', {});
    expect(await api.call('POST', '/schedule-groups/once', {})).toMatchObject({
      status: 409,
      code: 'ConflictException',
      body: { Message: 'Schedule group once already exists.' },
    });
    expect((await api.call('DELETE', '/schedule-groups/default')).code).toBe('ValidationException');
  });

  /* The same page, ClientToken: "to ensure the idempotency of the request". */
  test('are made again by the same call, and by no other', async () => {
    const make = (ClientToken: string) => api.call('POST', '/schedule-groups/again', { ClientToken });
    expect((await make('one')).status).toBe(200);
    expect((await make('one')).body).toEqual({ ScheduleGroupArn: `${ACCOUNT}:schedule-group/again` });
    expect((await make('two')).code).toBe('ConflictException');
  });

  /* LocalStack's record, tests/aws/services/scheduler/test_scheduler.snapshot.json, test_tag_resource, test_untag_resource. */
  test('have tags', async () => {
    await api.call('POST', '/schedule-groups/tagged', { Tags: [{ Key: 'first', Value: '1' }] });
    const path = `/tags/${encodeURIComponent(`${ACCOUNT}:schedule-group/tagged`)}`;
    await api.call('POST', path, { Tags: [{ Key: 'TagKey', Value: 'TagValue' }] });
    expect((await api.call('GET', path)).body.Tags).toEqual([
      { Key: 'first', Value: '1' },
      { Key: 'TagKey', Value: 'TagValue' },
    ]);
    await api.call('DELETE', `${path}?TagKeys=first&TagKeys=TagKey`);
    expect((await api.call('GET', path)).body).toEqual({ Tags: [] });
  });
});
