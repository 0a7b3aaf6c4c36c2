import type { InvokeRequest, InvokeResult } from '../environments/invocation.ts';

/** Runs one try. Throws the AwsError TooManyRequestsException when there is no concurrency left for it. */
export type Invoke = (request: InvokeRequest) => Promise<InvokeResult>;

/** An event for Lambda's asynchronous queue. */
export interface AsyncEvent {
  functionName: string;
  /** The version or alias that was called; absent for the bare name. */
  qualifier?: string;
  payload: Buffer;
  requestId: string;
  traceHeader?: string;
  /** As of InvokeRequest. */
  sourceArn?: string;
}
