import type { JsonObject } from '../../../aws/json-object.ts';
import { type Members, required, text } from '../../../aws/members.ts';
import { mapOf, wordOf } from '../definition/plain.ts';
import { type ManagementContext, needsOf, notFound, operation } from './context.ts';
import { patched, patchesOf } from './patch.ts';
import {
  type Found,
  INTEGRATION_PATH,
  integrationOf,
  keepMethod,
  METHOD_PATH,
  methodOf,
  OF_METHOD,
  PATCHES,
} from './rest-found-method.ts';
import {
  INTEGRATION_RESPONSE,
  INTEGRATION_RESPONSE_SETTINGS,
  METHOD_RESPONSE,
  RESPONSE_SETTINGS,
} from './rest-members.ts';

const OF_RESPONSE: Members = { ...OF_METHOD, statusCode: required(text({ at: 'path' })) };

/** The answers that methods declare, and those of what is behind them. */
export const RESPONSE_OPERATIONS = {
  ...responseOperations({
    name: 'MethodResponse',
    path: `${METHOD_PATH}/responses/{statusCode}`,
    settings: RESPONSE_SETTINGS,
    answer: METHOD_RESPONSE,
    updateStatus: 201,
    responsesOf: (method) => mapOf(method.methodResponses),
    withResponses: (method, methodResponses) => ({ ...method, methodResponses }),
  }),
  ...responseOperations({
    name: 'IntegrationResponse',
    path: `${INTEGRATION_PATH}/responses/{statusCode}`,
    settings: INTEGRATION_RESPONSE_SETTINGS,
    answer: INTEGRATION_RESPONSE,
    updateStatus: 200,
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
    if (response === undefined) throw notFound('Invalid Response status code specified');
    return { found, statusCode, response: mapOf(response) };
  }

  function put(
    { api, resource, method }: Found,
    statusCode: string,
    response: JsonObject,
    context: ManagementContext,
  ) {
    const responses = { ...kind.responsesOf(method), [statusCode]: response };
    keepMethod(api, resource, kind.withResponses(method, responses), context);
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
        keepMethod(found.api, found.resource, kind.withResponses(found.method, others), context);
        return {};
      },
    }),
  };
}
