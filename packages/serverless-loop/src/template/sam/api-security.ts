import type { Resource } from '../resource.ts';
import { call, callOf, getAtt, ref } from '../yaml/call.ts';
import { entryOf, fields, list, type Node, scalar, textOf } from '../yaml/node.ts';
import { type Branches, type Tree, tree } from '../yaml/tree.ts';
import { sourceArn } from './api-events.ts';
import { made } from './made.ts';

const IAM = 'AWS_IAM';
const API_KEY = 'api_key';
/** SAM's mark of a method that needs no key. */
const NO_API_KEY = 'api_key_false';

/** The demands of an HTTP API's operation on its callers (SAM developer guide, "HttpApiFunctionAuth"). */
export function securityOf(ofEvent: Node | undefined, ofApi: Node | undefined): Branches[] | undefined {
  const name = textOf(entryOf(ofEvent, 'Authorizer')) ?? textOf(entryOf(ofApi, 'DefaultAuthorizer'));
  if (name === undefined || name === 'NONE') return undefined;
  const scopes =
    entryOf(ofEvent, 'AuthorizationScopes') ??
    entryOf(entryOf(entryOf(ofApi, 'Authorizers'), name), 'AuthorizationScopes');
  return [{ [name]: scopes ?? [] }];
}

/** The same of a REST API (SAM developer guide, "ApiFunctionAuth"). */
export function restSecurityOf(ofEvent: Node | undefined, ofApi: Node | undefined): Branches[] | undefined {
  const authorizer = securityOf(ofEvent, ofApi);
  const asked = textOf(entryOf(ofEvent, 'ApiKeyRequired')) ?? textOf(entryOf(ofApi, 'ApiKeyRequired'));
  const keys = asked === 'true' ? [{ [API_KEY]: [] }] : [];
  if (authorizer === undefined && keys.length === 0) return undefined;
  return [...(authorizer ?? []), ...keys];
}

/**
 * The demands on a preflight that SAM answers: those of all other methods, unless they are told not to be. A browser sends none of
 * what they ask for (SAM developer guide, "ApiAuth", AddDefaultAuthorizerToCorsPreflight and AddApiKeyRequiredToCorsPreflight).
 */
export function preflightSecurity(auth: Node | undefined): Branches[] | undefined {
  const isOff = (name: string) => textOf(entryOf(auth, name)) === 'false';
  const own = fields(0, {
    ...(isOff('AddDefaultAuthorizerToCorsPreflight') && { Authorizer: scalar(0, 'NONE') }),
    ...(isOff('AddApiKeyRequiredToCorsPreflight') && { ApiKeyRequired: scalar(0, false) }),
  });
  return restSecurityOf(own, auth);
}

const NO_METHODS = ['summary', 'description', 'parameters'];

/** A method of the template's own definition with the API's default demands, where it has none of its own. */
export function securedMethod(operation: Node, name: string, auth: Node): Node {
  if (operation.kind !== 'fields' || NO_METHODS.includes(name)) return operation;
  if (!operation.entries.has('x-amazon-apigateway-integration')) return operation;
  const authorizers = entryOf(auth, 'Authorizers');
  const authorizerNames = [IAM, ...(authorizers?.kind === 'fields' ? authorizers.entries.keys() : [])];
  const own = entryOf(operation, 'security');
  const demands = own?.kind === 'list' ? own.items : [];
  const asks = (names: readonly string[]) => demands.some((each) => names.some((key) => entryOf(each, key)));
  const byDefault = name === 'options' ? preflightSecurity(auth) : restSecurityOf(undefined, auth);
  const added = (byDefault ?? []).filter((each) =>
    API_KEY in each ? !asks([API_KEY, NO_API_KEY]) : !asks([...authorizerNames, 'NONE']),
  );
  const kept = demands.filter((each) => !entryOf(each, 'NONE') && !entryOf(each, NO_API_KEY));
  const security = tree(operation.line, [...kept, ...added]);
  return { ...operation, entries: new Map([...operation.entries, ['security', security]]) };
}

export function httpSecurity(auth: Node | undefined): Branches | undefined {
  const authorizers = entryOf(auth, 'Authorizers');
  const schemes: Record<string, Branches> = {};
  for (const [name, given] of authorizers?.kind === 'fields' ? authorizers.entries : [])
    schemes[name] = httpAuthorizer(given);
  if (textOf(entryOf(auth, 'EnableIamAuthorizer')) === 'true') schemes[IAM] = sigV4();
  return Object.keys(schemes).length === 0 ? undefined : schemes;
}

function httpAuthorizer(given: Node): Branches {
  const { line } = given;
  const jwt = entryOf(given, 'JwtConfiguration');
  if (jwt)
    return {
      type: 'oauth2',
      'x-amazon-apigateway-authorizer': {
        type: 'jwt',
        jwtConfiguration: { issuer: entryOf(jwt, 'issuer'), audience: entryOf(jwt, 'audience') },
        identitySource: entryOf(given, 'IdentitySource') ?? '$request.header.Authorization',
      },
    };
  const identity = entryOf(given, 'Identity');
  return {
    type: 'apiKey',
    name: 'Unused',
    in: 'header',
    'x-amazon-apigateway-authorizer': {
      type: 'request',
      identitySource: identitySources(identity, {
        Headers: '$request.header.',
        QueryStrings: '$request.querystring.',
        StageVariables: '$stageVariables.',
        Context: '$context.',
      }),
      authorizerUri: authorizerUri(line, entryOf(given, 'FunctionArn')),
      authorizerCredentials: entryOf(given, 'FunctionInvokeRole'),
      authorizerPayloadFormatVersion: entryOf(given, 'AuthorizerPayloadFormatVersion'),
      authorizerResultTtlInSeconds: entryOf(identity, 'ReauthorizeEvery'),
      enableSimpleResponses: entryOf(given, 'EnableSimpleResponses'),
    },
  };
}

