import type { PayloadParts } from '../payloads/context.ts';
import { contextValue, contextVariables } from '../payloads/context-variables.ts';
import { headerOf, queryOf } from '../requests/api-request.ts';
import { bodyMember } from './body-member.ts';

/** "API Gateway truncates the request body at 100 KB and then applies the selection expression" (the guide's page below). */
const MAX_BODY_BYTES_FOR_PATH = 102_400;

/**
 * The value of a parameter of an HTTP API's integration, for a service or a backend (API Gateway guide, "Create AWS service integrations
 * for HTTP APIs in API Gateway", "Transform API requests and responses for HTTP APIs in API Gateway"): a text, a part of the request, or a
 * text with parts in `${…}`. Undefined for a part that isn't there.
 */
export function parameterValue(source: string, parts: PayloadParts): string | undefined {
  return filledValue(source, (expression) => partOf(expression, parts));
}

/** The same, with whatever the parts come from; an expression comes without its dollar. */
export function filledValue(
  source: string,
  find: (expression: string) => string | undefined,
): string | undefined {
  if (source.includes('${'))
    return source.replaceAll(/\$\{([^{}]+)\}/g, (_whole, name: string) => find(name) ?? '');
  return source.startsWith('$') ? find(source.slice(1)) : source;
}

/** The part of a request that an expression such as `request.path.id` names. */
export function partOf(expression: string, parts: PayloadParts): string | undefined {
  const { request, parameters, headers, stage } = parts;
  const [, root, name = ''] =
    /^(request\.(?:header|querystring|path)|stageVariables|context)(?:\.(.+))?$/s.exec(expression) ?? [];
  switch (root) {
    case 'request.header':
      return headerOf({ headers }, name.toLowerCase());
    case 'request.querystring':
      return queryOf(request).get(name)?.join(',');
    case 'request.path':
      return name === '' ? parts.path : parameters[name];
    case 'stageVariables':
      return stage.variables?.[name];
    case 'context':
      return contextValue(contextVariables(parts), name);
    default:
      return bodyPart(expression, request.body);
  }
}

function bodyPart(expression: string, body: Buffer): string | undefined {
  const path = /^request\.body($|[.[].+)/s.exec(expression)?.[1];
  if (path === undefined) return undefined;
  if (path === '') return body.toString();
  return body.length > MAX_BODY_BYTES_FOR_PATH ? undefined : bodyMember(body.toString(), `$${path}`);
}
