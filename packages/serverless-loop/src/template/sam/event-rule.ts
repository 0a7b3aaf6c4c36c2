import { didYouMean } from '../nearest.ts';
import type { Resource } from '../resource.ts';
import { getAtt, ref } from '../yaml/call.ts';
import { entryOf, type Fields, fields, list, type Node, scalar, textOf } from '../yaml/node.ts';
import { type EventDeadLetters, eventDeadLetters } from './event-dead-letters.ts';
import { type Expanding, made } from './made.ts';

const PATTERN_PROPERTIES = [
  'DeadLetterConfig',
  'Enabled',
  'EventBusName',
  'Input',
  'InputPath',
  'InputTransformer',
  'Pattern',
  'RetryPolicy',
  'RuleName',
  'State',
  'Target',
];
const SCHEDULE_PROPERTIES = [
  'DeadLetterConfig',
  'Description',
  'Enabled',
  'Input',
  'Name',
  'RetryPolicy',
  'Schedule',
  'State',
];

/** The event types that SAM turns into rules, with their properties (SAM developer guide, "EventSource"). */
export const RULE_EVENTS = new Map([
  ['CloudWatchEvent', PATTERN_PROPERTIES],
  ['EventBridgeRule', PATTERN_PROPERTIES],
  ['Schedule', SCHEDULE_PROPERTIES],
]);

export interface RuleEvent {
  name: string;
  type: string;
  line: number;
  given: Fields;
}

const MAX_TARGET_ID_CHARACTERS = 64;

/** The rule, the function's permission for it, and with `DeadLetterConfig: {Type: SQS}` its queue. */
export function expandRule(
  expanding: Expanding,
  event: RuleEvent,
  invoked: { name: Node; arn: Node },
): Resource[] {
  const { resource } = expanding;
  const { line } = event;
  const logicalId = `${resource.logicalId}${event.name}`;
  const permission = {
    Action: scalar(line, 'lambda:InvokeFunction'),
    FunctionName: invoked.name,
    Principal: scalar(line, 'events.amazonaws.com'),
    SourceArn: getAtt(line, logicalId, 'Arn'),
  };
  return [
    ...ruleTo(expanding, event, { arn: invoked.arn, id: `${logicalId}LambdaTarget` }),
    made(resource, `${logicalId}Permission`, 'AWS::Lambda::Permission', permission, { line }),
  ];
}

interface RuleTarget {
  arn: Node;
  /** Of an event that names none. */
  id: string;
  roleArn?: Node;
}

/** The rule that sends to a target, and the queue of what doesn't get there, where SAM makes it. */
export function ruleTo(expanding: Expanding, event: RuleEvent, { arn, id, roleArn }: RuleTarget): Resource[] {
  const { resource, complain } = expanding;
  const { line, given } = event;
  const known = [...(RULE_EVENTS.get(event.type) ?? []), ...(roleArn ? ['RoleArn', 'Target'] : [])];
  for (const [name, value] of given.entries)
    if (!known.includes(name))
      complain(value.line, `Events.${event.name}.${name}, no such property${didYouMean(name, known)}`);
  const logicalId = `${resource.logicalId}${event.name}`;
  const deadLetters = eventDeadLetters(expanding, event, logicalId);
  const targetId = textOf(entryOf(given.entries.get('Target'), 'Id')) ?? id;
  const target = fields(line, {
    Arn: arn,
    Id: scalar(line, targetId.slice(0, MAX_TARGET_ID_CHARACTERS)),
    RoleArn: given.entries.get('RoleArn') ?? roleArn,
    Input: given.entries.get('Input'),
    InputPath: given.entries.get('InputPath'),
    InputTransformer: given.entries.get('InputTransformer'),
    RetryPolicy: given.entries.get('RetryPolicy'),
    DeadLetterConfig: deadLetters.arn && fields(deadLetters.arn.line, { Arn: deadLetters.arn }),
  });
  const rule = {
    EventBusName: given.entries.get('EventBusName'),
    EventPattern: given.entries.get('Pattern'),
    ScheduleExpression: given.entries.get('Schedule'),
    Name: given.entries.get('RuleName') ?? given.entries.get('Name'),
    State: state(expanding, event),
    Targets: list(line, [target]),
  };
  return [
    ...expandDeadLetters(resource, deadLetters, logicalId),
    made(resource, logicalId, 'AWS::Events::Rule', rule, { line }),
  ];
}

function state({ complain }: Expanding, { name, line, given }: RuleEvent): Node | undefined {
  const declared = given.entries.get('State');
  const enabled = given.entries.get('Enabled');
  if (declared && enabled) complain(line, `Events.${name}, expected State or Enabled, found both`);
  return enabled ? scalar(enabled.line, textOf(enabled) === 'true' ? 'ENABLED' : 'DISABLED') : declared;
}

/** With an ARN SAM makes no queue policy: the template must let EventBridge send to that queue itself. */
function expandDeadLetters(resource: Resource, { made: own }: EventDeadLetters, ruleId: string): Resource[] {
  if (!own) return [];
  const { line, queueId, queue } = own;
  const statement = mayBeSentTo(line, getAtt(line, queueId, 'Arn'), getAtt(line, ruleId, 'Arn'));
  const policy = {
    Queues: list(line, [ref(line, queueId)]),
    PolicyDocument: fields(line, { Statement: statement }),
  };
  return [queue, made(resource, `${ruleId}QueuePolicy`, 'AWS::SQS::QueuePolicy', policy, { line })];
}

function mayBeSentTo(line: number, queueArn: Node, ruleArn: Node): Node {
  return fields(line, {
    Effect: scalar(line, 'Allow'),
    Action: scalar(line, 'sqs:SendMessage'),
    Principal: fields(line, { Service: scalar(line, 'events.amazonaws.com') }),
    Resource: queueArn,
    Condition: fields(line, { ArnEquals: fields(line, { 'aws:SourceArn': ruleArn }) }),
  });
}
