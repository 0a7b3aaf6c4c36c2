import {
  CreateArchiveCommand,
  CreateEventBusCommand,
  DescribeArchiveCommand,
  DescribeEventBusCommand,
  EventBridgeClient,
  ListEndpointsCommand,
  ListEventSourcesCommand,
  PutEventsCommand,
  PutPartnerEventsCommand,
  PutPermissionCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemovePermissionCommand,
  StartReplayCommand,
} from '@aws-sdk/client-eventbridge';
import { GetRecordsCommand, GetShardIteratorCommand, KinesisClient } from '@aws-sdk/client-kinesis';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningLoop, startLoop } from '../../../src/index.ts';
import { projectFolder } from '../../loop-in-process.ts';

const TEMPLATE = `
Resources:
  Depot:
    Type: AWS::Events::EventBus
    Properties:
      Name: depot
      DeadLetterConfig: { Arn: !GetAtt Lost.Arn }
      Policy:
        Version: "2012-10-17"
        Statement: [ { Sid: own, Effect: Allow, Principal: "*", Action: "events:PutEvents", Resource: "*" } ]
  ByMembers:
    Type: AWS::Events::EventBusPolicy
    Properties: { EventBusName: !Ref Depot, StatementId: other, Action: "events:PutEvents", Principal: "111122223333" }
  ByStatement:
    Type: AWS::Events::EventBusPolicy
    Properties:
      StatementId: no-denied
      Statement:
        Effect: Deny
        Principal: { AWS: !GetAtt Denied.Arn }
        Action: "events:PutEvents"
        Resource: !Sub "arn:aws:events:\${AWS::Region}:\${AWS::AccountId}:event-bus/default"
  Kept: { Type: AWS::Events::Archive, Properties: { ArchiveName: kept, SourceArn: !GetAtt Depot.Arn, RetentionDays: 7 } }
  Inbox: { Type: AWS::SQS::Queue, Properties: { QueueName: inbox } }
  Lost: { Type: AWS::SQS::Queue, Properties: { QueueName: lost } }
  MaySend:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [ !Ref Inbox, !Ref Lost ]
      PolicyDocument:
        Statement: [ { Effect: Allow, Principal: { Service: events.amazonaws.com }, Action: sqs:SendMessage, Resource: "*" } ]
  Parcels: { Type: AWS::Kinesis::Stream, Properties: { Name: parcels, ShardCount: 1 } }
  Sender:
    Type: AWS::IAM::Role
    Properties:
      RoleName: sender
      AssumeRolePolicyDocument: { Statement: { Effect: Allow, Principal: { Service: events.amazonaws.com }, Action: sts:AssumeRole } }
      Policies: [ { PolicyName: p, PolicyDocument: { Statement: { Effect: Allow, Action: ["events:PutEvents", "kinesis:PutRecord"], Resource: "*" } } } ]
  Denied:
    Type: AWS::IAM::Role
    Properties:
      RoleName: denied
      AssumeRolePolicyDocument: { Statement: { Effect: Allow, Principal: { Service: events.amazonaws.com }, Action: sts:AssumeRole } }
      Policies: [ { PolicyName: p, PolicyDocument: { Statement: { Effect: Allow, Action: ["events:PutEvents"], Resource: "*" } } } ]
  Packed:
    Type: AWS::Events::Rule
    Properties:
      EventBusName: !Ref Depot
      EventPattern: { source: [parcels] }
      Targets:
        - Id: stream
          Arn: !GetAtt Parcels.Arn
          RoleArn: !GetAtt Sender.Arn
          KinesisParameters: { PartitionKeyPath: $.detail.box }
        - Id: elsewhere
          Arn: !Sub "arn:aws:events:\${AWS::Region}:\${AWS::AccountId}:event-bus/later"
          RoleArn: !GetAtt Sender.Arn
          DeadLetterConfig: { Arn: !GetAtt Lost.Arn }
`;

const ARN = 'arn:aws:events:us-east-1:000000000000';
const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:inbox';

let loop: RunningLoop;
let events: EventBridgeClient;
let sqs: SQSClient;
let kinesis: KinesisClient;
let remove = () => {};
beforeAll(async () => {
  const folder = projectFolder({ 'template.yaml': TEMPLATE }, (undo) => {
    remove = undo;
  });
  loop = await startLoop({ template: `${folder}/template.yaml`, region: 'us-east-1' });
  const here = {
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
    endpoint: loop.endpoint,
  };
  events = new EventBridgeClient(here);
  sqs = new SQSClient(here);
  kinesis = new KinesisClient(here);
});
afterAll(async () => {
  for (const client of [events, sqs, kinesis]) client?.destroy();
  await loop?.stop();
  remove();
});

async function publish(Source: string, EventBusName: string, Detail = '{}'): Promise<void> {
  await events.send(
    new PutEventsCommand({ Entries: [{ Source, DetailType: 'Told', Detail, EventBusName }] }),
  );
  await loop.idle();
}

