import { describe, expect, test } from 'vitest';
import { needed } from '../../operation-calls.ts';
import { busArn, functionArn, queueArn, rule, startTestBus, target } from './test-bus.ts';

/** The manual clock's. */
const times = {
  CreationTime: Date.UTC(2026, 10, 23, 9, 30) / 1_000,
  LastModifiedTime: Date.UTC(2026, 10, 23, 9, 30) / 1_000,
};
const defaultArn = 'arn:aws:events:eu-west-1:123456789012:event-bus/default';

describe('buses', () => {
  test('are listed by name, the default one with them', async () => {
    const bus = startTestBus();
    expect(await bus.call('ListEventBuses', {})).toEqual({
      EventBuses: [
        { Name: 'default', Arn: defaultArn, ...times },
        { Name: 'depot', Arn: busArn, ...times },
      ],
    });
    expect(await bus.call('ListEventBuses', { NamePrefix: 'dep' })).toEqual({
      EventBuses: [{ Name: 'depot', Arn: busArn, ...times }],
    });
  });

  test('are described by name, by ARN, and by neither', async () => {
    const bus = startTestBus();
    expect(await bus.call('DescribeEventBus', { Name: 'depot' })).toEqual({
      Name: 'depot',
      Arn: busArn,
      ...times,
    });
    expect(await bus.call('DescribeEventBus', { Name: busArn })).toEqual({
      Name: 'depot',
      Arn: busArn,
      ...times,
    });
    expect(await bus.call('DescribeEventBus', {})).toEqual({ Name: 'default', Arn: defaultArn, ...times });
  });

  test('that do not exist are not found', async () => {
    const missing = {
      code: 'ResourceNotFoundException',
      status: 400,
      message: 'Event bus x does not exist.',
    };
    await expect(startTestBus().call('DescribeEventBus', { Name: 'x' })).rejects.toMatchObject(missing);
    await expect(startTestBus().call('ListRules', { EventBusName: 'x' })).rejects.toMatchObject(missing);
  });
});

describe('rules', () => {
  const rules = [
    rule({ name: 'b' }),
    rule({ name: 'a', enabled: false }),
    rule({ name: 'ab' }),
    rule({
      name: 'on-default',
      busName: 'default',
      arn: 'arn:aws:events:eu-west-1:123456789012:rule/on-default',
    }),
  ];
  const view = (name: string, State = 'ENABLED') => ({
    Name: name,
    Arn: `arn:aws:events:eu-west-1:123456789012:rule/depot/${name}`,
    EventPattern: '{"source":["depot"]}',
    State,
    EventBusName: 'depot',
  });

  test('are listed by name, of one bus', async () => {
    const bus = startTestBus({ rules });
    expect(await bus.call('ListRules', { EventBusName: 'depot' })).toEqual({
      Rules: [view('a', 'DISABLED'), view('ab'), view('b')],
    });
    expect(await bus.call('ListRules', { EventBusName: busArn, NamePrefix: 'a' })).toEqual({
      Rules: [view('a', 'DISABLED'), view('ab')],
    });
    expect(await bus.call('ListRules', {})).toMatchObject({ Rules: [{ Name: 'on-default' }] });
  });

  test('come page by page', async () => {
    const bus = startTestBus({ rules });
    const first = await bus.call('ListRules', { EventBusName: 'depot', Limit: 2 });
    expect(first).toEqual({ Rules: [view('a', 'DISABLED'), view('ab')], NextToken: expect.any(String) });
    const input = { EventBusName: 'depot', Limit: 2, NextToken: first?.NextToken };
    expect(await bus.call('ListRules', input)).toEqual({ Rules: [view('b')] });
    expect(await bus.call('ListRules', { EventBusName: 'depot', Limit: 3 })).not.toHaveProperty('NextToken');
  });

  test.each([
    [{ Limit: 0 }, 'ValidationException'],
    [{ Limit: 101 }, 'ValidationException'],
    [{ Limit: 'two' }, 'SerializationException'],
    [{ NextToken: 'made up' }, 'ValidationException'],
    [{ NextToken: 7 }, 'SerializationException'],
  ])('%j is refused', async (input, code) => {
    await expect(startTestBus({ rules }).call('ListRules', input)).rejects.toMatchObject({ code });
  });

  test('are described', async () => {
    const { pattern: _pattern, ...schedule } = rule({
      name: 'hourly',
      busName: 'default',
      scheduleExpression: 'rate(1 hour)',
    });
    const bus = startTestBus({ rules: [...rules, schedule] });
    expect(await bus.call('DescribeRule', { Name: 'b', EventBusName: 'depot' })).toEqual({
      ...view('b'),
      CreatedBy: '123456789012',
    });
    const hourly = await bus.call('DescribeRule', { Name: 'hourly' });
    expect(hourly).toMatchObject({ ScheduleExpression: 'rate(1 hour)' });
    expect(JSON.parse(JSON.stringify(hourly))).not.toHaveProperty('EventPattern');
  });

  test('that do not exist are not found', async () => {
    const bus = startTestBus({ rules });
    await expect(bus.call('DescribeRule', { Name: 'b' })).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
      message: 'Rule b does not exist on EventBus default.',
    });
    await expect(bus.call('ListTargetsByRule', { Rule: 'x', EventBusName: 'depot' })).rejects.toMatchObject({
      message: 'Rule x does not exist on EventBus depot.',
    });
    await expect(bus.call('DescribeRule', {})).rejects.toMatchObject({ code: 'ValidationException' });
  });

  test('need rights on the rule', () => {
    const { operations } = startTestBus({ rules }).service;
    expect(needed(operations.DescribeRule, { Name: 'b', EventBusName: 'depot' })).toEqual([
      { action: 'events:DescribeRule', resource: 'arn:aws:events:eu-west-1:123456789012:rule/depot/b' },
    ]);
    expect(needed(operations.ListTargetsByRule, { Rule: 'on-default' })).toEqual([
      {
        action: 'events:ListTargetsByRule',
        resource: 'arn:aws:events:eu-west-1:123456789012:rule/on-default',
      },
    ]);
  });
});

