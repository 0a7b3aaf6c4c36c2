import type { HttpParts } from '../../aws/delivery.ts';
import type { JsonObject } from '../../aws/json-object.ts';
import { dynamicText } from './input-template.ts';
import type { EnrichmentParameters } from './pipe.ts';

/** Fills the HTTP request of an API destination from an event. */
export function httpParts(parameters: EnrichmentParameters['HttpParameters'], event: JsonObject): HttpParts {
  const { PathParameterValues = [], HeaderParameters = {}, QueryStringParameters = {} } = parameters ?? {};
  const filled = (values: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, dynamicText(value, event)]));
  return {
    path: PathParameterValues.map((value) => dynamicText(value, event)),
    headers: filled(HeaderParameters),
    query: filled(QueryStringParameters),
  };
}
