import type { IntegrationModel, MockResponse, RouteAuth, RouteModel } from '../../../aws/api-model.ts';
import { parseObject } from '../../../aws/json-limits.ts';
import type { JsonObject } from '../../../aws/json-object.ts';
import { integrationOf, mappedHeaders } from '../definition/integration.ts';
import { isTrue, mapOf, numberOf, wordMapOf, wordOf, wordsOf } from '../definition/plain.ts';
import type { RestApi } from './rest-api.ts';

/** Methods that no call has made or changed, as they are served. */
const asServed = new WeakMap<JsonObject, RouteModel>();

/** The route that a method of a resource is. */
export function methodFrom(
  method: JsonObject,
  { path, resourceId, api }: { path: string; resourceId: string; api: RestApi },
): RouteModel {
  const served = asServed.get(method);
  if (served) return served;
  const validator = mapOf(api.requestvalidators.get(wordOf(method.requestValidatorId) ?? ''));
  const models = Object.entries(wordMapOf(method.requestModels));
  return {
    method: wordOf(method.httpMethod) ?? '',
    path,
    resourceId,
    ...(method.methodIntegration !== undefined && { integration: integrationFrom(method) }),
    auth: authFrom(method),
    needsApiKey: isTrue(method.apiKeyRequired),
    parameters: Object.fromEntries(
      Object.entries(mapOf(method.requestParameters)).map(([name, isNeeded]) => [name, isTrue(isNeeded)]),
    ),
    bodies: Object.fromEntries(models.map(([type, name]) => [type, schemaOf(api, name)])),
    ...(method.requestValidatorId !== undefined && {
      validates: {
        body: isTrue(validator.validateRequestBody),
        parameters: isTrue(validator.validateRequestParameters),
      },
    }),
  };
}

function authFrom(method: JsonObject): RouteAuth {
  const type = wordOf(method.authorizationType) ?? 'NONE';
  if (type === 'NONE') return { kind: 'none' };
  if (type === 'AWS_IAM') return { kind: 'iam' };
  return {
    kind: 'authorizer',
    name: wordOf(method.authorizerId) ?? '',
    scopes: wordsOf(method.authorizationScopes),
  };
}

function integrationFrom(method: JsonObject): IntegrationModel {
  const given = mapOf(method.methodIntegration);
  const responses = Object.values(mapOf(given.integrationResponses)).map(mapOf);
  return integrationOf(
    {
      type: wordOf(given.type),
      uri: wordOf(given.uri),
      payload: '1.0',
      timeoutMs: numberOf(given.timeoutInMillis),
      roleArn: wordOf(given.credentials),
      method: wordOf(given.httpMethod),
      parameters: wordMapOf(given.requestParameters),
      requestTemplates: wordMapOf(given.requestTemplates),
      responses: responses.map(responseFrom),
    },
    'REST',
  );
}

function responseFrom(given: Readonly<Record<string, unknown>>): MockResponse {
  const pattern = wordOf(given.selectionPattern);
  return {
    ...(pattern && { pattern }),
    status: numberOf(given.statusCode) ?? 200,
    headers: mappedHeaders(given.responseParameters),
    templates: wordMapOf(given.responseTemplates),
  };
}

/** A route as the method that calls would have made. */
export function methodTold(route: RouteModel): JsonObject {
  const { method, auth, needsApiKey, parameters, integration } = route;
  const told: JsonObject = {
    httpMethod: method,
    authorizationType: auth.kind === 'none' ? 'NONE' : auth.kind === 'iam' ? 'AWS_IAM' : 'CUSTOM',
    ...(auth.kind === 'authorizer' && { authorizerId: auth.name }),
    apiKeyRequired: needsApiKey,
    ...(parameters && Object.keys(parameters).length > 0 && { requestParameters: parameters }),
    ...(integration && { methodIntegration: integrationTold(integration) }),
  };
  asServed.set(told, route);
  return told;
}

function integrationTold(integration: IntegrationModel): JsonObject {
  if (integration.kind === 'not emulated') return {};
  if (integration.kind === 'function')
    return {
      type: 'AWS_PROXY',
      httpMethod: 'POST',
      uri: integration.functionArn,
      timeoutInMillis: integration.timeoutMs,
      ...(integration.roleArn !== undefined && { credentials: integration.roleArn }),
    };
  const { requestTemplates, responses } = integration;
  return {
    type: 'MOCK',
    requestTemplates,
    integrationResponses: Object.fromEntries(
      responses.map(({ status, pattern, headers, templates }) => [
        String(status),
        {
          statusCode: String(status),
          ...(pattern !== undefined && { selectionPattern: pattern }),
          responseParameters: Object.fromEntries(
            Object.entries(headers).map(([name, value]) => [`method.response.header.${name}`, `'${value}'`]),
          ),
          responseTemplates: templates,
        },
      ]),
    ),
  };
}

/** A model's schema; of none, anything goes. */
function schemaOf(api: RestApi, name: string): unknown {
  return parseObject(wordOf(api.models.get(name)?.schema) ?? '{}') ?? {};
}
