import { arn, type TerraformResource } from './resource.ts';

export const SETTINGS: readonly TerraformResource[] = [
  {
    kind: 'aws_cloudwatch_log_group',
    async create(call) {
      const logGroupName = 'tf-group';
      await call('logs', 'CreateLogGroup', {
        ...{ logGroupName, logGroupClass: 'STANDARD', tags: { team: 'one' } },
      });
      await call('logs', 'PutRetentionPolicy', { logGroupName, retentionInDays: 7 });
      return { logGroupName };
    },
    async read(call, { logGroupName }) {
      await call('logs', 'DescribeLogGroups', { logGroupNamePrefix: logGroupName });
      await call('logs', 'ListTagsForResource', { resourceArn: arn('logs', `log-group:${logGroupName}`) });
      // Before version 5 of the provider.
      await call('logs', 'ListTagsLogGroup', { logGroupName });
    },
    async update(call, { logGroupName }) {
      await call('logs', 'DeleteRetentionPolicy', { logGroupName });
      const resource = { resourceArn: arn('logs', `log-group:${logGroupName}`) };
      await call('logs', 'UntagResource', { ...resource, tagKeys: ['team'] });
      await call('logs', 'TagResource', { ...resource, tags: { team: 'two' } });
    },
    async remove(call, { logGroupName }) {
      await call('logs', 'DeleteLogGroup', { logGroupName });
    },
    gone: ({ logGroupName }) => [
      ...(['logs', 'DescribeLogStreams', { logGroupName }, 'ResourceNotFoundException'] as const),
    ],
  },
  {
    kind: 'aws_ssm_parameter',
    async create(call) {
      const Name = '/tf/parameter';
      const parameter = { Name, Value: 'a', Type: 'SecureString', Tier: 'Standard' };
      await call('ssm', 'PutParameter', { ...parameter, Tags: [{ Key: 'team', Value: 'one' }] });
      return { Name };
    },
    async read(call, { Name }) {
      await call('ssm', 'GetParameter', { Name, WithDecryption: true });
      const ParameterFilters = [{ Key: 'Name', Option: 'Equals', Values: [Name] }];
      await call('ssm', 'DescribeParameters', { ParameterFilters });
      await call('ssm', 'ListTagsForResource', { ResourceType: 'Parameter', ResourceId: Name });
    },
    async update(call, { Name }) {
      await call('ssm', 'PutParameter', { Name, Value: 'b', Type: 'SecureString', Overwrite: true });
    },
    async remove(call, { Name }) {
      await call('ssm', 'DeleteParameter', { Name });
    },
    gone: ({ Name }) => ['ssm', 'GetParameter', { Name, WithDecryption: true }, 'ParameterNotFound'],
  },
  {
    kind: 'aws_secretsmanager_secret, with aws_secretsmanager_secret_version',
    async create(call) {
      const Tags = [{ Key: 'team', Value: 'one' }];
      const { ARN: SecretId } = await call('secretsmanager', 'CreateSecret', { Name: 'tf-secret', Tags });
      const version = { SecretId, SecretString: 'a' };
      const { VersionId } = await call('secretsmanager', 'PutSecretValue', version);
      return { SecretId, VersionId };
    },
    async read(call, { SecretId, VersionId }) {
      await call('secretsmanager', 'DescribeSecret', { SecretId });
      await call('secretsmanager', 'GetResourcePolicy', { SecretId });
      await call('secretsmanager', 'GetSecretValue', { SecretId, VersionId });
    },
    async update(call, { SecretId }) {
      await call('secretsmanager', 'UpdateSecret', { SecretId, Description: 'two' });
      await call('secretsmanager', 'TagResource', { SecretId, Tags: [{ Key: 'a', Value: 'b' }] });
      await call('secretsmanager', 'UntagResource', { SecretId, TagKeys: ['team'] });
    },
    async remove(call, { SecretId }) {
      await call('secretsmanager', 'DeleteSecret', { SecretId, ForceDeleteWithoutRecovery: true });
    },
    gone: ({ SecretId }) => [
      ...(['secretsmanager', 'DescribeSecret', { SecretId }, 'ResourceNotFoundException'] as const),
    ],
  },
  {
    kind: 'aws_cloudwatch_metric_alarm',
    async create(call) {
      const AlarmName = 'tf-alarm';
      await call('cloudwatch', 'PutMetricAlarm', {
        ...{ AlarmName, Namespace: 'AWS/Lambda', MetricName: 'Errors', Statistic: 'Sum', Period: 60 },
        ...{ EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: 'GreaterThanThreshold' },
        ...{ TreatMissingData: 'missing', ActionsEnabled: true, Tags: [{ Key: 'team', Value: 'one' }] },
      });
      return { AlarmName };
    },
    async read(call, { AlarmName }) {
      await call('cloudwatch', 'DescribeAlarms', { AlarmNames: [AlarmName], AlarmTypes: ['MetricAlarm'] });
      const ResourceARN = arn('cloudwatch', `alarm:${AlarmName}`);
      await call('cloudwatch', 'ListTagsForResource', { ResourceARN });
    },
    async remove(call, { AlarmName }) {
      await call('cloudwatch', 'DeleteAlarms', { AlarmNames: [AlarmName] });
    },
    gone: ({ AlarmName }) => [
      ...(['cloudwatch', 'SetAlarmState'] as const),
      { AlarmName, StateValue: 'OK', StateReason: 'a look' },
      'ResourceNotFound',
    ],
  },
];
