/** What a synchronous invocation takes. */
export interface InvokeRequest {
  functionName: string;
  payload: Buffer;
  requestId: string;
  traceHeader?: string;
  clientContext?: string;
  /** 1 for the first; asynchronous retries count up. */
  attempt?: number;
}

/** What it answers: a function's error is an answer too, as with AWS. */
export interface InvokeResult {
  payload: Buffer;
  functionError?: 'Unhandled';
  executedVersion: string;
  /** The last 4 KB of the invocation's log. */
  logTail: string;
  errorType?: string;
  errorMessage?: string;
}
