import { describe, expect, test } from 'vitest';
import {
  ACCOUNT,
  CALLER,
  IDLE,
  INBOX,
  LOST,
  oneOff,
  READER,
  startSystem,
  systemWith,
} from './scheduler-loop.ts';

const AT = 'at(2026-11-28T10:15:00)';
const SOON_MS = 150_000;
const lostQueue = { DeadLetterConfig: { Arn: LOST } };

describe('a target', () => {
  /* Scheduler guide, "Adding context attributes". */
  test('gets the input, with the attributes of the schedule in it', async () => {
    const { loop, create, got } = await startSystem();
    const Input = JSON.stringify({
      arn: '<aws.scheduler.schedule-arn>',
      time: '<aws.scheduler.scheduled-time>',
      id: '<aws.scheduler.execution-id>',
      attempt: '<aws.scheduler.attempt-number>',
      other: '<aws.scheduler.unknown>',
    });
    await create('told', AT, { Target: { Arn: READER, RoleArn: CALLER, Input } });
    await loop.clock.advance(SOON_MS);
    expect(got()).toEqual([
      {
        arn: `${ACCOUNT}:schedule/default/told`,
        time: '2026-11-28T10:15:00Z',
        id: expect.stringMatching(/^[0-9a-f]{16}$/),
        attempt: '1',
        other: '<aws.scheduler.unknown>',
      },
    ]);
  });

  /* Scheduler API reference, "Target", Input: "a default notification"; its members are those of a logged one. */
  test('gets a notification where there is no input', async () => {
    const { loop, create, got } = await startSystem();
    await create('quiet', AT, { Target: { Arn: READER, RoleArn: CALLER } });
    await loop.clock.advance(SOON_MS);
    expect(got()).toMatchObject([
      {
        version: '0',
        'detail-type': 'Scheduled Event',
        source: 'aws.scheduler',
        account: '000000000000',
        time: '2026-11-28T10:15:00Z',
        region: 'us-east-1',
        resources: [`${ACCOUNT}:schedule/default/quiet`],
        detail: '{}',
      },
    ]);
  });

  // https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-templated.html
  test('may be a queue, which gets the message in a group, and a topic', async () => {
    const { loop, create, messages } = await startSystem();
    const Target = {
      Arn: INBOX,
      RoleArn: CALLER,
      Input: 'to the queue',
      SqsParameters: { MessageGroupId: 'g' },
    };
    await create('queue', AT, { Target });
    await create('topic', AT, {
      Target: {
        Arn: INBOX.replace('sqs', 'sns').replace('inbox', 'news'),
        RoleArn: CALLER,
        Input: 'to the topic',
      },
    });
    await loop.clock.advance(SOON_MS);
    const found = await messages('Inbox');
    expect(found.find(({ Body }) => Body === 'to the queue')?.Attributes).toMatchObject({
      MessageGroupId: 'g',
    });
    expect(found.some(({ Body }) => Body?.includes('to the topic'))).toBe(true);
  });

  /* Scheduler API reference, "EventBridgeParameters". */
  test('may be a bus, whose rules get an event of that source and type', async () => {
    const { loop, create, messages } = await startSystem(
      systemWith(`  Told:
    Type: AWS::Events::Rule
    Properties: { EventPattern: { source: [clock] }, Targets: [ { Id: a, Arn: !GetAtt Inbox.Arn } ] }
`),
    );
    await create('bus', AT, {
      Target: {
        Arn: 'arn:aws:events:us-east-1:000000000000:event-bus/default',
        RoleArn: CALLER,
        Input: '{"a":1}',
        EventBridgeParameters: { DetailType: 'Tick', Source: 'clock' },
      },
    });
    await loop.clock.advance(SOON_MS);
    const [message] = await messages('Inbox');
    expect(JSON.parse(message?.Body ?? '{}')).toMatchObject({
      source: 'clock',
      'detail-type': 'Tick',
      detail: { a: 1 },
    });
  });

  /* Scheduler API reference, "KinesisParameters": PartitionKey "specifies the shard to which EventBridge Scheduler sends the event". */
  test('may be a stream, which gets a record under the key', async () => {
    const { loop, create, messages, got } = await startSystem(
      systemWith(
        '  Clicks: { Type: AWS::Kinesis::Stream, Properties: { Name: clicks, ShardCount: 1 } }\n',
      ).replace(
        'CodeUri: code/ }',
        'CodeUri: code/, Events: { Clicks: { Type: Kinesis, Properties: { Stream: !GetAtt Clicks.Arn, StartingPosition: TRIM_HORIZON } } } }',
      ),
    );
    const Arn = 'arn:aws:kinesis:us-east-1:000000000000:stream/clicks';
    const target = { Arn, Input: 'tick', KinesisParameters: { PartitionKey: 'ours' } };
    await create('stream', AT, { Target: { ...target, RoleArn: CALLER } });
    await create('denied', AT, { Target: { ...target, RoleArn: IDLE, ...lostQueue } });
    await loop.clock.advance(SOON_MS);
    await loop.idle();
    expect(got()).toMatchObject([
      { Records: [{ kinesis: { partitionKey: 'ours', data: Buffer.from('tick').toString('base64') } }] },
    ]);
    const [letter] = await messages('Lost');
    expect(letter?.MessageAttributes?.TARGET_ARN?.StringValue).toBe(
      'arn:aws:scheduler:::aws-sdk:kinesis:putRecord',
    );
  });

  /* Scheduler guide, "Using universal targets": its example sends a message so. */
  test('may be an operation of a service', async () => {
    const { loop, create, messages, got, told } = await startSystem();
    const target = (operation: string, request: object) => ({
      Target: {
        Arn: `arn:aws:scheduler:::aws-sdk:${operation}`,
        RoleArn: CALLER,
        Input: JSON.stringify(request),
      },
    });
    await create(
      'sent',
      AT,
      target('sqs:sendMessage', {
        QueueUrl: loop.physicalId('Inbox'),
        MessageBody: '<aws.scheduler.scheduled-time>',
      }),
    );
    await create(
      'invoked',
      AT,
      target('lambda:invoke', { FunctionName: 'reader', InvocationType: 'Event', Payload: '{"by":"sdk"}' }),
    );
    await create('kept', AT, target('ssm:putParameter', { Name: 'tick', Value: 'tock', Type: 'String' }));
    await create(
      'published',
      AT,
      target('sns:publish', { TopicArn: loop.physicalId('News'), Message: 'from afar' }),
    );
    await loop.clock.advance(SOON_MS);
    const bodies = (await messages('Inbox')).map(({ Body = '' }) => Body);
    expect(bodies).toContain('2026-11-28T10:15:00Z');
    expect(bodies.some((body) => body.includes('from afar'))).toBe(true);
    expect(got()).toEqual([{ by: 'sdk' }]);
    expect(told('schedule.lost')).toEqual([]);
  });
});

