import type { Call } from '../aws/operation.ts';
import { type Credentials, parseCredentials, parsePresigned } from './credentials.ts';
import { unsigned } from './faults.ts';
import type { Received } from './received.ts';
import type { Routes } from './routes.ts';

export interface SignedCall {
  call: Call;
  /** The service in the signature's scope; empty when nobody signed. */
  service: string;
}

/** The signer of the request, by its header or, as for a presigned URL, by its query. */
export function credentialsOf({
  headers,
  query,
}: Pick<Received, 'headers' | 'query'>): Credentials | undefined {
  return parseCredentials(headers.authorization) ?? parsePresigned(query);
}

/** Reads the caller from the signature. Throws AwsError with `unsignedStatus` when there has to be one and is none. */
export function signedCall(
  received: Omit<Received, 'body'>,
  { identify, acceptsUnsigned = false }: Pick<Routes, 'identify' | 'acceptsUnsigned'>,
  requestId: string,
  unsignedStatus: number,
): SignedCall {
  const { headers, endpoint, credentials } = received;
  if (!credentials && !acceptsUnsigned) throw unsigned(unsignedStatus);
  const call: Call = {
    caller: identify(credentials?.accessKeyId),
    requestId,
    endpoint,
    get signal() {
      return received.signal;
    },
  };
  const traceHeader = headers['x-amzn-trace-id'];
  if (typeof traceHeader === 'string') call.traceHeader = traceHeader;
  return { call, service: credentials?.service ?? '' };
}
