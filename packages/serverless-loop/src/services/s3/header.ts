import type { RestXmlRequest } from '../../aws/rest-xml-service.ts';

/** A header's one value. */
export function headerOf({ headers }: Pick<RestXmlRequest, 'headers'>, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}
