/** Lambda reads a source, and invokes a function with batches of its records. */
export type EventSourceFact =
  /** Lambda read records of a source and invokes the function with them. */
  | { kind: 'batch.read'; sourceArn: string; functionName: string; requestId: string; recordCount: number }
  | {
      kind: 'batch.succeeded';
      sourceArn: string;
      functionName: string;
      requestId: string;
      recordCount: number;
    }
  /** Some of it, or all. What failed comes again, unless its source gives it up. */
  | {
      kind: 'batch.failed';
      sourceArn: string;
      functionName: string;
      requestId: string;
      recordCount: number;
      failedCount: number;
      reason: string;
    }
  /** The function was throttled or failed, and is invoked with the same records again. */
  | {
      kind: 'batch.retry';
      sourceArn: string;
      functionName: string;
      requestId: string;
      recordCount: number;
      delayMs: number;
      reason: string;
    }
  /** Records of a stream that are tried no more. `problem`: the destination could not be told. */
  | {
      kind: 'batch.discarded';
      sourceArn: string;
      functionName: string;
      requestId: string;
      recordCount: number;
      condition: string;
      destinationArn?: string;
      problem?: string;
    }
  /** Records that the mapping's filter doesn't want. */
  | { kind: 'batch.filtered'; sourceArn: string; functionName: string; recordCount: number }
  /** A queue has several functions that read it: each message goes to one of them. */
  | { kind: 'source.shared'; sourceArn: string; functionNames: string[] }
  /** A function wrote to a table whose stream it reads: what it writes comes back to it. Told once. */
  | { kind: 'source.feedsItself'; sourceArn: string; functionName: string }
  /** Nothing is read from a source, until the reason is gone. */
  | { kind: 'source.stopped'; sourceArn: string; functionName: string; reason: string };
