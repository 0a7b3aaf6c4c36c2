import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { KinesisClient, PutRecordCommand } from '@aws-sdk/client-kinesis';
import {
  CreatePipeCommand,
  type CreatePipeCommandInput,
  DeletePipeCommand,
  DescribePipeCommand,
  ListPipesCommand,
  ListTagsForResourceCommand,
  PipesClient,
  StartPipeCommand,
  StopPipeCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdatePipeCommand,
} from '@aws-sdk/client-pipes';
import {
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningLoop, startLoop } from '../../../src/index.ts';
import { projectFolder } from '../../loop-in-process.ts';

const ENRICH = `exports.handler = async (events) =>
  events.flatMap((event) => event.n === 0 ? [] : [{ ...event, doubled: event.n * 2 }])`;
const FAIL = "exports.handler = async () => { throw new Error('never') }";

const TEMPLATE = `
Resources:
  Inbox: { Type: AWS::SQS::Queue, Properties: { QueueName: inbox } }
  Free: { Type: AWS::SQS::Queue, Properties: { QueueName: free } }
  Outbox: { Type: AWS::SQS::Queue, Properties: { QueueName: outbox } }
  Lost: { Type: AWS::SQS::Queue, Properties: { QueueName: lost } }
  Parcels: { Type: AWS::Kinesis::Stream, Properties: { Name: parcels, ShardCount: 1 } }
  Sick: { Type: AWS::Kinesis::Stream, Properties: { Name: sick, ShardCount: 1 } }
  Orders:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: orders
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [ { AttributeName: id, AttributeType: S } ]
      KeySchema: [ { AttributeName: id, KeyType: HASH } ]
      StreamSpecification: { StreamViewType: NEW_IMAGE }
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: pipe
      AssumeRolePolicyDocument: { Statement: { Effect: Allow, Principal: { Service: pipes.amazonaws.com }, Action: sts:AssumeRole } }
      Policies: [ { PolicyName: p, PolicyDocument: { Statement: { Effect: Allow, Action: ["sqs:*", "kinesis:*", "dynamodb:*", "lambda:InvokeFunction", "events:PutEvents"], Resource: "*" } } } ]
  FunctionRole:
    Type: AWS::IAM::Role
    Properties: { AssumeRolePolicyDocument: { Statement: { Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: sts:AssumeRole } } }
  Enrich:
    Type: AWS::Lambda::Function
    Properties: { Runtime: nodejs24.x, Handler: index.handler, Role: !GetAtt FunctionRole.Arn, Code: { ZipFile: ${JSON.stringify(ENRICH)} } }
  Fail:
    Type: AWS::Lambda::Function
    Properties: { Runtime: nodejs24.x, Handler: index.handler, Role: !GetAtt FunctionRole.Arn, Code: { ZipFile: ${JSON.stringify(FAIL)} } }
  FromQueue:
    Type: AWS::Pipes::Pipe
    Properties:
      Name: from-queue
      RoleArn: !GetAtt Role.Arn
      Source: !GetAtt Inbox.Arn
      SourceParameters:
        FilterCriteria: { Filters: [ { Pattern: '{"body":{"n":[{"exists":true}]}}' } ] }
      Enrichment: !GetAtt Enrich.Arn
      EnrichmentParameters: { InputTemplate: '{"n": <$.body.n>, "from": "<aws.pipes.pipe-name>"}' }
      Target: !GetAtt Outbox.Arn
      TargetParameters: { InputTemplate: '{"twice": <$.doubled>, "text": "<$.from> says"}' }
  FromStream:
    Type: AWS::Pipes::Pipe
    Properties:
      RoleArn: !GetAtt Role.Arn
      Source: !GetAtt Parcels.Arn
      SourceParameters: { KinesisStreamParameters: { StartingPosition: TRIM_HORIZON } }
      Target: !GetAtt Outbox.Arn
      TargetParameters: { InputTemplate: '{"box": <$.data.box>, "key": "<$.partitionKey>"}' }
  FromTable:
    Type: AWS::Pipes::Pipe
    Properties:
      Name: from-table
      RoleArn: !GetAtt Role.Arn
      Source: !GetAtt Orders.StreamArn
      SourceParameters: { DynamoDBStreamParameters: { StartingPosition: TRIM_HORIZON } }
      Target: !Sub "arn:aws:events:\${AWS::Region}:\${AWS::AccountId}:event-bus/default"
      TargetParameters:
        InputTemplate: '{"id": "<$.dynamodb.Keys.id.S>"}'
        EventBridgeEventBusParameters: { DetailType: Ordered, Source: orders }
  Ordered:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: { source: [orders], detail-type: [Ordered] }
      Targets: [ { Id: q, Arn: !GetAtt Outbox.Arn, InputPath: $.detail } ]
  MaySend:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [ !Ref Outbox ]
      PolicyDocument:
        Statement: [ { Effect: Allow, Principal: { Service: events.amazonaws.com }, Action: sqs:SendMessage, Resource: "*" } ]
  Failing:
    Type: AWS::Pipes::Pipe
    Properties:
      Name: failing
      RoleArn: !GetAtt Role.Arn
      Source: !GetAtt Sick.Arn
      SourceParameters:
        KinesisStreamParameters: { StartingPosition: TRIM_HORIZON, MaximumRetryAttempts: 1, DeadLetterConfig: { Arn: !GetAtt Lost.Arn } }
      Target: !GetAtt Fail.Arn
`;

