import { boolean, text } from '../../../aws/members.ts';
import { mapOf, wordOf } from '../definition/plain.ts';
import { badRequest, conflict } from './context.ts';
import { userOf } from './rest-api.ts';
import {
  AUTHORIZER_SETTINGS,
  GATEWAY_RESPONSE_SETTINGS,
  MODEL_SETTINGS,
  VALIDATOR_SETTINGS,
} from './rest-members.ts';
import type { PartKind } from './rest-parts.ts';

export const MODEL: PartKind = {
  name: 'Model',
  collection: 'models',
  label: 'modelName',
  key: 'name',
  making: { ...MODEL_SETTINGS, name: text(), contentType: text() },
  needed: ['name', 'contentType'],
  patched: MODEL_SETTINGS,
  answer: { ...MODEL_SETTINGS, id: text(), name: text(), contentType: text() },
  missing: (name) => `Invalid model name specified: ${name}`,
  settled(part, api, _context, before) {
    const name = wordOf(part.name) ?? '';
    if (!/^[a-zA-Z0-9]+$/.test(name)) throw badRequest(`Model name must be alphanumeric: ${name}`);
    if (!before && api.models.has(name)) throw conflict('Model name already exists for this REST API');
    return part;
  },
  refuseRemoval(name, api) {
    const user = userOf(api, ({ requestModels }) => Object.values(mapOf(requestModels)).includes(name));
    if (!user) return;
    const { path, verb } = user;
    throw conflict(`Cannot delete model '${name}', is referenced in method request: ${path}/${verb}`);
  },
};

export const VALIDATOR: PartKind = {
  name: 'RequestValidator',
  collection: 'requestvalidators',
  label: 'requestValidatorId',
  key: 'id',
  making: VALIDATOR_SETTINGS,
  patched: VALIDATOR_SETTINGS,
  answer: { ...VALIDATOR_SETTINGS, id: text() },
  missing: () => 'Invalid Request Validator identifier specified',
  settled: (part) => ({ validateRequestBody: false, validateRequestParameters: false, ...part }),
  refuseRemoval(id, api) {
    if (userOf(api, ({ requestValidatorId }) => requestValidatorId === id))
      throw badRequest(`Cannot delete request validator '${id}', is referenced in method`);
  },
};

export const AUTHORIZER: PartKind = {
  name: 'Authorizer',
  collection: 'authorizers',
  label: 'authorizerId',
  key: 'id',
  making: AUTHORIZER_SETTINGS,
  needed: ['name', 'type'],
  patched: AUTHORIZER_SETTINGS,
  answer: { ...AUTHORIZER_SETTINGS, id: text() },
  missing: () => 'Invalid Authorizer identifier specified',
  settled(part, api) {
    const { name, type } = part;
    if (!['TOKEN', 'REQUEST', 'COGNITO_USER_POOLS'].includes(wordOf(type) ?? ''))
      throw badRequest(
        'Invalid authorizer type specified. Must be one of: [REQUEST, TOKEN, COGNITO_USER_POOLS]',
      );
    if ([...api.authorizers.values()].some((other) => other.name === name && other.id !== part.id))
      throw conflict('Authorizer name must be unique. Authorizer already exists in this RestApi.');
    const kind = type === 'COGNITO_USER_POOLS' ? 'cognito_user_pools' : 'custom';
    const source = type === 'TOKEN' ? { identitySource: 'method.request.header.Authorization' } : {};
    return { authType: kind, authorizerResultTtlInSeconds: 300, ...source, ...part };
  },
  refuseRemoval(id, api) {
    const user = userOf(api, ({ authorizerId }) => authorizerId === id);
    if (!user) return;
    const { name } = api.authorizers.get(id) ?? {};
    throw conflict(
      `Cannot delete authorizer '${wordOf(name)}', is referenced in method: ${user.verb}/${user.path}`,
    );
  },
};

/** Kinds of refusals that an API may answer in its own words are not only those here (API Gateway guide, "Gateway responses in API Gateway"). */
export const GATEWAY_RESPONSE: PartKind = {
  name: 'GatewayResponse',
  collection: 'gatewayresponses',
  label: 'responseType',
  key: 'responseType',
  isPut: true,
  making: GATEWAY_RESPONSE_SETTINGS,
  patched: GATEWAY_RESPONSE_SETTINGS,
  answer: { ...GATEWAY_RESPONSE_SETTINGS, responseType: text(), defaultResponse: boolean() },
  missing: () => 'Gateway response type not defined on api',
  settled: (part) => ({ responseParameters: {}, responseTemplates: {}, ...part, defaultResponse: false }),
};
