/** A function is invoked, and its destinations hear of it. */
export type InvocationFact =
  | {
      kind: 'invocation.started';
      functionName: string;
      /** The version or alias that was called, as of all invocations; absent for the bare name. */
      qualifier?: string;
      /** The version that runs. */
      executedVersion: string;
      requestId: string;
      coldStart: boolean;
      /** 1 for the first; asynchronous retries count up under the same request id. */
      attempt: number;
      traceId?: string;
      /** The resource that invokes it, or the role of a function that does; absent for a developer, and for a batch, which has its own. */
      sourceArn?: string;
    }
  | {
      kind: 'invocation.ended';
      functionName: string;
      qualifier?: string;
      executedVersion: string;
      requestId: string;
      attempt: number;
      outcome: 'ok' | 'error' | 'timeout';
      durationMs: number;
      /** Only for the first invocation of an environment. */
      initMs?: number;
      errorType?: string;
      errorMessage?: string;
      /** Of the trace that has it. */
      traceId?: string;
    }
  | {
      kind: 'invocation.throttled';
      functionName: string;
      qualifier?: string;
      executedVersion: string;
      requestId: string;
      attempt: number;
    }
  | {
      kind: 'invocation.accepted';
      functionName: string;
      qualifier?: string;
      executedVersion: string;
      requestId: string;
      sourceArn?: string;
    }
  | {
      kind: 'invocation.retry';
      functionName: string;
      qualifier?: string;
      executedVersion: string;
      requestId: string;
      nextAttempt: number;
      delayMs: number;
      reason: string;
    }
  | {
      kind: 'destination.sent';
      functionName: string;
      qualifier?: string;
      requestId: string;
      condition: string;
      destinationArn: string;
    }
  | {
      kind: 'destination.failed';
      functionName: string;
      qualifier?: string;
      requestId: string;
      condition: string;
      destinationArn: string;
      /** It was for the function's DeadLetterConfig, not for a destination. */
      isDeadLetter: boolean;
      reason: string;
    }
  /** An event is given up without success. What becomes of it is told by the facts of its destinations, where it has any. */
  | {
      kind: 'invocation.dropped';
      functionName: string;
      qualifier?: string;
      executedVersion: string;
      requestId: string;
      condition: string;
      hasDestination: boolean;
    }
  /** An event came round to the same function about 16 times, by what the function itself sent: it is not invoked again. */
  | { kind: 'recursion.stopped'; functionName: string }
  /** Told once for each source of a function or pipe, and for each rule, whose own ARN is its source. */
  | {
      kind: 'recursion.slowed';
      name: string;
      sourceArn: string;
      delayMs: number;
      /** The rounds after which it is slowed. Absent: 16. */
      rounds?: number;
    };
