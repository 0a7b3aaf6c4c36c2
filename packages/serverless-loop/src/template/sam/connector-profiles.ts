/** The rights that a connector gives a function, by the type of what it leads to and the permission. */
interface Profile {
  Read?: string;
  Write?: string;
  /** More resources than the thing itself. */
  inside?: string;
}

/** SAM developer guide, "AWS SAM connector reference": from AWS::Lambda::Function, of what the loop has. */
export const FROM_FUNCTION: Record<string, Profile> = {
  'AWS::DynamoDB::Table': {
    Read: 'dynamodb:GetItem Query Scan BatchGetItem ConditionCheckItem PartiQLSelect',
    Write: 'dynamodb:PutItem UpdateItem DeleteItem BatchWriteItem PartiQLDelete PartiQLInsert PartiQLUpdate',
    inside: '/index/*',
  },
  'AWS::Events::EventBus': { Write: 'events:PutEvents' },
  'AWS::Lambda::Function': { Write: 'lambda:InvokeAsync InvokeFunction' },
  'AWS::S3::Bucket': {
    Read: 's3:GetObject GetObjectAcl GetObjectLegalHold GetObjectRetention GetObjectTorrent GetObjectVersion GetObjectVersionAcl GetObjectVersionForReplication GetObjectVersionTorrent ListBucket ListBucketMultipartUploads ListBucketVersions ListMultipartUploadParts',
    Write:
      's3:AbortMultipartUpload DeleteObject DeleteObjectVersion PutObject PutObjectLegalHold PutObjectRetention RestoreObject',
    inside: '/*',
  },
  'AWS::SNS::Topic': { Write: 'sns:Publish' },
  'AWS::SQS::Queue': {
    Read: 'sqs:ReceiveMessage GetQueueAttributes',
    Write: 'sqs:DeleteMessage SendMessage ChangeMessageVisibility PurgeQueue',
  },
};

/** From what a function reads, for the function's own role. */
export const TO_READING_FUNCTION: Record<string, Profile> = {
  'AWS::DynamoDB::Table': {
    Read: 'dynamodb:DescribeStream GetRecords GetShardIterator ListStreams',
    inside: '/stream/*',
  },
  'AWS::SQS::Queue': { Read: 'sqs:ReceiveMessage GetQueueAttributes', Write: 'sqs:DeleteMessage' },
};

/** The service that calls a function, which the function then permits; Write alone. */
export const CALLERS: Record<string, string> = {
  'AWS::ApiGateway::RestApi': 'apigateway.amazonaws.com',
  'AWS::ApiGatewayV2::Api': 'apigateway.amazonaws.com',
  'AWS::Events::Rule': 'events.amazonaws.com',
  'AWS::S3::Bucket': 's3.amazonaws.com',
  'AWS::SNS::Topic': 'sns.amazonaws.com',
};

/** The service that sends, by what sends and what takes it; Write alone. */
export const SENDERS: Record<string, Record<string, string>> = {
  'AWS::SQS::Queue': {
    'AWS::Events::Rule': 'events.amazonaws.com',
    'AWS::SNS::Topic': 'sns.amazonaws.com',
  },
  'AWS::SNS::Topic': { 'AWS::Events::Rule': 'events.amazonaws.com' },
};

/** `sqs:ReceiveMessage GetQueueAttributes` as a list of whole actions. */
export function actionsOf(words: string): string[] {
  const [service = '', actions = ''] = words.split(':');
  return actions.split(' ').map((action) => `${service}:${action}`);
}
