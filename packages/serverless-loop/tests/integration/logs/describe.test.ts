import { describe, expect, test } from 'vitest';
import type { LogGroupModel } from '../../../src/template/model.ts';
import { NOW, startTestLogs } from './test-logs.ts';

const arn = 'arn:aws:logs:eu-west-1:123456789012:log-group:';

const declared: LogGroupModel = {
  logicalId: 'Logs',
  name: 'declared',
  retentionInDays: 7,
  logGroupClass: 'STANDARD',
  deletionProtectionEnabled: false,
  tags: { owner: 'me' },
};

const names = (list: unknown, member: string) =>
  Array.isArray(list) ? list.map((item) => item[member]) : [];

describe('DescribeLogGroups', () => {
  test('shows the groups of the template from the start, and those that functions make', async () => {
    const logs = startTestLogs({ groups: [declared] });
    logs.log('12345', { logGroup: '/aws/lambda/f' });
    const group = {
      creationTime: NOW,
      metricFilterCount: 0,
      logGroupClass: 'STANDARD',
      deletionProtectionEnabled: false,
    };
    expect(await logs.call('DescribeLogGroups', {})).toEqual({
      logGroups: [
        {
          ...group,
          logGroupName: '/aws/lambda/f',
          arn: `${arn}/aws/lambda/f:*`,
          logGroupArn: `${arn}/aws/lambda/f`,
          // Six bytes and the 26 that AWS counts for any event.
          storedBytes: 32,
        },
        {
          ...group,
          logGroupName: 'declared',
          arn: `${arn}declared:*`,
          logGroupArn: `${arn}declared`,
          storedBytes: 0,
          retentionInDays: 7,
        },
      ],
    });
  });

  test('takes the beginning or a part of the name, a class, or names', async () => {
    const logs = startTestLogs();
    for (const logGroupName of ['aa', 'ab', 'ba']) await logs.call('CreateLogGroup', { logGroupName });
    await logs.call('CreateLogGroup', { logGroupName: 'rare', logGroupClass: 'INFREQUENT_ACCESS' });
    const ask = async (input: object) =>
      names((await logs.call('DescribeLogGroups', { ...input })).logGroups, 'logGroupName');
    expect(await ask({ logGroupNamePrefix: 'a' })).toEqual(['aa', 'ab']);
    expect(await ask({ logGroupNamePattern: 'b' })).toEqual(['ab', 'ba']);
    // localstack/localstack, tests/aws/services/logs/test_logs_groups.snapshot.json, test_describe_log_groups_with_pattern.
    expect(await logs.call('DescribeLogGroups', { logGroupNamePattern: 'ba' })).toEqual({
      logGroups: [
        {
          logGroupName: 'ba',
          creationTime: NOW,
          arn: `${arn}ba:*`,
          logGroupArn: `${arn}ba`,
          logGroupClass: 'STANDARD',
          metricFilterCount: 0,
        },
      ],
    });
    expect(await ask({ logGroupClass: 'INFREQUENT_ACCESS' })).toEqual(['rare']);
    expect(await ask({ logGroupIdentifiers: ['ba', `${arn}aa`, 'gone'] })).toEqual(['aa', 'ba']);
    await expect(ask({ logGroupNamePrefix: 'a', logGroupNamePattern: 'b' })).rejects.toMatchObject({
      code: 'InvalidParameterException',
    });
    // test_logs_groups.snapshot.json and test_logs_streams.snapshot.json, word for word.
    await expect(logs.call('CreateLogGroup', { logGroupName: 'a'.repeat(513) })).rejects.toMatchObject({
      code: 'InvalidParameterException',
      message: 'Invalid LogGroup or LogStream, both must have length less than or equal to 512.',
    });
    await expect(
      logs.call('DescribeLogStreams', { logGroupName: 'aa', logGroupIdentifier: 'aa' }),
    ).rejects.toMatchObject({
      code: 'ValidationException',
      message: 'LogGroup name and LogGroup ARN are mutually exclusive parameters.',
    });
    await expect(ask({ logGroupClass: 'CHEAP' })).rejects.toMatchObject({
      message: expect.stringContaining('enum value set: [STANDARD, INFREQUENT_ACCESS, DELIVERY, ESSENTIALS]'),
    });
  });

  // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html, limit
  test('comes in pages of at most 50', async () => {
    const logs = startTestLogs();
    for (let n = 10; n < 70; n += 1) await logs.call('CreateLogGroup', { logGroupName: `g${n}` });
    const first = await logs.call('DescribeLogGroups', {});
    expect(names(first.logGroups, 'logGroupName').at(-1)).toBe('g59');
    const second = await logs.call('DescribeLogGroups', { nextToken: first.nextToken });
    expect(names(second.logGroups, 'logGroupName').at(-1)).toBe('g69');
    expect(second).not.toHaveProperty('nextToken');
    const foreign = { code: 'InvalidParameterException', message: 'The specified nextToken is invalid.' };
    await expect(logs.call('DescribeLogGroups', { nextToken: 'foreign' })).rejects.toMatchObject(foreign);
    const streams = { logGroupName: 'g10', nextToken: first.nextToken };
    await expect(logs.call('DescribeLogStreams', streams)).rejects.toMatchObject(foreign);
    await expect(logs.call('DescribeLogGroups', { limit: 51 })).rejects.toMatchObject({
      code: 'InvalidParameterException',
    });
  });
});

