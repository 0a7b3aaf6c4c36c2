import type { Readable } from 'node:stream';

/** A request as it came to an API, and what is known of where it goes. */
export interface ApiRequest {
  id: string;
  method: string;
  /** Undecoded, with the stage; without the query. */
  path: string;
  /** Undecoded. */
  query: string;
  /** In the order in which they came, as they were written. */
  headers: readonly (readonly [name: string, value: string])[];
  body: Buffer;
  /** The host that the caller named. */
  host: string;
  protocol: string;
  sourceIp: string;
  port: number;
  /** Of the request: `3f2b…`, as API Gateway tells it to the caller and to the function. */
  requestId: string;
  /** Epoch milliseconds. */
  atMs: number;
  /** The custom domain that it came to, in place of an id. */
  domain?: string;
  /** The mapping of the domain that leads to the API. */
  mapped?: MappedRequest;
  /** Aborted when the caller went away. */
  signal: AbortSignal;
}

/** A request as a mapping of a custom domain hands it to an API. */
export interface MappedRequest {
  /** `v1/orders` */
  basePath: string;
  /** Absent where the path that is left begins with it. */
  stage?: string;
  /** Undecoded, without the base path. */
  path: string;
}

/** A request with its signer. */
export interface SignedRequest extends ApiRequest {
  accessKeyId?: string;
  /** Its body was more than anything here takes, and was not read. */
  isTooLarge?: boolean;
}

/** An answer for the caller. A header may come several times. */
export interface ApiAnswer {
  status: number;
  headers: Record<string, string | string[]>;
  /** A stream goes on as it comes. */
  body: string | Buffer | Readable;
}

export function headerOf({ headers }: Pick<ApiRequest, 'headers'>, name: string): string | undefined {
  const values = headers.filter(([each]) => each.toLowerCase() === name).map(([, value]) => value);
  return values.length === 0 ? undefined : values.join(',');
}

/** Each parameter with all its values, decoded, in the order of their first coming. */
export function queryOf({ query }: Pick<ApiRequest, 'query'>): Map<string, string[]> {
  const values = new Map<string, string[]>();
  for (const part of query.split('&')) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const name = queryText(equals < 0 ? part : part.slice(0, equals));
    const value = equals < 0 ? '' : queryText(part.slice(equals + 1));
    values.set(name, [...(values.get(name) ?? []), value]);
  }
  return values;
}

function queryText(text: string): string {
  return decoded(text.replaceAll('+', ' '));
}

/** Text that is no percent-encoding stays as it came. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
