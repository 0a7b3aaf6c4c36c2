import { IMPLICIT_HTTP_API, IMPLICIT_REST_API } from './rest-api.ts';

/** Event types that the loop doesn't emulate, with what SAM makes of them. */
export interface OtherEvent {
  type: string;
  /** Of the logical id, after the function's and the event's names. */
  suffix: string;
  /** Resources that all functions with such events share, by logical id, unless the event names its own. */
  shared?: Record<string, string>;
  /** The property by which an event names its own. */
  existing?: string;
  managedPolicy?: string;
  /** The resource beside it, with the suffix after its own id, unless the event has the property. */
  beside?: { type: string; suffix: string; unless?: string };
}

const mapping = (managedPolicy?: string): OtherEvent => ({
  type: 'AWS::Lambda::EventSourceMapping',
  suffix: '',
  ...(managedPolicy && { managedPolicy }),
});
const permission = (suffix = 'Permission'): OtherEvent => ({ type: 'AWS::Lambda::Permission', suffix });

export const otherEvents = new Map<string, OtherEvent>([
  ['AlexaSkill', permission()],
  [
    'Api',
    {
      ...permission('PermissionProd'),
      shared: IMPLICIT_REST_API,
      existing: 'RestApiId',
    },
  ],
  ['CloudWatchLogs', { type: 'AWS::Logs::SubscriptionFilter', suffix: '' }],
  ['Cognito', permission('CognitoPermission')],
  ['DocumentDB', mapping()],
  ['DynamoDB', mapping('AWSLambdaDynamoDBExecutionRole')],
  [
    'HttpApi',
    {
      ...permission(),
      shared: IMPLICIT_HTTP_API,
      existing: 'ApiId',
    },
  ],
  ['IoTRule', { type: 'AWS::IoT::TopicRule', suffix: '' }],
  ['Kinesis', mapping('AWSLambdaKinesisExecutionRole')],
  ['MQ', mapping()],
  ['MSK', mapping('AWSLambdaMSKExecutionRole')],
  ['S3', permission()],
  [
    'ScheduleV2',
    {
      type: 'AWS::Scheduler::Schedule',
      suffix: '',
      beside: { type: 'AWS::IAM::Role', suffix: 'Role', unless: 'RoleArn' },
    },
  ],
  ['SelfManagedKafka', mapping()],
  [
    'SNS',
    {
      type: 'AWS::SNS::Subscription',
      suffix: '',
      beside: { type: 'AWS::Lambda::Permission', suffix: 'Permission' },
    },
  ],
]);
