import { DeleteItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { UpdateEventSourceMappingCommand } from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import { TO_LOST, tableLoop, tableProject } from './table-project.ts';

const MANUAL = { clock: 'manual' } as const;
const STREAM_ARN = expect.stringMatching(
  /^arn:aws:dynamodb:us-east-1:000000000000:table\/boxes\/stream\/\d{4}-\d\d-\d\dT/,
);

test('changes of a table come as Lambda writes them, in their order', async () => {
  const { loop, dynamodb, events } = await tableLoop(tableProject(''));
  const box = { TableName: 'boxes', Key: { name: { S: 'a box' } } };
  await dynamodb.send(
    new PutItemCommand({
      TableName: 'boxes',
      Item: { name: { S: 'a box' }, seal: { B: Buffer.from('wax') } },
    }),
  );
  await dynamodb.send(
    new UpdateItemCommand({
      ...box,
      UpdateExpression: 'SET weeks = :weeks',
      ExpressionAttributeValues: { ':weeks': { N: '6' } },
    }),
  );
  await dynamodb.send(new DeleteItemCommand(box));
  await loop.idle();
  const records = events().flatMap(({ Records }) => Records);
  expect(records.map(({ eventName }) => eventName)).toEqual(['INSERT', 'MODIFY', 'REMOVE']);
  const [inserted, , removed] = records;
  // Members, their order and their kinds: LocalStack's record, test_lambda_integration_dynamodbstreams.snapshot.json,
  // test_dynamodb_event_source_mapping.
  expect(Object.keys(inserted ?? {})).toEqual([
    'eventID',
    'eventName',
    'eventVersion',
    'eventSource',
    'awsRegion',
    'dynamodb',
    'eventSourceARN',
  ]);
  expect(inserted).toEqual({
    eventID: expect.stringMatching(/^[0-9a-f]{32}$/),
    eventName: 'INSERT',
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: 'us-east-1',
    dynamodb: {
      ApproximateCreationDateTime: expect.any(Number),
      Keys: { name: { S: 'a box' } },
      NewImage: { name: { S: 'a box' }, seal: { B: 'd2F4' } },
      SequenceNumber: expect.stringMatching(/^\d{21}$/),
      SizeBytes: 25,
      StreamViewType: 'NEW_AND_OLD_IMAGES',
    },
    eventSourceARN: STREAM_ARN,
  });
  expect(removed?.dynamodb).toMatchObject({ OldImage: { name: { S: 'a box' }, weeks: { N: '6' } } });
});

test('an item whose time is over comes with who removed it', async () => {
  const { loop, dynamodb, events } = await tableLoop(
    tableProject(`, FilterCriteria: { Filters: [{ Pattern: '{"eventName":["REMOVE"]}' }] }`),
    MANUAL,
  );
  const until = String(Math.floor(loop.clock.now() / 1000) + 60);
  await dynamodb.send(
    new PutItemCommand({ TableName: 'boxes', Item: { name: { S: 'short' }, until: { N: until } } }),
  );
  await loop.idle();
  expect(events()).toEqual([]);
  await loop.clock.advance(3_600_000);
  // DynamoDB guide, "DynamoDB Streams and Time to Live".
  expect(events()[0]?.Records[0]).toMatchObject({
    eventName: 'REMOVE',
    userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' },
  });
});

// https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html: batching behavior, MaximumBatchingWindowInSeconds
test('a batch has as many as were written within its window, up to its size', async () => {
  const { loop, put, batches } = await tableLoop(
    tableProject(', BatchSize: 3, MaximumBatchingWindowInSeconds: 10'),
    MANUAL,
  );
  await put('1', '2', '3', '4');
  await loop.clock.advance(9_000);
  expect(batches()).toEqual([['1', '2', '3']]);
  await loop.clock.advance(1_000);
  expect(batches()).toEqual([['1', '2', '3'], ['4']]);
});

test('a batch that fails holds its shard up until it is tried no more, and the destination is told', async () => {
  const { loop, put, batches, lost } = await tableLoop(
    tableProject(`, BatchSize: 2, MaximumBatchingWindowInSeconds: 1, MaximumRetryAttempts: 2${TO_LOST}`),
    MANUAL,
  );
  await put('fail', 'with it', 'after it');
  await loop.clock.advance(0);
  expect(batches()).toEqual([['fail', 'with it']]);
  await loop.clock.advance(10_000);
  expect(batches()).toEqual([...Array(3).fill(['fail', 'with it']), ['after it']]);
  const [record, ...others] = await lost();
  expect(others).toEqual([]);
  // Members and their order: the same record, test_dynamodb_event_source_mapping_with_on_failure_destination_config.
  expect(Object.keys(record ?? {})).toEqual([
    'requestContext',
    'responseContext',
    'version',
    'timestamp',
    'DDBStreamBatchInfo',
  ]);
  const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  expect(record).toEqual({
    requestContext: {
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:packer',
      condition: 'RetryAttemptsExhausted',
      approximateInvokeCount: 3,
    },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    version: '1.0',
    timestamp: expect.stringMatching(/\.\d{3}Z$/),
    DDBStreamBatchInfo: {
      shardId: expect.stringMatching(/^shardId-/),
      startSequenceNumber: expect.stringMatching(/^\d{21}$/),
      endSequenceNumber: expect.stringMatching(/^\d{21}$/),
      approximateArrivalOfFirstRecord: time,
      approximateArrivalOfLastRecord: time,
      batchSize: 2,
      streamArn: STREAM_ARN,
    },
  });
});

test('with bisecting a batch is halved until the record that fails is alone', async () => {
  const { loop, put, batches, lost } = await tableLoop(
    tableProject(
      `, BatchSize: 4, MaximumBatchingWindowInSeconds: 1, MaximumRetryAttempts: 0, BisectBatchOnFunctionError: true${TO_LOST}`,
    ),
    MANUAL,
  );
  await put('1', '2', 'fail', '4');
  await loop.clock.advance(10_000);
  // "Splitting a batch does not count towards the retry quota" (Lambda guide, "… Kinesis error handling").
  expect(batches()).toEqual([['1', '2', 'fail', '4'], ['1', '2'], ['fail', '4'], ['fail'], ['4']]);
  expect(await lost()).toMatchObject([{ DDBStreamBatchInfo: { batchSize: 1 } }]);
});

test('what a function names as failed comes again with all that follows it', async () => {
  const { loop, put, batches, lost } = await tableLoop(
    tableProject(
      `, BatchSize: 3, MaximumBatchingWindowInSeconds: 1, MaximumRetryAttempts: 1, FunctionResponseTypes: [ReportBatchItemFailures]${TO_LOST}`,
    ),
    MANUAL,
  );
  await put('1', 'item', '3');
  await loop.clock.advance(10_000);
  expect(batches()).toEqual([
    ['1', 'item', '3'],
    ['item', '3'],
  ]);
  // The same record, test_dynamodb_report_batch_item_failures: the error is null.
  expect(await lost()).toMatchObject([
    { responseContext: { functionError: null }, DDBStreamBatchInfo: { batchSize: 2 } },
  ]);
});

// https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-eventsourcemapping.html: error handling for streams
test('a process that dies with a batch fails it, and loses none of the records', async () => {
  const { loop, put, batches, lost } = await tableLoop(
    tableProject(`, BatchSize: 2, MaximumRetryAttempts: 1, BisectBatchOnFunctionError: true${TO_LOST}`),
    MANUAL,
  );
  await put('kill', 'with it', 'after it');
  await loop.clock.advance(20_000);
  // Of a process that is killed no line of its log is certain.
  expect(batches().flat()).toEqual(expect.arrayContaining(['with it', 'after it']));
  expect(await lost()).toMatchObject([
    { requestContext: { condition: 'RetryAttemptsExhausted' }, DDBStreamBatchInfo: { batchSize: 1 } },
  ]);
});

test('records that grow too old are discarded before they are tried again', async () => {
  const { loop, put, batches, lost } = await tableLoop(
    tableProject(`, MaximumRecordAgeInSeconds: 60${TO_LOST}`),
    MANUAL,
  );
  await put('fail');
  await loop.clock.advance(70_000);
  // LocalStack's record, test_kinesis_maximum_record_age_exceeded: eight, the try that is not made included, and no response.
  expect(batches()).toHaveLength(7);
  const [record] = await lost();
  expect(record).toMatchObject({
    requestContext: { condition: 'RecordAgeExceeded', approximateInvokeCount: 8 },
  });
  expect(record).not.toHaveProperty('responseContext');
});

// https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-windows.html
test('a window hands its state from batch to batch, and ends with a call of its own', async () => {
  const { loop, put, events } = await tableLoop(tableProject(', BatchSize: 2, TumblingWindowInSeconds: 60'), {
    clock: { retries: 'manual', day: new Date('2026-11-23T09:30:10Z') },
  });
  await put('1', '2');
  await loop.clock.advance(0);
  await put('3');
  await loop.clock.advance(0);
  await loop.clock.advance(60_000);
  const [first, ...later] = events();
  expect(Object.keys(first ?? {})).toEqual([
    'Records',
    'window',
    'state',
    'shardId',
    'eventSourceARN',
    'isFinalInvokeForWindow',
    'isWindowTerminatedEarly',
  ]);
  expect(first).toMatchObject({
    window: { start: '2026-11-23T09:30:00Z', end: '2026-11-23T09:31:00Z' },
    state: {},
    isFinalInvokeForWindow: false,
    isWindowTerminatedEarly: false,
  });
  expect(later.at(-1)).toMatchObject({
    Records: [],
    window: { start: '2026-11-23T09:30:00Z', end: '2026-11-23T09:31:00Z' },
    state: { boxes: 3 },
    isFinalInvokeForWindow: true,
    isWindowTerminatedEarly: false,
  });
});

test('a mapping that was disabled goes on where it stood', async () => {
  const { loop, lambda, put, batches } = await tableLoop(tableProject(''));
  await put('before');
  await loop.idle();
  const UUID = loop.physicalId('PackerBoxes');
  await lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: false }));
  await put('meanwhile');
  await loop.idle();
  expect(batches()).toEqual([['before']]);
  await lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: true }));
  await loop.idle();
  expect(batches()).toEqual([['before'], ['meanwhile']]);
});

test('a function whose role may not read the stream gets nothing, and the terminal is told', async () => {
  const { loop, put, events } = await tableLoop(
    tableProject('', { functionProperties: '      Role: !GetAtt Nobody.Arn' }).concat(`
  Nobody:
    Type: AWS::IAM::Role
    Properties: { AssumeRolePolicyDocument: { Statement: [] } }
`),
  );
  await put('unread');
  const stopped = await loop.facts.waitFor((fact) => fact.kind === 'source.stopped');
  expect(stopped).toMatchObject({
    reason: 'the role of the function does not allow dynamodb:GetRecords on it',
  });
  expect(events()).toEqual([]);
});
