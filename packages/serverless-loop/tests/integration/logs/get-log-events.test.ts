import { describe, expect, test } from 'vitest';
import { messages, NOW, startTestLogs, type TestLogs } from './test-logs.ts';

const stream = { logGroupName: 'g', logStreamName: 's' };

function tenLines(): TestLogs {
  const logs = startTestLogs();
  for (let n = 0; n < 10; n += 1) logs.log(`line ${n}`, { timestamp: NOW + n });
  logs.log('elsewhere', { logStream: 'other' });
  return logs;
}

const lines = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, at) => `line ${from + at}`);

describe('GetLogEvents', () => {
  // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html, startFromHead
  test('begins with the latest, in the order of time', async () => {
    const logs = tenLines();
    expect(messages(await logs.call('GetLogEvents', { ...stream, limit: 3 }))).toEqual(lines(7, 9));
    expect(messages(await logs.call('GetLogEvents', stream))).toEqual(lines(0, 9));
  });

  test('goes backward to the beginning, where the token stays', async () => {
    const logs = tenLines();
    let page = await logs.call('GetLogEvents', { ...stream, limit: 4 });
    const seen = [messages(page)];
    for (let token: unknown; token !== page.nextBackwardToken; ) {
      token = page.nextBackwardToken;
      page = await logs.call('GetLogEvents', { ...stream, limit: 4, nextToken: token });
      seen.push(messages(page));
    }
    expect(seen).toEqual([lines(6, 9), lines(2, 5), lines(0, 1), []]);
  });

  // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html: "If you have reached the end of the stream, it returns the same token you passed in"
  test('goes forward to the end, where the token stays until more comes', async () => {
    const logs = tenLines();
    const first = await logs.call('GetLogEvents', { ...stream, limit: 8, startFromHead: true });
    expect(messages(first)).toEqual(lines(0, 7));
    const second = await logs.call('GetLogEvents', { ...stream, nextToken: first.nextForwardToken });
    expect(messages(second)).toEqual(lines(8, 9));
    const atEnd = await logs.call('GetLogEvents', { ...stream, nextToken: second.nextForwardToken });
    expect(atEnd).toMatchObject({ events: [], nextForwardToken: second.nextForwardToken });
    logs.log('line 10', { timestamp: NOW + 9 });
    expect(
      messages(await logs.call('GetLogEvents', { ...stream, nextToken: atEnd.nextForwardToken })),
    ).toEqual(['line 10']);
  });

  test('of an empty stream has tokens that lead to what comes later', async () => {
    const logs = startTestLogs();
    await logs.call('CreateLogGroup', { logGroupName: 'g' });
    await logs.call('CreateLogStream', stream);
    const { events, nextForwardToken, nextBackwardToken } = await logs.call('GetLogEvents', stream);
    expect([events, typeof nextForwardToken, typeof nextBackwardToken]).toEqual([[], 'string', 'string']);
    logs.log('first');
    expect(messages(await logs.call('GetLogEvents', { ...stream, nextToken: nextForwardToken }))).toEqual([
      'first',
    ]);
  });

  // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html, startTime and endTime
  test('takes the start of its times and not the end', async () => {
    const times = { startTime: NOW + 2, endTime: NOW + 4 };
    expect(messages(await tenLines().call('GetLogEvents', { ...stream, ...times }))).toEqual(lines(2, 3));
  });

  test.each(['foreign', 'f/1/s', `x/${'0'.repeat(56)}/s`, `f/${'9'.repeat(56)}/s`])(
    'refuses a token that is not its own: %s',
    async (nextToken) => {
      await expect(tenLines().call('GetLogEvents', { ...stream, nextToken })).rejects.toMatchObject({
        code: 'InvalidParameterException',
        message: 'The specified nextToken is invalid.',
      });
    },
  );

  test('of what is not there is refused', async () => {
    const logs = tenLines();
    await expect(logs.call('GetLogEvents', { ...stream, logGroupName: 'x' })).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
      message: 'The specified log group does not exist.',
    });
    await expect(logs.call('GetLogEvents', { ...stream, logStreamName: 'x' })).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
      message: 'The specified log stream does not exist.',
    });
    await expect(logs.call('GetLogEvents', { logGroupName: 'g' })).rejects.toMatchObject({
      message:
        "1 validation error detected: Value null at 'logStreamName' failed to satisfy constraint: Member must not be null",
    });
  });
});
