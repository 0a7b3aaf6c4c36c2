import { ParameterOverrideError } from './parameter-overrides.ts';

/**
 * `Db.Endpoint.Address=localhost`, one an element: values that the loop can't know, by what the template or another stack calls
 * them. Throws ParameterOverrideError.
 */
export function parseGivenValues(elements: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    elements.map((element) => {
      const equals = element.indexOf('=');
      if (equals <= 0) throw new ParameterOverrideError(element, 'Name=value');
      return [element.slice(0, equals), element.slice(equals + 1)];
    }),
  );
}
