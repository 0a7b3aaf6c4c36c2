import type { MockResponse } from '../../../aws/api-model.ts';
import { isObject, type JsonObject } from '../../../aws/json-object.ts';
import { parsedJson } from '../../../aws/parsed-json.ts';
import type { PayloadParts } from '../payloads/context.ts';
import { type ApiAnswer, headerOf } from '../requests/api-request.ts';
import { Refusal } from '../requests/refusal.ts';
import type { FunctionAnswer } from './function-caller.ts';
import { filledOrRefused, mapped, templateData } from './mapped-answer.ts';

/** Templates around a function that isn't called as a proxy. */
export interface FunctionMapping {
  requestTemplates: Record<string, string>;
  responses: MockResponse[];
}

/** The event that a template makes of the request; without one it is the body (API Gateway guide, "Set up Lambda custom integrations"). */
export function mappedEvent({ requestTemplates }: FunctionMapping, parts: PayloadParts): JsonObject {
  const type = (headerOf(parts.request, 'content-type') ?? 'application/json').split(';', 1)[0]?.trim() ?? '';
  const template = requestTemplates[type] ?? requestTemplates['application/json'];
  const data = templateData(parts);
  const text = template === undefined ? data.body : filledOrRefused(template, data).text;
  try {
    const value: unknown = text.trim() === '' ? {} : JSON.parse(text);
    if (isObject(value)) return value;
  } catch {
    throw new Refusal('BAD_REQUEST_BODY', undefined, 'the request template makes no JSON');
  }
  throw new Refusal('BAD_REQUEST_BODY', undefined, 'the request template makes no JSON object');
}

/** "For Lambda … errors, the … errorMessage property … is matched" (API reference, "PutIntegrationResponse", selectionPattern). */
export function mappedAnswer(
  { responses }: FunctionMapping,
  { payload, failed }: FunctionAnswer,
  parts: PayloadParts,
): ApiAnswer {
  const body = payload.toString();
  return mapped(responses, failed ? errorMessageIn(body) : '', { ...templateData(parts), body });
}

function errorMessageIn(body: string): string {
  const value = parsedJson(body);
  return isObject(value) && typeof value.errorMessage === 'string' ? value.errorMessage : '';
}
