import type { IntegrationModel } from '../../../aws/api-model.ts';
import { isObject } from '../../../aws/json-object.ts';
import { type ApiAnswer, type ApiRequest, headerOf } from '../requests/api-request.ts';
import { Refusal } from '../requests/refusal.ts';

type Mock = Extract<IntegrationModel, { kind: 'mock' }>;

/** A template that does more than say a text: Velocity, which nothing here runs. */
const VELOCITY = /[#$]/;

/**
 * A mock integration: the `statusCode` of the request's template picks the response, which is sent as its own template says
 * (API Gateway guide, "Set up mock integrations in API Gateway"). Throws a Refusal where it can't.
 */
export function mockAnswer(mock: Mock, request: ApiRequest): ApiAnswer {
  const type = (headerOf(request, 'content-type') ?? 'application/json').split(';', 1)[0]?.trim() ?? '';
  const template = mock.requestTemplates[type] ?? mock.requestTemplates['application/json'];
  const status = template === undefined ? undefined : statusIn(template);
  if (status === undefined)
    throw new Refusal('API_CONFIGURATION_ERROR', undefined, 'no statusCode in the template of a mock');
  const chosen =
    mock.responses.find(
      ({ pattern }) => pattern !== undefined && new RegExp(`^(?:${pattern})$`).test(String(status)),
    ) ?? mock.responses.find(({ pattern }) => pattern === undefined);
  if (!chosen)
    throw new Refusal('API_CONFIGURATION_ERROR', undefined, `a mock has no response for ${status}`);
  const [[answerType, body] = ['application/json', '']] = Object.entries(chosen.templates);
  if (VELOCITY.test(body))
    throw new Refusal('API_CONFIGURATION_ERROR', undefined, 'mapping templates are not emulated');
  return { status: chosen.status, headers: { 'Content-Type': answerType, ...chosen.headers }, body };
}

/** The status that a template without Velocity gives: it is nearly JSON, names may stand without quotes. */
function statusIn(template: string): number | undefined {
  const quoted = template.replaceAll(/([{,]\s*)([A-Za-z_]\w*)\s*:/g, '$1"$2":');
  try {
    const read: unknown = JSON.parse(quoted);
    const status = isObject(read) ? Number(read.statusCode) : Number.NaN;
    return Number.isInteger(status) ? status : undefined;
  } catch {
    return undefined;
  }
}