async function messages(logicalId: string) {
  const QueueUrl = loop.physicalId(logicalId);
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] }),
  );
  return Messages;
}

async function policyOf(Name: string): Promise<Record<string, unknown>[] | undefined> {
  const { Policy } = await events.send(new DescribeEventBusCommand({ Name }));
  return Policy && JSON.parse(Policy).Statement;
}

describe("a bus's policy", () => {
  // EventBridge template reference, "AWS::Events::EventBus" and "AWS::Events::EventBusPolicy".
  test('has the statements of the template: its own, and those of EventBusPolicy in both of its forms', async () => {
    expect(await policyOf('depot')).toEqual([
      { Sid: 'own', Effect: 'Allow', Principal: '*', Action: 'events:PutEvents', Resource: '*' },
      {
        Sid: 'other',
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::111122223333:root' },
        Action: 'events:PutEvents',
        Resource: `${ARN}:event-bus/depot`,
      },
    ]);
    expect(await policyOf('default')).toMatchObject([{ Sid: 'no-denied', Effect: 'Deny' }]);
    expect(await events.send(new DescribeEventBusCommand({ Name: 'depot' }))).toMatchObject({
      DeadLetterConfig: { Arn: expect.stringContaining(':lost') },
    });
  });

  // LocalStack's record, test_events.snapshot.json, test_put_permission and test_remove_permission.
  test('is given and taken by calls', async () => {
    await events.send(new CreateEventBusCommand({ Name: 'called' }));
    const permission = { EventBusName: 'called', Action: 'events:PutEvents' };
    const put = (StatementId: string, Principal: string) =>
      events.send(new PutPermissionCommand({ ...permission, StatementId, Principal }));
    await put('one', '111122223333');
    await put('all', '*');
    const Resource = `${ARN}:event-bus/called`;
    const one = {
      Sid: 'one',
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::111122223333:root' },
      Action: 'events:PutEvents',
      Resource,
    };
    expect(await policyOf('called')).toEqual([one, { ...one, Sid: 'all', Principal: '*' }]);
    await events.send(new RemovePermissionCommand({ EventBusName: 'called', StatementId: 'all' }));
    expect(await policyOf('called')).toEqual([one]);
    const again = events.send(new RemovePermissionCommand({ EventBusName: 'called', StatementId: 'all' }));
    await expect(again).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Statement with the provided id does not exist.',
    });
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [{ ...one, Sid: 'whole' }] });
    await events.send(new PutPermissionCommand({ EventBusName: 'called', Policy }));
    expect(await policyOf('called')).toEqual([{ ...one, Sid: 'whole' }]);
    await events.send(new RemovePermissionCommand({ EventBusName: 'called', RemoveAllPermissions: true }));
    expect(await policyOf('called')).toBeUndefined();
    await expect(put('one', '1')).rejects.toMatchObject({ name: 'ValidationException' });
    const nowhere = new PutPermissionCommand({ ...permission, EventBusName: 'none', StatementId: 'a' });
    await expect(events.send(nowhere)).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Event bus none does not exist.',
    });
  });

  // IAM guide, "Policy evaluation logic": an explicit deny wins over what the role itself may.
  test('keeps out a role that it denies, whose events from another bus go to the dead-letter queue', async () => {
    await events.send(
      new PutRuleCommand({ Name: 'on', EventBusName: 'depot', EventPattern: '{"source":["denied"]}' }),
    );
    const target = (Id: string, role: string) => ({
      Id,
      Arn: `${ARN}:event-bus/default`,
      RoleArn: `arn:aws:iam::000000000000:role/${role}`,
      DeadLetterConfig: { Arn: 'arn:aws:sqs:us-east-1:000000000000:lost' },
    });
    const Targets = [target('denied', 'denied')];
    await events.send(new PutTargetsCommand({ Rule: 'on', EventBusName: 'depot', Targets }));
    await publish('denied', 'depot');
    const [letter, ...more] = await messages('Lost');
    expect(more).toEqual([]);
    expect(letter?.MessageAttributes).toMatchObject({
      ERROR_CODE: { StringValue: 'NO_PERMISSIONS' },
      ERROR_MESSAGE: { StringValue: expect.stringContaining('explicit deny in a resource-based policy') },
    });
  });
});

