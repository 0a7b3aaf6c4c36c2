import { didYouMean } from '../nearest.ts';
import type { Resource } from '../resource.ts';
import { getAtt } from '../yaml/call.ts';
import { type Fields, fields, list, type Node, scalar, textOf } from '../yaml/node.ts';
import { eventDeadLetters } from './event-dead-letters.ts';
import { type Expanding, made } from './made.ts';
import { allowOn, mayAssume } from './role.ts';

/** SAM developer guide, "ScheduleV2". */
const PROPERTIES = [
  'DeadLetterConfig',
  'Description',
  'EndDate',
  'FlexibleTimeWindow',
  'GroupName',
  'Input',
  'KmsKeyArn',
  'Name',
  'OmitName',
  'PermissionsBoundary',
  'RetryPolicy',
  'RoleArn',
  'ScheduleExpression',
  'ScheduleExpressionTimezone',
  'StartDate',
  'State',
];

export interface ScheduleEvent {
  name: string;
  line: number;
  given: Fields;
}

/** The right that the schedule's role needs on what it invokes, and the name of the policy that SAM gives it. */
export interface ScheduledRight {
  action: string;
  /** After the logical id of the schedule. */
  policySuffix: string;
}

/** `ScheduleV2`: the schedule, its dead-letter queue where SAM makes one, and its role unless the event has one. */
export function expandSchedule(
  expanding: Expanding,
  event: ScheduleEvent,
  invokedArn: Node,
  right: ScheduledRight,
): Resource[] {
  const { resource, complain } = expanding;
  const { name, line, given } = event;
  const of = (property: string) => given.entries.get(property);
  for (const [property, value] of given.entries)
    if (!PROPERTIES.includes(property))
      complain(value.line, `Events.${name}.${property}, no such property${didYouMean(property, PROPERTIES)}`);
  const logicalId = `${resource.logicalId}${name}`;
  const deadLetters = eventDeadLetters(expanding, event, logicalId);
  const schedule = {
    ScheduleExpression: of('ScheduleExpression'),
    State: of('State'),
    Name: nameOf(expanding, event, logicalId),
    Description: of('Description'),
    FlexibleTimeWindow: of('FlexibleTimeWindow') ?? fields(line, { Mode: scalar(line, 'OFF') }),
    StartDate: of('StartDate'),
    EndDate: of('EndDate'),
    ScheduleExpressionTimezone: of('ScheduleExpressionTimezone'),
    GroupName: of('GroupName'),
    KmsKeyArn: of('KmsKeyArn'),
    Target: fields(line, {
      Arn: invokedArn,
      RoleArn: of('RoleArn') ?? getAtt(line, `${logicalId}Role`, 'Arn'),
      Input: of('Input'),
      DeadLetterConfig: deadLetters.arn && fields(deadLetters.arn.line, { Arn: deadLetters.arn }),
      RetryPolicy: of('RetryPolicy'),
    }),
  };
  const role = {
    AssumeRolePolicyDocument: mayAssume(line, 'scheduler.amazonaws.com'),
    PermissionsBoundary: of('PermissionsBoundary'),
    Policies: list(line, [
      allowOn(`${logicalId}${right.policySuffix}`, right.action, invokedArn),
      ...(deadLetters.arn ? [allowOn(`${logicalId}SQSPolicy`, 'sqs:SendMessage', deadLetters.arn)] : []),
    ]),
  };
  return [
    made(resource, logicalId, 'AWS::Scheduler::Schedule', schedule, { line }),
    ...(deadLetters.made ? [deadLetters.made.queue] : []),
    ...(of('RoleArn') ? [] : [made(resource, `${logicalId}Role`, 'AWS::IAM::Role', role, { line })]),
  ];
}

/** Unless it is to be omitted, SAM names a schedule by its logical id, in every stack alike. */
function nameOf(
  { complain }: Expanding,
  { name, line, given }: ScheduleEvent,
  logicalId: string,
): Node | undefined {
  const own = given.entries.get('Name');
  const omit = given.entries.get('OmitName');
  if (!omit || textOf(omit) !== 'true') return own ?? scalar(line, logicalId);
  if (own) complain(own.line, `Events.${name}, Name cannot be set when OmitName is true`);
  return undefined;
}
