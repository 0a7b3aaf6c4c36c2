import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { PutRecordsCommand, SplitShardCommand } from '@aws-sdk/client-kinesis';
import { expect, onTestFinished, test } from 'vitest';
import { startLoop } from '../../../src/index.ts';
import { projectFolder } from '../../loop-in-process.ts';
import { kinesisClient } from '../kinesis/running-kinesis.ts';

const HANDLER = `
exports.handler = async (event) => {
  process.stdout.write('EVENT ' + JSON.stringify(event) + '\\n');
};
`;

const template = (event = '', stream = '!GetAtt Boxes.Arn') => `
Transform: AWS::Serverless-2016-10-31
Resources:
  Packer:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: packer
      Runtime: nodejs24.x
      Handler: handler.handler
      CodeUri: code/
      Events:
        Boxes:
          Type: Kinesis
          Properties: { Stream: ${stream}, StartingPosition: TRIM_HORIZON${event} }
  Boxes: { Type: AWS::Kinesis::Stream, Properties: { Name: boxes } }
  Reader:
    Type: AWS::Kinesis::StreamConsumer
    Properties: { StreamARN: !GetAtt Boxes.Arn, ConsumerName: reader }
  Sent:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: { source: [boxes] }
      Targets: [{ Id: stream, Arn: !GetAtt Boxes.Arn, RoleArn: !GetAtt Sender.Arn }]
  Sender:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: { Statement: [] }
      Policies:
        - PolicyName: send
          PolicyDocument: { Statement: [{ Effect: Allow, Action: kinesis:PutRecord, Resource: !GetAtt Boxes.Arn }] }
`;

interface KinesisEvent {
  Records: {
    kinesis: { data: string; partitionKey: string; sequenceNumber: string };
    [member: string]: unknown;
  }[];
}

async function streamLoop(event?: string, stream?: string) {
  const folder = projectFolder({ 'template.yaml': template(event, stream), 'code/handler.js': HANDLER });
  const loop = await startLoop({ template: `${folder}/template.yaml`, startsAhead: false });
  const kinesis = kinesisClient(loop);
  onTestFinished(async () => {
    kinesis.destroy();
    await loop.stop();
  });
  return {
    loop,
    kinesis,
    put: (...data: string[]) =>
      kinesis.send(
        new PutRecordsCommand({
          StreamName: 'boxes',
          Records: data.map((each) => ({ Data: Buffer.from(each), PartitionKey: 'key' })),
        }),
      ),
    events: (): KinesisEvent[] =>
      loop.facts
        .soFar()
        .flatMap((fact) => (fact.kind === 'log' && fact.line.startsWith('EVENT ') ? [fact.line] : []))
        .map((line) => JSON.parse(line.slice('EVENT '.length))),
  };
}

const dataOf = (events: KinesisEvent[]) =>
  events.flatMap(({ Records }) =>
    Records.map(({ kinesis }) => Buffer.from(kinesis.data, 'base64').toString()),
  );

test('records of a stream come as Lambda writes them', async () => {
  const { loop, put, events } = await streamLoop();
  const { Records } = await put('hello');
  await loop.idle();
  const [record] = events()[0]?.Records ?? [];
  const roleArn = `arn:aws:iam::000000000000:role/${loop.physicalId('PackerRole')}`;
  // Members and their order: LocalStack's record, test_lambda_integration_kinesis.snapshot.json,
  // test_kinesis_event_source_trim_horizon.
  expect(JSON.stringify(record).replace(/"approximateArrivalTimestamp":[\d.]+/, '"time"')).toBe(
    `{"kinesis":{"kinesisSchemaVersion":"1.0","partitionKey":"key","sequenceNumber":"${Records?.[0]?.SequenceNumber}","data":"aGVsbG8=","time"},"eventSource":"aws:kinesis","eventVersion":"1.0","eventID":"shardId-000000000000:${Records?.[0]?.SequenceNumber}","eventName":"aws:kinesis:record","invokeIdentityArn":"${roleArn}","awsRegion":"us-east-1","eventSourceARN":"arn:aws:kinesis:us-east-1:000000000000:stream/boxes"}`,
  );
});

test('a filter looks into the data', async () => {
  const { loop, put, events } = await streamLoop(
    `, FilterCriteria: { Filters: [{ Pattern: '{"data":{"kind":["wanted"]}}' }] }`,
  );
  await put('{"kind":"wanted"}', '{"kind":"other"}', 'no JSON');
  await loop.idle();
  // Lambda guide, "Using event filtering with a Kinesis event source".
  expect(dataOf(events())).toEqual(['{"kind":"wanted"}']);
});

// https://docs.aws.amazon.com/streams/latest/dev/kinesis-using-sdk-java-after-resharding.html: read the parent shards first, in order
test('the records of a shard come before those of the shards that it was split into', async () => {
  const { loop, kinesis, put, events } = await streamLoop(', BatchSize: 1');
  await put('1', '2', '3');
  await kinesis.send(
    new SplitShardCommand({
      StreamName: 'boxes',
      ShardToSplit: 'shardId-000000000000',
      NewStartingHashKey: String(2n ** 127n),
    }),
  );
  await put('4', '5');
  await loop.idle();
  expect(dataOf(events())).toEqual(['1', '2', '3', '4', '5']);
});

// https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-create.html: a dedicated-throughput consumer's ARN as the event source
test('a consumer of a stream is a source like the stream', async () => {
  const { loop, put, events } = await streamLoop('', '!GetAtt Reader.ConsumerARN');
  await put('hello');
  await loop.idle();
  expect(events()[0]?.Records[0]?.eventSourceARN).toMatch(
    /^arn:aws:kinesis:us-east-1:000000000000:stream\/boxes\/consumer\/reader:\d{10}$/,
  );
});

test('a rule sends its events to a stream', async () => {
  const { loop, events } = await streamLoop();
  const { endpoint, region } = loop;
  const eventBridge = new EventBridgeClient({
    endpoint,
    region,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
  });
  onTestFinished(() => eventBridge.destroy());
  await eventBridge.send(
    new PutEventsCommand({ Entries: [{ Source: 'boxes', DetailType: 'Sent', Detail: '{"box":1}' }] }),
  );
  await loop.idle();
  const [record] = events()[0]?.Records ?? [];
  const event = JSON.parse(dataOf(events())[0] ?? '{}');
  expect(event).toMatchObject({ source: 'boxes', detail: { box: 1 } });
  // "The default is to use the eventId as the partition key" (EventBridge API reference, "KinesisParameters").
  expect(record?.kinesis.partitionKey).toBe(event.id);
});
