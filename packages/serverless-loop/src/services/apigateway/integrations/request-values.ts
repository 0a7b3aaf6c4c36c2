import { isObject } from '../../../aws/json-object.ts';
import { compilePath } from '../../../aws/json-path.ts';
import { identityOf } from '../access/identity.ts';
import type { PayloadParts } from '../payloads/context.ts';
import { requestContext1 } from '../payloads/format-1.ts';
import { queryOf } from '../requests/api-request.ts';

/** A parameter on its way to a backend. */
export interface Mapped {
  place: 'header' | 'path' | 'querystring';
  name: string;
  /** `remove` and what is to be gone has no value. */
  how: 'append' | 'overwrite' | 'remove';
  values: string[];
}

/**
 * Reads an integration's parameters: `integration.request.header.x: method.request.path.y` of a REST API (API Gateway guide,
 * "API Gateway API request and response data mapping reference"), `overwrite:header.x: $request.path.y` of an HTTP API ("Transform
 * API requests and responses for HTTP APIs"). One whose source isn't there is none.
 */
export function mappedParameters(
  parameters: Readonly<Record<string, string>>,
  parts: PayloadParts,
): Mapped[] {
  return Object.entries(parameters).flatMap(([target, source]): Mapped[] => {
    const [, how = 'overwrite', place, name = ''] =
      /^(?:integration\.request\.|(append|overwrite|remove):)(header|path|querystring)(?:\.(.+))?$/.exec(
        target,
      ) ?? [];
    if (place !== 'header' && place !== 'path' && place !== 'querystring') return [];
    if (how === 'remove') return [{ place, name, how, values: [] }];
    const values = target.startsWith('integration.') ? restValues(source, parts) : httpValues(source, parts);
    return values.length === 0 ? [] : [{ place, name, how: how === 'append' ? how : 'overwrite', values }];
  });
}

/** A static value stands in single quotes. */
function restValues(source: string, parts: PayloadParts): string[] {
  const quoted = /^'(.*)'$/s.exec(source)?.[1];
  if (quoted !== undefined) return [quoted];
  const [, query] = /^method\.request\.multivaluequerystring\.(.+)$/.exec(source) ?? [];
  if (query !== undefined) return queryOf(parts.request).get(query) ?? [];
  const [, header = ''] = /^method\.request\.multivalueheader\.(.+)$/.exec(source) ?? [];
  const name = header.toLowerCase();
  if (name !== '')
    return parts.request.headers.filter(([each]) => each.toLowerCase() === name).map(([, value]) => value);
  return readValue(source, parts) ?? [];
}

/** A value that begins with no dollar is static; `${request.path.id}` may stand within other text. */
function httpValues(source: string, parts: PayloadParts): string[] {
  if (!source.includes('${')) return source.startsWith('$') ? (readValue(source, parts) ?? []) : [source];
  return [
    source.replaceAll(/\$\{([^}]+)\}/g, (_whole, name: string) => readValue(`$${name}`, parts)?.[0] ?? ''),
  ];
}

function readValue(source: string, parts: PayloadParts): string[] | undefined {
  const path = source.replace(/^(?:\$|method\.)/, '');
  const [, parameter] = /^request\.path\.(.+)$/.exec(path) ?? [];
  if (parameter !== undefined) return listed(parts.parameters[parameter]);
  if (path === 'request.path') return [parts.path];
  const [, member] = /^request\.body(?:\.\$?\.?(.+))?$/.exec(path) ?? [];
  if (path.startsWith('request.body')) return listed(memberOf(parts.request.body, member));
  return listed(identityOf(source, parts.request, parts.stage, requestContext1(parts)));
}

function memberOf(body: Buffer, member: string | undefined): string | undefined {
  if (member === undefined) return body.toString();
  try {
    const value: unknown = JSON.parse(body.toString());
    const found = isObject(value) ? compilePath(`$.${member}`)?.(value) : undefined;
    return found === undefined || typeof found === 'string' ? found : JSON.stringify(found);
  } catch {
    return undefined;
  }
}

function listed(value: string | undefined): string[] | undefined {
  return value === undefined ? undefined : [value];
}
