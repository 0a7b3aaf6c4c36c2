import type {
  ApiModel,
  AuthorizerModel,
  CorsModel,
  GatewayResponseModel,
  RouteAuth,
  RouteModel,
} from '../../../aws/api-model.ts';
import { definedAuthorizer } from './authorizer.ts';
import { definedIntegration, headerSources } from './integration.ts';
import { isTrue, listOf, mapOf, numberOf, wordMapOf, wordOf, wordsOf } from './plain.ts';

export type Defined = Pick<ApiModel, 'routes' | 'authorizers' | 'binaryMediaTypes' | 'gatewayResponses'> &
  Pick<Partial<ApiModel>, 'cors' | 'apiKeySource'> & { title?: string };

const METHODS = new Map(
  ['get', 'put', 'post', 'delete', 'options', 'head', 'patch'].map((name) => [name, name.toUpperCase()]),
).set('x-amazon-apigateway-any-method', 'ANY');

/** An OpenAPI definition with API Gateway's extensions (API Gateway guide, "OpenAPI extensions for API Gateway"). */
export function readDefinition(body: Readonly<Record<string, unknown>>, protocol: 'HTTP' | 'REST'): Defined {
  const components = mapOf(body.components);
  const schemes = mapOf(components.securitySchemes ?? body.securityDefinitions);
  const authorizers: Record<string, AuthorizerModel> = {};
  for (const [name, scheme] of Object.entries(schemes)) {
    const authorizer = definedAuthorizer(mapOf(scheme), protocol);
    if (authorizer) authorizers[name] = authorizer;
  }
  const cors = body['x-amazon-apigateway-cors'];
  const title = wordOf(mapOf(body.info).title);
  return {
    ...(title !== undefined && { title }),
    routes: Object.entries(mapOf(body.paths)).flatMap(([path, item]) =>
      Object.entries(mapOf(item)).flatMap(([name, operation]) => {
        const method = METHODS.get(name);
        if (method === undefined) return [];
        return [readOperation({ method, path, operation: mapOf(operation), body, schemes, protocol })];
      }),
    ),
    authorizers,
    ...(cors !== undefined && { cors: readCors(mapOf(cors)) }),
    ...(body['x-amazon-apigateway-api-key-source'] === 'AUTHORIZER' && {
      apiKeySource: 'AUTHORIZER' as const,
    }),
    binaryMediaTypes: wordsOf(body['x-amazon-apigateway-binary-media-types']),
    gatewayResponses: Object.fromEntries(
      Object.entries(mapOf(body['x-amazon-apigateway-gateway-responses'])).map(([kind, response]) => [
        kind,
        readGatewayResponse(mapOf(response)),
      ]),
    ),
  };
}

interface Operation {
  method: string;
  path: string;
  operation: Readonly<Record<string, unknown>>;
  body: Readonly<Record<string, unknown>>;
  schemes: Readonly<Record<string, unknown>>;
  protocol: 'HTTP' | 'REST';
}

function readOperation(given: Operation): RouteModel {
  const { method, path, operation, body, schemes, protocol } = given;
  const integration = referred(operation['x-amazon-apigateway-integration'], body);
  const security = listOf(operation.security ?? body.security).flatMap((each) => Object.entries(mapOf(each)));
  const parameters = listOf(operation.parameters).map((each) => mapOf(referred(each, body)));
  const validators = mapOf(body['x-amazon-apigateway-request-validators']);
  const validator = wordOf(
    operation['x-amazon-apigateway-request-validator'] ?? body['x-amazon-apigateway-request-validator'],
  );
  const { validateRequestBody, validateRequestParameters } = mapOf(validators[validator ?? '']);
  return {
    method,
    path,
    ...(integration !== undefined && { integration: definedIntegration(integration, protocol) }),
    auth: readSecurity(security, schemes),
    needsApiKey: security.some(([name]) => isApiKey(mapOf(schemes[name]))),
    parameters: Object.fromEntries(parameters.flatMap((parameter) => readParameter(parameter))),
    bodies: readBodies(operation, parameters, body),
    validates: { body: isTrue(validateRequestBody), parameters: isTrue(validateRequestParameters) },
  };
}

function readSecurity(
  security: readonly (readonly [string, unknown])[],
  schemes: Readonly<Record<string, unknown>>,
): RouteAuth {
  for (const [name, scopes] of security) {
    const scheme = mapOf(schemes[name]);
    if (wordOf(scheme['x-amazon-apigateway-authtype']) === 'awsSigv4') return { kind: 'iam' };
    if (scheme['x-amazon-apigateway-authorizer'] !== undefined)
      return { kind: 'authorizer', name, scopes: wordsOf(scopes) };
  }
  return { kind: 'none' };
}

function isApiKey(scheme: Readonly<Record<string, unknown>>): boolean {
  return wordOf(scheme.type) === 'apiKey' && wordOf(scheme.name)?.toLowerCase() === 'x-api-key';
}

const PLACES: Readonly<Record<string, string>> = { query: 'querystring', header: 'header', path: 'path' };

function readParameter(parameter: Readonly<Record<string, unknown>>): [string, boolean][] {
  const place = PLACES[wordOf(parameter.in) ?? ''];
  const name = wordOf(parameter.name);
  if (place === undefined || name === undefined) return [];
  return [[`method.request.${place}.${name}`, isTrue(parameter.required)]];
}

/** Of Swagger 2.0 the parameter in the body, of OpenAPI 3 the request's body; schemas by their references. */
function readBodies(
  operation: Readonly<Record<string, unknown>>,
  parameters: readonly Readonly<Record<string, unknown>>[],
  body: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const inBody = parameters.find((parameter) => parameter.in === 'body');
  const [type = 'application/json'] = wordsOf(operation.consumes ?? body.consumes);
  const content = Object.entries(mapOf(mapOf(referred(operation.requestBody, body)).content));
  const schemas = [
    ...(inBody ? [[type, inBody.schema] as const] : []),
    ...content.map(([name, media]) => [name, mapOf(media).schema] as const),
  ];
  // References of a schema lead into the definition.
  const { definitions, components } = body;
  return Object.fromEntries(
    schemas.map(([name, schema]) => [name, { ...mapOf(schema), definitions, components }]),
  );
}

/** Follows `{ $ref: '#/components/…' }`; anything else stays as it is. */
function referred(value: unknown, body: Readonly<Record<string, unknown>>): unknown {
  const pointer = wordOf(mapOf(value).$ref);
  if (pointer === undefined || !pointer.startsWith('#/')) return value;
  return pointer
    .slice(2)
    .split('/')
    .reduce<unknown>((found, name) => mapOf(found)[name.replaceAll('~1', '/').replaceAll('~0', '~')], body);
}

/** `x-amazon-apigateway-cors`. */
export function readCors(given: Readonly<Record<string, unknown>>): CorsModel {
  const maxAgeSeconds = numberOf(given.maxAge);
  return {
    allowOrigins: wordsOf(given.allowOrigins),
    allowMethods: wordsOf(given.allowMethods),
    allowHeaders: wordsOf(given.allowHeaders),
    exposeHeaders: wordsOf(given.exposeHeaders),
    allowCredentials: isTrue(given.allowCredentials),
    ...(maxAgeSeconds !== undefined && { maxAgeSeconds }),
  };
}

export function readGatewayResponse(given: Readonly<Record<string, unknown>>): GatewayResponseModel {
  const status = numberOf(given.statusCode);
  return {
    ...(status !== undefined && { status }),
    headers: headerSources(given.responseParameters),
    templates: wordMapOf(given.responseTemplates),
  };
}
