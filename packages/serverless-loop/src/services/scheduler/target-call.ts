import { deliver, type ReceiverOf, type RoleSender } from '../../aws/delivery.ts';
import { AwsError } from '../../aws/errors.ts';
import { isObject, type JsonObject } from '../../aws/json-object.ts';
import type { ScheduleTarget } from './schedule.ts';
import { isBus, requestOf } from './target-input.ts';
import { type UniversalTarget, universalOf } from './universal-target.ts';

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

/** Invokes a target once with an input. Rejects with the AwsError that AWS gives. */
export async function callTarget(
  target: ScheduleTarget,
  input: string,
  role: RoleSender,
  { receiverOf, callOperation }: TargetPorts,
): Promise<void> {
  const { arn, event, messageGroupId: groupId = target.partitionKey } = target;
  const universal = universalOf(arn);
  if (universal) {
    await callOperation(universal, requestOf(input), role);
    return;
  }
  if (isBus(arn) && event) {
    const entry = { EventBusName: arn, Source: event.source, DetailType: event.detailType, Detail: input };
    refuseFailedEntry(await callOperation(PUT_EVENTS, { Entries: [entry] }, role));
    return;
  }
  const message = { body: input, ...(groupId !== undefined && { groupId }) };
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
  kinesis: 'kinesis:putRecord',
  lambda: 'lambda:invoke',
  sns: 'sns:publish',
  sqs: 'sqs:sendMessage',
  states: 'sfn:startExecution',
};

/** PutEvents answers for each entry by itself. */
function refuseFailedEntry({ Entries }: JsonObject): void {
  const [entry]: unknown[] = Array.isArray(Entries) ? Entries : [];
  if (!isObject(entry) || typeof entry.ErrorCode !== 'string') return;
  throw new AwsError(entry.ErrorCode, String(entry.ErrorMessage));
}