export function restSecurity(line: number, auth: Node | undefined): Tree {
  const authorizers = entryOf(auth, 'Authorizers');
  const schemes: Record<string, Tree> = { [API_KEY]: { type: 'apiKey', name: 'x-api-key', in: 'header' } };
  for (const [name, given] of authorizers?.kind === 'fields' ? authorizers.entries : [])
    schemes[name] = restAuthorizer(given);
  schemes[IAM] = sigV4();
  return tree(line, schemes);
}

function restAuthorizer(given: Node): Branches {
  const { line } = given;
  const identity = entryOf(given, 'Identity');
  const header = textOf(entryOf(identity, 'Header')) ?? 'Authorization';
  const pools = entryOf(given, 'UserPoolArn');
  if (pools)
    return {
      type: 'apiKey',
      name: header,
      in: 'header',
      'x-amazon-apigateway-authtype': 'cognito_user_pools',
      'x-amazon-apigateway-authorizer': {
        type: 'cognito_user_pools',
        providerARNs: pools.kind === 'list' ? pools : [pools],
      },
    };
  const isRequest = textOf(entryOf(given, 'FunctionPayloadType')) === 'REQUEST';
  const common = {
    authorizerUri: authorizerUri(line, entryOf(given, 'FunctionArn')),
    authorizerCredentials: entryOf(given, 'FunctionInvokeRole'),
    authorizerResultTtlInSeconds: entryOf(identity, 'ReauthorizeEvery'),
  };
  return {
    type: 'apiKey',
    name: isRequest ? 'Unused' : header,
    in: 'header',
    'x-amazon-apigateway-authtype': 'custom',
    'x-amazon-apigateway-authorizer': isRequest
      ? {
          type: 'request',
          ...common,
          identitySource: identitySources(identity, {
            Headers: 'method.request.header.',
            QueryStrings: 'method.request.querystring.',
            StageVariables: 'stageVariables.',
            Context: 'context.',
          }),
        }
      : { type: 'token', ...common, identityValidationExpression: entryOf(identity, 'ValidationExpression') },
  };
}

function sigV4(): Branches {
  return { type: 'apiKey', name: 'Authorization', in: 'header', 'x-amazon-apigateway-authtype': 'awsSigv4' };
}

/** A list in one text, as API Gateway's definitions have it. */
function identitySources(identity: Node | undefined, prefixes: Record<string, string>): Tree {
  const sources = Object.entries(prefixes).flatMap(([member, prefix]) => {
    const names = entryOf(identity, member);
    return names?.kind === 'list' ? names.items.flatMap((name) => `${prefix}${textOf(name) ?? ''}`) : [];
  });
  return sources.length === 0 ? undefined : sources.join(', ');
}

/** `FunctionArn` is `!GetAtt F.Arn`, or any other text. */
function authorizerUri(line: number, functionArn: Node | undefined): Tree {
  if (!functionArn) return undefined;
  const text = `arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${__FunctionArn__}/invocations`;
  return call(
    line,
    'Fn::Sub',
    list(line, [scalar(line, text), fields(line, { __FunctionArn__: functionArn })]),
  );
}

/**
 * Permissions that let the API call its authorizers: a REST API's unless they are told not to be, an HTTP API's only where they are
 * told to be (SAM developer guide, "LambdaTokenAuthorizer" and, of HTTP APIs, "LambdaAuthorizer").
 */
export function authorizerPermissions(resource: Resource): Resource[] {
  const { logicalId, line, properties } = resource;
  const authorizers = entryOf(properties.entries.get('Auth'), 'Authorizers');
  if (authorizers?.kind !== 'fields') return [];
  return [...authorizers.entries].flatMap(([name, given]) => {
    const functionArn = entryOf(given, 'FunctionArn');
    const says = (property: string) => textOf(entryOf(given, property)) === 'true';
    const isMade =
      resource.type === 'AWS::Serverless::HttpApi'
        ? says('EnableFunctionDefaultPermissions')
        : !says('DisableFunctionDefaultPermissions');
    if (!functionArn || !isMade) return [];
    const permission = {
      Action: scalar(line, 'lambda:InvokeFunction'),
      FunctionName: functionOf(functionArn),
      Principal: scalar(line, 'apigateway.amazonaws.com'),
      SourceArn: sourceArn(line, ref(line, logicalId), 'authorizers/*', ''),
    };
    const id = `${logicalId}${name.replaceAll(/[^A-Za-z0-9]/g, '')}AuthorizerPermission`;
    return [made(resource, id, 'AWS::Lambda::Permission', permission, { line: given.line })];
  });
}

function functionOf(functionArn: Node): Node {
  const found = callOf(functionArn);
  const text = found?.name === 'Fn::GetAtt' ? textOf(found.argument) : undefined;
  return text === undefined ? functionArn : getAtt(functionArn.line, text.split('.')[0] ?? '', 'Arn');
}
