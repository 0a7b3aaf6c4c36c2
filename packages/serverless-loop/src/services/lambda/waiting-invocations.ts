import type { AwsError } from '../../aws/errors.ts';
import type { RunningCode } from './code/kept-code.ts';
import type { InvokeRequest, InvokeResult } from './environments/invocation.ts';

/** The invocations of one version of a function that wait for an environment, in their turns. */
export interface WaitingInvocations {
  /** Resolves with the answer. It runs in code that has the saves before it. */
  add(request: InvokeRequest, saves: number): Promise<InvokeResult>;
  /** The next in turn, if that code may run it. */
  nextFor(running: Pick<RunningCode, 'saves'> | undefined): Waiting | undefined;
  /** The same, which waits no more. */
  takeFor(running: Pick<RunningCode, 'saves'> | undefined): Waiting | undefined;
  count(): number;
  refuseAll(error: AwsError): void;
}

export interface Waiting {
  request: InvokeRequest;
  answer: PromiseWithResolvers<InvokeResult>;
  /** Of `performance.now()`. */
  sinceMs: number;
  saves: number;
}

export function waitingInvocations(): WaitingInvocations {
  const waiting: Waiting[] = [];

  function nextFor(running: Pick<RunningCode, 'saves'> | undefined): Waiting | undefined {
    const [next] = waiting;
    return next && running && next.saves <= running.saves ? next : undefined;
  }

  return {
    add(request, saves) {
      const answer = Promise.withResolvers<InvokeResult>();
      waiting.push({ request, answer, sinceMs: performance.now(), saves });
      return answer.promise;
    },
    nextFor,
    takeFor: (running) => nextFor(running) && waiting.shift(),
    count: () => waiting.length,
    refuseAll(error) {
      for (const { answer } of waiting.splice(0)) answer.reject(error);
    },
  };
}
