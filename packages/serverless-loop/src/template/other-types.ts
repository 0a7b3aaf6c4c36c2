import { formatArn } from '../aws/arn.ts';
import { uuidOf } from './names.ts';
import type { Identity, ResourceType } from './resource-type.ts';

/** Types that nothing emulates but that others often refer to: made-up values let the rest run. */
export const otherTypes: Record<string, ResourceType> = {
  'AWS::SNS::Topic': {
    nameProperty: 'TopicName',
    ref: topicArn,
    attributes: { TopicArn: topicArn, TopicName: (it) => it.name },
    givesProperties: true,
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
      DualStackDomainName: (it) => `${bucketName(it)}.s3.dualstack.${it.place.region}.amazonaws.com`,
      WebsiteURL: websiteUrl,
      RegionalDomainName: (it) => `${bucketName(it)}.s3.${it.place.region}.amazonaws.com`,
    },
  },
  'AWS::StepFunctions::StateMachine': stateMachine('StateMachineName'),
  'AWS::Serverless::StateMachine': stateMachine('Name'),
  'AWS::S3::BucketPolicy': { ref: (it) => it.text('Bucket') ?? it.name, attributes: {} },
  'AWS::SecretsManager::Secret': { nameProperty: 'Name', ref: secretArn, attributes: { Id: secretArn } },
  'AWS::SSM::Parameter': {
    nameProperty: 'Name',
    attributes: {
      Arn: (it) => formatArn(it.place, 'ssm', `parameter/${it.name.replace(/^\//, '')}`),
      Type: (it) => it.text('Type') ?? 'String',
      Value: (it) => it.text('Value') ?? '',
    },
    givesProperties: true,
  },
  'AWS::KMS::Key': {
    ref: uuid,
    attributes: { Arn: (it) => formatArn(it.place, 'kms', `key/${uuid(it)}`), KeyId: uuid },
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
    ref: apiId,
    attributes: { RestApiId: apiId, RootResourceId: (it) => shortId(`${it.name}/`) },
  },
  'AWS::ApiGatewayV2::Api': {
    ref: apiId,
    attributes: {
      ApiId: apiId,
      ApiEndpoint: (it) => `https://${apiId(it)}.execute-api.${it.place.region}.amazonaws.com`,
      ExecuteApiArn: (it) => formatArn(it.place, 'execute-api', apiId(it)),
    },
  },
  'AWS::Lambda::Url': {
    ref: (it) => it.text('TargetFunctionArn') ?? it.name,
    attributes: {
      FunctionArn: (it) => it.text('TargetFunctionArn') ?? it.name,
      FunctionUrl: (it) => `https://${it.name}.lambda-url.${it.place.region}.on.aws/`,
    },
  },
  'AWS::Logs::QueryDefinition': { ref: uuid, attributes: { QueryDefinitionId: uuid } },
  'AWS::Logs::MetricFilter': { nameProperty: 'FilterName', attributes: {} },
  'AWS::CloudWatch::InsightRule': {
    ...byArn('RuleName', 'Arn', (it) => formatArn(it.place, 'cloudwatch', `insight-rule/${it.name}`)),
    givesProperties: true,
  },
  'AWS::CodeDeploy::Application': { nameProperty: 'ApplicationName', attributes: {} },
  'AWS::CodeDeploy::DeploymentGroup': { nameProperty: 'DeploymentGroupName', attributes: {} },
  'AWS::ResourceGroups::Group': {
    nameProperty: 'Name',
    attributes: { Arn: (it) => formatArn(it.place, 'resource-groups', `group/${it.name}`) },
  },
  'AWS::XRay::Group': byArn('GroupName', 'GroupARN', (it) =>
    formatArn(it.place, 'xray', `group/${it.name}/${shortId(it.name)}`),
  ),
  'AWS::XRay::SamplingRule': byArn('RuleName', 'RuleARN', (it) =>
    formatArn(it.place, 'xray', `sampling-rule/${it.name}`),
  ),
  'AWS::ApplicationInsights::Application': byArn('ResourceGroupName', 'ApplicationARN', (it) =>
    formatArn(it.place, 'applicationinsights', `application/resource-group/${it.name}`),
  ),
  'AWS::CDK::Metadata': { ref: uuid, attributes: { Id: uuid } },
};

/** A type that Ref calls by its ARN, which one attribute gives too. */
function byArn(nameProperty: string, attribute: string, arn: (it: Identity) => string): ResourceType {
  return { nameProperty, ref: arn, attributes: { [attribute]: arn } };
}

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

function uuid(it: Identity): string {
  return uuidOf(it.name);
}

function apiId(it: Identity): string {
  return shortId(it.name);
}

/** Ten small letters and digits, as API Gateway's ids. */
function shortId(name: string): string {
  return uuidOf(name).replaceAll('-', '').slice(0, 10);
}

/** Secrets Manager puts six characters after the name. */
function secretArn(it: Identity): string {
  return formatArn(it.place, 'secretsmanager', `secret:${it.name}-${shortId(it.name).slice(0, 6)}`);
}

/** The Regions with a dash in a website's address (General Reference, "Amazon S3 website endpoints"). */
const DASHED = /^(us-(east-1|west-[12])|ap-(southeast-[12]|northeast-1)|eu-west-1|sa-east-1|us-gov-west-1)$/;

function websiteUrl(it: Identity): string {
  const { region } = it.place;
  return `http://${bucketName(it)}.s3-website${DASHED.test(region) ? '-' : '.'}${region}.amazonaws.com`;
}
