import { AwsError } from '../../../aws/errors.ts';
import { parseJsonWithin, SHORT_LIMITS } from '../../../aws/json-limits.ts';
import { isObject } from '../../../aws/json-object.ts';
import type { JsonObject, RestRequest } from '../../../aws/operation.ts';

/** Throws AwsError for a body that is no JSON object. */
export function readInput({ body }: RestRequest): JsonObject {
  const value = parseJson(body.toString());
  if (isObject(value)) return value;
  throw invalidRequest(`The request body must be a JSON object, found ${shown(value)}`);
}

export function optionalText(input: JsonObject, member: string): string | undefined {
  const value = input[member];
  if (value === undefined || value === null || typeof value === 'string') return value ?? undefined;
  throw invalidRequest(`${member} must be a string, found ${shown(value)}`);
}

export function requiredTexts(input: JsonObject, member: string): string[] {
  const value = input[member];
  if (value === undefined || value === null) throw invalidRequest(`Missing required parameter: ${member}`);
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
  throw invalidRequest(`${member} must be a list of strings, found ${shown(value)}`);
}

/** A span of time in epoch seconds, as X-Ray takes it. Throws AwsError when it is none. */
export interface TimeRange {
  start: number;
  end: number;
}

export function requiredTimeRange(input: JsonObject): TimeRange {
  return { start: requiredTime(input, 'StartTime'), end: requiredTime(input, 'EndTime') };
}

/** A trace's id begins with the second in which it began. */
export function isTraceIdWithin(traceId: string, { start, end }: TimeRange): boolean {
  const epoch = Number.parseInt(traceId.split('-')[1] ?? '', 16);
  return epoch >= Math.floor(start) && epoch <= end;
}

function requiredTime(input: JsonObject, member: string): number {
  const value = input[member];
  if (value === undefined || value === null) throw invalidRequest(`Missing required parameter: ${member}`);
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw invalidRequest(`${member} must be a time in epoch seconds, found ${shown(value)}`);
}

export function invalidRequest(message: string): AwsError {
  return new AwsError('InvalidRequestException', message);
}

function parseJson(text: string): unknown {
  try {
    return text === '' ? {} : parseJsonWithin(text, SHORT_LIMITS);
  } catch (error) {
    throw invalidRequest(`The request body is no JSON: ${error instanceof Error ? error.message : error}`);
  }
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
