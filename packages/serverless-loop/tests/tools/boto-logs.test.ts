import { describe, expect, test } from 'vitest';
import type { LoopUnderTest } from '../loop-in-process.ts';
import { type BotoCaller, findBoto } from './boto-caller.ts';
import { botoBesideLoop } from './boto-loop.ts';

const python = await findBoto();
const logGroupName = 'boto';
const logStreamName = 'stream';

describe.runIf(python)('CloudWatch Logs as boto3 reads them', () => {
  let running: LoopUnderTest;
  let boto: BotoCaller;
  botoBesideLoop(python, (started) => {
    ({ running, boto } = started);
  });
  const call = (operation: string, params?: Record<string, unknown>) =>
    boto.output('logs', operation, params);

  async function callChanges(): Promise<void> {
    const resourceArn = 'arn:aws:logs:eu-west-1:000000000000:log-group:boto';
    await call('CreateLogGroup', { logGroupName, tags: { owner: 'me' } });
    await call('CreateLogStream', { logGroupName, logStreamName });
    await call('PutRetentionPolicy', { logGroupName, retentionInDays: 7 });
    await call('PutLogGroupDeletionProtection', {
      logGroupIdentifier: logGroupName,
      deletionProtectionEnabled: false,
    });
    await call('TagResource', { resourceArn, tags: { stage: 'dev' } });
    expect(await call('ListTagsForResource', { resourceArn })).toEqual({
      tags: { owner: 'me', stage: 'dev' },
    });
    await call('UntagResource', { resourceArn, tagKeys: ['stage'] });
    await call('TagLogGroup', { logGroupName, tags: { stage: 'dev' } });
    await call('UntagLogGroup', { logGroupName, tags: ['stage'] });
    expect(await call('ListTagsLogGroup', { logGroupName })).toEqual({ tags: { owner: 'me' } });
  }

  async function callEvents(): Promise<void> {
    const now = Date.now();
    const put = await call('PutLogEvents', {
      logGroupName,
      logStreamName,
      logEvents: [
        { timestamp: 1, message: 'too old' },
        { timestamp: now, message: '{"n": 1}' },
        { timestamp: now + 1, message: '{"n": 2}' },
      ],
    });
    expect(put.rejectedLogEventsInfo).toEqual({ tooOldLogEventEndIndex: 1 });
    const found = await call('FilterLogEvents', { logGroupName, filterPattern: '{ $.n > 0 }', limit: 1 });
    expect(found).toMatchObject({ events: [{ message: '{"n": 1}' }], searchedLogStreams: [] });
    const { nextToken } = found;
    expect(
      await call('FilterLogEvents', { logGroupName, filterPattern: '{ $.n > 0 }', nextToken }),
    ).toMatchObject({
      events: [{ message: '{"n": 2}' }],
    });
    expect(await call('GetLogEvents', { logGroupName, logStreamName, limit: 1 })).toMatchObject({
      events: [{ message: '{"n": 2}' }],
    });
  }

  async function callDescriptions(): Promise<void> {
    expect(await call('DescribeLogGroups', { logGroupNamePrefix: 'bo' })).toMatchObject({
      logGroups: [{ logGroupName, retentionInDays: 7, storedBytes: 68 }],
    });
    expect(await call('DescribeLogGroups', { limit: 1 })).toHaveProperty('nextToken');
    const orders = { orderBy: 'LastEventTime', descending: true };
    expect(await call('DescribeLogStreams', { logGroupName, ...orders })).toMatchObject({
      logStreams: [{ logStreamName, uploadSequenceToken: expect.any(String) }],
    });
  }

  async function callFilters(): Promise<void> {
    const filterPattern = '{ $.n > 0 }';
    const metricTransformations = [{ metricName: 'N', metricNamespace: 'Boto', metricValue: '$.n' }];
    const ofMetric = { logGroupName, filterName: 'numbers' };
    await call('PutMetricFilter', { ...ofMetric, filterPattern, metricTransformations });
    expect(await call('DescribeMetricFilters', { logGroupName })).toMatchObject({
      metricFilters: [{ filterName: 'numbers', filterPattern, metricTransformations }],
    });
    expect(await call('TestMetricFilter', { filterPattern, logEventMessages: ['{"n": 1}'] })).toMatchObject({
      matches: [{ eventNumber: 0, extractedValues: expect.any(Object) }],
    });
    await call('DeleteMetricFilter', ofMetric);

    const [fn] = running.loop.stack.functions;
    const ofFunction = { logGroupName, filterName: 'all' };
    await boto.output('lambda', 'AddPermission', {
      FunctionName: fn?.name,
      StatementId: 'logs',
      Action: 'lambda:InvokeFunction',
      Principal: 'logs.amazonaws.com',
    });
    await call('PutSubscriptionFilter', { ...ofFunction, filterPattern: '', destinationArn: fn?.arn });
    expect(await call('DescribeSubscriptionFilters', { logGroupName })).toMatchObject({
      subscriptionFilters: [{ filterName: 'all', destinationArn: fn?.arn, distribution: 'ByLogStream' }],
    });
    await call('DeleteSubscriptionFilter', ofFunction);
  }

  async function callDeletions(): Promise<void> {
    await call('DeleteRetentionPolicy', { logGroupName });
    await call('DeleteLogStream', { logGroupName, logStreamName });
    await call('DeleteLogGroup', { logGroupName });
  }

  test('every operation answers as its model says', async () => {
    await callChanges();
    await callEvents();
    await callDescriptions();
    await callFilters();
    await callDeletions();
    const emulated = await boto.emulated('logs');
    expect(emulated.length).toBeGreaterThan(0);
    expect(emulated.filter((operation) => !boto.answered.has(`logs.${operation}`))).toEqual([]);
  });

  test('every error is one of its operation or a common one', async () => {
    const refuse = (operation: string, params: Record<string, unknown>) =>
      boto.refusal('logs', operation, params);
    const nowhere = { logGroupName: 'nowhere' };
    for (const operation of ['FilterLogEvents', 'DescribeLogStreams', 'DeleteLogGroup']) {
      expect(await refuse(operation, nowhere)).toEqual({
        code: 'ResourceNotFoundException',
        message: 'The specified log group does not exist.',
        status: 400,
      });
    }
    const declared = { logGroupName: running.loop.stack.logGroups[0]?.name };
    const invalid = { code: 'InvalidParameterException', status: 400 };
    expect(await refuse('FilterLogEvents', { ...declared, filterPattern: '{ $.n' })).toMatchObject(invalid);
    expect(await refuse('FilterLogEvents', { ...declared, nextToken: 'foreign' })).toMatchObject(invalid);
    expect(await refuse('DescribeLogGroups', { limit: 0 })).toMatchObject(invalid);
    expect(await refuse('PutRetentionPolicy', { ...declared, retentionInDays: 2 })).toMatchObject(invalid);
    expect(await refuse('CreateLogGroup', declared)).toMatchObject({
      code: 'ResourceAlreadyExistsException',
    });
    expect(await refuse('DescribeQueries', {})).toMatchObject({ code: 'UnknownOperationException' });
  });
});
