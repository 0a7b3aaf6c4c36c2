import { isObject, type JsonObject } from '../../../aws/json-object.ts';

export const ARRAY_FORMATS = ['INDICES', 'REPEAT', 'COMMAS', 'BRACKETS'] as const;

/** The names of the elements of a list in a form: `a[0]=1`, `a=1&a=2`, `a=1,2` or `a[]=1`. */
export type ArrayFormat = (typeof ARRAY_FORMATS)[number];

/**
 * Writes an object as a form (Step Functions guide, "Apply URL-encoding on request body":
 * https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html#url-encode-request-body).
 */
export function formText(body: JsonObject, format: ArrayFormat): string {
  return pairs('', body, format)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');
}

function pairs(name: string, value: unknown, format: ArrayFormat): [string, string][] {
  if (Array.isArray(value)) return listPairs(name, value, format);
  if (!isObject(value)) return [[name, plainText(value)]];
  return Object.entries(value).flatMap(([key, each]) =>
    pairs(name === '' ? key : `${name}[${key}]`, each, format),
  );
}

function listPairs(name: string, values: unknown[], format: ArrayFormat): [string, string][] {
  if (format === 'COMMAS') return [[name, values.map(plainText).join(',')]];
  return values.flatMap((value, index) => {
    const own = { INDICES: `${name}[${index}]`, REPEAT: name, BRACKETS: `${name}[]` }[format];
    return pairs(own, value, format);
  });
}

/** A text as it is, anything else as JSON. */
export function plainText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
