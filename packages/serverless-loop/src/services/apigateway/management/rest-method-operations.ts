import type { JsonObject } from '../../../aws/json-object.ts';
import { required, text } from '../../../aws/members.ts';
import { mapOf, wordOf } from '../definition/plain.ts';
import { badRequest, conflict, needsOf, operation } from './context.ts';
import { patched, patchesOf } from './patch.ts';
import type { RestApi } from './rest-api.ts';
import { keepMethod, METHOD_PATH, methodOf, OF_METHOD, PATCHES } from './rest-found-method.ts';
import { METHOD, METHOD_SETTINGS } from './rest-members.ts';
import { resourceOf } from './rest-resource-operations.ts';

const METHODS = ['ANY', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];
const AUTHORIZATIONS = ['NONE', 'AWS_IAM', 'CUSTOM', 'COGNITO_USER_POOLS'];

/** Methods of resources. */
export const METHOD_OPERATIONS = {
  PutMethod: operation({
    route: `PUT ${METHOD_PATH}`,
    status: 201,
    input: { ...OF_METHOD, ...METHOD_SETTINGS, authorizationType: required(text()) },
    output: METHOD,
    needs: needsOf(`PUT ${METHOD_PATH}`),
    handle({ restApiId, resourceId, httpMethod, ...given }, context) {
      const { api, resource } = resourceOf({ restApiId, resourceId }, context);
      const name = wordOf(httpMethod) ?? '';
      if (!METHODS.includes(name))
        throw badRequest(`Invalid HttpMethod specified. Valid options are ${METHODS.join(',')}`);
      if (resource.methods.has(name)) throw conflict('Method already exists for this resource');
      const method = { apiKeyRequired: false, ...given, httpMethod: name };
      refuseMethod(method, api);
      return keepMethod(api, resource, method, context);
    },
  }),
  GetMethod: operation({
    route: `GET ${METHOD_PATH}`,
    input: OF_METHOD,
    output: METHOD,
    needs: needsOf(`GET ${METHOD_PATH}`),
    handle: (input, context) => methodOf(input, context).method,
  }),
  UpdateMethod: operation({
    route: `PATCH ${METHOD_PATH}`,
    input: { ...OF_METHOD, ...PATCHES },
    output: METHOD,
    needs: needsOf(`PATCH ${METHOD_PATH}`),
    handle(input, context) {
      const { api, resource, method } = methodOf(input, context);
      const next = patched(method, METHOD_SETTINGS, patchesOf(input.patchOperations));
      refuseMethod(next, api);
      return keepMethod(api, resource, next, context);
    },
  }),
  DeleteMethod: operation({
    route: `DELETE ${METHOD_PATH}`,
    status: 204,
    input: OF_METHOD,
    needs: needsOf(`DELETE ${METHOD_PATH}`),
    handle(input, context) {
      const { api, resource, method } = methodOf(input, context);
      resource.methods.delete(wordOf(method.httpMethod) ?? '');
      context.rest.put(api);
      return {};
    },
  }),
};

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
