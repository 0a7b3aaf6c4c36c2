import type { JsonObject } from '../../../aws/json-object.ts';
import { type Members, required, text } from '../../../aws/members.ts';
import { mapOf, wordOf } from '../definition/plain.ts';
import { badRequest, conflict, type ManagementContext, needsOf, notFound, operation } from './context.ts';
import { PATCH_OPERATIONS, patched, patchesOf } from './patch.ts';
import type { RestApi, RestResource } from './rest-api.ts';
import {
  INTEGRATION,
  INTEGRATION_RESPONSE,
  INTEGRATION_RESPONSE_SETTINGS,
  INTEGRATION_SETTINGS,
  METHOD,
  METHOD_RESPONSE,
  METHOD_SETTINGS,
  RESPONSE_SETTINGS,
} from './rest-members.ts';
import { OF_RESOURCE, resourceOf } from './rest-resource-operations.ts';

const METHODS = ['ANY', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];
const AUTHORIZATIONS = ['NONE', 'AWS_IAM', 'CUSTOM', 'COGNITO_USER_POOLS'];
const TYPES = ['HTTP', 'AWS', 'MOCK', 'HTTP_PROXY', 'AWS_PROXY'];

const ONE = '/restapis/{restApiId}/resources/{resourceId}/methods/{httpMethod}';
const OF_METHOD: Members = { ...OF_RESOURCE, httpMethod: required(text({ at: 'path' })) };
const OF_RESPONSE: Members = { ...OF_METHOD, statusCode: required(text({ at: 'path' })) };
const PATCHES: Members = { patchOperations: PATCH_OPERATIONS };
const INTEGRATED = `${ONE}/integration`;

