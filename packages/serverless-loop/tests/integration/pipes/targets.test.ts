import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CloudWatchLogsClient, GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { GetRecordsCommand, GetShardIteratorCommand, KinesisClient } from '@aws-sdk/client-kinesis';
import { CreatePipeCommand, type CreatePipeCommandInput, PipesClient } from '@aws-sdk/client-pipes';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningLoop, startLoop } from '../../../src/index.ts';
import { projectFolder } from '../../loop-in-process.ts';

const TOLD = `const { SQSClient, SendMessageCommand } = require('@aws-sdk/client-sqs');
exports.handler = async (events) => {
  await new SQSClient({}).send(new SendMessageCommand({ QueueUrl: process.env.OUTBOX, MessageBody: JSON.stringify(events) }));
  return { batchItemFailures: events.filter(({ body, attributes }) => body === 'again' && attributes.ApproximateReceiveCount === '1').map(({ messageId }) => ({ itemIdentifier: messageId })) };
}`;

const machine = (type: string, state: object) => `
    Type: AWS::StepFunctions::StateMachine
    Properties:
      StateMachineType: ${type}
      RoleArn: !GetAtt Role.Arn
      Definition: ${JSON.stringify({ StartAt: 'Only', States: { Only: { ...state, End: true } } })}`;

const SEND = {
  Type: 'Task',
  Resource: 'arn:aws:states:::sqs:sendMessage',
  Parameters: { QueueUrl: 'http://localhost/000000000000/outbox', 'MessageBody.$': '$' },
};

const template = (backend: string) => `
Resources:
  Outbox: { Type: AWS::SQS::Queue, Properties: { QueueName: outbox } }
  Ordered: { Type: AWS::SQS::Queue, Properties: { QueueName: ordered.fifo, FifoQueue: true } }
  Parcels: { Type: AWS::Kinesis::Stream, Properties: { Name: parcels, ShardCount: 1 } }
  Group: { Type: AWS::Logs::LogGroup, Properties: { LogGroupName: piped } }
  Topic: { Type: AWS::SNS::Topic, Properties: { TopicName: told, Subscription: [ { Protocol: sqs, Endpoint: !GetAtt Outbox.Arn } ] } }
  OpenOutbox:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [ !Ref Outbox ]
      PolicyDocument: { Statement: [ { Effect: Allow, Principal: { Service: [ sns.amazonaws.com, events.amazonaws.com ] }, Action: sqs:SendMessage, Resource: "*" } ] }
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: pipe
      AssumeRolePolicyDocument: { Statement: { Effect: Allow, Principal: { Service: [ pipes.amazonaws.com, states.amazonaws.com, lambda.amazonaws.com ] }, Action: sts:AssumeRole } }
      Policies: [ { PolicyName: p, PolicyDocument: { Statement: { Effect: Allow, Action: ["sqs:*", "sns:Publish", "kinesis:*", "lambda:InvokeFunction", "states:*", "logs:*", "events:*"], Resource: "*" } } } ]
  Told:
    Type: AWS::Lambda::Function
    Properties: { FunctionName: told, Runtime: nodejs24.x, Handler: index.handler, Role: !GetAtt Role.Arn, Environment: { Variables: { OUTBOX: !Ref Outbox } }, Code: { ZipFile: ${JSON.stringify(TOLD)} } }
  Standard:${machine('STANDARD', SEND)}
  Express:${machine('EXPRESS', SEND)}
  Enriching:${machine('EXPRESS', { Type: 'Pass', Parameters: { 'first.$': '$[0].body', by: 'machine' } })}
  Key:
    Type: AWS::Events::Connection
    Properties: { AuthorizationType: API_KEY, AuthParameters: { ApiKeyAuthParameters: { ApiKeyName: X-Key, ApiKeyValue: key } } }
  Backend:
    Type: AWS::Events::ApiDestination
    Properties: { Name: backend, ConnectionArn: !GetAtt Key.Arn, HttpMethod: POST, InvocationEndpoint: "${backend}/orders/*" }
  Rule:
    Type: AWS::Events::Rule
    Properties: { EventPattern: { source: [ "Pipe to-bus" ] }, Targets: [ { Id: q, Arn: !GetAtt Outbox.Arn } ] }
Outputs:
  Backend: { Value: !GetAtt Backend.Arn }
  Standard: { Value: !Ref Standard }
  Express: { Value: !Ref Express }
  Enriching: { Value: !Ref Enriching }
`;

/** A message that failed comes again when its visibility timeout is over. */
const LATER = { timeout: 30_000, interval: 100 };

const ACCOUNT = 'us-east-1:000000000000';
const OUTBOX = `arn:aws:sqs:${ACCOUNT}:outbox`;

const seen: { path: string; key: unknown; body: string }[] = [];
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk) => {
    body += chunk;
  });
  request.on('end', () => {
    seen.push({ path: request.url ?? '', key: request.headers['x-key'], body });
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"by":"backend"}');
  });
});

