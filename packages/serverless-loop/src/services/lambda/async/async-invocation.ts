import type { Receiver, ReceiverOf } from '../../../aws/delivery.ts';
import type { RecordSegment } from '../../../aws/segment.ts';
import type { Clock, Timer } from '../../../clock.ts';
import type { Report } from '../../../facts.ts';
import { createTally } from '../../../tally.ts';
import type { FunctionModel } from '../../../template/model.ts';
import { notFound } from '../api/api-function-lookup.ts';
import type { AsyncEvent, Invoke, InvokeResult } from '../environments/invocation.ts';
import { asyncInvokeOf, calledFunction, qualifiedArn, versionOf } from '../qualifier.ts';
import { callTraceHeader } from '../telemetry/trace.ts';
import { type AsynchronousCall, asynchronousCall } from './asynchronous-call.ts';
import { afterFunctionError, afterRequeue, type Decision, isStopped, reasonOf, tryOnce } from './attempt.ts';
import { deliverOutcome } from './destination-delivery.ts';
import type { Condition } from './destination-record.ts';
import { type FunctionRights, functionReceiver } from './function-receiver.ts';

export interface AsyncInvocationOptions extends FunctionRights {
  clock: Clock;
  report: Report;
  /** 0 to 1, for the jitter of backoff. */
  random?: () => number;
  invoke: Invoke;
  recordSegment: RecordSegment;
  /** Finds destinations and dead-letter queues and topics. */
  receiverOf: ReceiverOf;
}

/** Messages that other services send to functions are events in the queue, too. */
export interface AsyncInvocation extends Receiver {
  /** Takes an event over; its first try starts at once. Throws AwsError when there is no such function. */
  accept(event: AsyncEvent): void;
  /** Resolves when nothing runs or waits to be tried again. */
  idle(): Promise<void>;
  /** Resolves when nothing runs; what waits to be tried again may wait. */
  settled(): Promise<void>;
  /** Empties the queue: what waits is gone, and what runs has no further try and no destination. */
  drop(): void;
  /** Starts no further try and drops what waits for one. */
  stop(): void;
}

/** An event in the queue. */
interface Queued {
  event: AsyncEvent;
  called: ReturnType<typeof calledFunction>;
  acceptedAtMs: number;
  /** Tries that ran. */
  tries: number;
  requeues: number;
  lastResult?: InvokeResult;
  /** Absent when the call isn't traced. */
  trace?: AsynchronousCall;
  waiting?: Timer | undefined;
  isDropped?: true;
  /** To be called when it leaves the queue. */
  left(): void;
}

