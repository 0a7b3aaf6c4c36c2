import type { Routes } from '../gateway/gateway.ts';

/** By the name in a signature's scope, or by the prefix of `X-Amz-Target`. */
const TITLES: Record<string, string> = {
  AmazonSQS: 'SQS',
  AWSEvents: 'EventBridge',
  CloudApiService: 'Cloud Control',
  cloudformation: 'CloudFormation',
  DynamoDBStreams_20120810: 'DynamoDB Streams',
  DynamoDB_20120810: 'DynamoDB',
  GraniteServiceVersion20100801: 'CloudWatch',
  iam: 'IAM',
  lambda: 'Lambda',
  Logs_20140328: 'CloudWatch Logs',
  monitoring: 'CloudWatch',
  s3: 'S3',
  schemas: 'EventBridge Schemas',
  sns: 'SNS',
  sqs: 'SQS',
  sts: 'STS',
  xray: 'X-Ray',
};

/** The services behind the port, by the names that people know them by. */
export function answeredServices({
  json,
  rest,
  lazyRest = [],
  restXml = [],
  query = [],
}: Pick<Routes, 'json' | 'rest' | 'lazyRest' | 'restXml' | 'query'>): string[] {
  const names = [
    ...json.map(({ targetPrefix }) => targetPrefix),
    ...[...rest, ...lazyRest, ...restXml, ...query].map(({ signingName }) => signingName),
  ];
  return [...new Set(names.map((name) => TITLES[name] ?? name))].sort();
}