describe('a target that is not invoked', () => {
  /* Scheduler guide, "Configuring a schedule's dead-letter queue". */
  test('because the role lacks the right is tried once, and goes to the dead-letter queue', async () => {
    const { loop, create, messages, told } = await startSystem();
    await create('denied', AT, {
      Target: { Arn: READER, RoleArn: IDLE, Input: '{"n":"<aws.scheduler.attempt-number>"}', ...lostQueue },
    });
    await loop.clock.advance(SOON_MS);
    const [letter] = await messages('Lost');
    expect(letter?.Body).toBe('{"n":"1"}');
    const attributes = Object.fromEntries(
      Object.entries(letter?.MessageAttributes ?? {}).map(([name, { StringValue }]) => [name, StringValue]),
    );
    expect(attributes).toEqual({
      ERROR_CODE: 'AccessDeniedException',
      ERROR_MESSAGE: expect.stringContaining('is not authorized to perform: lambda:InvokeFunction'),
      EXECUTION_ID: expect.stringMatching(/^[0-9a-f]{16}$/),
      IS_PAYLOAD_TRUNCATED: 'false',
      RETRY_ATTEMPTS: '0',
      SCHEDULED_TIME: '2026-11-28T10:15:00Z',
      SCHEDULE_ARN: `${ACCOUNT}:schedule/default/denied`,
      TARGET_ARN: 'arn:aws:scheduler:::aws-sdk:lambda:invoke',
    });
    expect(told('schedule.deadLettered')).toHaveLength(1);
  });

  // https://docs.aws.amazon.com/scheduler/latest/UserGuide/configuring-schedule-dlq.html
  test('because it is not there goes there too', async () => {
    const { loop, create, messages } = await startSystem();
    await create('gone', AT, { Target: { Arn: `${INBOX}-gone`, RoleArn: CALLER, ...lostQueue } });
    await loop.clock.advance(SOON_MS);
    const [letter] = await messages('Lost');
    expect(letter?.MessageAttributes?.TARGET_ARN?.StringValue).toBe(
      'arn:aws:scheduler:::aws-sdk:sqs:sendMessage',
    );
    expect(letter?.MessageAttributes?.ERROR_MESSAGE?.StringValue).toMatch(/queue does not exist/);
  });

  test('is lost where there is no dead-letter queue, or none that the role may send to', async () => {
    const { loop, create, told } = await startSystem();
    const target = { Arn: READER, RoleArn: IDLE };
    await create('nowhere', AT, { Target: target });
    await create('closed', AT, { Target: { ...target, DeadLetterConfig: { Arn: INBOX } } });
    await loop.clock.advance(SOON_MS);
    expect(told('schedule.lost')).toMatchObject([
      { scheduleName: expect.any(String), errorCode: 'AccessDeniedException', attempts: 1 },
      { errorCode: 'AccessDeniedException', attempts: 1 },
    ]);
    expect(told('schedule.lost')).toContainEqual(
      expect.objectContaining({ scheduleName: 'closed', queueArn: INBOX }),
    );
  });

  /* Scheduler guide, "Using universal targets": the right is that of the operation. */
  test('since the operation needs a right that the role lacks', async () => {
    const { loop, create, told } = await startSystem();
    await create('denied', AT, {
      Target: {
        Arn: 'arn:aws:scheduler:::aws-sdk:sqs:sendMessage',
        RoleArn: IDLE,
        Input: JSON.stringify({ QueueUrl: loop.physicalId('Inbox'), MessageBody: 'x' }),
      },
    });
    await loop.clock.advance(SOON_MS);
    expect(told('schedule.lost')).toMatchObject([{ errorCode: 'AccessDeniedException' }]);
  });

  test('because the loop has no such operation is told with the operation’s name', async () => {
    const { loop, create, told } = await startSystem();
    await create('ecs', AT, {
      Target: { Arn: 'arn:aws:scheduler:::aws-sdk:ecs:runTask', RoleArn: CALLER, Input: '{}' },
    });
    await loop.clock.advance(SOON_MS);
    expect(told('schedule.lost')).toMatchObject([{ errorMessage: expect.stringContaining('ecs:runTask') }]);
  });
});

test('is met however often the loop is asked to forget what waits', async () => {
  const { loop, create, got } = await startSystem();
  await create('daily', 'cron(15 10 * * ? *)', oneOff('cron(15 10 * * ? *)'));
  await loop.clock.advance(SOON_MS);
  await loop.reset();
  await loop.clock.advance(24 * 3_600_000);
  expect(got()).toHaveLength(1);
});
