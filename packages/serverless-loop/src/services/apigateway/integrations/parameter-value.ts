import { isObject } from '../../../aws/json-object.ts';
import type { PayloadParts } from '../payloads/context.ts';

/**
 * The value of a parameter of an HTTP API's integration: a text, a part of the request, or a text with parts in `${…}` (API
 * Gateway guide, "Transform API requests and responses for HTTP APIs in API Gateway"); undefined for a part that isn't there.
 */
export function parameterValue(source: string, parts: PayloadParts): string | undefined {
  if (/^\$(request|context|stageVariables)\b/.test(source)) return partOf(source.slice(1), parts);
  return source.replaceAll(/\$\{([^{}]+)\}/g, (_whole, name: string) => partOf(name, parts) ?? '');
}

function partOf(
  expression: string,
  { request, parameters, headers, api, stage, route }: PayloadParts,
): string | undefined {
  const [root = '', place = '', ...rest] = expression.split('.');
  const name = rest.join('.');
  if (root === 'stageVariables') return stage.variables?.[[place, ...rest].join('.')];
  if (root === 'context') {
    const known: Readonly<Record<string, string>> = {
      requestId: request.requestId,
      apiId: api.name,
      stage: stage.name,
      httpMethod: request.method,
      routeKey: route.path === '$default' ? route.path : `${route.method} ${route.path}`,
    };
    return Object.hasOwn(known, place) ? known[place] : undefined;
  }
  if (place.startsWith('body')) return inBody(request.body.toString(), [place.slice(4), ...rest].join('.'));
  if (place === 'path') return name === '' ? request.path : parameters[name];
  if (place === 'querystring') return new URLSearchParams(request.query).get(name) ?? undefined;
  if (place === 'header') {
    const found = headers.filter(([header]) => header.toLowerCase() === name.toLowerCase());
    return found.length === 0 ? undefined : found.map(([, value]) => value).join(',');
  }
  return undefined;
}

/** The whole body, or what a path leads to in its JSON: a text as it is, anything else as JSON. */
function inBody(body: string, path: string): string | undefined {
  const steps = path.match(/[^.[\]]+/g) ?? [];
  if (steps.length === 0) return body;
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return undefined;
  }
  for (const step of steps)
    value = Array.isArray(value) ? value[Number(step)] : isObject(value) ? value[step] : undefined;
  return typeof value === 'string' || value === undefined ? value : JSON.stringify(value);
}