let loop: RunningLoop;
let pipes: PipesClient;
let sqs: SQSClient;
let kinesis: KinesisClient;
let logs: CloudWatchLogsClient;
let remove = () => {};
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port }: AddressInfo = JSON.parse(JSON.stringify(server.address()));
  const folder = projectFolder({ 'template.yaml': template(`http://127.0.0.1:${port}`) }, (undo) => {
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
  logs = new CloudWatchLogsClient(here);
});
afterAll(async () => {
  for (const client of [pipes, sqs, kinesis, logs]) client?.destroy();
  await loop?.stop();
  await new Promise((resolve) => server.close(resolve));
  remove();
});

/** Makes a pipe from a queue of its name, sends the bodies to the queue, and waits until they are through. */
async function through(Name: string, bodies: string[], more: Partial<CreatePipeCommandInput>) {
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: Name }));
  await pipes.send(
    new CreatePipeCommand({
      Name,
      RoleArn: 'arn:aws:iam::000000000000:role/pipe',
      Source: `arn:aws:sqs:${ACCOUNT}:${Name}`,
      Target: OUTBOX,
      ...more,
    }),
  );
  const Entries = bodies.map((MessageBody, index) => ({ Id: `m${index}`, MessageBody }));
  await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
  await loop.idle();
}

/** The bodies of what came, which is gone then. */
async function bodies(QueueUrl = loop.physicalId('Outbox')): Promise<string[]> {
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
  for (const { ReceiptHandle } of Messages)
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
  return Messages.map(({ Body = '' }) => Body);
}

const parsed = async () => (await bodies()).map((body) => JSON.parse(body));

/* EventBridge guide, "Amazon EventBridge Pipes targets"; Pipes API reference, "PipeTargetParameters". */
describe('a target', () => {
  test.each(['Standard', 'Express'])(
    'that is a state machine (%s) is started with the batch as one list',
    async (name) => {
      await through(`to-${name}`, ['1'], { Target: loop.outputs[name] });
      expect(await parsed()).toEqual([[expect.objectContaining({ body: '1', eventSource: 'aws:sqs' })]]);
    },
  );

  test('that is an express state machine may be waited for', async () => {
    const TargetParameters: CreatePipeCommandInput['TargetParameters'] = {
      InputTemplate: '{"n": <$.body.n>}',
      StepFunctionStateMachineParameters: { InvocationType: 'REQUEST_RESPONSE' },
    };
    await through('to-sync', ['{"n":1}'], { Target: loop.outputs.Express, TargetParameters });
    expect(await parsed()).toEqual([[{ n: 1 }]]);
  });

  test('that is a function may not be waited for', async () => {
    const TargetParameters: CreatePipeCommandInput['TargetParameters'] = {
      LambdaFunctionParameters: { InvocationType: 'FIRE_AND_FORGET' },
    };
    await through('to-function', ['again'], {
      Target: `arn:aws:lambda:${ACCOUNT}:function:told`,
      TargetParameters,
    });
    expect(await parsed()).toEqual([[expect.objectContaining({ body: 'again' })]]);
  });

  test('that is a topic gets each event as a message', async () => {
    const TargetParameters = { InputTemplate: '"Hello, <$.body>"' };
    await through('to-topic', ['you'], { Target: `arn:aws:sns:${ACCOUNT}:told`, TargetParameters });
    expect(await parsed()).toEqual([
      expect.objectContaining({ Type: 'Notification', Message: 'Hello, you' }),
    ]);
  });

  test('that is a stream gets the record by the key of its path', async () => {
    const TargetParameters: CreatePipeCommandInput['TargetParameters'] = {
      InputTemplate: '{"box": <$.body.box>}',
      KinesisStreamParameters: { PartitionKey: '$.body.box' },
    };
    await through('to-stream', ['{"box":"b-1"}'], {
      Target: `arn:aws:kinesis:${ACCOUNT}:stream/parcels`,
      TargetParameters,
    });
    const { ShardIterator } = await kinesis.send(
      new GetShardIteratorCommand({
        StreamName: 'parcels',
        ShardId: 'shardId-000000000000',
        ShardIteratorType: 'TRIM_HORIZON',
      }),
    );
    const { Records = [] } = await kinesis.send(new GetRecordsCommand({ ShardIterator }));
    expect(
      Records.map(({ PartitionKey, Data }) => [PartitionKey, Buffer.from(Data ?? []).toString()]),
    ).toEqual([['b-1', '{"box": "b-1"}']]);
  });

  test('that is a log group keeps the payload in the stream and at the time that paths lead to', async () => {
    const at = Date.now() - 60_000;
    const TargetParameters: CreatePipeCommandInput['TargetParameters'] = {
      InputTemplate: '{"said": <$.body.text>}',
      CloudWatchLogsParameters: { LogStreamName: '$.body.stream', Timestamp: '$.body.at' },
    };
    await through('to-logs', [JSON.stringify({ text: 'hi', stream: 'own', at })], {
      Target: `arn:aws:logs:${ACCOUNT}:log-group:piped`,
      TargetParameters,
    });
    const { events } = await logs.send(
      new GetLogEventsCommand({ logGroupName: 'piped', logStreamName: 'own' }),
    );
    expect(events).toMatchObject([{ message: '{"said": "hi"}', timestamp: at }]);
  });

  test('that is a bus gets an event of the pipe’s own source, unless its parameters say another', async () => {
    await through('to-bus', ['1'], { Target: `arn:aws:events:${ACCOUNT}:event-bus/default` });
    expect(await parsed()).toMatchObject([
      { source: 'Pipe to-bus', 'detail-type': 'Event from aws:sqs', detail: { body: '1' } },
    ]);
  });

  test('that is a FIFO queue gets messages in the group and by the id of their paths', async () => {
    const TargetParameters: CreatePipeCommandInput['TargetParameters'] = {
      InputTemplate: '<$.body.n>',
      SqsQueueParameters: { MessageGroupId: '$.body.group', MessageDeduplicationId: '$.body.id' },
    };
    const message = (n: number, id: string) => JSON.stringify({ n, id, group: 'g' });
    await through('to-fifo', [message(1, 'a'), message(2, 'a'), message(3, 'b')], {
      Target: `arn:aws:sqs:${ACCOUNT}:ordered.fifo`,
      TargetParameters,
    });
    expect(await bodies(loop.physicalId('Ordered'))).toEqual(['1', '3']);
  });

  test('that is an API destination gets each event by itself, by its path', async () => {
    seen.length = 0;
    const TargetParameters: CreatePipeCommandInput['TargetParameters'] = {
      InputTemplate: '{"n": <$.body.n>}',
      HttpParameters: { PathParameterValues: ['$.body.n'] },
    };
    const SourceParameters = { SqsQueueParameters: { BatchSize: 1 } };
    await through('to-http', ['{"n":7}'], {
      Target: loop.outputs.Backend,
      TargetParameters,
      SourceParameters,
    });
    expect(seen).toEqual([{ path: '/orders/7', key: 'key', body: '{"n": 7}' }]);
  });
});