describe('targets', () => {
  test('of a stream have the partition key of their path; one of a bus that another stack may make is reached once it is there', async () => {
    await publish('parcels', 'depot', '{"box":"b-7"}');
    const [letter] = await messages('Lost');
    expect(letter?.MessageAttributes).toMatchObject({ ERROR_CODE: { StringValue: 'NO_RESOURCE' } });
    const { ShardIterator } = await kinesis.send(
      new GetShardIteratorCommand({
        StreamName: 'parcels',
        ShardId: 'shardId-000000000000',
        ShardIteratorType: 'TRIM_HORIZON',
      }),
    );
    const { Records = [] } = await kinesis.send(new GetRecordsCommand({ ShardIterator }));
    expect(Records.map(({ PartitionKey }) => PartitionKey)).toEqual(['b-7']);

    await events.send(new CreateEventBusCommand({ Name: 'later' }));
    const rule = { Name: 'all', EventBusName: 'later' };
    await events.send(new PutRuleCommand({ ...rule, EventPattern: '{"source":["parcels"]}' }));
    await events.send(
      new PutTargetsCommand({ Rule: 'all', EventBusName: 'later', Targets: [{ Id: 'q', Arn: QUEUE }] }),
    );
    await publish('parcels', 'depot', '{"box":"b-8"}');
    expect(await messages('Lost')).toEqual([]);
    expect((await messages('Inbox')).map(({ Body = '' }) => JSON.parse(Body).detail)).toEqual([
      { box: 'b-8' },
    ]);
  });

  // EventBridge API reference, "PutTargets"; moto, moto/events/models.py.
  test('are refused without the role or the group that they need', async () => {
    await events.send(new PutRuleCommand({ Name: 'r', EventPattern: '{"source":["r"]}' }));
    const put = (Arn: string, more = {}) =>
      events.send(new PutTargetsCommand({ Rule: 'r', Targets: [{ Id: 'a', Arn, ...more }] }));
    const stream = 'arn:aws:kinesis:us-east-1:000000000000:stream/parcels';
    await expect(put(stream)).rejects.toThrow(`RoleArn is required for target ${stream}.`);
    await expect(put(`${QUEUE}.fifo`)).rejects.toThrow(
      'Parameter(s) SqsParameters must be specified for target: a.',
    );
    const path = { KinesisParameters: { PartitionKeyPath: 'no path' }, RoleArn: 'arn:aws:iam::1:role/x' };
    await expect(put(stream, path)).rejects.toThrow('Invalid PartitionKeyPath for target a.');
  });

  test('of a partner: nobody here is one', async () => {
    const Entries = [{ Source: 'aws.partner/a/b', DetailType: 'x', Detail: '{}' }];
    await expect(events.send(new PutPartnerEventsCommand({ Entries }))).rejects.toMatchObject({
      name: 'OperationDisabledException',
    });
  });

  /* EventBridge guide, "Making applications Regional-fault tolerant with global endpoints": two Regions, where the loop is one. */
  test('through a global endpoint, or from a source of a partner, are refused by what is missing', async () => {
    await expect(events.send(new ListEndpointsCommand({}))).rejects.toThrow(
      "The loop doesn't emulate ListEndpoints of AWSEvents.",
    );
    await expect(events.send(new ListEventSourcesCommand({}))).rejects.toThrow(
      "The loop doesn't emulate ListEventSources of AWSEvents.",
    );
    // The SDK signs such a call in a way that needs a package of its own.
    const answer = await fetch(loop.endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'AWSEvents.PutEvents',
        authorization:
          'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/events/aws4_request, SignedHeaders=host, Signature=0',
      },
      body: JSON.stringify({
        EndpointId: 'abcde.veo',
        Entries: [{ Source: 'a', DetailType: 'b', Detail: '{}' }],
      }),
    });
    expect([answer.status, await answer.text()]).toEqual([
      400,
      expect.stringContaining('The loop has no global endpoints, and so not abcde.veo.'),
    ]);
  });
});

test("an archive of the template keeps its bus's events, which a replay sends again to the archive's bus alone", async () => {
  await events.send(
    new PutRuleCommand({ Name: 'kept', EventBusName: 'depot', EventPattern: '{"source":["kept"]}' }),
  );
  await events.send(
    new PutTargetsCommand({ Rule: 'kept', EventBusName: 'depot', Targets: [{ Id: 'q', Arn: QUEUE }] }),
  );
  await publish('kept', 'depot', '{"box":9}');
  const { EventCount = 0, ArchiveArn } = await events.send(
    new DescribeArchiveCommand({ ArchiveName: 'kept' }),
  );
  expect(EventCount).toBeGreaterThan(0);
  await messages('Inbox');
  await events.send(
    new StartReplayCommand({
      ReplayName: 'again',
      EventSourceArn: ArchiveArn,
      EventStartTime: new Date(Date.now() - 3_600_000),
      EventEndTime: new Date(Date.now() + 3_600_000),
      Destination: { Arn: `${ARN}:event-bus/depot`, FilterArns: [`${ARN}:rule/depot/kept`] },
    }),
  );
  await loop.idle();
  const [message, ...others] = await messages('Inbox');
  expect(JSON.parse(message?.Body ?? '')).toMatchObject({ 'replay-name': 'again', detail: { box: 9 } });
  expect(others).toEqual([]);
  const nowhere = new CreateArchiveCommand({ ArchiveName: 'x', EventSourceArn: `${ARN}:event-bus/none` });
  await expect(events.send(nowhere)).rejects.toThrow('Event bus none does not exist.');
});
