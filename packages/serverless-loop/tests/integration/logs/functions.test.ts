import { describe, expect, test } from 'vitest';
import { messages, startTestLogs } from './test-logs.ts';

describe('the lines of functions', () => {
  test('make their group and stream at the first line', async () => {
    const logs = startTestLogs();
    logs.log('line', { logGroup: '/aws/lambda/f', logStream: '2026/01/01/[$LATEST]0' });
    expect(await logs.call('DescribeLogStreams', { logGroupName: '/aws/lambda/f' })).toMatchObject({
      logStreams: [{ logStreamName: '2026/01/01/[$LATEST]0' }],
    });
  });

  test('longer than an event may be become several', async () => {
    const logs = startTestLogs();
    // Three bytes each, and no event ends within one.
    const line = '€'.repeat(800_000);
    logs.log(line);
    const pages: string[] = [];
    let nextToken: unknown;
    do {
      const page = await logs.call('FilterLogEvents', {
        logGroupName: 'g',
        ...(nextToken !== undefined && { nextToken }),
      });
      pages.push(...messages(page));
      ({ nextToken } = page);
    } while (nextToken !== undefined);
    expect(pages.length).toBe(3);
    expect(pages.join('')).toBe(line);
  });

  // https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html: the execution role needs the rights to upload logs
  test.each([
    ['logs:CreateLogGroup', 'arn:aws:logs:eu-west-1:123456789012:log-group:g:log-stream:'],
    ['logs:CreateLogStream', 'arn:aws:logs:eu-west-1:123456789012:log-group:g:log-stream:'],
    ['logs:PutLogEvents', 'arn:aws:logs:eu-west-1:123456789012:log-group:g:log-stream:s'],
  ])('are nowhere when the role lacks %s, which is asked once an environment', async (lacking, resource) => {
    const asked: string[] = [];
    const logs = startTestLogs({
      mayWrite(functionName, action, asking) {
        asked.push(`${functionName} ${action} ${asking}`);
        return action !== lacking;
      },
    });
    logs.log('one');
    logs.log('two');
    expect(asked.filter((question) => question.includes(lacking))).toEqual([`f ${lacking} ${resource}`]);
    expect(await logs.call('DescribeLogGroups', {})).toEqual({ logGroups: [] });
  });

  test('need no right to make a group that is there', async () => {
    const logs = startTestLogs({ mayWrite: (_, action) => action !== 'logs:CreateLogGroup' });
    await logs.call('CreateLogGroup', { logGroupName: 'g' });
    logs.log('line');
    expect(messages(await logs.call('FilterLogEvents', { logGroupName: 'g' }))).toEqual(['line']);
  });

  test('are kept within a number of bytes, the newest, and the loss is told once', async () => {
    const logs = startTestLogs({ maxBytes: 256 * 1024 });
    for (let n = 0; n < 5_000; n += 1) logs.log(`${n} ${'x'.repeat(100)}`);
    const kept = messages(await logs.call('FilterLogEvents', { logGroupName: 'g' }));
    expect(kept.at(-1)).toMatch(/^4999 /);
    expect(kept.length).toBeLessThan(2_500);
    expect(logs.facts).toEqual([{ kind: 'logs.full', maxBytes: 262_144 }]);
    const [group] = Object.values((await logs.call('DescribeLogGroups', {})).logGroups ?? []);
    expect(Object(group).storedBytes).toBe(kept.reduce((sum, line) => sum + line.length + 1 + 26, 0));
  });

  test('leave room for the newest thousand streams of a group', async () => {
    const logs = startTestLogs();
    for (let n = 0; n < 1_005; n += 1) logs.log('line', { logStream: `stream ${n}` });
    await expect(
      logs.call('GetLogEvents', { logGroupName: 'g', logStreamName: 'stream 4' }),
    ).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
    expect(
      messages(await logs.call('GetLogEvents', { logGroupName: 'g', logStreamName: 'stream 5' })),
    ).toEqual(['line']);
  });
});

describe('groups of stacks that come and go', () => {
  const model = {
    logicalId: 'Logs',
    name: 'g',
    logGroupClass: 'STANDARD',
    deletionProtectionEnabled: false,
    tags: {},
  };

  test('keep what they hold when they are changed, and lose it when they are removed', async () => {
    const logs = startTestLogs({ groups: [model] });
    logs.log('line');
    logs.groups.put({ ...model, retentionInDays: 3 });
    expect(await logs.call('DescribeLogGroups', {})).toMatchObject({ logGroups: [{ retentionInDays: 3 }] });
    expect(messages(await logs.call('FilterLogEvents', { logGroupName: 'g' }))).toEqual(['line']);
    logs.groups.put(model);
    expect(await logs.call('DescribeLogGroups', {})).not.toMatchObject({
      logGroups: [{ retentionInDays: 3 }],
    });
    logs.groups.remove('g');
    expect(logs.groups.has('g')).toBe(false);
    await expect(logs.call('FilterLogEvents', { logGroupName: 'g' })).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
    });
  });
});

describe('the rights that callers need', () => {
  const group = 'arn:aws:logs:eu-west-1:123456789012:log-group:g';
  test.each([
    ['FilterLogEvents', { logGroupName: 'g' }, `${group}:log-stream:`],
    ['FilterLogEvents', { logGroupIdentifier: group }, `${group}:log-stream:`],
    ['DescribeLogGroups', {}, 'arn:aws:logs:eu-west-1:123456789012:log-group::log-stream:'],
    ['DescribeLogStreams', { logGroupName: 'g' }, `${group}:log-stream:`],
    ['GetLogEvents', { logGroupName: 'g', logStreamName: 's' }, `${group}:log-stream:s`],
    ['PutLogEvents', { logGroupName: 'g', logStreamName: 's' }, `${group}:log-stream:s`],
    ['CreateLogStream', { logGroupName: 'g', logStreamName: 's' }, `${group}:log-stream:`],
    ['ListTagsForResource', { resourceArn: group }, group],
    ['FilterLogEvents', { logGroupName: 7 }, 'arn:aws:logs:eu-west-1:123456789012:log-group::log-stream:'],
  ])('%s %j', async (operation, input, resource) => {
    expect(await startTestLogs().needs(operation, input)).toEqual([
      { action: `logs:${operation}`, resource },
    ]);
  });
});
