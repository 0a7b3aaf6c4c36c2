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

const TABLE = inPlace('dynamodb', 'table/<TableName>');
const INDEXES = `${TABLE}/index/*`;
const BUCKET = inS3('<BucketName>');
const OBJECTS = inS3('<BucketName>/*');
const QUEUE = inPlace('sqs', '<QueueName>');
const STREAM = inPlace('kinesis', 'stream/<StreamName>');
const CRUD_ITEMS =
  'GetItem DeleteItem PutItem Scan Query UpdateItem BatchWriteItem BatchGetItem DescribeTable ConditionCheckItem';
const READ_OBJECTS = 'GetObject ListBucket GetBucketLocation GetObjectVersion GetLifecycleConfiguration';
const READ_PARAMETERS = 'GetParameters GetParameter GetParametersByPath';

/** SAM developer guide, "AWS SAM policy template list"; those that the applications the loop runs use. */
export const POLICY_TEMPLATES: Record<string, PolicyTemplate> = {
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
    allow('dynamodb', 'CreateBackup DescribeContinuousBackups', TABLE),
    allow('dynamodb', 'DeleteBackup DescribeBackup ListBackups', `${TABLE}/backup/*`),
  ),
  DynamoDBCrudPolicy: template('TableName', allow('dynamodb', CRUD_ITEMS, TABLE, INDEXES)),
  DynamoDBReadPolicy: template(
    'TableName',
    allow('dynamodb', 'GetItem Scan Query BatchGetItem DescribeTable', TABLE, INDEXES),
  ),
  DynamoDBReconfigurePolicy: template('TableName', allow('dynamodb', 'UpdateTable', TABLE)),
  DynamoDBStreamReadPolicy: template(
    'TableName StreamName',
    allow('dynamodb', 'DescribeStream GetRecords GetShardIterator', `${TABLE}/stream/<StreamName>`),
    allow('dynamodb', 'ListStreams', `${TABLE}/stream/*`),
  ),
  DynamoDBWritePolicy: template(
    'TableName',
    allow('dynamodb', 'PutItem UpdateItem BatchWriteItem', TABLE, INDEXES),
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
    allow('kinesis', 'DescribeStream DescribeStreamSummary GetRecords GetShardIterator', STREAM),
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
      `${READ_OBJECTS} PutObject PutObjectAcl PutLifecycleConfiguration DeleteObject`,
      BUCKET,
      OBJECTS,
    ),
  ),
  S3ReadPolicy: template('BucketName', allow('s3', READ_OBJECTS, BUCKET, OBJECTS)),
  S3WritePolicy: template(
    'BucketName',
    allow('s3', 'PutObject PutObjectAcl PutLifecycleConfiguration', BUCKET, OBJECTS),
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
      QUEUE,
    ),
  ),
  SQSSendMessagePolicy: template('QueueName', allow('sqs', 'SendMessage*', QUEUE)),
  SSMParameterReadPolicy: template(
    'ParameterName',
    allow('ssm', 'DescribeParameters', '*'),
    allow('ssm', READ_PARAMETERS, inPlace('ssm', 'parameter/<ParameterName>')),
  ),
  SSMParameterWithSlashPrefixReadPolicy: template(
    'ParameterName',
    allow('ssm', 'DescribeParameters', '*'),
    allow('ssm', READ_PARAMETERS, inPlace('ssm', 'parameter<ParameterName>')),
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
export const OTHER_POLICY_TEMPLATES: ReadonlySet<string> = new Set(
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
