import { identityOf } from '../access/identity.ts';
import type { PayloadParts } from '../payloads/context.ts';
import { requestContext1 } from '../payloads/format-1.ts';
import { queryOf } from '../requests/api-request.ts';
import { bodyMember } from './body-member.ts';
import { parameterValue } from './parameter-value.ts';

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
    const values = target.startsWith('integration.')
      ? restValues(source, parts)
      : listed(parameterValue(source, parts));
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
  return listed(restValue(source, parts));
}

function restValue(source: string, parts: PayloadParts): string | undefined {
  const { request, stage, parameters } = parts;
  const [, parameter] = /^method\.request\.path\.(.+)$/.exec(source) ?? [];
  if (parameter !== undefined) return parameters[parameter];
  if (source === 'method.request.body') return request.body.toString();
  const [, member] = /^method\.request\.body\.(?:\$\.)?(.+)$/.exec(source) ?? [];
  if (member !== undefined) return bodyMember(request.body.toString(), `$.${member}`);
  return identityOf(source, request, stage, requestContext1(parts));
}

function listed(value: string | undefined): string[] {
  return value === undefined ? [] : [value];
}
