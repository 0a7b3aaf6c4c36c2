import type { AuthorizerModel } from '../../../aws/api-model.ts';
import { invokedArn } from './integration.ts';
import { isTrue, mapOf, numberOf, wordOf, wordsOf } from './plain.ts';

/** A security scheme with `x-amazon-apigateway-authorizer`; undefined for one without. */
export function definedAuthorizer(
  scheme: Readonly<Record<string, unknown>>,
  protocol: 'HTTP' | 'REST',
): AuthorizerModel | undefined {
  if (scheme['x-amazon-apigateway-authorizer'] === undefined) return undefined;
  const given = mapOf(scheme['x-amazon-apigateway-authorizer']);
  const { issuer, audience } = mapOf(given.jwtConfiguration);
  const header = wordOf(scheme.name) ?? 'Authorization';
  const sources = wordOf(given.identitySource)
    ?.split(',')
    .map((source) => source.trim());
  return authorizerOf({
    type: wordOf(given.type),
    uri: wordOf(given.authorizerUri),
    identitySources: sources ?? wordsOf(given.identitySource),
    header,
    issuer: wordOf(issuer),
    audience: wordsOf(audience),
    payload: wordOf(given.authorizerPayloadFormatVersion),
    isSimple: isTrue(given.enableSimpleResponses),
    tokenPattern: wordOf(given.identityValidationExpression),
    cacheSeconds: numberOf(given.authorizerResultTtlInSeconds),
    roleArn: wordOf(given.authorizerCredentials),
    protocol,
  });
}

export interface GivenAuthorizer {
  type: string | undefined;
  uri: string | undefined;
  identitySources: string[];
  /** Of a token, where no identity source is said. */
  header: string;
  issuer: string | undefined;
  audience: string[];
  payload: string | undefined;
  isSimple: boolean;
  tokenPattern: string | undefined;
  cacheSeconds: number | undefined;
  roleArn: string | undefined;
  protocol: 'HTTP' | 'REST';
}

/** Seconds where nothing is said (API reference, "CreateAuthorizer"; guide, "Control access to HTTP APIs with AWS Lambda authorizers"). */
const CACHE_SECONDS = { REST: 300, HTTP: 0 };

/** `token`, `request` and `jwt`; Cognito's pools are not emulated. */
export function authorizerOf(given: GivenAuthorizer): AuthorizerModel {
  const type = given.type?.toLowerCase();
  const { identitySources, tokenPattern, roleArn } = given;
  if (type === 'jwt')
    return {
      kind: 'jwt',
      issuer: given.issuer ?? '',
      audience: given.audience,
      identitySources: identitySources.length > 0 ? identitySources : ['$request.header.Authorization'],
    };
  const functionArn = invokedArn(given.uri ?? '');
  if ((type !== 'token' && type !== 'request') || functionArn === undefined)
    return { kind: 'not emulated', reason: `authorizers of type ${given.type} are not emulated` };
  return {
    kind: 'function',
    functionArn,
    takes: type,
    payload: given.payload === '2.0' ? '2.0' : '1.0',
    isSimple: given.isSimple,
    identitySources:
      identitySources.length > 0 || type === 'request'
        ? identitySources
        : [`method.request.header.${given.header}`],
    ...(tokenPattern !== undefined && { tokenPattern }),
    cacheSeconds: given.cacheSeconds ?? CACHE_SECONDS[given.protocol],
    ...(roleArn !== undefined && { roleArn }),
  };
}
