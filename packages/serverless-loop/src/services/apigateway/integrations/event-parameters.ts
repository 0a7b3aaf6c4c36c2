import type { PayloadParts } from '../payloads/context.ts';
import { mappedParameters } from './request-values.ts';

/**
 * The parts of a function's event with the request's parameters mapped: "a key-value map specifying how to transform HTTP requests
 * before sending them to the backend integrations" holds for functions, too (API Gateway V2 API reference, "CreateIntegration",
 * requestParameters).
 */
export function withEventParameters(
  parts: PayloadParts,
  parameters: Readonly<Record<string, string>>,
): PayloadParts {
  const mapped = mappedParameters(parameters, parts);
  let { request, headers, path } = parts;
  for (const { place, name, how, values } of mapped) {
    if (place === 'path') {
      const next = values.join(',');
      // Through a domain the event's path begins with the base path.
      const before = request.path.endsWith(path) ? request.path.slice(0, -path.length) : request.path;
      request = { ...request, path: `${before}${next}` };
      path = next;
    } else if (place === 'header') {
      const kept =
        how === 'append' ? headers : headers.filter(([each]) => each.toLowerCase() !== name.toLowerCase());
      headers = [...kept, ...values.map((value) => [name, value] as const)];
    } else {
      const query = new URLSearchParams(request.query);
      if (how !== 'append') query.delete(name);
      for (const value of values) query.append(name, value);
      request = { ...request, query: query.toString() };
    }
  }
  return { ...parts, request, headers, path };
}
