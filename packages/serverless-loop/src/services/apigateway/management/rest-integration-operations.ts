import type { JsonObject } from '../../../aws/json-object.ts';
import { required, text } from '../../../aws/members.ts';
import { mapOf, wordOf } from '../definition/plain.ts';
import { badRequest, needsOf, operation } from './context.ts';
import { patched, patchesOf } from './patch.ts';
import {
  INTEGRATION_PATH,
  integrate,
  integrationOf,
  keepMethod,
  methodOf,
  OF_METHOD,
  PATCHES,
} from './rest-found-method.ts';
import { INTEGRATION, INTEGRATION_SETTINGS } from './rest-members.ts';

const TYPES = ['HTTP', 'AWS', 'MOCK', 'HTTP_PROXY', 'AWS_PROXY'];

/** The sides of methods that are behind them. */
export const INTEGRATION_OPERATIONS = {
  PutIntegration: operation({
    route: `PUT ${INTEGRATION_PATH}`,
    status: 201,
    input: {
      ...OF_METHOD,
      ...INTEGRATION_SETTINGS,
      type: required(text()),
      integrationHttpMethod: text({ name: 'httpMethod' }),
    },
    output: INTEGRATION,
    needs: needsOf(`PUT ${INTEGRATION_PATH}`),
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
    route: `GET ${INTEGRATION_PATH}`,
    input: OF_METHOD,
    output: INTEGRATION,
    needs: needsOf(`GET ${INTEGRATION_PATH}`),
    handle: (input, context) => integrationOf(methodOf(input, context).method),
  }),
  UpdateIntegration: operation({
    route: `PATCH ${INTEGRATION_PATH}`,
    input: { ...OF_METHOD, ...PATCHES },
    output: INTEGRATION,
    needs: needsOf(`PATCH ${INTEGRATION_PATH}`),
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
    route: `DELETE ${INTEGRATION_PATH}`,
    status: 204,
    input: OF_METHOD,
    needs: needsOf(`DELETE ${INTEGRATION_PATH}`),
    handle(input, context) {
      const { api, resource, method } = methodOf(input, context);
      integrationOf(method);
      const { methodIntegration: _, ...rest } = method;
      keepMethod(api, resource, rest, context);
      return {};
    },
  }),
};

/** A member of the integration that is there already. */
function kept(method: JsonObject, member: string): JsonObject {
  const value = mapOf(method.methodIntegration)[member];
  return value === undefined ? {} : { [member]: value };
}
