import type { ServiceContract } from '../contract.ts';

const ARN = 'arn:aws:logs:eu-west-1:000000000000:log-group:';

export const LOGS_CONTRACT: ServiceContract = {
  title: 'CloudWatch Logs',
  service: 'logs',
  async good(go) {
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
    ['DescribeLogGroups', { limit: 0 }, 'InvalidParameterException'],
  ],
};
