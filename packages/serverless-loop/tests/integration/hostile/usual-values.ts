import fc from 'fast-check';
import type { Numeric } from '../../../src/aws/member-kinds.ts';

const ARN = 'arn:aws';
const OWN = 'eu-west-1:000000000000';
const FUNCTION = `${ARN}:lambda:${OWN}:function:function`;
const TABLE = `${ARN}:dynamodb:${OWN}:table/table`;
const TEMPLATES = [
  'Resources: {Queue: {Type: "AWS::SQS::Queue"}}',
  'Resources: {Topic: {Type: "AWS::SNS::Topic"}, Group: {Type: "AWS::Logs::LogGroup"}}',
  'Parameters: {P: {Type: String, Default: a}}\nResources: {Bucket: {Type: "AWS::S3::Bucket", Properties: {BucketName: !Ref P}}}',
  '{"Resources": {"__proto__": {"Type": "AWS::SQS::Queue"}}}',
  'Resources: [a',
];
const PATTERNS = [
  '{"source":["a"]}',
  '{"detail":{"a":[{"prefix":"x"},{"numeric":[">",1]}]}}',
  '{"a":[]}',
  '{',
];
const EVENT =
  '{"id":"i","account":"000000000000","source":"a","time":"2026-01-01T00:00:00Z","region":"eu-west-1","resources":[],"detail-type":"b","detail":{"a":"x"}}';
const SEGMENT =
  '{"name":"s","id":"70de5b6f19ff9a0a","trace_id":"1-581cf771-a006649127e371903a2de979","start_time":1.4E9,"end_time":1.4E9}';
const XML_POLICY =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*"}]}';

