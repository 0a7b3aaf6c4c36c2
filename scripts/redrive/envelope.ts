import { isObject, parseExactJson } from 'serverless-loop/commands';
import { unqualified } from './function-arn.ts';

/** The part of a message on a queue that counts. */
export interface Enveloped {
  body: string;
  /** Its message attributes that are text. */
  attributes: Record<string, string>;
}

/** An event that its target missed, and why. */
export interface Missed {
  kind: 'missed';
  targetArn: string;
  /** The event, to be sent again. */
  payload: unknown;
  error: { name: string; message: string };
  /** Of the invocation that failed, when it was one. */
  requestId?: string;
}

/** Something that nothing of ours put there, or that can't be sent again. */
export interface Foreign {
  kind: 'foreign';
  reason: string;
}

/**
 * Opens the envelope of a message: a rule's dead letter (EventBridge guide, "Using dead-letter queues to process
 * undelivered events") or a function's record of a failed asynchronous invocation (Lambda guide, "Capturing records of
 * asynchronous invocations"). One for another function than `functionArn`'s is foreign: whoever may write to the queue
 * must not choose what is invoked.
 */
export function openEnvelope(message: Enveloped, functionArn: string): Missed | Foreign {
  const body = parseJson(message.body);
  if (!isObject(body)) return foreign('the body is no JSON object');
  const opened = 'requestContext' in body ? failureRecord(body) : deadLetter(body, message.attributes);
  if (opened.kind === 'foreign') return opened;
  const wanted = unqualified(functionArn);
  return wanted !== undefined && unqualified(opened.targetArn) === wanted
    ? opened
    : foreign(`for another target: ${opened.targetArn}`);
}

function deadLetter(event: Record<string, unknown>, attributes: Record<string, string>): Missed | Foreign {
  const { RULE_ARN, TARGET_ARN, ERROR_CODE, ERROR_MESSAGE } = attributes;
  if (!RULE_ARN || !TARGET_ARN)
    return foreign("neither a rule's dead letter nor a function's failure record");
  if (typeof event.source !== 'string' || typeof event['detail-type'] !== 'string')
    return foreign("a rule's dead letter whose body is no event");
  const error = { name: ERROR_CODE || 'UNKNOWN', message: ERROR_MESSAGE ?? '' };
  return { kind: 'missed', targetArn: TARGET_ARN, payload: event, error };
}

function failureRecord(record: Record<string, unknown>): Missed | Foreign {
  const { requestContext: context, requestPayload: payload } = record;
  if (!isObject(context) || typeof context.functionArn !== 'string' || typeof context.requestId !== 'string')
    return foreign('a record without functionArn and requestId');
  if (context.condition === 'Success') return foreign('a record of a success');
  // Lambda leaves the payload out of a record that would be too big for its destination.
  if (payload === undefined) return foreign('a record without its requestPayload');
  return {
    kind: 'missed',
    targetArn: context.functionArn,
    payload,
    error: errorOf(record.responsePayload, context.condition),
    requestId: context.requestId,
  };
}

/** An invocation that was never tried, or not to its end, has a condition and no error. */
function errorOf(response: unknown, condition: unknown): Missed['error'] {
  const { errorType, errorMessage }: Record<string, unknown> = isObject(response) ? response : {};
  const fallback = typeof condition === 'string' ? condition : 'UNKNOWN';
  return {
    name: typeof errorType === 'string' && errorType !== '' ? errorType : fallback,
    message: typeof errorMessage === 'string' ? errorMessage : '',
  };
}

function foreign(reason: string): Foreign {
  return { kind: 'foreign', reason };
}

function parseJson(text: string): unknown {
  try {
    // A number that is sent again has the digits that it had.
    return parseExactJson(text);
  } catch {
    return undefined;
  }
}
