import { entryOf, fields, type Node, scalar, textOf } from '../yaml/node.ts';
import { type Branches, type Tree, tree } from '../yaml/tree.ts';
import { httpAuthorizer, restAuthorizer } from './api-authorizers.ts';

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

export function restSecurity(line: number, auth: Node | undefined): Tree {
  const authorizers = entryOf(auth, 'Authorizers');
  const schemes: Record<string, Tree> = { [API_KEY]: { type: 'apiKey', name: 'x-api-key', in: 'header' } };
  for (const [name, given] of authorizers?.kind === 'fields' ? authorizers.entries : [])
    schemes[name] = restAuthorizer(given);
  schemes[IAM] = sigV4();
  return tree(line, schemes);
}

function sigV4(): Branches {
  return { type: 'apiKey', name: 'Authorization', in: 'header', 'x-amazon-apigateway-authtype': 'awsSigv4' };
}
