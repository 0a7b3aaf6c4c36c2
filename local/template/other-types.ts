import { formatArn } from '../aws/arn.ts';
import { uuidOf } from './names.ts';
import type { Identity, ResourceType } from './resource-type.ts';

/** Types that nothing emulates but that others often refer to: made-up values let the rest run. */
export const otherTypes: Record<string, ResourceType> = {
  'AWS::SNS::Topic': {
    nameProperty: 'TopicName',
    ref: topicArn,
    attributes: { TopicArn: topicArn, TopicName: (it) => it.name },
  },
  'AWS::SNS::Subscription': { ref: subscriptionArn, attributes: { Arn: subscriptionArn } },
  'AWS::SNS::TopicPolicy': { attributes: { Id: (it) => it.name } },
  'AWS::CloudWatch::Dashboard': { nameProperty: 'DashboardName', attributes: {} },
  'AWS::S3::Bucket': {
    nameProperty: 'BucketName',
    longestName: 63,
    ref: bucketName,
    attributes: {
      Arn: (it) => `arn:${it.place.partition}:s3:::${bucketName(it)}`,
      DomainName: (it) => `${bucketName(it)}.s3.amazonaws.com`,
      RegionalDomainName: (it) => `${bucketName(it)}.s3.${it.place.region}.amazonaws.com`,
    },
  },
  'AWS::StepFunctions::StateMachine': stateMachine('StateMachineName'),
  'AWS::Serverless::StateMachine': stateMachine('Name'),
  'AWS::SecretsManager::Secret': {
    nameProperty: 'Name',
    ref: (it) => formatArn(it.place, 'secretsmanager', `secret:${it.name}`),
    attributes: { Id: (it) => formatArn(it.place, 'secretsmanager', `secret:${it.name}`) },
  },
  'AWS::SSM::Parameter': {
    nameProperty: 'Name',
    attributes: { Type: (it) => it.text('Type') ?? 'String', Value: (it) => it.text('Value') ?? '' },
  },
  'AWS::KMS::Key': {
    attributes: { Arn: (it) => formatArn(it.place, 'kms', `key/${it.name}`), KeyId: (it) => it.name },
  },
  'AWS::Kinesis::Stream': {
    nameProperty: 'Name',
    attributes: { Arn: (it) => formatArn(it.place, 'kinesis', `stream/${it.name}`) },
  },
  'AWS::CloudWatch::Alarm': {
    nameProperty: 'AlarmName',
    attributes: { Arn: (it) => formatArn(it.place, 'cloudwatch', `alarm:${it.name}`) },
  },
  'AWS::CloudWatch::CompositeAlarm': {
    nameProperty: 'AlarmName',
    attributes: { Arn: (it) => formatArn(it.place, 'cloudwatch', `alarm:${it.name}`) },
  },
  'AWS::Events::Archive': {
    nameProperty: 'ArchiveName',
    longestName: 48,
    attributes: {
      Arn: (it) => formatArn(it.place, 'events', `archive/${it.name}`),
      ArchiveName: (it) => it.name,
    },
  },
  'AWS::ApiGateway::RestApi': {
    attributes: { RestApiId: (it) => it.name, RootResourceId: (it) => `${it.name}-root` },
  },
  'AWS::ApiGatewayV2::Api': {
    attributes: {
      ApiId: (it) => it.name,
      ApiEndpoint: (it) => `https://${it.name}.execute-api.${it.place.region}.amazonaws.com`,
    },
  },
  'AWS::Lambda::Url': {
    attributes: { FunctionUrl: (it) => `https://${it.name}.lambda-url.${it.place.region}.on.aws/` },
  },
};

function stateMachine(nameProperty: string): ResourceType {
  const arn = (it: Identity) => formatArn(it.place, 'states', `stateMachine:${it.name}`);
  return { nameProperty, longestName: 80, ref: arn, attributes: { Arn: arn, Name: (it) => it.name } };
}

function topicArn(it: Identity): string {
  return formatArn(it.place, 'sns', it.name);
}

/** SNS draws the end. */
function subscriptionArn(it: Identity): string {
  return `${it.text('TopicArn') ?? ''}:${uuidOf(it.name)}`;
}

function bucketName(it: Identity): string {
  return it.name.toLowerCase();
}
