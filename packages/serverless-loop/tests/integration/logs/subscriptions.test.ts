import { describe, expect, test } from 'vitest';
import { jointLineage, lineageFields, withRound } from '../../../src/aws/lineage.ts';
import { manualClock } from '../../manual-clock.ts';
import { place } from './test-logs.ts';
import { contentOf, FUNCTION, ROLE, STREAM, startSubscribed } from './test-subscriptions.ts';

const CANNOT_EXECUTE =
  'Could not execute the lambda function. Make sure you have given CloudWatch Logs permission to execute your function.';

describe('a subscription filter', () => {
  // localstack/localstack, tests/aws/services/logs/test_logs_subscription_filters.snapshot.json, test_put_subscription_filter_lambda and test_put_subscription_filter_update (recorded)
  test('is told with its distribution, and keeps its time of creation when it is put again', async () => {
    const logs = await startSubscribed();
    await logs.subscribe();
    logs.at(1_767_225_700_000);
    await logs.subscribe({ filterPattern: 'ERROR' });
    expect(await logs.call('DescribeSubscriptionFilters', { logGroupName: 'g' })).toEqual({
      subscriptionFilters: [
        {
          filterName: 'all',
          logGroupName: 'g',
          filterPattern: 'ERROR',
          destinationArn: FUNCTION,
          distribution: 'ByLogStream',
          applyOnTransformedLogs: false,
          creationTime: 1_767_225_600_000,
        },
      ],
    });
  });

  // The same record, test_put_subscription_filter_limit_exceeded and test_delete_subscription_filter_errors; API_PutSubscriptionFilter: "Each log group can have up to two subscription filters associated with it"
  test('is one of two that a group has at most, and makes room when it is deleted', async () => {
    const logs = await startSubscribed();
    await logs.subscribe({ filterName: 'one' });
    await logs.subscribe({ filterName: 'two' });
    await expect(logs.subscribe({ filterName: 'three' })).rejects.toMatchObject({
      code: 'LimitExceededException',
      message: 'Resource limit exceeded.',
    });
    const one = { logGroupName: 'g', filterName: 'one' };
    await logs.call('DeleteSubscriptionFilter', one);
    await logs.subscribe({ filterName: 'three' });
    await expect(logs.call('DeleteSubscriptionFilter', one)).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
      message: 'The specified subscription filter does not exist.',
    });
    expect(
      await logs.call('DescribeSubscriptionFilters', { logGroupName: 'g', filterNamePrefix: 'th' }),
    ).toMatchObject({ subscriptionFilters: [{ filterName: 'three' }] });
  });

  // The same record, test_put_subscription_filter_errors; of the others hashicorp/terraform-provider-aws knows the words and tries again
  test.each([
    [
      'to a function of another account',
      { destinationArn: 'arn:aws:lambda:eu-west-1:210987654321:function:reader', logGroupName: 'nowhere' },
      'AccessDeniedException',
      'Cross-account lambda invocation passing is not allowed. You must use DestinationPolicies to create cross account lambda triggers.',
    ],
    [
      'to a stream without a role',
      { destinationArn: STREAM },
      'InvalidParameterException',
      'destinationArn for vendor kinesis cannot be used without roleArn',
    ],
    [
      'to a function with a role',
      { roleArn: ROLE },
      'InvalidParameterException',
      'destinationArn for vendor lambda cannot be used with roleArn',
    ],
    [
      'to a function that is not there',
      { destinationArn: 'arn:aws:lambda:eu-west-1:123456789012:function:nobody' },
      'InvalidParameterException',
      CANNOT_EXECUTE,
    ],
    [
      'of a group that is not there',
      { logGroupName: 'nowhere' },
      'ResourceNotFoundException',
      'The specified log group does not exist.',
    ],
    [
      'to a stream that is not there',
      { destinationArn: STREAM.replace('lines', 'nothing'), roleArn: ROLE },
      'InvalidParameterException',
      'Could not deliver test message to specified Kinesis stream. Check if the given kinesis stream is in ACTIVE state.',
    ],
    [
      'with a pattern that is none',
      { filterPattern: '{ $.a = }' },
      'InvalidParameterException',
      expect.stringContaining('Invalid filter pattern'),
    ],
  ])('is refused %s', async (_, given, code, message) => {
    const logs = await startSubscribed();
    await expect(logs.subscribe(given)).rejects.toMatchObject({ code, message });
  });

  // CloudWatch Logs guide, "Subscription filters with AWS Lambda" (https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html): the function's policy names logs.amazonaws.com, or that of the Region, and the group with ":*"
  test('to a function needs that its policy lets CloudWatch Logs in, by its global or its regional principal', async () => {
    const logs = await startSubscribed();
    logs.refusing.add('logs.eu-west-1.amazonaws.com');
    await logs.subscribe();
    await logs.write('one');
    expect(logs.deliveries).toMatchObject([
      {
        sender: {
          service: 'logs.amazonaws.com',
          sourceArn: 'arn:aws:logs:eu-west-1:123456789012:log-group:g:*',
        },
      },
    ]);
    logs.refusing.add('logs.amazonaws.com');
    await expect(logs.subscribe({ filterName: 'other' })).rejects.toMatchObject({
      code: 'InvalidParameterException',
      message: CANNOT_EXECUTE,
    });
  });

  // CloudWatch Logs guide, "Subscription filters with Kinesis Data Streams": records "with a CONTROL_MESSAGE type, mainly for checking if the destination is reachable"
  test('to a stream sends a message of control first, in its role', async () => {
    const logs = await startSubscribed();
    await logs.subscribe({ destinationArn: STREAM, roleArn: ROLE });
    const [first] = logs.deliveries;
    expect(first).toMatchObject({ arn: STREAM, sender: { role: { arn: ROLE } } });
    expect(first && contentOf(first)).toMatchObject({
      messageType: 'CONTROL_MESSAGE',
      owner: 'CloudwatchLogs',
      subscriptionFilters: [],
    });
    await expect(
      (await startSubscribed({ trusts: () => false })).subscribe({ destinationArn: STREAM, roleArn: ROLE }),
    ).rejects.toMatchObject({ code: 'InvalidParameterException' });
  });

  // API_PutSubscriptionFilter: "you must also have the iam:PassRole permission"
  test('to a stream needs the right to pass its role', async () => {
    const logs = await startSubscribed();
    const group = 'arn:aws:logs:eu-west-1:123456789012:log-group:g:log-stream:';
    expect(await logs.needs('PutSubscriptionFilter', { logGroupName: 'g', roleArn: ROLE })).toEqual([
      { action: 'logs:PutSubscriptionFilter', resource: group },
      { action: 'iam:PassRole', resource: ROLE },
    ]);
    expect(await logs.needs('DeleteSubscriptionFilter', { logGroupName: 'g' })).toEqual([
      { action: 'logs:DeleteSubscriptionFilter', resource: group },
    ]);
  });

  test('goes with its group', async () => {
    const logs = await startSubscribed();
    await logs.subscribe();
    await logs.call('DeleteLogGroup', { logGroupName: 'g' });
    expect(logs.subscriptions.has({ logGroupName: 'g', name: 'all' })).toBe(false);
  });
});

