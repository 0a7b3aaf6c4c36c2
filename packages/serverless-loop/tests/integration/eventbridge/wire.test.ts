import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  CreateEventBusCommand,
  DeleteEventBusCommand,
  DeleteRuleCommand,
  DescribeEventBusCommand,
  DescribeRuleCommand,
  DisableRuleCommand,
  EnableRuleCommand,
  EventBridgeClient,
  ListTagsForResourceCommand,
  ListTargetsByRuleCommand,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateEventBusCommand,
} from '@aws-sdk/client-eventbridge';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type RunningLoop, startLoop } from '../../../src/index.ts';
import { projectFolder } from '../../loop-in-process.ts';

const TEMPLATE = `
Resources:
  Inbox: { Type: AWS::SQS::Queue, Properties: { QueueName: inbox } }
  Lost: { Type: AWS::SQS::Queue, Properties: { QueueName: lost } }
  Kept: { Type: AWS::Logs::LogGroup, Properties: { LogGroupName: /aws/events/kept } }
  MaySend:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [ !Ref Inbox, !Ref Lost ]
      PolicyDocument:
        Statement: [ { Effect: Allow, Principal: { Service: events.amazonaws.com }, Action: sqs:SendMessage, Resource: "*" } ]
  Forwarder:
    Type: AWS::IAM::Role
    Properties:
      RoleName: forwarder
      AssumeRolePolicyDocument: { Statement: { Effect: Allow, Principal: { Service: events.amazonaws.com }, Action: sts:AssumeRole } }
      Policies: [ { PolicyName: p, PolicyDocument: { Statement: { Effect: Allow, Action: events:PutEvents, Resource: "*" } } } ]
  Gone:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: { source: [from-template] }
      Targets:
        - { Id: gone, Arn: !Sub 'arn:aws:sqs:\${AWS::Region}:\${AWS::AccountId}:nobodys', DeadLetterConfig: { Arn: !GetAtt Lost.Arn } }
`;

const ARN = 'arn:aws:events:us-east-1:000000000000';
const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:inbox';
const LOST = 'arn:aws:sqs:us-east-1:000000000000:lost';
const FORWARDER = 'arn:aws:iam::000000000000:role/forwarder';
const LOG_GROUP = 'arn:aws:logs:us-east-1:000000000000:log-group:/aws/events/kept';

let loop: RunningLoop;
let events: EventBridgeClient;
let sqs: SQSClient;
let logs: CloudWatchLogsClient;
let loopTemplate: string;
let remove = () => {};
const settings = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
};
beforeAll(async () => {
  const folder = projectFolder({ 'template.yaml': TEMPLATE }, (undo) => {
    remove = undo;
  });
  loopTemplate = `${folder}/template.yaml`;
  loop = await startLoop({ template: loopTemplate, region: 'us-east-1' });
  const here = { ...settings, endpoint: loop.endpoint };
  events = new EventBridgeClient(here);
  sqs = new SQSClient(here);
  logs = new CloudWatchLogsClient(here);
});
afterAll(async () => {
  for (const client of [events, sqs, logs]) client?.destroy();
  await loop?.stop();
  remove();
});

/** Puts an event, and waits until all that it set going is over. */
async function publish(Source: string, EventBusName?: string, Detail = '{}'): Promise<void> {
  const entry = { Source, DetailType: 'Told', Detail, ...(EventBusName && { EventBusName }) };
  await events.send(new PutEventsCommand({ Entries: [entry] }));
  await loop.idle();
}

async function messages(logicalId: string) {
  const QueueUrl = loop.physicalId(logicalId);
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] }),
  );
  return Messages;
}

const rule = (name: string, source = name) =>
  new PutRuleCommand({ Name: name, EventPattern: JSON.stringify({ source: [source] }) });

