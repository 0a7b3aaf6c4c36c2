import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import type { Fact } from '../../../src/facts.ts';
import { queueLoop, queueProject } from './project.ts';

const MANUAL = { clock: 'manual' } as const;
const ends = (fact: Fact) => fact.kind === 'batch.succeeded' || fact.kind === 'batch.failed';

test('messages that are sent together come in one event, as Lambda writes it, and are deleted', async () => {
  const { loop, sqs, batches, depth } = await queueLoop(queueProject(''));
  await sqs.send(
    new SendMessageCommand({
      QueueUrl: loop.physicalId('Boxes'),
      MessageBody: 'a box',
      MessageAttributes: {
        Weeks: { DataType: 'Number', StringValue: '6' },
        Seal: { DataType: 'Binary', BinaryValue: Buffer.from('wax') },
      },
    }),
  );
  await loop.facts.waitFor(ends);
  // Members, their order and the lists of attributes: LocalStack's record, test_lambda_integration_sqs.snapshot.json,
  // test_message_body_and_attributes_passed_correctly.
  const record = batches()[0]?.[0];
  expect(Object.keys(record ?? {})).toEqual([
    'messageId',
    'receiptHandle',
    'body',
    'attributes',
    'messageAttributes',
    'md5OfMessageAttributes',
    'md5OfBody',
    'eventSource',
    'eventSourceARN',
    'awsRegion',
  ]);
  expect(record).toMatchObject({
    messageId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    body: 'a box',
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: expect.stringMatching(/^\d{13}$/),
      SenderId: '000000000000',
      ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
    },
    messageAttributes: {
      Weeks: { stringValue: '6', stringListValues: [], binaryListValues: [], dataType: 'Number' },
      Seal: { binaryValue: 'd2F4', stringListValues: [], binaryListValues: [], dataType: 'Binary' },
    },
    md5OfBody: 'fda7211ce7e1649166ddd9874f74b7e6',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:boxes',
    awsRegion: 'us-east-1',
  });
  await loop.idle();
  expect(await depth('boxes')).toEqual([0, 0]);
});

// https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html: batch size
test('a batch has as many as were sent together, up to its size', async () => {
  const { loop, send, batches } = await queueLoop(queueProject(', BatchSize: 4'));
  await send('1', '2', '3', '4', '5', '6');
  await loop.idle();
  expect(batches().map(({ length }) => length)).toEqual([4, 2]);
});

// https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html: "By default, if Lambda encounters an error at any point while processing a batch, all messages in that batch return to the queue"
test('a batch that fails comes back as a whole when its visibility is over, and in the end is dead letters', async () => {
  const { loop, send, batches, bodiesIn, depth } = await queueLoop(queueProject(''), MANUAL);
  await send('fail', 'with it');
  await loop.idle();
  expect(batches().map(({ length }) => length)).toEqual([2]);
  await loop.clock.advance(29_000);
  expect(await depth('boxes')).toEqual([0, 2]);
  await loop.clock.advance(1_000);
  await loop.idle();
  // The other message may come again in a batch of its own.
  expect(
    batches()
      .flat()
      .filter(({ body }) => body === 'fail'),
  ).toMatchObject([
    { attributes: { ApproximateReceiveCount: '1' } },
    { attributes: { ApproximateReceiveCount: '2' } },
  ]);
  await loop.clock.advance(30_000);
  expect(await bodiesIn('lost')).toContain('fail');
  expect(await depth('boxes')).toEqual([0, 0]);
});

// https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html#services-sqs-batchfailurereporting
test('with ReportBatchItemFailures only what the function names comes again', async () => {
  const { loop, send, batches } = await queueLoop(
    queueProject(', FunctionResponseTypes: [ReportBatchItemFailures]'),
    MANUAL,
  );
  await send('one', 'item', 'two');
  await loop.idle();
  await loop.clock.advance(30_000);
  expect(batches().map((records) => records.map(({ body }) => body))).toEqual([
    ['one', 'item', 'two'],
    ['item'],
  ]);
  const failed = await loop.facts.waitFor((fact) => fact.kind === 'batch.failed');
  expect(failed).toMatchObject({ functionName: 'packer', recordCount: 3, failedCount: 1 });
});

// https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html: the response is looked at once ReportBatchItemFailures is in FunctionResponseTypes
test('without ReportBatchItemFailures such an answer is a success', async () => {
  const { loop, send, depth } = await queueLoop(queueProject(''));
  await send('one', 'item');
  await loop.idle();
  expect(await depth('boxes')).toEqual([0, 0]);
});

