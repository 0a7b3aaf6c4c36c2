/** Event types that the loop doesn't emulate, with what SAM makes of them. */
export interface OtherEvent {
  type: string;
  /** Of the logical id, after the function's and the event's names. */
  suffix: string;
  managedPolicy?: string;
  /** A function has but one, whose logical id goes without the event's name. */
  isShared?: boolean;
  /** The resource beside it, with the suffix after its own id. */
  beside?: { type: string; suffix: string };
}

const mapping = (managedPolicy?: string): OtherEvent => ({
  type: 'AWS::Lambda::EventSourceMapping',
  suffix: '',
  ...(managedPolicy && { managedPolicy }),
});
const permission = (suffix = 'Permission'): OtherEvent => ({ type: 'AWS::Lambda::Permission', suffix });

export const OTHER_EVENTS = new Map<string, OtherEvent>([
  ['AlexaSkill', permission()],
  ['Cognito', { ...permission('CognitoPermission'), isShared: true }],
  ['DocumentDB', mapping()],
  ['IoTRule', { type: 'AWS::IoT::TopicRule', suffix: '', beside: permission() }],
  ['MQ', mapping()],
  ['MSK', mapping('AWSLambdaMSKExecutionRole')],
  ['SelfManagedKafka', mapping()],
]);
