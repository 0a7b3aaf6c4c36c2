import { type Go, type ServiceContract, textIn } from '../contract.ts';

const ARN = 'arn:aws:events:eu-west-1:000000000000:';
const BASIC = {
  AuthorizationType: 'BASIC',
  AuthParameters: { BasicAuthParameters: { Username: 'a', Password: 'b' } },
};
const EventPattern = '{"source":["tests"]}';
const Event = JSON.stringify({
  ...{ id: '1', account: '000000000000', source: 'tests', time: '2026-01-01T00:00:00Z' },
  ...{ region: 'eu-west-1', resources: [], 'detail-type': 'Tried', detail: {} },
});

export const EVENTBRIDGE_CONTRACT: ServiceContract = {
  title: 'EventBridge',
  service: 'events',
  async good(go, other) {
    await other('sqs', 'CreateQueue', { QueueName: 'contract-events' });
    await callBuses(go);
    await callRules(go, 'arn:aws:sqs:eu-west-1:000000000000:contract-events');
    await callArchives(go);
    await callDestinations(go);
    const entry = { Source: 'tests', DetailType: 'Tried', Detail: '{}', Time: new Date(0) };
    await go('PutEvents', { Entries: [entry, { ...entry, Detail: 'no JSON' }] });
    await go('TestEventPattern', { EventPattern, Event });
    await go('DeleteEventBus', { Name: 'contract-other' });
  },
  nowhere: {
    Name: 'nowhere',
    EventBusName: 'nowhere',
    ArchiveName: 'nowhere',
    ReplayName: 'nowhere',
    ResourceARN: `${ARN}event-bus/nowhere`,
  },
  missing: 'ResourceNotFoundException',
  onlyRefused: ['CancelReplay', 'PutPartnerEvents'],
  refused: [
    ['CreateEventBus', { Name: 'default' }, 'ResourceAlreadyExistsException'],
    ['DeleteEventBus', { Name: 'default' }, 'ValidationException'],
    ['ListEventBuses', { NextToken: 'foreign' }, 'ValidationException'],
    ['CreateConnection', { Name: 'no name', ...BASIC }, 'ValidationException'],
    ['ListConnections', { Limit: 0 }, 'ValidationException'],
    [
      'CreateApiDestination',
      {
        ...{ Name: 'x', ConnectionArn: `${ARN}connection/nowhere/1`, HttpMethod: 'POST' },
        InvocationEndpoint: 'https://localhost/x',
      },
      'ResourceNotFoundException',
    ],
    ['ListApiDestinations', { Limit: 0 }, 'ValidationException'],
    [
      'CreateArchive',
      { ArchiveName: 'x', EventSourceArn: `${ARN}event-bus/nowhere` },
      'ResourceNotFoundException',
    ],
    ['ListArchives', { Limit: 0 }, 'ValidationException'],
    ['CancelReplay', { ReplayName: 'nowhere' }, 'ResourceNotFoundException'],
    ['ListReplays', { Limit: 0 }, 'ValidationException'],
    [
      'StartReplay',
      {
        ...{ ReplayName: 'x', EventSourceArn: `${ARN}archive/nowhere` },
        ...{ EventStartTime: new Date(0), EventEndTime: new Date(1000) },
        Destination: { Arn: `${ARN}event-bus/default` },
      },
      'ValidationException',
    ],
    ['PutEvents', { Entries: [] }, 'ValidationException'],
    ['PutPartnerEvents', { Entries: [] }, 'ValidationException'],
    ['TestEventPattern', { EventPattern: '{"source":"x"}', Event }, 'InvalidEventPatternException'],
    ['DeleteRule', { Name: 'x', EventBusName: 'nowhere' }, 'ResourceNotFoundException'],
  ],
};

async function callBuses(go: Go): Promise<void> {
  const made = await go('CreateEventBus', { Name: 'contract' });
  await go('CreateEventBus', { Name: 'contract-other' });
  await go('DescribeEventBus', { Name: 'contract' });
  await go('UpdateEventBus', { Name: 'contract', Description: 'two' });
  await go('ListEventBuses');
  const resource = { ResourceARN: textIn(made, 'EventBusArn') };
  await go('TagResource', { ...resource, Tags: [{ Key: 'a', Value: 'b' }] });
  await go('ListTagsForResource', resource);
  await go('UntagResource', { ...resource, TagKeys: ['a'] });
  const statement = { EventBusName: 'contract', StatementId: 'one' };
  await go('PutPermission', { ...statement, Action: 'events:PutEvents', Principal: '*' });
  await go('RemovePermission', statement);
}

async function callRules(go: Go, Arn: string): Promise<void> {
  const EventBusName = 'contract';
  const rule = { Name: 'one', EventBusName };
  await go('PutRule', { ...rule, EventPattern });
  await go('PutRule', { Name: 'two', EventBusName, EventPattern });
  await go('DescribeRule', rule);
  await go('ListRules', { EventBusName });
  await go('DisableRule', rule);
  await go('EnableRule', rule);
  const of = { Rule: 'one', EventBusName };
  const Targets = ['a', 'b'].map((Id) => ({ Id, Arn }));
  await go('PutTargets', { ...of, Targets });
  await go('PutTargets', { Rule: 'two', EventBusName, Targets });
  await go('ListTargetsByRule', of);
  await go('ListRuleNamesByTarget', { TargetArn: Arn, EventBusName });
  await go('RemoveTargets', { ...of, Ids: ['a', 'b'] });
  await go('DeleteRule', rule);
}

async function callArchives(go: Go): Promise<void> {
  const EventSourceArn = `${ARN}event-bus/contract`;
  const archive = { ArchiveName: 'one' };
  const { ArchiveArn } = await go('CreateArchive', { ...archive, EventSourceArn });
  await go('CreateArchive', { ArchiveName: 'two', EventSourceArn });
  await go('DescribeArchive', archive);
  await go('UpdateArchive', { ...archive, RetentionDays: 3 });
  await go('ListArchives');
  const span = { EventStartTime: new Date(0), EventEndTime: new Date(1000) };
  const replay = { EventSourceArn: ArchiveArn, Destination: { Arn: EventSourceArn }, ...span };
  for (const ReplayName of ['one', 'two']) await go('StartReplay', { ReplayName, ...replay });
  await go('DescribeReplay', { ReplayName: 'one' });
  await go('ListReplays', { NamePrefix: 'nothing' });
  await go('DeleteArchive', archive);
}

async function callDestinations(go: Go): Promise<void> {
  const Name = 'contract';
  const { ConnectionArn } = await go('CreateConnection', { Name, ...BASIC });
  await go('CreateConnection', { Name: 'contract-other', ...BASIC });
  await go('DescribeConnection', { Name });
  await go('UpdateConnection', { Name, Description: 'two' });
  await go('ListConnections');
  const endpoint = { ConnectionArn, InvocationEndpoint: 'https://localhost/x', HttpMethod: 'POST' };
  await go('CreateApiDestination', { Name, ...endpoint });
  await go('CreateApiDestination', { Name: 'contract-other', ...endpoint });
  await go('DescribeApiDestination', { Name });
  await go('UpdateApiDestination', { Name, HttpMethod: 'PUT' });
  await go('ListApiDestinations');
  await go('DeleteApiDestination', { Name });
  await go('DeauthorizeConnection', { Name: 'contract-other' });
  await go('DeleteConnection', { Name });
}