/* EventBridge guide, "Amazon EventBridge Pipes batching and concurrency". */
describe('a batch', () => {
  test('of which a function names a part as failed comes again in that part', async () => {
    const Target = `arn:aws:lambda:${ACCOUNT}:function:told`;
    await through('in-part', ['well', 'again'], { Target });
    const bodiesOf = (events: { body: string }[]) => events.map(({ body }) => body).sort();
    expect((await parsed()).map(bodiesOf)).toEqual([['again', 'well']]);
    await expect.poll(async () => (await parsed()).map(bodiesOf), LATER).toEqual([['again']]);
  });

  test('of which a part can’t be sent comes again in that part', async () => {
    const TargetParameters: CreatePipeCommandInput['TargetParameters'] = {
      InputTemplate: '{"n": <$.body.n>}',
      EventBridgeEventBusParameters: { Source: '$.body.source', DetailType: 'Told' },
    };
    const message = (n: number, source: string) => JSON.stringify({ n, source });
    // A source that begins with aws. is not authorized (EventBridge API reference, "PutEventsRequestEntry").
    await through('in-part-to-bus', [message(1, 'Pipe to-bus'), message(2, 'aws.mine')], {
      Target: `arn:aws:events:${ACCOUNT}:event-bus/default`,
      TargetParameters,
    });
    expect((await parsed()).map(({ detail }) => detail)).toEqual([{ n: 1 }]);
    expect(loop.facts.soFar()).toContainEqual(
      expect.objectContaining({
        kind: 'batch.failed',
        functionName: `arn:aws:pipes:${ACCOUNT}:pipe/in-part-to-bus`,
        recordCount: 2,
        failedCount: 1,
        reason: 'batchItemFailures',
      }),
    );
  });

  test('of more events than the target takes is none that a pipe may ask for', async () => {
    const SourceParameters = { SqsQueueParameters: { BatchSize: 11 } };
    await expect(through('too-many', ['1'], { SourceParameters })).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining('more than the 10'),
    });
    const two = { SqsQueueParameters: { BatchSize: 2 } };
    await expect(
      through('two-by-http', ['1'], { SourceParameters: two, Enrichment: loop.outputs.Backend }),
    ).rejects.toMatchObject({ name: 'ValidationException' });
  });
});

/* EventBridge guide, "Event enrichment in Amazon EventBridge Pipes". */
describe('an enrichment', () => {
  test('may be an express state machine, which gets the batch as one list', async () => {
    await through('by-machine', ['1'], { Enrichment: loop.outputs.Enriching });
    expect(await parsed()).toEqual([{ first: '1', by: 'machine' }]);
  });

  test('may be an API destination, which gets the event by itself and answers another', async () => {
    seen.length = 0;
    await through('by-http', ['{"n":8}'], {
      SourceParameters: { SqsQueueParameters: { BatchSize: 1 } },
      Enrichment: loop.outputs.Backend,
      EnrichmentParameters: {
        InputTemplate: '{"asked": <$.body.n>}',
        HttpParameters: { PathParameterValues: ['$.body.n'] },
      },
    });
    expect(seen).toEqual([{ path: '/orders/8', key: 'key', body: '{"asked": 8}' }]);
    expect(await parsed()).toEqual([{ by: 'backend' }]);
  });
});
