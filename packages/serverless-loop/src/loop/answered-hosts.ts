import { answeredServices } from './pages.ts';

/** As AWS's host names have the services that are answered here, by their titles. */
const HOSTS: Readonly<Record<string, string>> = {
  'Cloud Control': 'cloudcontrolapi',
  CloudFormation: 'cloudformation',
  CloudWatch: 'monitoring',
  'CloudWatch Logs': 'logs',
  DynamoDB: 'dynamodb',
  'DynamoDB Streams': 'dynamodb',
  EventBridge: 'events',
  'EventBridge Scheduler': 'scheduler',
  'EventBridge Schemas': 'schemas',
  IAM: 'iam',
  Kinesis: 'kinesis',
  Lambda: 'lambda',
  'Parameter Store': 'ssm',
  S3: 's3',
  SNS: 'sns',
  SQS: 'sqs',
  STS: 'sts',
  'Step Functions': 'states',
  'Secrets Manager': 'secretsmanager',
  'X-Ray': 'xray',
};

/** The functions' processes are told them before the services are there, so that they are listed. */
export const ANSWERED_HOSTS: readonly string[] = [
  ...new Set(Object.values(HOSTS)),
  // StartSyncExecution has a host of its own.
  'sync-states',
];

/** Throws TypeError for a service that is answered and not listed: a function that may connect to AWS would pass it by. */
export function checkHosts(routes: Parameters<typeof answeredServices>[0]): void {
  const unlisted = answeredServices(routes).find((title) => !Object.hasOwn(HOSTS, title));
  if (unlisted !== undefined) throw new TypeError(`The host of ${unlisted} is not listed.`);
}
