import type { PayloadParts } from '../payloads/context.ts';
import { headerOf, queryOf } from './api-request.ts';
import { schemaProblems } from './json-schema.ts';
import { Refusal } from './refusal.ts';

/** Throws a Refusal for what a request's validator doesn't let through (API Gateway guide, "Request validation for REST APIs"). */
export function refuseInvalid({ route, request, parameters }: PayloadParts): void {
  const { validates, bodies = {} } = route;
  if (validates?.parameters) {
    const query = queryOf(request);
    const missing = Object.entries(route.parameters ?? {}).flatMap(([source, isRequired]) => {
      const [, place, name = ''] = /^method\.request\.(header|querystring|path)\.(.+)$/.exec(source) ?? [];
      const value =
        place === 'header'
          ? headerOf(request, name.toLowerCase())
          : place === 'querystring'
            ? query.get(name)?.join('')
            : parameters[name];
      return isRequired && !value ? [name] : [];
    });
    if (missing.length > 0)
      throw new Refusal(
        'BAD_REQUEST_PARAMETERS',
        `Missing required request parameters: [${missing.join(', ')}]`,
      );
  }
  if (!validates?.body) return;
  const type = (headerOf(request, 'content-type') ?? 'application/json').split(';', 1)[0]?.trim() ?? '';
  const schema = bodies[type];
  if (schema === undefined) return;
  const problems = schemaProblems(parsed(request.body), schema);
  const validationErrorString = `[${problems.join(', ')}]`;
  if (problems.length > 0)
    throw new Refusal('BAD_REQUEST_BODY', undefined, validationErrorString, { validationErrorString });
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    throw new Refusal('BAD_REQUEST_BODY');
  }
}
