import { describe, expect, test } from 'vitest';
import { messages, NOW, startTestLogs } from './test-logs.ts';

const invalid = (message: string) => ({ code: 'InvalidParameterException', status: 400, message });

describe('FilterLogEvents', () => {
  // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html
  test('interleaves the streams of a group by time, then by arrival', async () => {
    const logs = startTestLogs();
    logs.log('second', { logStream: 'one', timestamp: NOW + 2 });
    logs.log('first', { logStream: 'two', timestamp: NOW + 1 });
    logs.log('third', { logStream: 'two', timestamp: NOW + 2 });
    logs.log('elsewhere', { logGroup: 'other' });
    const answer = await logs.call('FilterLogEvents', { logGroupName: 'g', interleaved: true });
    expect(answer).toEqual({
      events: [
        {
          logStreamName: 'two',
          timestamp: NOW + 1,
          message: 'first\n',
          ingestionTime: NOW,
          eventId: expect.stringMatching(/^\d{56}$/),
        },
        {
          logStreamName: 'one',
          timestamp: NOW + 2,
          message: 'second\n',
          ingestionTime: NOW,
          eventId: expect.any(String),
        },
        {
          logStreamName: 'two',
          timestamp: NOW + 2,
          message: 'third\n',
          ingestionTime: NOW,
          eventId: expect.any(String),
        },
      ],
      searchedLogStreams: [],
    });
  });

  test('takes both ends of its times', async () => {
    const logs = startTestLogs();
    for (const n of [1, 2, 3, 4]) logs.log(`line ${n}`, { timestamp: NOW + n });
    const query = { logGroupName: 'g', startTime: NOW + 2, endTime: NOW + 3 };
    expect(messages(await logs.call('FilterLogEvents', query))).toEqual(['line 2', 'line 3']);
  });

  // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html, logStreamNames, logStreamNamePrefix
  test('takes streams by name or by the beginning of the name', async () => {
    const logs = startTestLogs();
    for (const logStream of ['a/1', 'a/2', 'b/1']) logs.log(`in ${logStream}`, { logStream });
    const ask = async (streams: object) =>
      messages(await logs.call('FilterLogEvents', { logGroupName: 'g', ...streams }));
    expect(await ask({ logStreamNames: ['a/2', 'b/1'] })).toEqual(['in a/2', 'in b/1']);
    expect(await ask({ logStreamNamePrefix: 'a/' })).toEqual(['in a/1', 'in a/2']);
    await expect(ask({ logStreamNames: ['a/3'] })).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
      message: 'The specified log stream does not exist.',
    });
    await expect(ask({ logStreamNames: ['a/1'], logStreamNamePrefix: 'a' })).rejects.toMatchObject(
      invalid('logStreamNames and logStreamNamePrefix are mutually exclusive parameters.'),
    );
  });

  test('takes a pattern, and says what is wrong with one', async () => {
    const logs = startTestLogs();
    logs.log('{"level":"ERROR","n":1}');
    logs.log('{"level":"INFO","n":2}');
    const ask = async (filterPattern: string) =>
      messages(await logs.call('FilterLogEvents', { logGroupName: 'g', filterPattern }));
    expect(await ask('{ $.level = "ERR*" || $.n > 5 }')).toEqual(['{"level":"ERROR","n":1}']);
    expect(await ask('INFO')).toEqual(['{"level":"INFO","n":2}']);
    await expect(ask('{ $.level')).rejects.toMatchObject(
      invalid("Invalid filter pattern: If a filter pattern starts with '{' it must end with '}'"),
    );
    await expect(ask('x'.repeat(1025))).rejects.toMatchObject({ code: 'InvalidParameterException' });
  });

  test('comes in pages, forward and backward, and misses nothing that came meanwhile', async () => {
    const logs = startTestLogs();
    for (let n = 0; n < 25; n += 1)
      logs.log(`line ${n}`, { logStream: `s${n % 3}`, timestamp: NOW + (n % 5) });
    const everything = messages(await logs.call('FilterLogEvents', { logGroupName: 'g' }));
    for (const startFromHead of [true, false]) {
      const seen: string[] = [];
      let nextToken: unknown;
      do {
        const page = await logs.call('FilterLogEvents', {
          logGroupName: 'g',
          limit: 4,
          startFromHead,
          startTime: NOW,
          ...(nextToken !== undefined && { nextToken }),
        });
        seen.push(...messages(page));
        ({ nextToken } = page);
      } while (nextToken !== undefined);
      expect(seen).toEqual(startFromHead ? everything : everything.toReversed());
    }
  });

  // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html: as many events as fit in 1 MB, up to 10,000
  test('ends a page at 1 MB', async () => {
    const logs = startTestLogs();
    for (const n of [1, 2, 3]) logs.log(`${n}${'x'.repeat(500_000)}`);
    const first = await logs.call('FilterLogEvents', { logGroupName: 'g' });
    expect(messages(first).map((text) => text[0])).toEqual(['1', '2']);
    const { nextToken } = first;
    const second = await logs.call('FilterLogEvents', { logGroupName: 'g', nextToken });
    expect(messages(second).map((text) => text[0])).toEqual(['3']);
    expect(second).not.toHaveProperty('nextToken');
  });

  test('has no token when no other event matches', async () => {
    const logs = startTestLogs();
    for (const line of ['yes', 'yes', 'no']) logs.log(line);
    const answer = await logs.call('FilterLogEvents', { logGroupName: 'g', limit: 2, filterPattern: 'yes' });
    expect(messages(answer)).toEqual(['yes', 'yes']);
    expect(answer).not.toHaveProperty('nextToken');
  });

  test.each([
    'foreign',
    '',
    Buffer.from('f/1/g').toString('base64url'),
    Buffer.from(`f/${'9'.repeat(56)}/g`).toString('base64url'),
    Buffer.from(`f/${'0'.repeat(56)}/other`).toString('base64url'),
    Buffer.from(`x/${'0'.repeat(56)}/g`).toString('base64url'),
  ])('refuses a token that is not its own: %s', async (nextToken) => {
    const logs = startTestLogs();
    logs.log('line');
    await expect(logs.call('FilterLogEvents', { logGroupName: 'g', nextToken })).rejects.toMatchObject({
      code: 'InvalidParameterException',
    });
  });

  test('names its group by name, by ARN, and not by both or neither', async () => {
    const logs = startTestLogs();
    logs.log('line', { logGroup: '/aws/lambda/f' });
    const arn = 'arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/f';
    for (const logGroupIdentifier of ['/aws/lambda/f', arn]) {
      expect(messages(await logs.call('FilterLogEvents', { logGroupIdentifier }))).toEqual(['line']);
    }
    const missing = { code: 'ResourceNotFoundException', message: 'The specified log group does not exist.' };
    for (const input of [
      { logGroupName: 'nowhere' },
      { logGroupIdentifier: arn.replace('eu-west-1', 'us-east-1') },
      { logGroupIdentifier: arn.replace(':logs:', ':sqs:') },
    ]) {
      await expect(logs.call('FilterLogEvents', input)).rejects.toMatchObject(missing);
    }
    for (const input of [
      {},
      { logGroupIdentifier: `${arn}:*` },
      { logGroupName: '/aws/lambda/f', logGroupIdentifier: arn },
    ]) {
      await expect(logs.call('FilterLogEvents', input)).rejects.toMatchObject({
        code: 'InvalidParameterException',
      });
    }
  });

  test.each([
    [
      { logGroupName: 'no spaces allowed' },
      'InvalidParameterException',
      /pattern: \[\.\\-_\/#A-Za-z0-9\]\+$/,
    ],
    [{ logGroupName: 7 }, 'SerializationException', /^logGroupName must be a string\.$/],
    [{ logGroupName: 'g', limit: 0 }, 'InvalidParameterException', /'limit' .* greater than or equal to 1$/],
    [
      { logGroupName: 'g', limit: 10_001 },
      'InvalidParameterException',
      /'limit' .* less than or equal to 10000$/,
    ],
    [{ logGroupName: 'g', limit: 1.5 }, 'SerializationException', /limit must be an integer/],
    [{ logGroupName: 'g', startTime: -1 }, 'InvalidParameterException', /'startTime'/],
    [{ logGroupName: 'g', logStreamNames: 'a' }, 'SerializationException', /must be a list/],
    [
      { logGroupName: 'g', logStreamNames: [7] },
      'SerializationException',
      /^logStreamNames\.1 must be a string\.$/,
    ],
    [
      { logGroupName: 'g', logStreamNames: [] },
      'InvalidParameterException',
      /length greater than or equal to 1$/,
    ],
    [{ logGroupName: 'g', interleaved: 'yes' }, 'SerializationException', /must be a boolean/],
    [{ logGroupName: 'g', startFromHead: false }, 'InvalidParameterException', /2024/],
  ])('refuses %j', async (input, code, message) => {
    const logs = startTestLogs();
    logs.log('line');
    await expect(logs.call('FilterLogEvents', input)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
  });

  test('lets the loop do other things meanwhile', async () => {
    const logs = startTestLogs();
    for (let n = 0; n < 10_000; n += 1) logs.log(JSON.stringify({ n, text: 'x'.repeat(400) }));
    const order: string[] = [];
    const filtered = logs.call('FilterLogEvents', { logGroupName: 'g', filterPattern: '{ $.n < 0 }' });
    const others = new Promise<void>((resolve) => setImmediate(resolve));
    await Promise.all([
      filtered.then(() => order.push('filtered')),
      others.then(() => order.push('something else')),
    ]);
    expect(order).toEqual(['something else', 'filtered']);
  });

  test('serves others within the longest of lines, whatever the expression', async () => {
    const logs = startTestLogs();
    logs.log('ab'.repeat(500_000));
    let isDone = false;
    const filterPattern = '?%a{0,1000}c% ?%a.{1000}c%';
    const filtered = logs.call('FilterLogEvents', { logGroupName: 'g', filterPattern }).finally(() => {
      isDone = true;
    });
    let served = 0;
    for (; !isDone; served += 1) await new Promise((resolve) => setImmediate(resolve));
    expect((await filtered).events).toEqual([]);
    expect(served).toBeGreaterThanOrEqual(2);
  });

  test('hides what is past the retention of the group', async () => {
    const logs = startTestLogs();
    logs.log('old');
    await logs.call('PutRetentionPolicy', { logGroupName: 'g', retentionInDays: 1 });
    logs.at(NOW + 86_400_001);
    logs.log('new');
    expect(messages(await logs.call('FilterLogEvents', { logGroupName: 'g' }))).toEqual(['new']);
    await logs.call('DeleteRetentionPolicy', { logGroupName: 'g' });
    expect(messages(await logs.call('FilterLogEvents', { logGroupName: 'g' }))).toEqual(['old', 'new']);
  });
});
