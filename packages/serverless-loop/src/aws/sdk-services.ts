/**
 * Services by their names in AWS's SDKs, as `aws-sdk:…` spells them in state machines and universal targets, with the names that they sign
 * by: those whose operations the loop can call so (Step Functions guide, "Supported AWS SDK service integrations").
 */
const SIGNED_BY: Readonly<Record<string, string>> = {
  cloudformation: 'cloudformation',
  cloudwatch: 'monitoring',
  cloudwatchlogs: 'logs',
  dynamodb: 'dynamodb',
  dynamodbstreams: 'dynamodb',
  eventbridge: 'events',
  iam: 'iam',
  kinesis: 'kinesis',
  lambda: 'lambda',
  pipes: 'pipes',
  s3: 's3',
  scheduler: 'scheduler',
  schemas: 'schemas',
  secretsmanager: 'secretsmanager',
  sfn: 'states',
  sns: 'sns',
  sqs: 'sqs',
  ssm: 'ssm',
  sts: 'sts',
  xray: 'xray',
};

/** The service's name in the scope of signatures; undefined for one whose operations can't be called so here. */
export function signingNameOfSdk(name: string): string | undefined {
  return Object.hasOwn(SIGNED_BY, name) ? SIGNED_BY[name] : undefined;
}
