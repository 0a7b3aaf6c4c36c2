import type { ResourceState } from '../../../template/deployment.ts';

interface Replacing {
  /** The property with a name of its own, when the type has one. */
  name?: string;
  /** Other properties whose change makes the resource anew. */
  properties: readonly string[];
}

/** Template reference, "Update requires: Replacement" of each type's properties. */
const REPLACING = new Map<string, Replacing>([
  [
    'AWS::DynamoDB::Table',
    { name: 'TableName', properties: ['KeySchema', 'LocalSecondaryIndexes', 'ImportSourceSpecification'] },
  ],
  ['AWS::SQS::Queue', { name: 'QueueName', properties: ['FifoQueue'] }],
  ['AWS::SNS::Topic', { name: 'TopicName', properties: ['FifoTopic'] }],
  ['AWS::SNS::Subscription', { properties: ['Endpoint', 'Protocol', 'TopicArn'] }],
  ['AWS::S3::Bucket', { name: 'BucketName', properties: [] }],
  ['AWS::S3::BucketPolicy', { properties: ['Bucket'] }],
  ['AWS::Lambda::Function', { name: 'FunctionName', properties: ['PackageType', 'TenancyConfig'] }],
  ['AWS::Lambda::Version', { properties: ['CodeSha256', 'Description', 'FunctionName'] }],
  ['AWS::Lambda::Alias', { name: 'Name', properties: ['FunctionName'] }],
  ['AWS::Lambda::EventInvokeConfig', { properties: ['FunctionName', 'Qualifier'] }],
  [
    'AWS::Lambda::Permission',
    {
      properties: [
        'Action',
        'EventSourceToken',
        'FunctionName',
        'FunctionUrlAuthType',
        'InvokedViaFunctionUrl',
        'Principal',
        'PrincipalOrgID',
        'SourceAccount',
        'SourceArn',
      ],
    },
  ],
  ['AWS::Events::EventBus', { name: 'Name', properties: [] }],
  ['AWS::Events::Rule', { name: 'Name', properties: ['EventBusName'] }],
  ['AWS::Events::Archive', { name: 'ArchiveName', properties: ['SourceArn'] }],
  ['AWS::IAM::Role', { name: 'RoleName', properties: ['Path'] }],
  ['AWS::IAM::ManagedPolicy', { name: 'ManagedPolicyName', properties: ['Description', 'Path'] }],
  ['AWS::Logs::LogGroup', { name: 'LogGroupName', properties: [] }],
  ['AWS::CloudWatch::Alarm', { name: 'AlarmName', properties: [] }],
  ['AWS::CloudWatch::CompositeAlarm', { name: 'AlarmName', properties: [] }],
  ['AWS::CloudWatch::Dashboard', { name: 'DashboardName', properties: [] }],
]);

/** Whether a resource is made anew when the property changes. */
export function needsReplacement(type: string, property: string): boolean {
  const replacing = REPLACING.get(type);
  return replacing !== undefined && (replacing.name === property || replacing.properties.includes(property));
}

/** Whether the template names it: then a second one of that name can't stand beside it. */
export function hasOwnName({ type, properties }: ResourceState): boolean {
  const name = REPLACING.get(type)?.name;
  return name !== undefined && properties[name] !== undefined;
}

/** Whether its name is what changes, so that the new one may stand beside the old one. */
export function namesItself(type: string, property: string): boolean {
  return REPLACING.get(type)?.name === property;
}
