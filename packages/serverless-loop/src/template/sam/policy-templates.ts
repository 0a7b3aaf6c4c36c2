/** A SAM policy template: its parameters, and statements whose resources name them in angle brackets. */
export interface PolicyTemplate {
  parameters: string[];
  statements: { actions: string[]; resources: string[] }[];
}

const inPlace = (service: string, resource: string) =>
  `arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${resource}`;
const inS3 = (resource: string) => `arn:\${AWS::Partition}:s3:::${resource}`;

function allow(
  service: string,
  actions: string,
  ...resources: string[]
): PolicyTemplate['statements'][number] {
  return { actions: actions.split(' ').map((action) => `${service}:${action}`), resources };
}

function template(parameters: string, ...statements: PolicyTemplate['statements']): PolicyTemplate {
  return { parameters: parameters === '' ? [] : parameters.split(' '), statements };
}

const table = inPlace('dynamodb', 'table/<TableName>');
const indexes = `${table}/index/*`;
const bucket = inS3('<BucketName>');
const objects = inS3('<BucketName>/*');
const queue = inPlace('sqs', '<QueueName>');
const stream = inPlace('kinesis', 'stream/<StreamName>');
const crudItems =
  'GetItem DeleteItem PutItem Scan Query UpdateItem BatchWriteItem BatchGetItem DescribeTable ConditionCheckItem';
const readObjects = 'GetObject ListBucket GetBucketLocation GetObjectVersion GetLifecycleConfiguration';
const readParameters = 'GetParameters GetParameter GetParametersByPath';

/** SAM developer guide, "AWS SAM policy template list"; those that the applications the loop runs use. */
export const policyTemplates: Record<string, PolicyTemplate> = {
  AWSSecretsManagerGetSecretValuePolicy: template(
    'SecretArn',
    allow('secretsmanager', 'GetSecretValue', '<SecretArn>'),
  ),
  CloudFormationDescribeStacksPolicy: template(
    '',
    allow('cloudformation', 'DescribeStacks', inPlace('cloudformation', 'stack/*')),
  ),
  CloudWatchDescribeAlarmHistoryPolicy: template('', allow('cloudwatch', 'DescribeAlarmHistory', '*')),
  CloudWatchPutMetricPolicy: template('', allow('cloudwatch', 'PutMetricData', '*')),
  DynamoDBBackupFullAccessPolicy: template(
    'TableName',
    allow('dynamodb', 'CreateBackup DescribeContinuousBackups', table),
    allow('dynamodb', 'DeleteBackup DescribeBackup ListBackups', `${table}/backup/*`),
  ),
  DynamoDBCrudPolicy: template('TableName', allow('dynamodb', crudItems, table, indexes)),
  DynamoDBReadPolicy: template(
    'TableName',
    allow('dynamodb', 'GetItem Scan Query BatchGetItem DescribeTable', table, indexes),
  ),
  DynamoDBReconfigurePolicy: template('TableName', allow('dynamodb', 'UpdateTable', table)),
  DynamoDBStreamReadPolicy: template(
    'TableName StreamName',
    allow('dynamodb', 'DescribeStream GetRecords GetShardIterator', `${table}/stream/<StreamName>`),
    allow('dynamodb', 'ListStreams', `${table}/stream/*`),
  ),
  DynamoDBWritePolicy: template(
    'TableName',
    allow('dynamodb', 'PutItem UpdateItem BatchWriteItem', table, indexes),
  ),
  EventBridgePutEventsPolicy: template(
    'EventBusName',
    allow('events', 'PutEvents', inPlace('events', 'event-bus/<EventBusName>')),
  ),
  FilterLogEventsPolicy: template(
    'LogGroupName',
    allow('logs', 'FilterLogEvents', inPlace('logs', 'log-group:<LogGroupName>:log-stream:*')),
  ),
  KinesisStreamReadPolicy: template(
    'StreamName',
    allow('kinesis', 'ListStreams DescribeLimits', inPlace('kinesis', 'stream/*')),
    allow('kinesis', 'DescribeStream DescribeStreamSummary GetRecords GetShardIterator', stream),
  ),
  KMSDecryptPolicy: template('KeyId', allow('kms', 'Decrypt', inPlace('kms', 'key/<KeyId>'))),
  KMSEncryptPolicy: template('KeyId', allow('kms', 'Encrypt', inPlace('kms', 'key/<KeyId>'))),
  LambdaInvokePolicy: template(
    'FunctionName',
    allow('lambda', 'InvokeFunction', inPlace('lambda', 'function:<FunctionName>*')),
  ),
  S3CrudPolicy: template(
    'BucketName',
    allow(
      's3',
      `${readObjects} PutObject PutObjectAcl PutLifecycleConfiguration DeleteObject`,
      bucket,
      objects,
    ),
  ),
  S3ReadPolicy: template('BucketName', allow('s3', readObjects, bucket, objects)),
  S3WritePolicy: template(
    'BucketName',
    allow('s3', 'PutObject PutObjectAcl PutLifecycleConfiguration', bucket, objects),
  ),
  SESCrudPolicy: template(
    'IdentityName',
    allow(
      'ses',
      'GetIdentityVerificationAttributes SendEmail SendRawEmail VerifyEmailIdentity',
      inPlace('ses', 'identity/<IdentityName>'),
    ),
  ),
  SNSCrudPolicy: template(
    'TopicName',
    allow(
      'sns',
      'ListSubscriptionsByTopic CreateTopic SetTopicAttributes Subscribe Publish',
      inPlace('sns', '<TopicName>*'),
    ),
  ),
  SNSPublishMessagePolicy: template('TopicName', allow('sns', 'Publish', inPlace('sns', '<TopicName>'))),
  SQSPollerPolicy: template(
    'QueueName',
    allow(
      'sqs',
      'ChangeMessageVisibility ChangeMessageVisibilityBatch DeleteMessage DeleteMessageBatch GetQueueAttributes ReceiveMessage',
      queue,
    ),
  ),
  SQSSendMessagePolicy: template('QueueName', allow('sqs', 'SendMessage*', queue)),
  SSMParameterReadPolicy: template(
    'ParameterName',
    allow('ssm', 'DescribeParameters', '*'),
    allow('ssm', readParameters, inPlace('ssm', 'parameter/<ParameterName>')),
  ),
  SSMParameterWithSlashPrefixReadPolicy: template(
    'ParameterName',
    allow('ssm', 'DescribeParameters', '*'),
    allow('ssm', readParameters, inPlace('ssm', 'parameter<ParameterName>')),
  ),
  StepFunctionsExecutionPolicy: template(
    'StateMachineName',
    allow('states', 'StartExecution', inPlace('states', 'stateMachine:<StateMachineName>')),
  ),
  VPCAccessPolicy: template(
    '',
    allow(
      'ec2',
      'CreateNetworkInterface DeleteNetworkInterface DescribeNetworkInterfaces DetachNetworkInterface',
      '*',
    ),
  ),
};