// https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html: "Lambda treats a batch as a complete failure if your function returns … an invalid JSON response"
test('failures that are no list of identifiers fail the batch', async () => {
  const { loop, send, depth } = await queueLoop(
    queueProject(', FunctionResponseTypes: [ReportBatchItemFailures]'),
    MANUAL,
  );
  await send('one', 'bad');
  await loop.idle();
  expect(await depth('boxes')).toEqual([0, 2]);
});

// https://docs.aws.amazon.com/lambda/latest/dg/with-sqs-filtering.html: "If an Amazon SQS message doesn't satisfy your filter criteria, Lambda automatically removes the message from the queue"
test('messages that the filter does not want are deleted, and the function never sees them', async () => {
  const filter = `, FilterCriteria: { Filters: [ { Pattern: '{"body":{"size":[{"numeric":[">",3]}]}}' }, { Pattern: '{"body":["plain"]}' } ] }`;
  const { loop, send, batches, depth } = await queueLoop(queueProject(filter));
  await send('{"size":2}', '{"size":4}', 'plain', 'other');
  await loop.idle();
  expect(batches().flatMap((records) => records.map(({ body }) => body))).toEqual(['{"size":4}', 'plain']);
  expect(await depth('boxes')).toEqual([0, 0]);
});

test('a batching window waits for more until the batch is full or the window is over', async () => {
  const { loop, send, batches } = await queueLoop(
    queueProject(', BatchSize: 3, MaximumBatchingWindowInSeconds: 10'),
    MANUAL,
  );
  await send('1');
  await loop.clock.advance(9_000);
  expect(batches()).toEqual([]);
  await send('2');
  await loop.clock.advance(1_000);
  expect(batches().map(({ length }) => length)).toEqual([2]);
  await send('3', '4', '5');
  await loop.idle();
  expect(batches().map(({ length }) => length)).toEqual([2, 3]);
  // With a window, the digest of no attributes is told as null (LocalStack's record, test_sqs_event_source_mapping).
  expect(batches()[0]?.[0]).toMatchObject({ md5OfMessageAttributes: null });
});

// https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html#events-sqs-max-concurrency
test('no more batches run at once than MaximumConcurrency', async () => {
  const { loop, send } = await queueLoop(
    queueProject(', BatchSize: 1, ScalingConfig: { MaximumConcurrency: 2 }'),
  );
  await send('slow 1', 'slow 2', 'slow 3', 'slow 4', 'slow 5');
  await loop.idle();
  let running = 0;
  let most = 0;
  for (const { kind } of loop.facts.soFar()) {
    if (kind === 'batch.read') running += 1;
    if (kind === 'batch.succeeded') running -= 1;
    most = Math.max(most, running);
  }
  expect([running, most]).toEqual([0, 2]);
});

// https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html: backoff strategy for failed invocations
test('a throttled batch is tried again with backoff, and goes back to the queue when its visibility is over', async () => {
  const { loop, send, batches, depth } = await queueLoop(
    queueProject('', '      ReservedConcurrentExecutions: 0'),
    MANUAL,
  );
  await send('one');
  await loop.facts.waitFor((fact) => fact.kind === 'batch.retry');
  await loop.clock.advance(29_999);
  expect(batches()).toEqual([]);
  expect(await depth('boxes')).toEqual([0, 1]);
  const failed = loop.facts.soFar().filter(({ kind }) => kind === 'batch.failed');
  expect(failed).toMatchObject([{ failedCount: 1, reason: expect.stringContaining('Rate') }]);
});

test('a function whose role may not read the queue gets nothing, and the loop says so', async () => {
  const role = '      Role: !GetAtt Poor.Arn';
  const poor = `
  Poor:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [ { Effect: Allow, Action: sts:AssumeRole, Principal: { Service: lambda.amazonaws.com } } ]
      ManagedPolicyArns: [ arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole ]
`;
  const { loop, send, depth } = await queueLoop(queueProject('', role) + poor);
  const stopped = await loop.facts.waitFor((fact) => fact.kind === 'source.stopped');
  expect(stopped).toMatchObject({
    functionName: 'packer',
    sourceArn: 'arn:aws:sqs:us-east-1:000000000000:boxes',
    reason: 'the role of the function does not allow sqs:ReceiveMessage on it',
  });
  await send('one');
  await loop.idle();
  expect(await depth('boxes')).toEqual([1, 0]);
});

// https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
test('a queue whose visibility timeout is less than the function’s timeout is refused, as Lambda does', async () => {
  const template = queueProject('', '      Timeout: 60');
  await expect(queueLoop(template)).rejects.toThrow(
    'Queue visibility timeout: 30 seconds is less than Function timeout: 60 seconds',
  );
});

test('a filter that is no pattern is refused', async () => {
  const filter = `, FilterCriteria: { Filters: [ { Pattern: 'simple string' } ] }`;
  await expect(queueLoop(queueProject(filter))).rejects.toThrow('Invalid filter pattern definition.');
});
