import { describe, expect, test } from 'vitest';
import { CALLER, READER, startSystem, systemWith } from './scheduler-loop.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

describe('a schedule that a call makes', () => {
  // https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#one-time
  test('at a time is met then, once, and stays there', async () => {
    const { loop, create, call, got } = await startSystem();
    await create('once', 'at(2026-11-28T10:15:00)');
    await loop.clock.advance(149_999);
    expect(got()).toEqual([]);
    await loop.clock.advance(1);
    expect(got()).toEqual([{ hello: 'there' }]);
    await loop.clock.advance(48 * HOUR_MS);
    expect(got()).toHaveLength(1);
    expect((await call('GET', '/schedules/once')).status).toBe(200);
  });

  /* Scheduler guide, "Deleting a schedule", "Automatic deletion after completion". */
  test('is gone after it was met for the last time, if it says so', async () => {
    const { loop, create, call, got } = await startSystem();
    await create('once', 'at(2026-11-28T10:15:00)', { ActionAfterCompletion: 'DELETE' });
    await create('hourly', 'cron(0 * * * ? *)', {
      ActionAfterCompletion: 'DELETE',
      EndDate: Date.parse('2026-11-28T12:30:00Z') / 1_000,
    });
    await loop.clock.advance(HOUR_MS);
    expect((await call('GET', '/schedules/once')).code).toBe('ResourceNotFoundException');
    expect((await call('GET', '/schedules/hourly')).status).toBe(200);
    await loop.clock.advance(HOUR_MS);
    expect((await call('GET', '/schedules/hourly')).code).toBe('ResourceNotFoundException');
    expect(got()).toHaveLength(3);
  });

  /* Scheduler guide, "Schedule types", "Time zones" and "Daylight savings time on EventBridge Scheduler". */
  test('goes by the clock of its time zone', async () => {
    const { loop, create, told } = await startSystem();
    const ScheduleExpressionTimezone = 'Asia/Tokyo';
    await create('tokyo', 'cron(30 19 * * ? *)', { ScheduleExpressionTimezone });
    await create('there', 'at(2026-11-28T19:45:00)', { ScheduleExpressionTimezone });
    await loop.clock.advance(18 * MINUTE_MS);
    expect(told('schedule.invoked')).toMatchObject([{ scheduleName: 'tokyo' }]);
    await loop.clock.advance(15 * MINUTE_MS);
    expect(told('schedule.invoked')).toMatchObject([{ scheduleName: 'tokyo' }, { scheduleName: 'there' }]);
  });

  /* The same page, "Rate-based schedules": without StartDate it begins at once, else with that. */
  // https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#rate-based
  test('at a rate is met when it is made, and then at that rate', async () => {
    const { loop, create, told } = await startSystem();
    await create('now', 'rate(5 minutes)');
    await create('later', 'rate(1 hour)', { StartDate: Date.parse('2026-11-28T11:00:00Z') / 1_000 });
    await loop.clock.advance(0);
    expect(told('schedule.invoked')).toMatchObject([{ scheduleName: 'now' }]);
    await loop.clock.advance(10 * MINUTE_MS);
    expect(told('schedule.invoked')).toHaveLength(3);
    await loop.clock.advance(37.5 * MINUTE_MS);
    expect(told('schedule.invoked')).toContainEqual(expect.objectContaining({ scheduleName: 'later' }));
  });

  // https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html, StartDate and EndDate
  test('is not met before its StartDate, nor after its EndDate', async () => {
    const { loop, create, got } = await startSystem();
    const seconds = (time: string) => Date.parse(time) / 1_000;
    await create('hourly', 'cron(0 * * * ? *)', {
      StartDate: seconds('2026-11-28T11:30:00Z'),
      EndDate: seconds('2026-11-28T13:00:00Z'),
    });
    await loop.clock.advance(HOUR_MS);
    expect(got()).toHaveLength(0);
    await loop.clock.advance(2 * HOUR_MS);
    expect(got()).toHaveLength(2);
    await loop.clock.advance(24 * HOUR_MS);
    expect(got()).toHaveLength(2);
  });

  /* Scheduler guide, "Configuring flexible time windows". */
  test('with a flexible window is met within it', async () => {
    const { loop, create, got } = await startSystem();
    await create('flexible', 'at(2026-11-28T10:30:00)', {
      FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 15 },
    });
    await loop.clock.advance(17.4 * MINUTE_MS);
    expect(got()).toEqual([]);
    await loop.clock.advance(15.2 * MINUTE_MS);
    expect(got()).toHaveLength(1);
  });

  // https://docs.aws.amazon.com/scheduler/latest/APIReference/API_UpdateSchedule.html, State
  test('is not met while it is disabled, and goes by its new times once it is changed', async () => {
    const { loop, create, call, got } = await startSystem();
    await create('hourly', 'cron(0 * * * ? *)', { State: 'DISABLED' });
    await loop.clock.advance(HOUR_MS);
    expect(got()).toEqual([]);
    const changed = {
      ScheduleExpression: 'cron(30 * * * ? *)',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: { Arn: READER, RoleArn: CALLER },
    };
    await call('PUT', '/schedules/hourly', changed);
    await loop.clock.advance(17 * MINUTE_MS);
    expect(got()).toEqual([]);
    await loop.clock.advance(MINUTE_MS);
    expect(got()).toHaveLength(1);
    await call('DELETE', '/schedules/hourly');
    await loop.clock.advance(3 * HOUR_MS);
    expect(got()).toHaveLength(1);
  });
});

