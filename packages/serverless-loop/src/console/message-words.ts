import { isObject, type JsonObject } from '../aws/json-object.ts';
import { parsedJson } from '../aws/parsed-json.ts';
import type { SeenMessage } from '../services/sqs/seen-message.ts';

/** A message of a queue as a person reads it. */
export interface MessageWords {
  /** The reason that it is here: `RetriesExhausted after 3 attempts: TypeError: nobody to greet`. Absent of one that was just sent. */
  why?: string;
  /** The way to try again. */
  again: Again;
}

export type Again =
  /** Lambda gave up an event: the function is to be invoked with it. */
  | { do: 'invoke'; functionArn: string; event: unknown }
  /** EventBridge could not deliver an event: its bus is to get it anew. */
  | { do: 'put event'; busName: string; event: JsonObject }
  /** Another queue gave it up: it is to be moved back there. */
  | { do: 'move'; toArn: string }
  /** Nothing of it says where it came from. */
  | { do: 'choose' };

type Message = Pick<SeenMessage, 'body' | 'attributes' | 'receiveCount'> & { deadLetterSourceArn?: string };

/** Reads a message by what AWS's services write into queues when they give up. */
export function messageWords(message: Message): MessageWords {
  const body = parsedJson(message.body);
  return (
    failedInvocation(body) ??
    undeliveredEvent(message, body) ??
    deadLetterOfFunction(message) ??
    deadLetterOfQueue(message) ?? { again: { do: 'choose' } }
  );
}

/** A record of an on-failure destination (Lambda guide, "Capturing records of Lambda asynchronous invocations"). */
function failedInvocation(body: unknown): MessageWords | undefined {
  if (!isObject(body) || !isObject(body.requestContext)) return undefined;
  const { condition, approximateInvokeCount, functionArn } = body.requestContext;
  if (typeof condition !== 'string' || typeof functionArn !== 'string') return undefined;
  const { errorType, errorMessage } = isObject(body.responsePayload) ? body.responsePayload : {};
  const error = [errorType, errorMessage].filter((text) => typeof text === 'string').join(': ');
  return {
    why: withError(`${condition} after ${times(approximateInvokeCount, 'attempt')}`, error),
    again: { do: 'invoke', functionArn, event: body.requestPayload },
  };
}

/** A rule's dead letter (EventBridge guide, "Using dead-letter queues to process undelivered events"). */
function undeliveredEvent({ attributes }: Message, body: unknown): MessageWords | undefined {
  const rule = textOf(attributes, 'RULE_ARN');
  if (rule === undefined || !isObject(body)) return undefined;
  const retries = Number(textOf(attributes, 'RETRY_ATTEMPTS') ?? 0);
  const name = rule.slice(rule.lastIndexOf('/') + 1);
  const limit = textOf(attributes, 'EXHAUSTED_RETRY_CONDITION');
  const ended = limit === undefined ? '' : ` (${limit})`;
  const error = [textOf(attributes, 'ERROR_CODE'), textOf(attributes, 'ERROR_MESSAGE')]
    .filter((text) => text !== undefined)
    .join(': ');
  return {
    why: withError(`rule ${name} gave it up after ${times(retries + 1, 'attempt')}${ended}`, error),
    again: { do: 'put event', busName: busOf(rule), event: body },
  };
}

/** An ARN ends in `rule/BUS/NAME`, and in `rule/NAME` for the default bus (Service Authorization Reference, "EventBridge"). */
function busOf(ruleArn: string): string {
  const [, bus, name] = ruleArn.split('/');
  return bus !== undefined && name !== undefined ? bus : 'default';
}

/** A function's DeadLetterConfig adds these three (Lambda guide, "Adding a dead-letter queue"), and not the function's name. */
function deadLetterOfFunction({ attributes }: Message): MessageWords | undefined {
  const requestId = textOf(attributes, 'RequestID');
  if (requestId === undefined) return undefined;
  return {
    why: withError(`request ${requestId} was given up`, textOf(attributes, 'ErrorMessage') ?? ''),
    again: { do: 'choose' },
  };
}

function deadLetterOfQueue({ deadLetterSourceArn, receiveCount }: Message): MessageWords | undefined {
  if (deadLetterSourceArn === undefined) return undefined;
  const name = deadLetterSourceArn.slice(deadLetterSourceArn.lastIndexOf(':') + 1);
  return {
    why: `queue ${name} gave it up after ${times(receiveCount, 'receive')}`,
    again: { do: 'move', toArn: deadLetterSourceArn },
  };
}

function withError(words: string, error: string): string {
  return error === '' ? words : `${words}: ${error}`;
}

function times(count: unknown, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

function textOf(attributes: Message['attributes'], name: string): string | undefined {
  return Object.hasOwn(attributes, name) ? attributes[name]?.stringValue : undefined;
}
