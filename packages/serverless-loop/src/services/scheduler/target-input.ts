import { AwsError } from '../../aws/errors.ts';
import { parseJsonWithin, SHORT_LIMITS } from '../../aws/json-limits.ts';
import { isObject, type JsonObject } from '../../aws/json-object.ts';
import type { Structure } from '../../aws/members.ts';
import { KEYWORD } from './input.ts';
import type { ScheduleTarget } from './schedule.ts';
import { isReading, universalOf } from './universal-target.ts';

const BUS = /^arn:aws[\w-]*:events:[^:]*:\d{12}:event-bus\//;
const STREAM = /^arn:aws[\w-]*:kinesis:[^:]*:\d{12}:stream\//;

/** "If you are configuring a templated Lambda, AWS Step Functions, or Amazon EventBridge target" (Scheduler API reference, "Target", Input). */
const TAKES_JSON = /^arn:aws[\w-]*:(lambda|states|events):/;

export function isBus(arn: string): boolean {
  return BUS.test(arn);
}

/** Throws the AwsError of Scheduler for a target that can't be one. */
export function refuseTarget({ arn, event, input, partitionKey }: ScheduleTarget): void {
  if (!/^arn:[^:]+:[^:]+:[^:]*:[^:]*:.+$/.test(arn)) throw invalid('Provided Arn is not in correct format.');
  const universal = universalOf(arn);
  if (arn.includes(':scheduler:::') && !universal)
    throw invalid(`${arn} is not a valid ARN of a universal target.`);
  if (universal && isReading(universal))
    throw invalid(`${universal.service}:${universal.operation} reads, and can't be a target.`);
  if (universal) requestOf(sample(input));
  if (BUS.test(arn) && !event)
    throw invalid('EventBridgeParameters must be provided for a target that is an event bus.');
  if (STREAM.test(arn) && partitionKey === undefined)
    throw invalid('KinesisParameters must be provided for a target that is a stream.');
  if (input !== undefined && TAKES_JSON.test(arn) && readJson(sample(input)) === undefined)
    throw invalid(`The Input of ${arn} must be well-formed JSON.`);
}

/**
 * Throws the AwsError of Scheduler for the request of a universal target without a member that its operation needs, in AWS's words as
 * projects quote them.
 */
export function refuseRequest({ input }: ScheduleTarget, { entries }: Structure): void {
  const request = requestOf(sample(input));
  const missing = entries.flatMap(([name, { required }]) =>
    required && !Object.hasOwn(request, name) ? [name] : [],
  );
  if (missing.length > 0)
    throw invalidRequest(`Request payload is missing the following field(s): ${missing.join(', ')}.`);
}

/** A universal target's input is the request, as JSON; without one, no member of it is given. Throws AwsError. */
export function requestOf(input = '{}'): JsonObject {
  const request = readJson(input);
  if (!isObject(request)) throw invalidRequest('Request payload must be a JSON object.');
  return request;
}

/** The input as a target may get it: a keyword may stand for a number. */
function sample(input: string | undefined): string | undefined {
  return input?.replace(KEYWORD, '0');
}

function readJson(input: string | undefined): unknown {
  try {
    return parseJsonWithin(input ?? '', SHORT_LIMITS);
  } catch {
    return undefined;
  }
}

function invalidRequest(reason: string): AwsError {
  return invalid(`Invalid RequestJson provided. Reason ${reason}`);
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message);
}