/** Methods of resources, what is behind them, and the answers of both. */
export const METHOD_OPERATIONS = {
  PutMethod: operation({
    route: `PUT ${ONE}`,
    status: 201,
    input: { ...OF_METHOD, ...METHOD_SETTINGS, authorizationType: required(text()) },
    output: METHOD,
    needs: needsOf(`PUT ${ONE}`),
    handle({ restApiId, resourceId, httpMethod, ...given }, context) {
      const { api, resource } = resourceOf({ restApiId, resourceId }, context);
      const name = wordOf(httpMethod) ?? '';
      if (!METHODS.includes(name))
        throw badRequest(`Invalid HttpMethod specified. Valid options are ${METHODS.join(',')}`);
      if (resource.methods.has(name)) throw conflict('Method already exists for this resource');
      const method = { apiKeyRequired: false, ...given, httpMethod: name };
      refuseMethod(method, api);
      return keep(api, resource, method, context);
    },
  }),
  GetMethod: operation({
    route: `GET ${ONE}`,
    input: OF_METHOD,
    output: METHOD,
    needs: needsOf(`GET ${ONE}`),
    handle: (input, context) => methodOf(input, context).method,
  }),
  UpdateMethod: operation({
    route: `PATCH ${ONE}`,
    input: { ...OF_METHOD, ...PATCHES },
    output: METHOD,
    needs: needsOf(`PATCH ${ONE}`),
    handle(input, context) {
      const { api, resource, method } = methodOf(input, context);
      const next = patched(method, METHOD_SETTINGS, patchesOf(input.patchOperations));
      refuseMethod(next, api);
      return keep(api, resource, next, context);
    },
  }),
  DeleteMethod: operation({
    route: `DELETE ${ONE}`,
    status: 204,
    input: OF_METHOD,
    needs: needsOf(`DELETE ${ONE}`),
    handle(input, context) {
      const { api, resource, method } = methodOf(input, context);
      resource.methods.delete(wordOf(method.httpMethod) ?? '');
      context.rest.put(api);
      return {};
    },
  }),

  PutIntegration: operation({
    route: `PUT ${INTEGRATED}`,
    status: 201,
    input: {
      ...OF_METHOD,
      ...INTEGRATION_SETTINGS,
      type: required(text()),
      integrationHttpMethod: text({ name: 'httpMethod' }),
    },
    output: INTEGRATION,
    needs: needsOf(`PUT ${INTEGRATED}`),
    handle({ restApiId, resourceId, httpMethod, integrationHttpMethod, ...given }, context) {
      const found = methodOf({ restApiId, resourceId, httpMethod }, context);
      const type = wordOf(given.type) ?? '';
      if (!TYPES.includes(type))
        throw badRequest(
          `1 validation error detected: Value '${type}' at 'putIntegrationInput.type' failed to satisfy constraint: Member must satisfy enum value set: [${TYPES.join(', ')}]`,
        );
      // In these words (LocalStack's record, tests/aws/services/apigateway/test_apigateway_api.snapshot.json, test_put_integration_validation).
      if (type !== 'MOCK' && integrationHttpMethod === undefined && type !== 'HTTP' && type !== 'HTTP_PROXY')
        throw badRequest('Enumeration value for HttpMethod must be non-empty');
      if (type !== 'MOCK' && wordOf(given.uri) === undefined)
        throw badRequest('Invalid HTTP endpoint specified for URI');
      if (type.startsWith('AWS') && !/^arn:/.test(wordOf(given.uri) ?? ''))
        throw badRequest('Invalid ARN specified in the request');
      const integration = {
        passthroughBehavior: 'WHEN_NO_MATCH',
        timeoutInMillis: 29_000,
        cacheNamespace: resourceId,
        cacheKeyParameters: [],
        ...given,
        ...(integrationHttpMethod !== undefined && { httpMethod: integrationHttpMethod }),
        ...kept(found.method, 'integrationResponses'),
      };
      integrate(found, integration, context);
      return integration;
    },
  }),
  GetIntegration: operation({
    route: `GET ${INTEGRATED}`,
    input: OF_METHOD,
    output: INTEGRATION,
    needs: needsOf(`GET ${INTEGRATED}`),
    handle: (input, context) => integrationOf(methodOf(input, context).method),
  }),
  UpdateIntegration: operation({
    route: `PATCH ${INTEGRATED}`,
    input: { ...OF_METHOD, ...PATCHES },
    output: INTEGRATION,
    needs: needsOf(`PATCH ${INTEGRATED}`),
    handle(input, context) {
      const found = methodOf(input, context);
      const patches = patchesOf(input.patchOperations);
      const next = patched(
        integrationOf(found.method),
        { ...INTEGRATION_SETTINGS, httpMethod: text() },
        patches,
      );
      integrate(found, next, context);
      return next;
    },
  }),
  DeleteIntegration: operation({
    route: `DELETE ${INTEGRATED}`,
    status: 204,
    input: OF_METHOD,
    needs: needsOf(`DELETE ${INTEGRATED}`),
    handle(input, context) {
      const { api, resource, method } = methodOf(input, context);
      integrationOf(method);
      const { methodIntegration: _, ...rest } = method;
      keep(api, resource, rest, context);
      return {};
    },
  }),

  ...responseOperations({
    name: 'MethodResponse',
    path: `${ONE}/responses/{statusCode}`,
    settings: RESPONSE_SETTINGS,
    answer: METHOD_RESPONSE,
    updateStatus: 201,
    missing: 'Invalid Response status code specified',
    responsesOf: (method) => mapOf(method.methodResponses),
    withResponses: (method, methodResponses) => ({ ...method, methodResponses }),
  }),
  ...responseOperations({
    name: 'IntegrationResponse',
    path: `${INTEGRATED}/responses/{statusCode}`,
    settings: INTEGRATION_RESPONSE_SETTINGS,
    answer: INTEGRATION_RESPONSE,
    updateStatus: 200,
    missing: 'Invalid Response status code specified',
    responsesOf: (method) => mapOf(integrationOf(method).integrationResponses),
    withResponses: (method, integrationResponses) => ({
      ...method,
      methodIntegration: { ...integrationOf(method), integrationResponses },
    }),
  }),
};

interface ResponseKind {
  name: string;
  path: string;
  settings: Members;
  answer: Members;
  updateStatus: number;
  missing: string;
  /** By status code. */
  responsesOf(method: JsonObject): Readonly<JsonObject>;
  withResponses(method: JsonObject, responses: JsonObject): JsonObject;
}

