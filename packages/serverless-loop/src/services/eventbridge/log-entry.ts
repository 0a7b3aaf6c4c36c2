import type { ServiceMessage } from '../../aws/delivery.ts';
import { isObject } from '../../aws/json-object.ts';
import { parseJson } from './json.ts';

/**
 * The log event of a log group as a target: a transformer names its `timestamp` and `message`; any other input is the message
 * (EventBridge guide, "Transforming Amazon EventBridge target input", "Amazon CloudWatch log group").
 */
export function logEntry(input: string): Pick<ServiceMessage, 'body' | 'atMs'> {
  const value = parseJson(input);
  if (!isObject(value) || value.message === undefined || value.timestamp === undefined)
    return { body: input };
  const { message, timestamp } = value;
  const atMs = typeof timestamp === 'string' ? Date.parse(timestamp) : Number(timestamp);
  return {
    body: typeof message === 'string' ? message : JSON.stringify(message),
    ...(Number.isFinite(atMs) && { atMs }),
  };
}
