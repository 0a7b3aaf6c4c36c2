import type { Resource } from '../resource.ts';
import { call, callOf, getAtt, ref } from '../yaml/call.ts';
import { entryOf, fields, list, type Node, scalar, textOf } from '../yaml/node.ts';
import type { Branches, Tree } from '../yaml/tree.ts';
import { sourceArn } from './api-events.ts';
import { made } from './made.ts';

/** An authorizer of an HTTP API, as a security scheme of its definition (SAM developer guide, "HttpApiAuth"). */
export function httpAuthorizer(given: Node): Branches {
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

/** An authorizer of a REST API, as a security scheme of its definition (SAM developer guide, "ApiAuth"). */
export function restAuthorizer(given: Node): Branches {
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
