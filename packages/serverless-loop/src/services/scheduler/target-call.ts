import { deliver, type ReceiverOf, type RoleSender } from '../../aws/delivery.ts';
import { AwsError } from '../../aws/errors.ts';
import { parseJsonWithin, SHORT_LIMITS } from '../../aws/json-limits.ts';
import { isObject, type JsonObject } from '../../aws/json-object.ts';
import type { ScheduleTarget } from './schedule.ts';
import { isReading, type UniversalTarget, universalOf } from './universal-target.ts';

/** Calls an operation of a service in a role's name. Rejects with the AwsError that it answers. */
export type CallOperation = (
  operation: UniversalTarget,
  input: JsonObject,
  role: RoleSender,
) => Promise<JsonObject>;

export interface TargetPorts {
  /** Finds queues, topics and functions, which judge the role. */
  receiverOf: ReceiverOf;
  callOperation: CallOperation;
}

const PUT_EVENTS: UniversalTarget = { service: 'eventbridge', operation: 'putEvents' };

const BUS = /^arn:aws[\w-]*:events:[^:]*:\d{12}:event-bus\//;

/** Throws the AwsError of Scheduler for a target that can't be one. */
export function refuseTarget({ arn, event }: ScheduleTarget): void {
  if (!/^arn:[^:]+:[^:]+:[^:]*:[^:]*:.+$/.test(arn)) throw invalid('Provided Arn is not in correct format.');
  const universal = universalOf(arn);
  if (arn.includes(':scheduler:::') && !universal)
    throw invalid(`${arn} is not a valid ARN of a universal target.`);
  if (universal && isReading(universal))
    throw invalid(`${universal.service}:${universal.operation} reads, and can't be a target.`);
  if (BUS.test(arn) && !event)
    throw invalid('EventBridgeParameters must be provided for a target that is an event bus.');
}

/** Invokes a target once with an input. Rejects with the AwsError that AWS gives. */
export async function callTarget(
  target: ScheduleTarget,
  input: string,
  role: RoleSender,
  { receiverOf, callOperation }: TargetPorts,
): Promise<void> {
  const { arn, event, messageGroupId } = target;
  const universal = universalOf(arn);
  if (universal) {
    await callOperation(universal, requestOf(input), role);
    return;
  }
  if (BUS.test(arn) && event) {
    const entry = { EventBusName: arn, Source: event.source, DetailType: event.detailType, Detail: input };
    refuseFailedEntry(await callOperation(PUT_EVENTS, { Entries: [entry] }, role));
    return;
  }
  const message = { body: input, ...(messageGroupId !== undefined && { groupId: messageGroupId }) };
  await deliver(receiverOf, arn, message, role);
}

/** The target as dead letters name it: the operation that was called (Scheduler guide, "Configuring a schedule's dead-letter queue"). */
export function calledArn({ arn }: ScheduleTarget): string {
  const [, service = ''] = /^arn:[^:]+:([^:]+):/.exec(arn) ?? [];
  const operation = TEMPLATED[service];
  return operation === undefined ? arn : `arn:aws:scheduler:::aws-sdk:${operation}`;
}

const TEMPLATED: Readonly<Record<string, string>> = {
  events: 'eventbridge:putEvents',
  lambda: 'lambda:invoke',
  sns: 'sns:publish',
  sqs: 'sqs:sendMessage',
  states: 'sfn:startExecution',
};

/** A universal target's input is the request, as JSON. */
function requestOf(input: string): JsonObject {
  const request = readRequest(input);
  if (!isObject(request)) throw invalid('The input of a universal target must be a JSON object.');
  return request;
}

function readRequest(input: string): unknown {
  try {
    return parseJsonWithin(input, SHORT_LIMITS);
  } catch {
    return undefined;
  }
}

/** PutEvents answers for each entry by itself. */
function refuseFailedEntry({ Entries }: JsonObject): void {
  const [entry]: unknown[] = Array.isArray(Entries) ? Entries : [];
  if (!isObject(entry) || typeof entry.ErrorCode !== 'string') return;
  throw new AwsError(entry.ErrorCode, String(entry.ErrorMessage));
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message);
}