/** Lambda's queue for asynchronous invocation, with its retries and destinations. */
export function startAsyncInvocation(options: AsyncInvocationOptions): AsyncInvocation {
  const { find, clock, report, invoke, recordSegment, random = Math.random } = options;
  const queue = new Set<Queued>();
  const tally = createTally();
  let settlers: (() => void)[] = [];
  let stopped = false;

  function accept(event: AsyncEvent): void {
    if (stopped) return;
    const { functionName, qualifier, requestId, sourceArn } = event;
    const model = find(functionName);
    if (!model) throw notFound(`Function not found: ${functionName}`);
    const version = versionOf(model, qualifier);
    if (version === undefined) throw notFound(`Function not found: ${qualifiedArn(model, qualifier)}`);
    const called = calledFunction(model, qualifier, version);
    const queued: Queued = {
      ...traced(event, model),
      called,
      acceptedAtMs: clock.elapsedMs(),
      tries: 0,
      requeues: 0,
      left: tally.begin(),
    };
    queue.add(queued);
    const source = sourceArn === undefined ? {} : { sourceArn };
    report({ kind: 'invocation.accepted', ...queued.called, requestId, ...source });
    void run(queued);
  }

  function traced(event: AsyncEvent, model: FunctionModel): Pick<Queued, 'event' | 'trace'> {
    // One that is there counts this call already.
    const traceHeader = event.traceHeader ?? callTraceHeader(undefined, model, clock.now());
    const trace = asynchronousCall(model, { ...event, traceHeader }, recordSegment);
    return trace
      ? { event: { ...event, traceHeader: trace.traceHeader }, trace }
      : { event: { ...event, traceHeader } };
  }

  /** Runs one try and what follows from it. Never rejects. */
  async function run(queued: Queued): Promise<void> {
    const { functionName, qualifier } = queued.event;
    const model = find(functionName);
    // Its events go with a function that is deleted.
    if (!model) return leave(queued);
    if (model.reservedConcurrency === 0) return end(queued, model, 'ZeroReservedConcurrency');
    const settings = asyncInvokeOf(model, qualifier);
    const attempt = await tryOnce(invoke, queued.event, queued.tries + 1, queued.trace);
    // "Lambda sends the event to a dead-letter queue or on-failure destination" (AWS Compute Blog, "Detecting and stopping
    // recursive loops in AWS Lambda functions").
    if (isStopped(attempt)) return end(queued, model, 'RetriesExhausted');
    if ('fault' in attempt) {
      queued.requeues += 1;
      const decision = afterRequeue(settings, queued.requeues, ageMs(queued), random);
      return proceed(queued, model, decision, reasonOf(attempt));
    }
    const { result } = attempt;
    queued.tries += 1;
    queued.lastResult = result;
    if (!result.functionError) return end(queued, model, 'Success');
    const decision = afterFunctionError(settings, queued.tries, ageMs(queued));
    return proceed(queued, model, decision, reasonOf(attempt));
  }

  async function proceed(
    queued: Queued,
    model: FunctionModel,
    decision: Decision,
    reason: string,
  ): Promise<void> {
    if ('giveUp' in decision) return end(queued, model, decision.giveUp);
    if (stopped || queued.isDropped) return leave(queued);
    const { called, event, tries } = queued;
    const delayMs = decision.retryInMs;
    queued.trace?.record(false);
    report({
      kind: 'invocation.retry',
      ...called,
      requestId: event.requestId,
      nextAttempt: tries + 1,
      delayMs,
      reason,
    });
    queued.waiting = clock.after(delayMs, () => {
      queued.waiting = undefined;
      void run(queued);
    });
    tellSettlers();
  }

  async function end(queued: Queued, model: FunctionModel, condition: Condition): Promise<void> {
    const { event, tries, lastResult } = queued;
    queued.trace?.record(true);
    const outcome = { event, condition, invokeCount: tries, ...(lastResult && { result: lastResult }) };
    if (condition !== 'Success') drop(queued, model, condition);
    if (!stopped && !queued.isDropped) await deliverOutcome(outcome, model, options);
    leave(queued);
  }

  function drop({ event, called }: Queued, model: FunctionModel, condition: Condition): void {
    const { onFailureArn, deadLetterArn } = asyncInvokeOf(model, event.qualifier);
    report({
      kind: 'invocation.dropped',
      ...called,
      requestId: event.requestId,
      condition,
      hasDestination: (onFailureArn ?? deadLetterArn) !== undefined,
    });
  }

  function leave(queued: Queued): void {
    if (queue.delete(queued)) queued.left();
    tellSettlers();
  }

  const isSettled = () => [...queue].every(({ waiting }) => waiting);

  function tellSettlers(): void {
    if (settlers.length === 0 || !isSettled()) return;
    for (const resolve of settlers) resolve();
    settlers = [];
  }

  function dropWaiting(): void {
    for (const queued of queue) {
      if (!queued.waiting) continue;
      queued.waiting.cancel();
      leave(queued);
    }
  }

  const ageMs = ({ acceptedAtMs }: Queued) => clock.elapsedMs() - acceptedAtMs;

  return {
    accept,
    ...functionReceiver({ ...options, accept, now: clock.now }),
    idle: tally.idle,
    async settled() {
      if (!isSettled()) await new Promise<void>((resolve) => settlers.push(resolve));
    },
    drop() {
      dropWaiting();
      for (const queued of queue) queued.isDropped = true;
    },
    stop() {
      stopped = true;
      dropWaiting();
    },
  };
}
