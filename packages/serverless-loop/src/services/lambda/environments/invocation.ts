import type { ResponseSink } from '../../../aws/response-sink.ts';

/** One try of an invocation, as Lambda's API and its asynchronous queue ask for it. */
export interface InvokeRequest {
  functionName: string;
  /** The version or alias that was called; absent for the bare name. */
  qualifier?: string;
  payload: Buffer;
  /** Stays the same over the tries of an asynchronous invocation. */
  requestId: string;
  traceHeader?: string;
  /** The resource that invokes it, or the role of a function that does; absent for a developer. */
  sourceArn?: string;
  /** 1 for the first. */
  attempt: number;
  /** JSON text that the function finds in `context.clientContext`. */
  clientContext?: string;
  /** Takes the parts of an answer that is streamed, as they come; the result's payload is empty then. */
  sink?: ResponseSink;
}

/** An event for Lambda's asynchronous queue. */
export type AsyncEvent = Omit<InvokeRequest, 'attempt' | 'clientContext' | 'sink'>;

/** Its answer: a function's error is an answer too, as with AWS. */
export interface InvokeResult {
  payload: Buffer;
  functionError?: 'Unhandled';
  executedVersion: string;
  /** The last 4 KB of the invocation's log. */
  logTail: string;
  errorType?: string;
  errorMessage?: string;
}

/** Runs one try. Throws the AwsError TooManyRequestsException when there is no concurrency left for it. */
export type Invoke = (request: InvokeRequest) => Promise<InvokeResult>;
