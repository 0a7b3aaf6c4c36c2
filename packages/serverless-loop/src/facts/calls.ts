/** Somebody calls an API or an operation; a fault disturbs it. */
export type CallFact =
  /** An API, or a function's URL, has answered a request. */
  | {
      kind: 'request.answered';
      apiId: string;
      apiName: string;
      protocol: 'HTTP' | 'REST' | 'URL';
      /** Empty where the request named none. */
      stage: string;
      method: string;
      /** `GET /boxes/{id}`, `$default`; empty where no route takes it. */
      routeKey: string;
      requestId: string;
      status: number;
      durationMs: number;
      /** Of that, what the function took. */
      integrationMs?: number;
      functionName?: string;
      /** The reason for an answer of API Gateway's own. */
      reason?: string;
    }
  | { kind: 'call.denied'; caller: string; action: string; resource: string; reason: string }
  | { kind: 'call.unknown'; service: string; operation: string }
  /** Somebody wants calls or invocations disturbed; and no more. */
  | { kind: 'fault.set'; faultId: string; description: string }
  | { kind: 'fault.removed'; faultId: string; description: string }
  /** It was done: to a call, by its service and operation, or to an invocation. */
  | {
      kind: 'fault.injected';
      faultId: string;
      action: string;
      service?: string;
      operation?: string;
      /** The function that called, or that was invoked. */
      functionName?: string;
      requestId?: string;
    };