/* Words and answers are those of LocalStack's record, tests/aws/services/events/test_events.snapshot.json. */
describe('rules that calls make', () => {
  test('deliver to their targets, until they are disabled or have none', async () => {
    const made = await events.send(rule('made'));
    expect(made.RuleArn).toBe(`${ARN}:rule/made`);
    const put = await events.send(
      new PutTargetsCommand({ Rule: 'made', Targets: [{ Id: 'q', Arn: QUEUE, InputPath: '$.source' }] }),
    );
    expect(put).toMatchObject({ FailedEntryCount: 0, FailedEntries: [] });
    await publish('made');
    expect((await messages('Inbox')).map(({ Body }) => Body)).toEqual(['"made"']);

    await events.send(new DisableRuleCommand({ Name: 'made' }));
    expect(await events.send(new DescribeRuleCommand({ Name: 'made' }))).toMatchObject({ State: 'DISABLED' });
    await publish('made');
    await events.send(new EnableRuleCommand({ Name: 'made' }));
    await events.send(new RemoveTargetsCommand({ Rule: 'made', Ids: ['q'] }));
    await publish('made');
    expect(await messages('Inbox')).toEqual([]);
  });

  test('keep their targets when they are changed', async () => {
    await events.send(rule('changed'));
    await events.send(new PutTargetsCommand({ Rule: 'changed', Targets: [{ Id: 'q', Arn: QUEUE }] }));
    await events.send(rule('changed', 'other'));
    await publish('changed');
    await publish('other');
    expect(await messages('Inbox')).toHaveLength(1);
    const { Targets } = await events.send(new ListTargetsByRuleCommand({ Rule: 'changed' }));
    expect(Targets).toEqual([{ Id: 'q', Arn: QUEUE }]);
    await events.send(new RemoveTargetsCommand({ Rule: 'changed', Ids: ['q'] }));
  });

  test('keep parameters of targets that nothing here takes', async () => {
    const target = {
      Id: 't',
      Arn: 'arn:aws:ecs:us-east-1:000000000000:cluster/c',
      RoleArn: FORWARDER,
      EcsParameters: {
        TaskDefinitionArn: 'arn:aws:ecs:us-east-1:000000000000:task-definition/t',
        TaskCount: 2,
      },
    };
    await events.send(rule('parameters'));
    await events.send(new PutTargetsCommand({ Rule: 'parameters', Targets: [target] }));
    const { Targets } = await events.send(new ListTargetsByRuleCommand({ Rule: 'parameters' }));
    expect(Targets).toEqual([target]);
  });

  test('with a schedule are met at their times', async () => {
    await events.send(new PutRuleCommand({ Name: 'ticking', ScheduleExpression: 'rate(1 day)' }));
    await events.send(new PutTargetsCommand({ Rule: 'ticking', Targets: [{ Id: 'q', Arn: QUEUE }] }));
    loop.fire('ticking');
    await loop.idle();
    const [message] = await messages('Inbox');
    expect(JSON.parse(message?.Body ?? '{}')).toMatchObject({ 'detail-type': 'Scheduled Event' });
  });

  test('with a schedule are met, whatever rule of the same name another bus has', async () => {
    const manual = await startLoop({ template: loopTemplate, region: 'us-east-1', clock: 'manual' });
    onTestFinished(manual.stop);
    const client = new EventBridgeClient({ ...settings, endpoint: manual.endpoint });
    await client.send(new PutRuleCommand({ Name: 'same', ScheduleExpression: 'rate(1 minute)' }));
    await client.send(new CreateEventBusCommand({ Name: 'else' }));
    await client.send(
      new PutRuleCommand({ Name: 'same', EventBusName: 'else', EventPattern: '{"source":["a"]}' }),
    );
    await manual.clock.advance(60_000);
    expect(manual.facts.soFar()).toContainEqual(
      expect.objectContaining({ kind: 'rule.matched', ruleName: 'same', busName: 'default' }),
    );
    client.destroy();
  });

  test('are not deleted while they have targets; one that is not there is none to delete', async () => {
    await events.send(rule('kept'));
    await events.send(new PutTargetsCommand({ Rule: 'kept', Targets: [{ Id: 'q', Arn: QUEUE }] }));
    await expect(events.send(new DeleteRuleCommand({ Name: 'kept' }))).rejects.toMatchObject({
      name: 'ValidationException',
      message: "Rule can't be deleted since it has targets.",
    });
    await events.send(new RemoveTargetsCommand({ Rule: 'kept', Ids: ['q'] }));
    await events.send(new DeleteRuleCommand({ Name: 'kept' }));
    await events.send(new DeleteRuleCommand({ Name: 'kept' }));
    await expect(events.send(new DescribeRuleCommand({ Name: 'kept' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Rule kept does not exist on EventBus default.',
    });
  });

  const target = (Id: string) => ({ Id, Arn: QUEUE });
  test.each([
    [
      'neither pattern nor schedule',
      new PutRuleCommand({ Name: 'none' }),
      'ValidationException',
      'must be specified',
    ],
    [
      'a pattern that is none',
      new PutRuleCommand({ Name: 'none', EventPattern: '{"source": "text"}' }),
      'InvalidEventPatternException',
      'Event pattern is not valid',
    ],
    [
      'a pattern that is no JSON',
      new PutRuleCommand({ Name: 'none', EventPattern: '[' }),
      'InvalidEventPatternException',
      'Event pattern is not valid',
    ],
    [
      'a schedule that is none',
      new PutRuleCommand({ Name: 'none', ScheduleExpression: 'rate(1 minutes)' }),
      'ValidationException',
      'Parameter ScheduleExpression is not valid.',
    ],
    [
      'a bus that is not there',
      new PutRuleCommand({ Name: 'none', EventBusName: 'nobodys', EventPattern: '{"source":["a"]}' }),
      'ResourceNotFoundException',
      'Event bus nobodys does not exist.',
    ],
    [
      'six targets',
      new PutTargetsCommand({ Rule: 'refusing', Targets: ['1', '2', '3', '4', '5', '6'].map(target) }),
      'LimitExceededException',
      'The requested resource exceeds the maximum number allowed.',
    ],
    [
      'an id of other letters',
      new PutTargetsCommand({ Rule: 'refusing', Targets: [target('!@#$@!#$')] }),
      'ValidationException',
      "1 validation error detected: Value '!@#$@!#$' at 'targets.1.member.id' failed to satisfy constraint",
    ],
    [
      'a target that is no ARN',
      new PutTargetsCommand({ Rule: 'refusing', Targets: [{ Id: 'a', Arn: 'inbox' }] }),
      'ValidationException',
      'Provided Arn is not in correct format.',
    ],
    [
      'another bus without a role',
      new PutTargetsCommand({ Rule: 'refusing', Targets: [{ Id: 'a', Arn: `${ARN}:event-bus/else` }] }),
      'ValidationException',
      'RoleArn is required for target',
    ],
    [
      'an input that is no JSON',
      new PutTargetsCommand({ Rule: 'refusing', Targets: [{ ...target('a'), Input: '{' }] }),
      'ValidationException',
      'JSON syntax error in input for target a.',
    ],
    [
      'targets of a rule that is not there',
      new PutTargetsCommand({ Rule: 'nobodys', Targets: [target('a')] }),
      'ResourceNotFoundException',
      'Rule nobodys does not exist on EventBus default.',
    ],
  ])('are refused with %s', async (_what, command: PutRuleCommand | PutTargetsCommand, name, message) => {
    await events.send(rule('refusing'));
    const answer = command instanceof PutRuleCommand ? events.send(command) : events.send(command);
    await expect(answer).rejects.toMatchObject({ name, message: expect.stringContaining(message) });
  });
});

describe('buses that calls make', () => {
  test('take events, and come and go', async () => {
    const made = await events.send(new CreateEventBusCommand({ Name: 'made', Description: 'test bus' }));
    expect(made).toMatchObject({ EventBusArn: `${ARN}:event-bus/made`, Description: 'test bus' });
    await expect(events.send(new CreateEventBusCommand({ Name: 'made' }))).rejects.toMatchObject({
      name: 'ResourceAlreadyExistsException',
      message: 'Event bus made already exists.',
    });
    await events.send(new UpdateEventBusCommand({ Name: 'made', Description: 'another' }));
    expect(await events.send(new DescribeEventBusCommand({ Name: 'made' }))).toMatchObject({
      Description: 'another',
    });
    await events.send(new DeleteEventBusCommand({ Name: 'made' }));
    for (const command of [new DescribeEventBusCommand({ Name: 'made' })])
      await expect(events.send(command)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(events.send(new DeleteEventBusCommand({ Name: 'made' }))).rejects.toMatchObject({
      message: 'Event bus made does not exist.',
    });
    await expect(events.send(new DeleteEventBusCommand({ Name: 'default' }))).rejects.toMatchObject({
      message: 'Cannot delete event bus default.',
    });
  });

  /* EventBridge guide, "Sending and receiving events between event buses in the same account and Region". */
  test('get the events of another by a role, and pass them on to no third', async () => {
    for (const Name of ['second', 'third']) await events.send(new CreateEventBusCommand({ Name }));
    const forward = async (name: string, to: string, EventBusName?: string) => {
      await events.send(
        new PutRuleCommand({ Name: name, EventBusName, EventPattern: '{"source":["chain"]}' }),
      );
      const target = { Id: 'b', Arn: `${ARN}:event-bus/${to}`, RoleArn: FORWARDER };
      await events.send(new PutTargetsCommand({ Rule: name, EventBusName, Targets: [target] }));
    };
    await forward('to-second', 'second');
    await forward('to-third', 'third', 'second');
    for (const EventBusName of ['second', 'third']) {
      await events.send(
        new PutRuleCommand({ Name: 'read', EventBusName, EventPattern: '{"source":["chain"]}' }),
      );
      await events.send(
        new PutTargetsCommand({
          Rule: 'read',
          EventBusName,
          Targets: [{ Id: 'q', Arn: QUEUE, Input: `"${EventBusName}"` }],
        }),
      );
    }
    await publish('chain');
    expect((await messages('Inbox')).map(({ Body }) => Body)).toEqual(['"second"']);
  });
});

/* LocalStack's record, test_events_tags.snapshot.json. */
describe.each(['rule', 'bus'])('tags of a %s', (kind) => {
  test('come with its making, and come and go', async () => {
    const Tags = [
      { Key: 'tag1', Value: 'value1' },
      { Key: 'tag2', Value: 'value2' },
    ];
    const Name = `tagged-${kind}`;
    if (kind === 'bus') await events.send(new CreateEventBusCommand({ Name, Tags }));
    else await events.send(new PutRuleCommand({ Name, EventPattern: '{"source":["a"]}', Tags }));
    const ResourceARN = `${ARN}:${kind === 'bus' ? 'event-bus' : 'rule'}/${Name}`;
    const list = async () => (await events.send(new ListTagsForResourceCommand({ ResourceARN }))).Tags;
    expect(await list()).toEqual(Tags);
    await events.send(new UntagResourceCommand({ ResourceARN, TagKeys: ['tag2', 'tag3'] }));
    expect(await list()).toEqual(Tags.slice(0, 1));
    await events.send(new TagResourceCommand({ ResourceARN, Tags }));
    expect(await list()).toEqual(Tags);
    const gone = `${ResourceARN}-gone`;
    await expect(events.send(new TagResourceCommand({ ResourceARN: gone, Tags }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});

/* EventBridge guide, "Event bus targets", CloudWatch Logs group. */
test('a log group keeps the events of a rule', async () => {
  await events.send(rule('logged'));
  await events.send(new PutTargetsCommand({ Rule: 'logged', Targets: [{ Id: 'l', Arn: LOG_GROUP }] }));
  await publish('logged', undefined, '{"a":1}');
  const { events: kept = [] } = await logs.send(
    new FilterLogEventsCommand({ logGroupName: '/aws/events/kept' }),
  );
  expect(kept.map(({ message = '{}' }) => JSON.parse(message))).toMatchObject([{ detail: { a: 1 } }]);
});

/* EventBridge guide, "Transforming Amazon EventBridge target input", "Amazon CloudWatch log group". */
test('a log group keeps the message at the time that a transformer names', async () => {
  await events.send(rule('logged-by-template'));
  const InputTransformer = {
    InputPathsMap: { at: '$.detail.at', who: '$.detail.who' },
    InputTemplate: '{"timestamp": <at>, "message": "it is \\"<who>\\""}',
  };
  const target = { Id: 'l', Arn: LOG_GROUP, InputTransformer };
  await events.send(new PutTargetsCommand({ Rule: 'logged-by-template', Targets: [target] }));
  const at = new Date(Math.floor(Date.now() / 1_000) * 1_000 - 60_000);
  await publish('logged-by-template', undefined, JSON.stringify({ who: 'me', at: at.toISOString() }));
  const { events: kept = [] } = await logs.send(
    new FilterLogEventsCommand({ logGroupName: '/aws/events/kept', filterPattern: '"it is"' }),
  );
  expect(kept).toMatchObject([{ message: 'it is "me"', timestamp: at.getTime() }]);
});

test('a target that is not there is taken, of a template and of a call, and its events are dead letters', async () => {
  await events.send(rule('lost'));
  await events.send(
    new PutTargetsCommand({
      Rule: 'lost',
      Targets: [
        {
          Id: 'f',
          Arn: 'arn:aws:lambda:us-east-1:000000000000:function:nobodys',
          DeadLetterConfig: { Arn: LOST },
        },
      ],
    }),
  );
  await publish('lost');
  await publish('from-template');
  const letters = await messages('Lost');
  expect(letters.map(({ MessageAttributes }) => MessageAttributes?.ERROR_CODE?.StringValue)).toEqual([
    'NO_RESOURCE',
    'NO_RESOURCE',
  ]);
});
