import type { InvokeResult } from './invocation.ts';

export type { InvokeResult };

/** One try of an invocation, as Lambda's API and its asynchronous queue ask for it. */
export interface InvokeRequest {
  functionName: string;
  payload: Buffer;
  /** Stays the same over the tries of an asynchronous invocation. */
  requestId: string;
  traceHeader?: string;
  /** 1 for the first. */
  attempt: number;
  /** JSON text that the function finds in `context.clientContext`. */
  clientContext?: string;
}

/** Runs one try. Throws the AwsError TooManyRequestsException when there is no concurrency left for it. */
export type Invoke = (request: InvokeRequest) => Promise<InvokeResult>;

/** An event for Lambda's asynchronous queue. */
export interface AsyncEvent {
  functionName: string;
  payload: Buffer;
  requestId: string;
  traceHeader?: string;
}
