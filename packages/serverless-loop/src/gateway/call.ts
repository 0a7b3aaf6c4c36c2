import type { Call, Caller } from '../aws/operation.ts';
import type { Received } from './received.ts';
import { unsigned } from './request-errors.ts';
import type { Routes } from './routes.ts';

export interface SignedCall {
  call: Call;
  /** The service in the signature's scope; empty when nobody signed. */
  service: string;
}

/** Reads the caller from the signature. Throws AwsError with `unsignedStatus` when there has to be one and is none. */
export function signedCall(
  received: Omit<Received, 'body'>,
  { identify, acceptsUnsigned = false }: Pick<Routes, 'identify' | 'acceptsUnsigned'>,
  requestId: string,
  unsignedStatus: number,
): SignedCall {
  const { credentials } = received;
  if (!credentials && !acceptsUnsigned) throw unsigned(unsignedStatus);
  return {
    call: new ReceivedCall(received, identify(credentials?.accessKeyId), requestId),
    service: credentials?.service ?? '',
  };
}

/** A call whose signal is made for the first that asks. */
class ReceivedCall implements Call {
  readonly caller: Caller;
  readonly requestId: string;
  readonly endpoint: string;
  readonly traceHeader?: string;
  readonly isDisturbed: boolean;
  readonly #received: Omit<Received, 'body'>;

  constructor(received: Omit<Received, 'body'>, caller: Caller, requestId: string) {
    const traceHeader = received.headers['x-amzn-trace-id'];
    this.caller = caller;
    this.requestId = requestId;
    this.endpoint = received.endpoint;
    if (typeof traceHeader === 'string') this.traceHeader = traceHeader;
    this.isDisturbed = received.isDisturbed === true;
    this.#received = received;
  }

  get signal(): AbortSignal {
    return this.#received.signal;
  }
}
