import { describe, expect, test } from 'vitest';
import { messages, NOW, startTestLogs } from './test-logs.ts';

const exists = (what: string) => ({
  code: 'ResourceAlreadyExistsException',
  message: `The specified log ${what} already exists`,
});
const missing = (what: string) => ({
  code: 'ResourceNotFoundException',
  message: `The specified log ${what} does not exist.`,
});
const stream = { logGroupName: 'g', logStreamName: 's' };

// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html, ResourceAlreadyExistsException
test('groups and streams are made once, and gone when deleted', async () => {
  const logs = startTestLogs();
  const { call } = logs;
  await call('CreateLogGroup', { logGroupName: 'g' });
  await expect(call('CreateLogGroup', { logGroupName: 'g' })).rejects.toMatchObject(exists('group'));
  await call('CreateLogStream', stream);
  await expect(call('CreateLogStream', stream)).rejects.toMatchObject(exists('stream'));
  await expect(call('CreateLogStream', { ...stream, logGroupName: 'x' })).rejects.toMatchObject(
    missing('group'),
  );
  await call('DeleteLogStream', stream);
  await expect(call('DeleteLogStream', stream)).rejects.toMatchObject(missing('stream'));
  await call('DeleteLogGroup', { logGroupName: 'g' });
  await expect(call('DeleteLogGroup', { logGroupName: 'g' })).rejects.toMatchObject(missing('group'));
});

test('what a deleted group held is gone, also when it is made again', async () => {
  const logs = startTestLogs();
  logs.log('before');
  await logs.call('DeleteLogGroup', { logGroupName: 'g' });
  logs.log('after');
  expect(messages(await logs.call('FilterLogEvents', { logGroupName: 'g' }))).toEqual(['after']);
});

// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogGroupDeletionProtection.html
test('a protected group is deleted only after its protection', async () => {
  const { call } = startTestLogs();
  await call('CreateLogGroup', { logGroupName: 'g', deletionProtectionEnabled: true });
  await expect(call('DeleteLogGroup', { logGroupName: 'g' })).rejects.toMatchObject({
    code: 'ValidationException',
  });
  await call('PutLogGroupDeletionProtection', { logGroupIdentifier: 'g', deletionProtectionEnabled: false });
  await call('DeleteLogGroup', { logGroupName: 'g' });
});

test('tags are on the ARN without its asterisk', async () => {
  const { call } = startTestLogs();
  const resourceArn = 'arn:aws:logs:eu-west-1:123456789012:log-group:g';
  await call('CreateLogGroup', { logGroupName: 'g', tags: { owner: 'me' } });
  await call('TagResource', { resourceArn, tags: { stage: 'dev' } });
  expect(await call('ListTagsForResource', { resourceArn })).toEqual({ tags: { owner: 'me', stage: 'dev' } });
  await call('UntagResource', { resourceArn, tagKeys: ['owner'] });
  expect(await call('ListTagsForResource', { resourceArn })).toEqual({ tags: { stage: 'dev' } });
  for (const wrong of [`${resourceArn}x`, 'g-2', 'arn:aws:sqs:eu-west-1:123456789012:g']) {
    await expect(call('ListTagsForResource', { resourceArn: wrong })).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
    });
  }
});

// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html, retentionInDays
test('retention is one of the days that AWS has', async () => {
  const { call } = startTestLogs();
  await call('CreateLogGroup', { logGroupName: 'g' });
  await call('PutRetentionPolicy', { logGroupName: 'g', retentionInDays: 14 });
  expect(await call('DescribeLogGroups', {})).toMatchObject({ logGroups: [{ retentionInDays: 14 }] });
  await expect(call('PutRetentionPolicy', { logGroupName: 'g', retentionInDays: 2 })).rejects.toMatchObject({
    code: 'InvalidParameterException',
    message: expect.stringContaining("Value '2' at 'retentionInDays'"),
  });
});

describe('PutLogEvents', () => {
  async function ready() {
    const logs = startTestLogs();
    await logs.call('CreateLogGroup', { logGroupName: 'g' });
    await logs.call('CreateLogStream', stream);
    const put = (logEvents: unknown) => logs.call('PutLogEvents', { ...stream, logEvents });
    const all = async () => messages(await logs.call('GetLogEvents', stream));
    return { ...logs, put, all };
  }

  test('keeps messages as they are', async () => {
    const { put, all } = await ready();
    await put([{ timestamp: NOW, message: 'snäck\n🥨' }]);
    expect(await all()).toEqual(['snäck\n🥨']);
  });

  // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html, rejectedLogEventsInfo: 14 days before, 2 hours ahead, or past the retention period
  test('leaves out what is too old, past the retention, or too new, and says which', async () => {
    const { put, all, call } = await ready();
    const day = 86_400_000;
    const ages = [-15 * day, -14 * day + 1, -3 * day, 0, 7_200_000, 7_200_001];
    const events = ages.map((age) => ({ timestamp: NOW + age, message: String(age) }));
    expect((await put(events.slice(-2))).rejectedLogEventsInfo).toEqual({ tooNewLogEventStartIndex: 1 });
    expect((await put(events.slice(0, 2))).rejectedLogEventsInfo).toEqual({ tooOldLogEventEndIndex: 1 });
    await call('PutRetentionPolicy', { logGroupName: 'g', retentionInDays: 1 });
    expect((await put(events.slice(0, 4))).rejectedLogEventsInfo).toEqual({
      tooOldLogEventEndIndex: 1,
      expiredLogEventEndIndex: 3,
    });
    expect(await all()).toEqual(['0', '7200000']);
  });

  const event = (after: number, message = 'm') => ({ timestamp: NOW + after, message });
  // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html: 1,048,576 bytes, 10,000 events, in order of time, within 24 hours
  test.each([
    [undefined, /'logEvents' .* must not be null/i],
    [[], /greater than or equal to 1/],
    ['text', /must be a list/],
    [[7], /must be an object/],
    [[{ message: 'm' }], /'logEvents\.1\.member\.timestamp' .* must not be null/i],
    [[{ timestamp: NOW, message: '' }], /'logEvents\.1\.member\.message' .* greater than or equal to 1/],
    [[event(2), event(1)], /must be in chronological order/],
    [[event(0), event(7_200_000), event(-7_200_000)], /must be in chronological order/],
    [[event(-86_400_000), event(1)], /cannot span more than 24 hours/],
    [[event(0, 'x'.repeat(1_048_576))], /^Log event too large: 1048602 bytes exceeds limit of 1048576$/],
    [[event(0, 'x'.repeat(600_000)), event(1, 'y'.repeat(600_000))], /^Upload too large/],
    [Array.from({ length: 10_001 }, () => event(0)), /cannot exceed 10000/],
  ])('refuses a batch that is none: %#', async (logEvents, message) => {
    const { put, all } = await ready();
    await expect(put(logEvents)).rejects.toMatchObject({ message: expect.stringMatching(message) });
    expect(await all()).toEqual([]);
  });
});