function responseOperations(kind: ResponseKind) {
  const { name, path, settings, answer } = kind;

  function responseOf(input: JsonObject, context: ManagementContext) {
    const found = methodOf(input, context);
    const statusCode = wordOf(input.statusCode) ?? '';
    const response = kind.responsesOf(found.method)[statusCode];
    if (response === undefined) throw notFound(kind.missing);
    return { found, statusCode, response: mapOf(response) };
  }

  function put(
    { api, resource, method }: Found,
    statusCode: string,
    response: JsonObject,
    context: ManagementContext,
  ) {
    const responses = { ...kind.responsesOf(method), [statusCode]: response };
    keep(api, resource, kind.withResponses(method, responses), context);
    return response;
  }

  return {
    [`Put${name}`]: operation({
      route: `PUT ${path}`,
      status: 201,
      input: { ...OF_RESPONSE, ...settings },
      output: answer,
      needs: needsOf(`PUT ${path}`),
      handle({ restApiId, resourceId, httpMethod, ...response }, context) {
        const found = methodOf({ restApiId, resourceId, httpMethod }, context);
        return put(found, wordOf(response.statusCode) ?? '', response, context);
      },
    }),
    [`Get${name}`]: operation({
      route: `GET ${path}`,
      input: OF_RESPONSE,
      output: answer,
      needs: needsOf(`GET ${path}`),
      handle: (input, context) => responseOf(input, context).response,
    }),
    [`Update${name}`]: operation({
      route: `PATCH ${path}`,
      status: kind.updateStatus,
      input: { ...OF_RESPONSE, ...PATCHES },
      output: answer,
      needs: needsOf(`PATCH ${path}`),
      handle(input, context) {
        const { found, statusCode, response } = responseOf(input, context);
        return put(found, statusCode, patched(response, settings, patchesOf(input.patchOperations)), context);
      },
    }),
    [`Delete${name}`]: operation({
      route: `DELETE ${path}`,
      status: 204,
      input: OF_RESPONSE,
      needs: needsOf(`DELETE ${path}`),
      handle(input, context) {
        const { found, statusCode } = responseOf(input, context);
        const { [statusCode]: _, ...others } = kind.responsesOf(found.method);
        keep(found.api, found.resource, kind.withResponses(found.method, others), context);
        return {};
      },
    }),
  };
}

interface Found {
  api: RestApi;
  resource: RestResource;
  method: JsonObject;
}

function methodOf(input: JsonObject, context: ManagementContext): Found {
  const { api, resource } = resourceOf(input, context);
  const method = resource.methods.get(wordOf(input.httpMethod) ?? '');
  if (!method) throw notFound('Invalid Method identifier specified');
  return { api, resource, method };
}

function integrationOf(method: JsonObject): Readonly<JsonObject> {
  if (method.methodIntegration === undefined) throw notFound('Invalid Integration identifier specified');
  return mapOf(method.methodIntegration);
}

function integrate(
  { api, resource, method }: Found,
  integration: JsonObject,
  context: ManagementContext,
): void {
  keep(api, resource, { ...method, methodIntegration: integration }, context);
}

/** A member of the integration that is there already. */
function kept(method: JsonObject, member: string): JsonObject {
  const value = mapOf(method.methodIntegration)[member];
  return value === undefined ? {} : { [member]: value };
}

function keep(
  api: RestApi,
  resource: RestResource,
  method: JsonObject,
  context: ManagementContext,
): JsonObject {
  resource.methods.set(wordOf(method.httpMethod) ?? '', method);
  context.rest.put(api);
  return method;
}

/** In the words of LocalStack's record, tests/aws/services/apigateway/test_apigateway_api.snapshot.json, test_method_lifecycle and its like. */
function refuseMethod(method: JsonObject, api: RestApi): void {
  const type = wordOf(method.authorizationType) ?? '';
  if (!AUTHORIZATIONS.includes(type))
    throw badRequest(`Invalid authorization type specified. Must be one of: [${AUTHORIZATIONS.join(', ')}]`);
  const authorizerId = wordOf(method.authorizerId);
  if (type === 'CUSTOM' && !isAuthorizer(authorizerId, api))
    throw badRequest(
      'Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.',
    );
  const missing = Object.values(mapOf(method.requestModels)).find((name) => !isModel(name, api));
  if (missing !== undefined) throw badRequest(`Invalid model identifier specified: ${missing}`);
  const validator = wordOf(method.requestValidatorId);
  if (validator !== undefined && !api.requestvalidators.has(validator))
    throw badRequest('Invalid Request Validator identifier specified');
}

function isAuthorizer(id: string | undefined, { authorizers, base }: RestApi): boolean {
  return id !== undefined && (authorizers.has(id) || Object.hasOwn(base?.authorizers ?? {}, id));
}

/** Each API has `Empty` and `Error` from the start (API Gateway guide, "Data models for REST APIs"). */
function isModel(name: unknown, { models }: RestApi): boolean {
  const word = wordOf(name) ?? '';
  return word === 'Empty' || word === 'Error' || models.has(word);
}
