import type { ServiceContract, WireClient } from '../contract.ts';

const SUBSCRIBER = 'arn:aws:kinesis:eu-west-1:000000000000:stream/contract-subscriber';
const ARN = 'arn:aws:logs:eu-west-1:000000000000:log-group:';

export const LOGS_CONTRACT: ServiceContract = {
  title: 'CloudWatch Logs',
  service: 'logs',
  async good(go, other) {
    const group = { logGroupName: 'contract' };
    const resourceArn = `${ARN}contract`;
    await go('CreateLogGroup', { ...group, tags: { a: 'b' } });
    await go('CreateLogGroup', { logGroupName: 'contract-other' });
    await go('DescribeLogGroups', { logGroupNamePrefix: 'contract' });
    await go('PutRetentionPolicy', { ...group, retentionInDays: 7 });
    await go('DeleteRetentionPolicy', group);
    await go('PutLogGroupDeletionProtection', {
      logGroupIdentifier: 'contract',
      deletionProtectionEnabled: false,
    });
    await go('TagResource', { resourceArn, tags: { c: 'd' } });
    await go('ListTagsForResource', { resourceArn });
    await go('UntagResource', { resourceArn, tagKeys: ['c'] });
    await go('TagLogGroup', { ...group, tags: { c: 'd' } });
    await go('ListTagsLogGroup', group);
    await go('UntagLogGroup', { ...group, tags: ['c'] });
    const roleArn = await subscriberRole(other);
    await other('kinesis', 'CreateStream', { StreamName: 'contract-subscriber', ShardCount: 1 });
    const subscription = { ...group, filterPattern: 'ERROR', destinationArn: SUBSCRIBER, roleArn };
    await go('PutSubscriptionFilter', { ...subscription, filterName: 'other', distribution: 'Random' });
    await go('PutSubscriptionFilter', { ...subscription, filterName: 'one' });
    await go('DescribeSubscriptionFilters', group);
    await go('DeleteSubscriptionFilter', { ...group, filterName: 'one' });
    const metricTransformations = [{ metricNamespace: 'contract', metricName: 'errors', metricValue: '1' }];
    const measured = { ...group, filterPattern: 'ERROR', metricTransformations };
    await go('PutMetricFilter', { ...measured, filterName: 'other' });
    await go('PutMetricFilter', { ...measured, filterName: 'one' });
    await go('DescribeMetricFilters', group);
    await go('DeleteMetricFilter', { ...group, filterName: 'one' });
    await go('TestMetricFilter', { filterPattern: '[a, b]', logEventMessages: ['one two'] });
    const stream = { ...group, logStreamName: 'one' };
    await go('CreateLogStream', stream);
    await go('CreateLogStream', { ...group, logStreamName: 'two' });
    const timestamp = Date.now();
    const logEvents = ['one', 'two'].map((message, at) => ({ timestamp: timestamp + at, message }));
    await go('PutLogEvents', { ...stream, logEvents });
    await go('DescribeLogStreams', group);
    await go('FilterLogEvents', group);
    await go('GetLogEvents', { ...stream, startFromHead: true });
    await go('DeleteLogStream', stream);
    await go('DeleteLogGroup', group);
  },
  nowhere: {
    logGroupName: 'nowhere',
    logGroupIdentifier: 'nowhere',
    resourceArn: `${ARN}nowhere`,
  },
  missing: 'ResourceNotFoundException',
  refused: [
    ['CreateLogGroup', { logGroupName: 'contract-other' }, 'ResourceAlreadyExistsException'],
    ['TestMetricFilter', { filterPattern: '[', logEventMessages: ['one'] }, 'InvalidParameterException'],
    ['DescribeLogGroups', { limit: 0 }, 'InvalidParameterException'],
  ],
};

/** A role in which CloudWatch Logs sends to a stream. */
async function subscriberRole(other: WireClient['output']): Promise<string> {
  const RoleName = 'contract-logs';
  const Trust = { Effect: 'Allow', Principal: { Service: 'logs.amazonaws.com' }, Action: 'sts:AssumeRole' };
  const May = { Effect: 'Allow', Action: 'kinesis:PutRecord', Resource: SUBSCRIBER };
  const document = (Statement: object) => JSON.stringify({ Version: '2012-10-17', Statement });
  await other('iam', 'CreateRole', { RoleName, AssumeRolePolicyDocument: document(Trust) });
  await other('iam', 'PutRolePolicy', { RoleName, PolicyName: 'may', PolicyDocument: document(May) });
  return `arn:aws:iam::000000000000:role/${RoleName}`;
}
