import { decoded, headerOf, queryOf } from '../requests/api-request.ts';
import { bodyFor2 } from './body.ts';
import { domainOf, extendedIdOf, logTime, type PayloadParts, routeKeyOf, valuesByName } from './context.ts';

/** The event of format 2.0 (API Gateway guide, "Create AWS Lambda proxy integrations for HTTP APIs"; Lambda guide, "Invoking Lambda function URLs"). */
export function payload2(parts: PayloadParts): Record<string, unknown> {
  const { api, stage, route, request, parameters, headers } = parts;
  const cookies = headers.filter(([name]) => name.toLowerCase() === 'cookie').map(([, value]) => value);
  const query = queryOf(request);
  const { body, isBase64Encoded } = bodyFor2(request.body, headerOf(request, 'content-type'));
  const rawPath = rawPathOf(parts);
  return {
    version: '2.0',
    routeKey: routeKeyOf(route),
    rawPath,
    rawQueryString: request.query,
    ...(cookies.length > 0 && { cookies: cookies.flatMap((cookie) => cookie.split(/;\s*/)) }),
    headers: headers2(headers),
    ...(query.size > 0 && { queryStringParameters: joined(query) }),
    requestContext: context2(parts, rawPath),
    ...(Object.keys(parameters).length > 0 && { pathParameters: decodedAll(parameters) }),
    ...(body !== undefined && { body }),
    isBase64Encoded,
    ...(stage.variables && api.protocol === 'HTTP' && { stageVariables: stage.variables }),
  };
}

/** With the stage, unless that is `$default`; through a domain with the base path in its place. An HTTP API decodes it and cuts it at a question mark; a URL leaves it as it came. */
export function rawPathOf({
  api,
  stage,
  path,
  request,
}: Pick<PayloadParts, 'api' | 'stage' | 'path' | 'request'>): string {
  if (api.protocol === 'URL') return path;
  const whole = request.mapped ? request.path : stage.name === '$default' ? path : `/${stage.name}${path}`;
  return decoded(whole).split('?', 1)[0] ?? whole;
}

/** In small letters, several of one name joined by commas; cookies stand apart. */
function headers2(headers: PayloadParts['headers']): Record<string, string> {
  const named = headers.map(([name, value]) => [name.toLowerCase(), value] as const);
  const values = valuesByName(named.filter(([name]) => name !== 'cookie'));
  return joined(values);
}

function joined(values: ReadonlyMap<string, readonly string[]>): Record<string, string> {
  return Object.fromEntries([...values].map(([name, all]) => [name, all.join(',')]));
}

export function decodedAll(parameters: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, decoded(value)]));
}

function context2(parts: PayloadParts, rawPath: string): Record<string, unknown> {
  const { api, stage, route, request, accountId } = parts;
  const authorizer = authorizer2(parts);
  return {
    accountId: api.protocol === 'URL' && !parts.identity ? 'anonymous' : accountId,
    apiId: api.name,
    ...(authorizer && { authorizer }),
    ...domainOf(api, request),
    http: {
      method: request.method,
      path: rawPath,
      protocol: request.protocol,
      sourceIp: request.sourceIp,
      userAgent: headerOf(request, 'user-agent') ?? '',
    },
    requestId: api.protocol === 'URL' ? request.requestId : extendedIdOf(request.requestId),
    routeKey: routeKeyOf(route),
    stage: stage.name,
    time: logTime(request.atMs),
    timeEpoch: request.atMs,
  };
}

function authorizer2({ authorizer, identity }: PayloadParts): Record<string, unknown> | undefined {
  if (!identity) return authorizer;
  const { accessKey, userArn, accountId } = identity;
  return {
    iam: {
      accessKey,
      accountId,
      callerId: accessKey,
      cognitoIdentity: null,
      principalOrgId: null,
      userArn,
      userId: accessKey,
    },
  };
}
