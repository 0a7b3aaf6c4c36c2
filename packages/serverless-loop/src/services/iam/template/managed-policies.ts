import type { Statement } from '../../../aws/statement.ts';

function allow(service: string, actions: string, resources = ['*']): Statement {
  return { effect: 'Allow', actions: actions.split(' ').map((action) => `${service}:${action}`), resources };
}

const writeLogs = allow('logs', 'CreateLogGroup CreateLogStream PutLogEvents');
const writeTraces = allow(
  'xray',
  'PutTraceSegments PutTelemetryRecords GetSamplingRules GetSamplingTargets GetSamplingStatisticSummaries',
);
const networkInterfaces = allow(
  'ec2',
  'CreateNetworkInterface DescribeNetworkInterfaces DescribeSubnets DeleteNetworkInterface AssignPrivateIpAddresses UnassignPrivateIpAddresses',
);

/**
 * AWS's own managed policies, by name (AWS Managed Policy Reference Guide). Of those for many services,
 * only what concerns services that the loop emulates.
 */
export const MANAGED_POLICIES: Record<string, Statement[]> = {
  AdministratorAccess: [{ effect: 'Allow', actions: ['*'], resources: ['*'] }],
  AmazonAPIGatewayAdministrator: [
    { effect: 'Allow', actions: ['apigateway:*'], resources: ['arn:aws:apigateway:*::/*'] },
  ],
  AmazonAPIGatewayInvokeFullAccess: [
    allow('execute-api', 'Invoke ManageConnections', ['arn:aws:execute-api:*:*:*']),
  ],
  AmazonDynamoDBFullAccess: [allow('dynamodb', '*'), allow('dax', '*')],
  AmazonDynamoDBReadOnlyAccess: [
    allow(
      'dynamodb',
      'BatchGetItem Describe* List* GetAbacStatus GetItem GetResourcePolicy Query Scan PartiQLSelect',
    ),
  ],
  AmazonEventBridgeFullAccess: [allow('events', '*'), allow('schemas', '*'), allow('scheduler', '*')],
  AmazonSNSFullAccess: [allow('sns', '*')],
  AmazonSQSFullAccess: [allow('sqs', '*')],
  AmazonSQSReadOnlyAccess: [
    allow(
      'sqs',
      'GetQueueAttributes GetQueueUrl ListDeadLetterSourceQueues ListQueues ListMessageMoveTasks ListQueueTags',
    ),
  ],
  AmazonS3FullAccess: [allow('s3', '*'), allow('s3-object-lambda', '*')],
  AmazonS3ReadOnlyAccess: [allow('s3', 'Get* List* Describe*')],
  AWSCloudFormationFullAccess: [allow('cloudformation', '*')],
  AWSCloudFormationReadOnlyAccess: [
    allow('cloudformation', 'Describe* EstimateTemplateCost Get* List* ValidateTemplate Detect*'),
  ],
  AWSCodeDeployRoleForLambda: [
    allow('cloudwatch', 'DescribeAlarms'),
    allow('lambda', 'UpdateAlias GetAlias GetProvisionedConcurrencyConfig'),
    allow('lambda', 'InvokeFunction', ['arn:aws:lambda:*:*:function:CodeDeployHook_*']),
    allow('sns', 'Publish'),
  ],
  AWSLambdaBasicExecutionRole: [writeLogs],
  AWSLambdaDynamoDBExecutionRole: [
    allow('dynamodb', 'DescribeStream GetRecords GetShardIterator ListStreams'),
    writeLogs,
  ],
  AWSLambdaExecute: [
    allow('logs', '*', ['arn:aws:logs:*:*:*']),
    allow('s3', 'GetObject PutObject', ['arn:aws:s3:::*']),
  ],
  AWSLambdaKinesisExecutionRole: [
    allow(
      'kinesis',
      'DescribeStream DescribeStreamSummary GetRecords GetShardIterator ListShards ListStreams SubscribeToShard',
    ),
    writeLogs,
  ],
  AWSLambdaMSKExecutionRole: [
    allow('kafka', 'DescribeCluster DescribeClusterV2 GetBootstrapBrokers'),
    networkInterfaces,
    writeLogs,
  ],
  AWSLambdaRole: [allow('lambda', 'InvokeFunction')],
  AWSLambdaSQSQueueExecutionRole: [
    allow('sqs', 'ReceiveMessage DeleteMessage GetQueueAttributes'),
    writeLogs,
  ],
  AWSLambdaVPCAccessExecutionRole: [writeLogs, networkInterfaces],
  AWSLambda_FullAccess: [
    allow('lambda', '*'),
    allow(
      'logs',
      'DescribeLogStreams GetLogEvents FilterLogEvents StartQuery StopQuery DescribeQueries GetLogGroupFields GetLogRecord GetQueryResults',
    ),
  ],
  AWSXRayDaemonWriteAccess: [writeTraces],
  AWSXrayWriteOnlyAccess: [writeTraces],
  CloudWatchLambdaInsightsExecutionRolePolicy: [
    allow('logs', 'CreateLogGroup'),
    allow('logs', 'CreateLogStream PutLogEvents', ['arn:aws:logs:*:*:log-group:/aws/lambda-insights:*']),
  ],
  IAMFullAccess: [allow('iam', '*')],
  CloudWatchLogsFullAccess: [allow('logs', '*'), allow('cloudwatch', 'GenerateQuery')],
};
