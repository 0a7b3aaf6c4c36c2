import { AwsError } from '../../../aws/errors.ts';
import { isObject, type JsonObject } from '../../../aws/json-object.ts';
import { parsedJson } from '../../../aws/parsed-json.ts';
import type { EventSourceOptions } from './source-options.ts';

/** Tells whether a function wants a record. */
export type RecordFilter = (record: JsonObject) => boolean;

/** Wants what one of the patterns matches; all, where there are none. Throws AwsError for what is no pattern. */
export function recordFilter(
  patterns: readonly string[],
  { compilePattern }: Pick<EventSourceOptions, 'compilePattern'>,
): RecordFilter {
  if (patterns.length === 0) return () => true;
  const matchers = patterns.map((pattern) => compiled(pattern, compilePattern));
  return (record) => matchers.some((matches) => matches(record));
}

function compiled(pattern: string, compile: EventSourceOptions['compilePattern']): RecordFilter {
  try {
    return compile(pattern);
  } catch {
    // LocalStack's record, test_lambda_integration_sqs.snapshot.json, test_sqs_invalid_event_filter.
    throw new AwsError('InvalidParameterValueException', 'Invalid filter pattern definition.');
  }
}

/**
 * The record as patterns see it: a body that is JSON is matched by its members, another as text (Lambda guide, "Using event
 * filtering with an Amazon SQS event source").
 */
export function withParsedBody<Of extends { body: string }>(record: Of): JsonObject {
  const body = parsedJson(record.body);
  return isObject(body) ? { ...record, body } : { ...record };
}