describe('log data for subscribers', () => {
  // CloudWatch Logs guide, "Subscription filters with AWS Lambda" (https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html), the data that the function gets
  test('holds the events of one stream that match, of those written after the filter was made', async () => {
    const logs = await startSubscribed();
    await logs.write('ERROR before');
    await logs.subscribe({ filterPattern: 'ERROR' });
    await logs.write('ERROR one', 'all is well', 'ERROR two');
    expect(logs.deliveries.map(contentOf)).toEqual([
      {
        messageType: 'DATA_MESSAGE',
        owner: place.accountId,
        logGroup: 'g',
        logStream: 's',
        subscriptionFilters: ['all'],
        logEvents: [
          { id: expect.stringMatching(/^\d{56}$/), timestamp: 1_767_225_600_000, message: 'ERROR one' },
          { id: expect.stringMatching(/^\d{56}$/), timestamp: 1_767_225_600_002, message: 'ERROR two' },
        ],
      },
    ]);
    expect(logs.facts).toContainEqual({
      kind: 'subscription.sent',
      filterName: 'all',
      logGroup: 'g',
      logStream: 's',
      destinationArn: FUNCTION,
      eventCount: 2,
    });
  });

  test('holds nothing when no event matches', async () => {
    const logs = await startSubscribed();
    await logs.subscribe({ filterPattern: '{ $.level = "ERROR" }' });
    await logs.write('{"level":"INFO"}');
    expect(logs.deliveries).toEqual([]);
  });

  // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutSubscriptionFilter.html, distribution: "By default, log data is grouped by log stream, but the grouping can be set to random"
  test.each([
    ['is of one partition key for a stream', 'ByLogStream', 1],
    ['is of any partition key where the distribution is random', 'Random', 3],
  ])('%s', async (_, distribution, count) => {
    const logs = await startSubscribed();
    await logs.subscribe({ destinationArn: STREAM, roleArn: ROLE, distribution });
    for (const message of ['one', 'two', 'three']) await logs.write(message);
    const [, ...data] = logs.deliveries;
    expect(new Set(data.map(({ message }) => message.groupId)).size).toBe(count);
    expect(data.map((each) => contentOf(each).logEvents[0]?.message)).toEqual(['one', 'two', 'three']);
  });

  test('of a function holds all that an invocation logs, at its end', async () => {
    const logs = await startSubscribed();
    await logs.subscribe();
    for (const line of ['START', 'line', 'REPORT']) logs.log(line, { requestId: 'r' });
    logs.observe({
      ...{ kind: 'invocation.ended', functionName: 'f', executedVersion: '$LATEST', requestId: 'r' },
      ...{ attempt: 1, outcome: 'ok', durationMs: 1 },
    });
    await logs.idle();
    expect(logs.deliveries.map((each) => contentOf(each).logEvents.map(({ message }) => message))).toEqual([
      ['START\n', 'line\n', 'REPORT\n'],
    ]);
  });

  test('that a destination no longer takes is lost, and said to be', async () => {
    const logs = await startSubscribed();
    await logs.subscribe();
    logs.refusing.add(FUNCTION);
    await logs.write('one');
    expect(logs.facts).toMatchObject([{ kind: 'subscription.failed', eventCount: 1, reason: 'no' }]);
  });

  // https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html: loops are seen between functions, SQS, S3 and SNS alone
  test('that came of its own subscriber waits, one batch after the other, and that is said once', async () => {
    const clock = manualClock();
    const fn = { arn: FUNCTION };
    const traceHeader = `Root=1-67891233-abcdef012345678912345678;${withRound([], fn).join(';')}`;
    const logs = await startSubscribed({ clock, traceOf: () => traceHeader });
    await logs.subscribe();
    for (const [logStream, requestId] of [
      ['one', 'a'],
      ['two', 'b'],
    ] as const) {
      logs.log('line', { logStream, requestId });
      logs.observe({
        ...{ kind: 'invocation.ended', functionName: 'f', executedVersion: '$LATEST', requestId },
        ...{ attempt: 1, outcome: 'ok', durationMs: 1 },
      });
    }
    await logs.settled();
    expect(logs.deliveries).toEqual([]);
    await clock.advance(1_000);
    await logs.settled();
    expect(logs.deliveries.length).toBe(1);
    await clock.advance(1_000);
    await logs.idle();
    expect(logs.deliveries.length).toBe(2);
    expect(logs.facts.filter(({ kind }) => kind === 'recursion.slowed')).toEqual([
      {
        kind: 'recursion.slowed',
        name: 'reader',
        sourceArn: 'arn:aws:logs:eu-west-1:123456789012:log-group:g',
        delayMs: 1_000,
        rounds: 1,
      },
    ]);
    // The next round is counted on.
    const header = logs.deliveries[0]?.message.traceHeader;
    expect(jointLineage([header])).toEqual(lineageFields(header));
  });

  test('that waits is dropped when all is emptied', async () => {
    const logs = await startSubscribed();
    await logs.subscribe();
    logs.log('line', { requestId: 'r' });
    logs.drop();
    await logs.idle();
    expect(logs.deliveries).toEqual([]);
  });
});
