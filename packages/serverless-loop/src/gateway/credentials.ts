import type { IncomingHttpHeaders } from 'node:http';

/** The signer of a request, as the request names it. The signature itself is not verified: dummy credentials will do. */
export interface Credentials {
  readonly accessKeyId: string;
  /** The service the signature is for, in AWS's own short name, e.g. `dynamodb`. */
  readonly service: string;
}

/** A request, as far as it may say who signed it. */
interface Signable {
  headers: IncomingHttpHeaders;
  query: string;
}

/** More than the clients of one loop have in a day: past it the headers are read anew. */
const MAX_REMEMBERED = 1_000;

/** By the beginning of their header, which a client sends the same for a day. */
const remembered = new Map<string, Credentials>();

const HEADER = /^AWS4-[A-Z0-9-]+ .*?Credential=(?<credential>[^,\s]+)/;
const CREDENTIAL = /^(?<accessKeyId>[^/]+)\/(?<scope>.+)$/;

/** The signer of the request, by its header or, as for a presigned URL, by its query. */
export function credentialsOf({ headers, query }: Signable): Credentials | undefined {
  return parseCredentials(headers.authorization) ?? parsePresigned(query);
}

/**
 * Reads `Authorization: AWS4-HMAC-SHA256 Credential=<key id>/<date>/<region>/<service>/aws4_request, …` (IAM guide,
 * "Elements of an AWS API request signature"), or undefined when the request isn't signed so.
 */
export function parseCredentials(authorization: string | undefined): Credentials | undefined {
  if (authorization === undefined) return undefined;
  const beginning = authorization.slice(0, Math.max(authorization.indexOf(','), 0));
  const known = remembered.get(beginning);
  if (known) return known;
  const found = credentialIn(beginning);
  if (!found) return credentialIn(authorization);
  if (remembered.size >= MAX_REMEMBERED) remembered.clear();
  remembered.set(beginning, found);
  return found;
}

function credentialIn(authorization: string): Credentials | undefined {
  return parseCredential(HEADER.exec(authorization)?.groups?.credential);
}

/** Reads who presigned a URL (S3 API reference, "Authenticating Requests: Using Query Parameters", in both versions). */
export function parsePresigned(query: string): Credentials | undefined {
  if (query.includes('X-Amz-Credential='))
    return parseCredential(new URLSearchParams(query).get('X-Amz-Credential') ?? undefined);
  if (!query.includes('AWSAccessKeyId=')) return undefined;
  const parameters = new URLSearchParams(query);
  const accessKeyId = parameters.get('AWSAccessKeyId');
  // As S3 alone still takes them in its oldest Regions, and as the AWS CLI still makes them there.
  return accessKeyId && parameters.has('Signature') ? { accessKeyId, service: 's3' } : undefined;
}

function parseCredential(text: string | undefined): Credentials | undefined {
  const found = CREDENTIAL.exec(text ?? '')?.groups;
  if (!found) return undefined;
  // Read from the end: the asymmetric signature (SigV4A) has no Region in its scope.
  const scope = (found.scope ?? '').split('/');
  return {
    accessKeyId: found.accessKeyId ?? '',
    service: scope.at(-2) ?? '',
  };
}