/** Values that the loop under test has, or may have, by member; `@Name@` is what an answer before had for it. */
const USUAL: Readonly<Record<string, readonly string[]>> = {
  Action: ['lambda:InvokeFunction'],
  AlarmActions: [`${ARN}:sns:${OWN}:topic`],
  AlarmName: ['alarm', 'other'],
  AlarmNames: ['alarm', 'none'],
  AlarmRule: ['ALARM(alarm)', 'ALARM(alarm) AND NOT (OK(other))', 'ALARM('],
  AttributeName: ['id', 'n'],
  AttributeNames: ['All'],
  Bucket: ['bucket', 'bucket', 'bucket', 'none'],
  ChangeSetName: ['changes', '@Id@'],
  ConditionExpression: ['attribute_exists(id)', 'n IN (:v, :w)'],
  Content: ['{"openapi":"3.0.0"}', '{'],
  ContinuationToken: ['@NextContinuationToken@'],
  CopySource: ['/bucket/key', 'bucket/none', 'bucket/key?versionId=@VersionId@'],
  CopySourceRange: ['bytes=0-1'],
  DashboardBody: ['{"widgets":[]}', '{'],
  DashboardName: ['dashboard'],
  Detail: ['{}', '{"a":1}', '['],
  ETag: ['@ETag@'],
  Event: [EVENT, '{'],
  EventBusName: ['bus', 'default', `${ARN}:events:${OWN}:event-bus/bus`],
  EventPattern: PATTERNS,
  ExpressionAttributeNames: ['id', 'n'],
  'ExpressionAttributeNames.key': ['#a', '#b'],
  'ExpressionAttributeValues.key': [':v', ':w'],
  FilterExpression: [
    'n IN (:v, :w)',
    'size(l) > :v',
    'service("s")',
    'responsetime > 1 AND http.status = 200',
  ],
  FunctionName: ['function', FUNCTION, 'function:1', 'none'],
  FunctionVersion: ['$LATEST', '1'],
  Identifier: ['function'],
  IndexName: ['byN', 'none'],
  'Item.key': ['id', 'n'],
  Key: ['key', 'a/b c'],
  'Key.key': ['id'],
  KeyConditionExpression: ['id = :v', 'id = :v AND n > :w'],
  'Keys.key': ['id'],
  LogicalResourceId: ['Queue', 'Table', 'None'],
  Message: ['a', '{"default":"a"}'],
  MessageBody: ['a', '{}'],
  'MessageAttributes.key': ['name'],
  DataType: ['String', 'Number', 'Binary', 'String.x', 'Number.y'],
  Expression: ['m1 * 2', 'SUM(METRICS())', 'IF(m1 > 1, m1, 0)', '('],
  MetricName: ['M', 'Errors'],
  Name: ['name', 'alias', 'bus', 'rule'],
  Namespace: ['Own', 'AWS/Lambda'],
  ObjectAttributes: ['ETag', 'ObjectSize', 'ObjectParts'],
  Payload: ['{}', '{"a":1}', '{'],
  PolicyName: ['policy'],
  ProjectionExpression: ['id, n', 'l[0]', 'a.b'],
  Qualifier: ['$LATEST', '1', 'alias'],
  QueueName: ['queue', 'made', 'made.fifo'],
  QueueUrl: ['http://127.0.0.1/000000000000/queue', 'http://127.0.0.1/000000000000/none'],
  Range: ['bytes=0-1', 'bytes=-1', 'bytes=9-'],
  ReceiptHandle: ['@ReceiptHandle@'],
  RegistryName: ['registry', 'lambda-testevent-schemas'],
  'RequestItems.key': ['table', 'none'],
  Resource: [FUNCTION],
  ResourceARN: [`${ARN}:cloudwatch:${OWN}:alarm:alarm`],
  ResourceArn: [TABLE],
  RoleArn: [`${ARN}:iam::000000000000:role/test-Role`],
  RoleName: ['test-Role', 'none'],
  RoleSessionName: ['session'],
  Rule: ['rule', 'none'],
  S3Bucket: ['bucket'],
  S3Key: ['key'],
  SchemaName: ['schema'],
  SchemaVersion: ['1'],
  SequenceNumber: ['@SequenceNumber@'],
  ShardId: ['@ShardId@'],
  ShardIterator: ['@ShardIterator@'],
  Source: ['a'],
  SubscriptionArn: ['@SubscriptionArn@'],
  Stat: ['Sum', 'p99', 'TM(10%:90%)'],
  StackName: ['test', 'made', 'made-too'],
  Statement: ["SELECT * FROM table WHERE id = 'a'", "INSERT INTO table VALUE {'id':'p'}", 'SELECT'],
  StreamArn: ['@StreamArn@', '@LatestStreamArn@'],
  TableName: ['table', 'table', TABLE, 'made'],
  Tagging: ['a=b', 'a=b&c='],
  TagKeys: ['a'],
  tagKeys: ['a'],
  TemplateBody: TEMPLATES,
  TopicArn: [`${ARN}:sns:${OWN}:topic`],
  TargetArn: [`${ARN}:sns:${OWN}:topic`, FUNCTION],
  TraceIds: ['1-581cf771-a006649127e371903a2de979'],
  TraceSegmentDocuments: [SEGMENT, '{'],
  TypeName: ['AWS::Lambda::Function', 'AWS::Lambda::Url'],
  UpdateExpression: ['SET n = :v', 'REMOVE l[0], l[2]', 'ADD n :v', 'SET l[0] = list_append(l, :v)'],
  UploadId: ['@UploadId@'],
  Value: ['a'],
  ZipFile: ['UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==', 'AQ=='],
  Document: [XML_POLICY, '{'],
  Policy: [XML_POLICY],
  filterPattern: ['', 'ERROR', '{ $.a = 1 }', '[a, b=1]', '%[a-z]+%', '{'],
  logGroupIdentifier: ['group'],
  logGroupName: ['group', 'made'],
  logGroupIdentifiers: ['group'],
  logStreamName: ['stream'],
  logStreamNames: ['stream'],
  nextToken: ['@nextToken@'],
  NextToken: ['@NextToken@'],
  Marker: ['@Marker@', '@NextMarker@'],
  resourceArn: [`${ARN}:logs:${OWN}:log-group:group`],
};

const PLAIN = ['a', 'b', '1', '0', '{}', 'true'];

export function textFor(member: string): fc.Arbitrary<string> {
  return fc.constantFrom(...(USUAL[member] ?? PLAIN));
}

export function numberFor(
  member: string,
  { min = 0, max = Number.MAX_SAFE_INTEGER }: Numeric,
): fc.Arbitrary<number> {
  // No test waits for messages that don't come.
  if (member === 'WaitTimeSeconds') return fc.constant(0);
  const usual = [0, 1, 2, 60, 100, 1_000].filter((number) => number >= min && number <= max);
  return fc.constantFrom(min, max, ...usual);
}
