import type { IntegrationModel } from '../../../aws/api-model.ts';
import { isObject } from '../../../aws/json-object.ts';
import type { PayloadParts } from '../payloads/context.ts';
import { type ApiAnswer, headerOf } from '../requests/api-request.ts';
import { Refusal } from '../requests/refusal.ts';
import { filledOrRefused, mapped, templateData } from './mapped-answer.ts';

type Mock = Extract<IntegrationModel, { kind: 'mock' }>;

/**
 * A mock integration: the `statusCode` of the request's template picks the response, which is sent as its own template says
 * (API Gateway guide, "Set up mock integrations in API Gateway"). Throws a Refusal where it can't.
 */
export function mockAnswer(mock: Mock, parts: PayloadParts): ApiAnswer {
  const type = (headerOf(parts.request, 'content-type') ?? 'application/json').split(';', 1)[0]?.trim() ?? '';
  const template = mock.requestTemplates[type] ?? mock.requestTemplates['application/json'];
  const data = templateData(parts);
  const status = template === undefined ? undefined : statusIn(filledOrRefused(template, data).text);
  if (status === undefined)
    throw new Refusal('API_CONFIGURATION_ERROR', undefined, 'no statusCode in the template of a mock');
  // Nothing is behind it that could have answered a body.
  return mapped(mock.responses, String(status), { ...data, body: '' });
}

/** The status that a template gives: it is nearly JSON, names may stand without quotes. */
function statusIn(text: string): number | undefined {
  const quoted = text.replaceAll(/([{,]\s*)([A-Za-z_]\w*)\s*:/g, '$1"$2":');
  try {
    const read: unknown = JSON.parse(quoted);
    const status = isObject(read) ? Number(read.statusCode) : Number.NaN;
    return Number.isInteger(status) ? status : undefined;
  } catch {
    // Other members are no matter, e.g. a text with quotes of its own.
    const [, status] = /"statusCode"\s*:\s*"?(\d{3})"?/.exec(quoted) ?? [];
    return status === undefined ? undefined : Number(status);
  }
}
