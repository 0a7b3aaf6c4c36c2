import type { Call } from '../aws/operation.ts';
import { parseCredentials } from './credentials.ts';
import { unsigned } from './faults.ts';
import type { Received } from './received.ts';
import type { Routes } from './routes.ts';

export interface SignedCall {
  call: Call;
  /** The service in the signature's scope. */
  service: string;
}

/** Who calls, read from the signature. Throws AwsError with `unsignedStatus` when there is none. */
export function signedCall(
  { headers, endpoint, signal }: Received,
  identify: Routes['identify'],
  requestId: string,
  unsignedStatus: number,
): SignedCall {
  const credentials = parseCredentials(headers.authorization);
  if (!credentials) throw unsigned(unsignedStatus);
  const call: Call = { caller: identify(credentials.accessKeyId), requestId, endpoint, signal };
  const traceHeader = headers['x-amzn-trace-id'];
  if (typeof traceHeader === 'string') call.traceHeader = traceHeader;
  return { call, service: credentials.service };
}
