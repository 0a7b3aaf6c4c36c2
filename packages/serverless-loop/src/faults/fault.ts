import { frameworkDialect } from '../aws/dialect.ts';
import { AwsError } from '../aws/errors.ts';
import type { JsonObject } from '../aws/json-object.ts';
import { boolean, integer, number, oneOf, type Read, required, text } from '../aws/members.ts';
import { readerApart } from '../aws/service.ts';

/** Harm that is done on purpose to calls of a service, or to invocations of a function. */
export type Fault = Read<typeof FAULT>;

/** Named as the actions of AWS Fault Injection Service are, as far as it has them (FIS user guide, "AWS FIS Actions reference"). */
const FAULT_ACTIONS = [
  'api-internal-error',
  'api-throttle-error',
  'api-unavailable-error',
  'api-delay',
  'api-drop',
  'api-lost-answer',
  'api-twice',
  'invocation-error',
  'invocation-add-delay',
  'invocation-throttle',
  'invocation-twice',
] as const;

export const FAULT = {
  action: required(oneOf(FAULT_ACTIONS)),
  /** By the name in its signatures: `dynamodb`, `events`, `sqs`. */
  service: text({ min: 1 }),
  /** `PutItem`, or several with commas between them. */
  operation: text({ min: 1 }),
  /** The function that calls, or of an action on invocations the one that is invoked: by its logical id or name. */
  function: text({ min: 1 }),
  /** Whatever is called: by its logical id, its name or its ARN. */
  resource: text({ min: 1 }),
  /** Only this one of those that fit, from 1. */
  nth: integer({ min: 1, max: 1_000_000 }),
  /** By chance, so many of a hundred. */
  percentage: number({ min: 0, max: 100 }),
  /** So often, and then no more. */
  count: integer({ min: 1, max: 1_000_000 }),
  delayMs: integer({ min: 0, max: 900_000 }),
  /** In place of the action's own error. */
  errorCode: text({ min: 1, max: 200 }),
  status: integer({ min: 400, max: 599 }),
  /** Of `invocation-error`: the function doesn't run, which is how it is unless this is false. */
  preventExecution: boolean(),
} as const;

/** The names by which FIS has them. */
const FIS_NAME = /^aws:(?:fis:inject-|lambda:)/;

const read = readerApart(FAULT, frameworkDialect());

/** Reads a fault. Throws AwsError for one that can't be. */
export function parseFault(given: JsonObject): Fault {
  const { action } = given;
  const fault = read({
    ...given,
    action: typeof action === 'string' ? action.replace(FIS_NAME, '') : action,
  });
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(FAULT, name));
  if (unknown !== undefined) throw refused(`a fault has no "${unknown}"`);
  const isDelay = fault.action === 'api-delay' || fault.action === 'invocation-add-delay';
  if (isDelay && fault.delayMs === undefined) throw refused(`${fault.action} needs delayMs`);
  if (
    fault.action.startsWith('invocation-') &&
    (fault.service ?? fault.operation ?? fault.resource) !== undefined
  )
    throw refused(
      `${fault.action} is done to invocations: name the function, and no service, operation or resource`,
    );
  if (fault.nth !== undefined && (fault.percentage ?? fault.count) !== undefined)
    throw refused('nth is one call: percentage and count say nothing beside it');
  return fault;
}

/** In words: `DynamoDB PutItem of Packer fails`… */
export function describeFault(fault: Fault): string {
  const { action, service, operation, function: fn, resource, nth, percentage, count, delayMs } = fault;
  const isInvocation = action.startsWith('invocation-');
  const calls = [service, operation].filter((word) => word !== undefined).join(' ');
  const subject = isInvocation
    ? `invocations of ${fn ?? 'every function'}`
    : [
        `calls${calls === '' ? '' : ` of ${calls}`}`,
        ...(resource === undefined ? [] : [`on ${resource}`]),
        ...(fn === undefined ? [] : [`by ${fn}`]),
      ].join(' ');
  const which = [
    ...(nth === undefined ? [] : [`number ${nth} alone`]),
    ...(percentage === undefined ? [] : [`${percentage} %`]),
    ...(count === undefined ? [] : [`${count} in all`]),
    ...(delayMs === undefined ? [] : [`${delayMs} ms`]),
  ];
  return `${action}: ${subject}${which.length === 0 ? '' : ` (${which.join(', ')})`}`;
}

function refused(reason: string): AwsError {
  return new AwsError('ValidationException', `The fault can't be: ${reason}.`);
}