describe('a schedule of a template', () => {
  const schedule = (properties: string) =>
    systemWith(`  Nightly:
    Type: AWS::Scheduler::Schedule
    Properties:
      Name: nightly
      ${properties}
      FlexibleTimeWindow: { Mode: "OFF" }
      Target: { Arn: !GetAtt Reader.Arn, RoleArn: !GetAtt Caller.Arn, Input: '{"from":"template"}' }
`);

  test('is met at its times', async () => {
    const { loop, got } = await startSystem(
      schedule('ScheduleExpression: cron(15 5 * * ? *)\n      ScheduleExpressionTimezone: America/New_York'),
    );
    await loop.clock.advance(3 * MINUTE_MS);
    expect(got()).toEqual([{ from: 'template' }]);
  });

  test('is listed as what runs, with its name', async () => {
    const { loop } = await startSystem(schedule('ScheduleExpression: rate(1 hour)'));
    expect(loop.physicalId('Nightly')).toBe('nightly');
  });

  test.each([
    ['ScheduleExpression: cron(0 1 * * * *)', 'Invalid Schedule Expression cron(0 1 * * * *).'],
    [
      'ScheduleExpression: rate(1 hour)\n      ScheduleExpressionTimezone: Mars/Olympus',
      'Invalid Schedule Expression Timezone Mars/Olympus.',
    ],
  ])('is refused at the start with %j', async (properties, message) => {
    await expect(startSystem(schedule(properties))).rejects.toThrow(message);
  });

  test('whose role Scheduler may not assume is refused at the start', async () => {
    const template = schedule('ScheduleExpression: rate(1 hour)').replace(
      'Service: scheduler.amazonaws.com }\n',
      'Service: lambda.amazonaws.com }\n',
    );
    await expect(startSystem(template)).rejects.toThrow(
      'The execution role you provide must allow AWS EventBridge Scheduler to assume the role.',
    );
  });
});

/* SAM developer guide, "ScheduleV2". */
describe('a ScheduleV2 event', () => {
  const event = (more = '') =>
    systemWith().replace(
      'CodeUri: code/ }',
      `CodeUri: code/, Events: { Tick: { Type: ScheduleV2, Properties: { ScheduleExpression: cron(15 10 * * ? *), Input: '{"tick":1}' ${more} } } } }`,
    );

  test('invokes its function by a schedule of its name and a role of its own', async () => {
    const { loop, call, got } = await startSystem(event());
    const { body } = await call('GET', '/schedules/ReaderTick');
    expect(body).toMatchObject({
      Name: 'ReaderTick',
      GroupName: 'default',
      Target: { Arn: READER, RoleArn: expect.stringContaining(loop.physicalId('ReaderTickRole')) },
    });
    await loop.clock.advance(3 * MINUTE_MS);
    expect(got()).toEqual([{ tick: 1 }]);
  });

  test('with OmitName has a name of CloudFormation’s', async () => {
    const { loop, call } = await startSystem(event(', OmitName: true'));
    const name = loop.physicalId('ReaderTick');
    expect(name).toMatch(/-ReaderTick-/);
    expect((await call('GET', `/schedules/${name}`)).status).toBe(200);
  });
});
