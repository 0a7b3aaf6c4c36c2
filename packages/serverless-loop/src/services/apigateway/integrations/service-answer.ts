import type { IntegrationModel } from '../../../aws/api-model.ts';
import { AwsError } from '../../../aws/errors.ts';
import { parseJsonWithin, SHORT_LIMITS } from '../../../aws/json-limits.ts';
import { isObject, type JsonObject } from '../../../aws/json-object.ts';
import type { OperationPort } from '../../../aws/operation-port.ts';
import { JSON_FORMS, wireValues } from '../../../aws/wire-values.ts';
import type { PayloadParts } from '../payloads/context.ts';
import { type ApiAnswer, headerOf } from '../requests/api-request.ts';
import { Refusal } from '../requests/refusal.ts';
import { filledOrRefused, mapped, templateData } from './mapped-answer.ts';

type ServiceIntegration = Extract<IntegrationModel, { kind: 'service' }>;

/**
 * An integration of type `AWS` with an action of a service: the request's template makes the operation's input, which is called
 * in the name of the role, and the answer's status picks the response (API Gateway guide, "Integrations for REST APIs"). Rejects
 * with a Refusal where it can't.
 */
export async function serviceAnswer(
  integration: ServiceIntegration,
  parts: PayloadParts,
  operations: OperationPort,
): Promise<ApiAnswer> {
  const { signingName, action, roleArn, requestTemplates, responses } = integration;
  const found = await operations.find(signingName, action);
  if (!found)
    throw new Refusal('API_CONFIGURATION_ERROR', undefined, `the loop has no ${action} of ${signingName}`);
  if (roleArn === undefined)
    throw new Refusal('API_CONFIGURATION_ERROR', undefined, 'the integration has no role (credentials)');
  const { request } = parts;
  const type = (headerOf(request, 'content-type') ?? 'application/json').split(';', 1)[0]?.trim() ?? '';
  const template = requestTemplates[type] ?? requestTemplates['application/json'];
  const data = templateData(parts);
  const input = inputOf(template === undefined ? data.body : filledOrRefused(template, data).text);
  const { signal } = new AbortController();
  let status = 200;
  let body: string;
  try {
    const { answer } = await operations.run(found, input, { roleArn, signal });
    body = JSON.stringify(wireValues(found.operation.output, answer, JSON_FORMS));
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    status = error.status;
    body = JSON.stringify({ __type: error.code, message: error.message });
  }
  return mapped(responses, String(status), { ...data, body });
}

function inputOf(text: string): JsonObject {
  const reason = 'the request template makes no JSON object';
  try {
    const value = parseJsonWithin(text, SHORT_LIMITS);
    if (isObject(value)) return value;
  } catch {
    throw new Refusal('BAD_REQUEST_BODY', undefined, reason);
  }
  throw new Refusal('BAD_REQUEST_BODY', undefined, reason);
}
