/** A service as tasks call it. */
export interface CalledService {
  /** In the scope of signatures. */
  signingName: string;
  /** Before the dot of its errors' names: `DynamoDB.ConditionalCheckFailedException`. */
  prefix: string;
  /** The name after the dot for an error that its API doesn't name. */
  general: string;
  /** As causes tell it. */
  title: string;
}

/**
 * Services with integrations of their own, which an older SDK stands behind (Step Functions guide, "Integrating services"; names
 * of errors and services are those of LocalStack's records of AWS, v2/error_handling).
 */
export const OPTIMIZED: Readonly<Record<string, CalledService & { actions: readonly string[] }>> = {
  dynamodb: {
    signingName: 'dynamodb',
    prefix: 'DynamoDB',
    general: 'AmazonDynamoDBException',
    title: 'AmazonDynamoDBv2',
    actions: ['getItem', 'putItem', 'updateItem', 'deleteItem'],
  },
  events: {
    signingName: 'events',
    prefix: 'EventBridge',
    general: 'AmazonEventBridgeException',
    title: 'AmazonEventBridge',
    actions: ['putEvents'],
  },
  lambda: {
    signingName: 'lambda',
    prefix: 'Lambda',
    general: 'AWSLambdaException',
    title: 'AWSLambda',
    actions: ['invoke'],
  },
  sns: {
    signingName: 'sns',
    prefix: 'SNS',
    general: 'AmazonSNSException',
    title: 'AmazonSNS',
    actions: ['publish'],
  },
  sqs: {
    signingName: 'sqs',
    prefix: 'SQS',
    general: 'AmazonSQSException',
    title: 'AmazonSQS',
    actions: ['sendMessage'],
  },
  states: {
    signingName: 'states',
    prefix: 'StepFunctions',
    general: 'AWSStepFunctionsException',
    title: 'AWSStepFunctions',
    actions: ['startExecution'],
  },
};

/** Names of services in `aws-sdk:…`, with the names by which they sign and the prefixes of their errors (guide, "Supported AWS SDK service integrations"). */
const SDK: Readonly<Record<string, readonly [signingName: string, prefix: string]>> = {
  cloudformation: ['cloudformation', 'CloudFormation'],
  cloudwatch: ['monitoring', 'CloudWatch'],
  cloudwatchlogs: ['logs', 'CloudWatchLogs'],
  dynamodb: ['dynamodb', 'DynamoDb'],
  dynamodbstreams: ['dynamodb', 'DynamoDbStreams'],
  eventbridge: ['events', 'EventBridge'],
  iam: ['iam', 'Iam'],
  kinesis: ['kinesis', 'Kinesis'],
  lambda: ['lambda', 'Lambda'],
  pipes: ['pipes', 'Pipes'],
  s3: ['s3', 'S3'],
  scheduler: ['scheduler', 'Scheduler'],
  schemas: ['schemas', 'Schemas'],
  secretsmanager: ['secretsmanager', 'SecretsManager'],
  sfn: ['states', 'Sfn'],
  sns: ['sns', 'Sns'],
  sqs: ['sqs', 'Sqs'],
  ssm: ['ssm', 'Ssm'],
  sts: ['sts', 'Sts'],
  xray: ['xray', 'XRay'],
};

/** The service of `aws-sdk:<name>`; undefined for one that the loop hasn't got. */
export function sdkService(name: string): CalledService | undefined {
  const [signingName, prefix] = Object.hasOwn(SDK, name) ? (SDK[name] ?? []) : [];
  if (signingName === undefined || prefix === undefined) return undefined;
  return { signingName, prefix, general: `${prefix}Exception`, title: prefix };
}
