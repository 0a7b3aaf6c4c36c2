import { signingNameOfSdk } from '../../../aws/sdk-services.ts';

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

/** Prefixes of the errors of services in `aws-sdk:…` (guide, "Supported AWS SDK service integrations"). */
const PREFIXES: Readonly<Record<string, string>> = {
  cloudformation: 'CloudFormation',
  cloudwatch: 'CloudWatch',
  cloudwatchlogs: 'CloudWatchLogs',
  dynamodb: 'DynamoDb',
  dynamodbstreams: 'DynamoDbStreams',
  eventbridge: 'EventBridge',
  iam: 'Iam',
  kinesis: 'Kinesis',
  lambda: 'Lambda',
  pipes: 'Pipes',
  s3: 'S3',
  scheduler: 'Scheduler',
  schemas: 'Schemas',
  secretsmanager: 'SecretsManager',
  sfn: 'Sfn',
  sns: 'Sns',
  sqs: 'Sqs',
  ssm: 'Ssm',
  sts: 'Sts',
  xray: 'XRay',
};

/** The service of `aws-sdk:<name>`; undefined for one that the loop hasn't got. */
export function sdkService(name: string): CalledService | undefined {
  const signingName = signingNameOfSdk(name);
  const prefix = Object.hasOwn(PREFIXES, name) ? PREFIXES[name] : undefined;
  if (signingName === undefined || prefix === undefined) return undefined;
  return { signingName, prefix, general: `${prefix}Exception`, title: prefix };
}