const ACCOUNT = 'us-east-1:000000000000';
const ROLE = 'arn:aws:iam::000000000000:role/pipe';

let loop: RunningLoop;
let pipes: PipesClient;
let sqs: SQSClient;
let kinesis: KinesisClient;
let dynamodb: DynamoDBClient;
let remove = () => {};
beforeAll(async () => {
  const folder = projectFolder({ 'template.yaml': TEMPLATE }, (undo) => {
    remove = undo;
  });
  loop = await startLoop({ template: `${folder}/template.yaml`, region: 'us-east-1', retrySpeed: 100 });
  const here = {
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
    endpoint: loop.endpoint,
  };
  pipes = new PipesClient(here);
  sqs = new SQSClient(here);
  kinesis = new KinesisClient(here);
  dynamodb = new DynamoDBClient(here);
});
afterAll(async () => {
  for (const client of [pipes, sqs, kinesis, dynamodb]) client?.destroy();
  await loop?.stop();
  remove();
});

/** The bodies of what came, which is gone then. */
async function bodies(logicalId: string): Promise<unknown[]> {
  await loop.idle();
  const QueueUrl = loop.physicalId(logicalId);
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
  for (const { ReceiptHandle } of Messages)
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
  return Messages.map(({ Body = '' }) => JSON.parse(Body));
}

const send = (logicalId: string, MessageBody: string) =>
  sqs.send(new SendMessageCommand({ QueueUrl: loop.physicalId(logicalId), MessageBody }));

const put = (StreamName: string, data: string) =>
  kinesis.send(new PutRecordCommand({ StreamName, PartitionKey: 'k', Data: Buffer.from(data) }));

/* EventBridge guide, "Amazon EventBridge Pipes", and its pages on sources, filtering, enrichment and input transformation. */
describe('a pipe of the template', () => {
  // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes.html: source, filter, enrichment, target
  test('filters the messages of a queue, has them enriched, and sends what its template makes of each', async () => {
    await send('Inbox', '{"n":2}');
    await send('Inbox', '{"other":1}');
    await send('Inbox', 'no JSON');
    expect(await bodies('Outbox')).toEqual([{ twice: 4, text: 'from-queue says' }]);
    // "An empty response": the target isn't invoked; the message is done with all the same.
    await send('Inbox', '{"n":0}');
    expect(await bodies('Outbox')).toEqual([]);
    expect(await bodies('Inbox')).toEqual([]);
  });

  // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-event-filtering.html: filters on the data key, which is base64
  test('looks into the data of a Kinesis record, whose members are beside the others', async () => {
    await put('parcels', '{"box":7}');
    expect(await bodies('Outbox')).toEqual([{ box: 7, key: 'k' }]);
  });

  // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-dynamodb.html
  test('puts events on a bus for the changes of a table', async () => {
    await dynamodb.send(new PutItemCommand({ TableName: 'orders', Item: { id: { S: 'o-1' } } }));
    expect(await bodies('Outbox')).toEqual([{ id: 'o-1' }]);
  });

  // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-kinesis.html
  test('tries a batch of a stream again and gives word of it to the dead-letter queue when it is given up', async () => {
    await put('sick', '1');
    const [letter, ...others] = await bodies('Lost');
    expect(others).toEqual([]);
    expect(letter).toMatchObject({
      context: {
        partnerResourceArn: `arn:aws:pipes:${ACCOUNT}:pipe/failing`,
        condition: 'RetryAttemptsExhausted',
      },
      version: '1.0',
      KinesisBatchInfo: { batchSize: 1, streamArn: `arn:aws:kinesis:${ACCOUNT}:stream/sick` },
    });
  });
});