test('the rules that send to a target are named, of one bus, page by page', async () => {
  // As LocalStack's tests/aws/services/events/test_events.snapshot.json has it, test_list_rule_names_by_target…
  const other = target({ arn: queueArn });
  const rules = ['a', 'b', 'c'].map((name) => rule({ name, targets: [target({ arn: functionArn })] }));
  const bus = startTestBus({ rules: [...rules, rule({ name: 'd', targets: [other] })] });
  const input = { EventBusName: 'depot', TargetArn: functionArn };
  expect(await bus.call('ListRuleNamesByTarget', input)).toEqual({ RuleNames: ['a', 'b', 'c'] });
  const first = await bus.call('ListRuleNamesByTarget', { ...input, Limit: 2 });
  expect(first).toEqual({ RuleNames: ['a', 'b'], NextToken: expect.any(String) });
  const rest = { ...input, Limit: 2, NextToken: first?.NextToken };
  expect(await bus.call('ListRuleNamesByTarget', rest)).toEqual({ RuleNames: ['c'] });
  expect(await bus.call('ListRuleNamesByTarget', { TargetArn: functionArn })).toEqual({ RuleNames: [] });
  await expect(bus.call('ListRuleNamesByTarget', {})).rejects.toMatchObject({ code: 'ValidationException' });
});

describe('targets', () => {
  test('are listed with all that was set, and without what is the default', async () => {
    const inputTransformer = { inputPathsMap: { box: '$.detail.box' }, inputTemplate: '"<box>"' };
    const bus = startTestBus({
      rules: [
        rule({
          targets: [
            target({
              id: 'b',
              inputTransformer,
              deadLetterArn: queueArn,
              retryPolicy: { maximumRetryAttempts: 2, maximumEventAgeSeconds: 60 },
            }),
            target({ id: 'a', inputPath: '$.detail' }),
          ],
        }),
      ],
    });
    const answer = await bus.call('ListTargetsByRule', { Rule: 'packed', EventBusName: 'depot' });
    expect(JSON.parse(JSON.stringify(answer))).toEqual({
      Targets: [
        { Id: 'a', Arn: functionArn, InputPath: '$.detail' },
        {
          Id: 'b',
          Arn: functionArn,
          InputTransformer: { InputPathsMap: { box: '$.detail.box' }, InputTemplate: '"<box>"' },
          DeadLetterConfig: { Arn: queueArn },
          RetryPolicy: { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 60 },
        },
      ],
    });
  });

  test('come page by page', async () => {
    const bus = startTestBus({ rules: [rule({ targets: [target({ id: 'a' }), target({ id: 'b' })] })] });
    const input = { Rule: 'packed', EventBusName: 'depot', Limit: 1 };
    const first = await bus.call('ListTargetsByRule', input);
    expect(first).toMatchObject({ Targets: [{ Id: 'a' }] });
    const second = await bus.call('ListTargetsByRule', { ...input, NextToken: first?.NextToken });
    expect(second).toMatchObject({ Targets: [{ Id: 'b' }] });
    expect(second).not.toHaveProperty('NextToken');
  });
});

test('the service speaks awsJson1_1 as AWSEvents', () => {
  const { service } = startTestBus();
  expect(service).toMatchObject({ targetPrefix: 'AWSEvents', jsonVersion: '1.1' });
  expect(service.operations).toHaveProperty('PutEvents');
});
