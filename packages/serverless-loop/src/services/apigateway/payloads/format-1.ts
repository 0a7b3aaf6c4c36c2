import { digest } from '../../../aws/digest.ts';
import { headerOf, queryOf } from '../requests/api-request.ts';
import { bodyFor1, bodyFor2 } from './body.ts';
import { extendedIdOf, logTime, type PayloadParts, valuesByName } from './context.ts';
import { decodedAll, rawPathOf } from './format-2.ts';

/**
 * The event of format 1.0 (API Gateway guide, "Set up Lambda proxy integrations in API Gateway", input format; "Create AWS
 * Lambda proxy integrations for HTTP APIs").
 */
export function payload1(parts: PayloadParts): Record<string, unknown> {
  const { api, stage, route, request, path, parameters } = parts;
  const isRest = api.protocol === 'REST';
  const headers = valuesByName(
    parts.headers.filter(([name]) => !isRest || name.toLowerCase() !== 'content-length'),
  );
  const query = queryOf(request);
  const contentType = headerOf(request, 'content-type');
  const body = isRest
    ? bodyFor1(request.body, contentType, api.binaryMediaTypes)
    : { body: null, ...bodyFor2(request.body, contentType) };
  const resource = route.path;
  // A REST API keeps the encoding of the path and of what is in it (LocalStack's record, tests/aws/services/apigateway/test_apigateway_lambda.snapshot.json).
  const values = isRest ? parameters : decodedAll(parameters);
  return {
    ...(!isRest && { version: '1.0' }),
    resource,
    path: isRest ? path : rawPathOf(parts),
    httpMethod: request.method,
    headers: lastOf(headers),
    multiValueHeaders: Object.fromEntries(headers),
    queryStringParameters: query.size === 0 ? null : lastOf(query),
    multiValueQueryStringParameters: query.size === 0 ? null : Object.fromEntries(query),
    pathParameters: Object.keys(values).length === 0 ? null : values,
    stageVariables: stage.variables ?? null,
    requestContext: requestContext1(parts),
    ...body,
  };
}

function lastOf(values: ReadonlyMap<string, readonly string[]>): Record<string, string> {
  return Object.fromEntries([...values].map(([name, all]) => [name, all.at(-1) ?? '']));
}

/** The request's context in events of format 1.0 and of authorizers. */
export function requestContext1(parts: PayloadParts): Record<string, unknown> {
  const { api, stage, route, request, accountId, authorizer, identity, apiKey } = parts;
  const isRest = api.protocol === 'REST';
  const { requestId, atMs } = request;
  return {
    accountId,
    apiId: api.name,
    ...(authorizer && { authorizer }),
    ...(isRest && { deploymentId: stage.deploymentId ?? digest(`${api.name} deployment`).slice(0, 6) }),
    domainName: request.host,
    domainPrefix: api.name,
    extendedRequestId: extendedIdOf(requestId),
    httpMethod: request.method,
    identity: {
      accessKey: identity?.accessKey ?? null,
      accountId: identity?.accountId ?? null,
      ...(apiKey && { apiKey: apiKey.value, apiKeyId: apiKey.id }),
      caller: identity?.accessKey ?? null,
      cognitoAuthenticationProvider: null,
      cognitoAuthenticationType: null,
      cognitoIdentityId: null,
      cognitoIdentityPoolId: null,
      principalOrgId: null,
      sourceIp: request.sourceIp,
      user: identity?.accessKey ?? null,
      userAgent: headerOf(request, 'user-agent') ?? null,
      userArn: identity?.userArn ?? null,
    },
    path: isRest ? request.path.replace(/^\/+/, '/') : rawPathOf(parts),
    protocol: request.protocol,
    requestId: isRest ? requestId : extendedIdOf(requestId),
    requestTime: logTime(atMs),
    requestTimeEpoch: atMs,
    resourceId: isRest
      ? (route.resourceId ?? digest(`${api.name}${route.path}`).slice(0, 6))
      : `${route.method} ${route.path}`,
    resourcePath: route.path,
    stage: stage.name,
  };
}
