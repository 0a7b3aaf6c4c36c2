import { describe, expect, test } from 'vitest';
import type { LoopUnderTest } from '../loop-in-process.ts';
import { type BotoCaller, findBoto } from './boto-caller.ts';
import { botoBesideLoop } from './boto-loop.ts';

const python = await findBoto();

describe.runIf(python)('EventBridge as boto3 reads it', () => {
  let running: LoopUnderTest;
  let boto: BotoCaller;
  botoBesideLoop(python, (started) => {
    ({ running, boto } = started);
  });
  const call = (operation: string, params?: Record<string, unknown>) =>
    boto.output('events', operation, params);

  const Event = JSON.stringify({
    id: '1',
    account: '000000000000',
    source: 'tests',
    time: '2026-01-01T00:00:00Z',
    region: 'eu-west-1',
    resources: [],
    'detail-type': 'Tried',
    detail: {},
  });

  async function callEvents(): Promise<void> {
    const good = { Source: 'tests', DetailType: 'Tried', Detail: '{}', Time: '2026-01-01T00:00:00Z' };
    expect(await call('PutEvents', { Entries: [good, { ...good, Detail: 'no JSON' }] })).toMatchObject({
      FailedEntryCount: 1,
      Entries: [{ EventId: expect.any(String) }, { ErrorCode: 'MalformedDetail' }],
    });
    expect(await call('TestEventPattern', { EventPattern: '{"source":["tests"]}', Event })).toEqual({
      Result: true,
    });
  }

  async function callDescriptions(): Promise<void> {
    const [bus] = running.loop.stack.buses;
    const [rule] = running.loop.stack.rules;
    const EventBusName = bus?.name;
    expect(await call('ListEventBuses', { Limit: 1 })).toHaveProperty('NextToken');
    expect(await call('DescribeEventBus', { Name: EventBusName })).toMatchObject({ Arn: bus?.arn });
    expect(await call('ListRules', { EventBusName })).toMatchObject({ Rules: [{ Name: rule?.name }] });
    expect(await call('DescribeRule', { Name: rule?.name, EventBusName })).toMatchObject({
      State: 'ENABLED',
    });
    const { Targets } = await call('ListTargetsByRule', { Rule: rule?.name, EventBusName });
    expect(Targets).toMatchObject([{}]);
    const TargetArn = rule?.targets[0]?.arn;
    expect(await call('ListRuleNamesByTarget', { TargetArn, EventBusName })).toMatchObject({
      RuleNames: [rule?.name],
    });
  }

  async function callChanges(): Promise<void> {
    const made = await call('CreateEventBus', { Name: 'boto', Description: 'one' });
    const ResourceARN = made.EventBusArn;
    await call('UpdateEventBus', { Name: 'boto', Description: 'two' });
    const rule = { Name: 'by-boto', EventBusName: 'boto' };
    expect(await call('PutRule', { ...rule, EventPattern: '{"source":["tests"]}' })).toHaveProperty(
      'RuleArn',
    );
    await call('DisableRule', rule);
    await call('EnableRule', rule);
    const target = { Rule: 'by-boto', EventBusName: 'boto' };
    const Targets = [{ Id: 'a', Arn: running.loop.stack.queues[0]?.arn }];
    expect(await call('PutTargets', { ...target, Targets })).toMatchObject({ FailedEntryCount: 0 });
    expect(await call('RemoveTargets', { ...target, Ids: ['a'] })).toMatchObject({ FailedEntryCount: 0 });
    await call('DeleteRule', rule);
    await call('TagResource', { ResourceARN, Tags: [{ Key: 'owner', Value: 'me' }] });
    expect(await call('ListTagsForResource', { ResourceARN })).toEqual({
      Tags: [{ Key: 'owner', Value: 'me' }],
    });
    await call('UntagResource', { ResourceARN, TagKeys: ['owner'] });
    const permission = { EventBusName: 'boto', StatementId: 'one' };
    await call('PutPermission', { ...permission, Action: 'events:PutEvents', Principal: '*' });
    expect(await call('DescribeEventBus', { Name: 'boto' })).toHaveProperty('Policy');
    await call('RemovePermission', permission);
    await call('DeleteEventBus', { Name: 'boto' });
  }

  async function callArchives(): Promise<void> {
    const [bus] = running.loop.stack.buses;
    const source = { ArchiveName: 'by-boto', EventSourceArn: bus?.arn };
    const { ArchiveArn } = await call('CreateArchive', { ...source, EventPattern: '{"source":["tests"]}' });
    await call('UpdateArchive', { ArchiveName: 'by-boto', RetentionDays: 3 });
    const described = { RetentionDays: 3, State: 'ENABLED', EventCount: 0 };
    expect(await call('DescribeArchive', { ArchiveName: 'by-boto' })).toMatchObject(described);
    expect(await call('ListArchives', { NamePrefix: 'by-' })).toMatchObject({ Archives: [described] });
    await call('StartReplay', {
      ReplayName: 'by-boto',
      EventSourceArn: ArchiveArn,
      EventStartTime: '2026-01-01T00:00:00Z',
      EventEndTime: '2026-02-01T00:00:00Z',
      Destination: { Arn: bus?.arn },
    });
    await running.loop.idle();
    const ended = { ReplayName: 'by-boto', State: 'COMPLETED' };
    expect(await call('DescribeReplay', { ReplayName: 'by-boto' })).toMatchObject(ended);
    expect(await call('ListReplays', { EventSourceArn: ArchiveArn })).toMatchObject({ Replays: [ended] });
    await call('DeleteArchive', { ArchiveName: 'by-boto' });
  }

  async function callDestinations(): Promise<void> {
    const AuthParameters = { BasicAuthParameters: { Username: 'a', Password: 'b' } };
    const { ConnectionArn } = await call('CreateConnection', {
      Name: 'by-boto',
      AuthorizationType: 'BASIC',
      AuthParameters,
    });
    const Name = 'by-boto';
    await call('UpdateConnection', { Name, Description: 'two' });
    expect(await call('DescribeConnection', { Name })).toMatchObject({ ConnectionState: 'AUTHORIZED' });
    expect(await call('ListConnections', {})).toMatchObject({ Connections: [{ Name }] });
    const endpoint = { InvocationEndpoint: 'https://localhost/x', HttpMethod: 'POST' };
    await call('CreateApiDestination', { Name, ConnectionArn, ...endpoint });
    await call('UpdateApiDestination', { Name, HttpMethod: 'PUT' });
    expect(await call('DescribeApiDestination', { Name })).toMatchObject({ HttpMethod: 'PUT' });
    expect(await call('ListApiDestinations', {})).toMatchObject({ ApiDestinations: [{ Name }] });
    await call('DeleteApiDestination', { Name });
    await call('DeauthorizeConnection', { Name });
    await call('DeleteConnection', { Name });
  }

  test('every operation answers as its model says', async () => {
    await callEvents();
    await callDescriptions();
    await callChanges();
    await callArchives();
    await callDestinations();
    const emulated = await boto.emulated('events');
    expect(emulated.length).toBeGreaterThan(0);
    // A replay is over before boto3 comes to cancel it, and nobody here is a partner.
    expect(emulated.filter((operation) => !boto.answered.has(`events.${operation}`))).toEqual([
      'CancelReplay',
      'PutPartnerEvents',
    ]);
  });

  test('every error is one of its operation or a common one', async () => {
    const refuse = (operation: string, params: Record<string, unknown>) =>
      boto.refusal('events', operation, params);
    expect(await refuse('DescribeRule', { Name: 'none' })).toMatchObject({
      code: 'ResourceNotFoundException',
    });
    expect(await refuse('ListRules', { NextToken: 'foreign' })).toMatchObject({
      code: 'ValidationException',
    });
    expect(await refuse('PutEvents', { Entries: [] })).toMatchObject({ code: 'ValidationException' });
    expect(await refuse('TestEventPattern', { EventPattern: '{"source":"x"}', Event })).toMatchObject({
      code: 'InvalidEventPatternException',
    });
    expect(await refuse('CreateEventBus', { Name: 'default' })).toMatchObject({
      code: 'ResourceAlreadyExistsException',
    });
    expect(await refuse('ListEndpoints', {})).toMatchObject({ code: 'UnknownOperationException' });
  });
});