/** SAM has these too; what they grant is for services that nothing here emulates, and is not known here. */
export const otherPolicyTemplates: ReadonlySet<string> = new Set(
  `AMIDescribePolicy AWSSecretsManagerRotationPolicy AcmGetCertificatePolicy AthenaQueryPolicy
  CloudWatchDashboardPolicy CodeCommitCrudPolicy CodeCommitReadPolicy CodePipelineLambdaExecutionPolicy
  CodePipelineReadOnlyPolicy ComprehendBasicAccessPolicy CostExplorerReadOnlyPolicy
  DynamoDBRestoreFromBackupPolicy EC2CopyImagePolicy EC2DescribePolicy EFSWriteAccessPolicy EKSDescribePolicy
  EcsRunTaskPolicy ElasticMapReduceAddJobFlowStepsPolicy ElasticMapReduceCancelStepsPolicy
  ElasticMapReduceModifyInstanceFleetPolicy ElasticMapReduceModifyInstanceGroupsPolicy
  ElasticMapReduceSetTerminationProtectionPolicy ElasticMapReduceTerminateJobFlowsPolicy
  ElasticsearchHttpPostPolicy FirehoseCrudPolicy FirehoseWritePolicy KMSEncryptPolicy_v2 KinesisCrudPolicy
  MobileAnalyticsWriteOnlyAccessPolicy OrganizationsListAccountsPolicy PinpointEndpointAccessPolicy
  PollyFullAccessPolicy RekognitionDetectOnlyPolicy RekognitionFacesManagementPolicy RekognitionFacesPolicy
  RekognitionLabelsPolicy RekognitionNoDataAccessPolicy RekognitionReadPolicy RekognitionWriteOnlyAccessPolicy
  Route53ChangeResourceRecordSetsPolicy S3FullAccessPolicy SESBulkTemplatedCrudPolicy
  SESBulkTemplatedCrudPolicy_v2 SESEmailTemplateCrudPolicy SESSendBouncePolicy
  SageMakerCreateEndpointConfigPolicy SageMakerCreateEndpointPolicy ServerlessRepoReadWriteAccessPolicy
  StepFunctionsCallbackPolicy StepFunctionsExecutionPolicy_v2 TextractDetectAnalyzePolicy
  TextractGetResultPolicy TextractPolicy`.split(/\s+/),
);