describe('DescribeLogStreams', () => {
  test('shows the times of the events that are kept', async () => {
    const logs = startTestLogs();
    logs.log('a', { timestamp: NOW - 5 });
    logs.at(NOW + 9);
    logs.log('b', { timestamp: NOW + 7 });
    await logs.call('CreateLogStream', { logGroupName: 'g', logStreamName: 'empty' });
    expect(await logs.call('DescribeLogStreams', { logGroupName: 'g' })).toEqual({
      logStreams: [
        { logStreamName: 'empty', creationTime: NOW + 9, arn: `${arn}g:log-stream:empty`, storedBytes: 0 },
        {
          logStreamName: 's',
          creationTime: NOW,
          firstEventTimestamp: NOW - 5,
          lastEventTimestamp: NOW + 7,
          lastIngestionTime: NOW + 9,
          uploadSequenceToken: expect.any(String),
          arn: `${arn}g:log-stream:s`,
          storedBytes: 0,
        },
      ],
    });
  });

  test.each([
    [{}, ['a', 'b', 'c']],
    [{ descending: true }, ['c', 'b', 'a']],
    [{ orderBy: 'LastEventTime' }, ['c', 'a', 'b']],
    [{ orderBy: 'LastEventTime', descending: true }, ['b', 'a', 'c']],
    [{ logStreamNamePrefix: 'b' }, ['b']],
  ])('orders by %j', async (input, wanted) => {
    const logs = startTestLogs();
    for (const [logStream, after] of Object.entries({ a: 2, b: 3, c: 1 }))
      logs.log('line', { logStream, timestamp: NOW + after });
    const seen: unknown[] = [];
    let nextToken: unknown;
    do {
      const page = await logs.call('DescribeLogStreams', {
        logGroupName: 'g',
        limit: 2,
        ...input,
        ...(nextToken !== undefined && { nextToken }),
      });
      seen.push(...names(page.logStreams, 'logStreamName'));
      ({ nextToken } = page);
    } while (nextToken !== undefined);
    expect(seen).toEqual(wanted);
  });

  // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogStreams.html, orderBy: with LastEventTime no logStreamNamePrefix
  test('has no beginning of the name together with the order of events', async () => {
    const logs = startTestLogs();
    logs.log('line');
    const input = { logGroupName: 'g', orderBy: 'LastEventTime', logStreamNamePrefix: 's' };
    await expect(logs.call('DescribeLogStreams', input)).rejects.toMatchObject({
      message: 'Cannot order by LastEventTime with a logStreamNamePrefix.',
    });
  });
});