const made = (more: Partial<CreatePipeCommandInput>) =>
  pipes.send(
    new CreatePipeCommand({
      Name: 'called',
      RoleArn: ROLE,
      Source: `arn:aws:sqs:${ACCOUNT}:free`,
      Target: `arn:aws:sqs:${ACCOUNT}:outbox`,
      TargetParameters: { InputTemplate: '<$.body>' },
      ...more,
    }),
  );

describe('a pipe that calls make', () => {
  // https://docs.aws.amazon.com/eventbridge/latest/pipes-reference/API_StopPipe.html, and API_StartPipe.html
  test('runs until it is stopped, and again when it is started', async () => {
    expect(await made({ Tags: { a: 'b' } })).toMatchObject({
      Arn: `arn:aws:pipes:${ACCOUNT}:pipe/called`,
      DesiredState: 'RUNNING',
      CurrentState: 'CREATING',
    });
    await send('Free', '{"of":"call"}');
    expect(await bodies('Outbox')).toEqual([{ of: 'call' }]);
    expect(await pipes.send(new StopPipeCommand({ Name: 'called' }))).toMatchObject({
      CurrentState: 'STOPPING',
    });
    await send('Free', '{"of":"later"}');
    expect(await bodies('Outbox')).toEqual([]);
    expect(await pipes.send(new DescribePipeCommand({ Name: 'called' }))).toMatchObject({
      CurrentState: 'STOPPED',
      Source: `arn:aws:sqs:${ACCOUNT}:free`,
      TargetParameters: { InputTemplate: '<$.body>' },
      Tags: { a: 'b' },
    });
    await pipes.send(new StartPipeCommand({ Name: 'called' }));
    expect(await bodies('Outbox')).toEqual([{ of: 'later' }]);

    const TargetParameters = { InputTemplate: '{"got": <$.body.of>}' };
    await pipes.send(new UpdatePipeCommand({ Name: 'called', RoleArn: ROLE, TargetParameters }));
    await send('Free', '{"of":"changed"}');
    expect(await bodies('Outbox')).toEqual([{ got: 'changed' }]);
  });

  // https://docs.aws.amazon.com/eventbridge/latest/pipes-reference/API_ListPipes.html, API_TagResource.html and API_DeletePipe.html
  test('is listed, tagged and deleted', async () => {
    const resourceArn = `arn:aws:pipes:${ACCOUNT}:pipe/called`;
    expect(await pipes.send(new ListPipesCommand({ NamePrefix: 'call' }))).toMatchObject({
      Pipes: [{ Name: 'called', CurrentState: 'RUNNING' }],
    });
    const { NextToken } = await pipes.send(new ListPipesCommand({ Limit: 2 }));
    expect(NextToken).toEqual(expect.any(String));
    await pipes.send(new TagResourceCommand({ resourceArn, tags: { c: 'd' } }));
    await pipes.send(new UntagResourceCommand({ resourceArn, tagKeys: ['a'] }));
    expect(await pipes.send(new ListTagsForResourceCommand({ resourceArn }))).toMatchObject({
      tags: { c: 'd' },
    });
    expect(await pipes.send(new DeletePipeCommand({ Name: 'called' }))).toMatchObject({
      CurrentState: 'DELETING',
    });
    await expect(pipes.send(new DescribePipeCommand({ Name: 'called' }))).rejects.toMatchObject({
      name: 'NotFoundException',
    });
  });

  test('is refused where it can’t be run, and reads nothing in the name of a role that may not', async () => {
    const stream = { Name: 'bad', Source: `arn:aws:kinesis:${ACCOUNT}:stream/parcels` };
    await expect(made(stream)).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(made({ Name: 'failing' })).rejects.toMatchObject({ name: 'ConflictException' });
    await made({ Name: 'bold', RoleArn: 'arn:aws:iam::000000000000:role/nobody' });
    await send('Free', '{"of":"nobody"}');
    expect(await bodies('Outbox')).toEqual([]);
    expect(loop.facts.soFar()).toContainEqual(
      expect.objectContaining({
        kind: 'source.stopped',
        reason: expect.stringContaining('sqs:ReceiveMessage'),
      }),
    );
    await pipes.send(new DeletePipeCommand({ Name: 'bold' }));
  });

  test('that reads a queue which another reads too is said to share it', async () => {
    const names = ['one', 'other'];
    for (const Name of names) await made({ Name });
    expect(loop.facts.soFar()).toContainEqual(
      expect.objectContaining({
        kind: 'source.shared',
        sourceArn: `arn:aws:sqs:${ACCOUNT}:free`,
        functionNames: names.map((name) => `arn:aws:pipes:${ACCOUNT}:pipe/${name}`),
      }),
    );
    for (const Name of names) await pipes.send(new DeletePipeCommand({ Name }));
  });
});
