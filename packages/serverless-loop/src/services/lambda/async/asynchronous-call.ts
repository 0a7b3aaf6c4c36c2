import type { RecordSegment, ServiceSubsegment } from '../../../aws/segment.ts';
import { newSegmentId } from '../../../aws/trace-header.ts';
import type { FunctionModel } from '../../../template/model.ts';
import type { AsyncEvent } from '../environments/invocation.ts';
import { type CallEnd, outcomeOf, recordedCall, serviceSegment } from '../telemetry/service-segment.ts';
import { withParent } from '../telemetry/trace.ts';

/** The record of an event in the asynchronous queue: when it waited and each of its tries. */
export interface AsynchronousCall {
  /** Names the call as the parent, for what is sent on in its name. */
  traceHeader: string;
  /** Begins a try, throttled ones too. */
  attempt(): AsynchronousAttempt;
  /** Tells what there is so far; the same segment grows until it is final. */
  record(isFinal: boolean): void;
}

export interface AsynchronousAttempt {
  traceHeader: string;
  end(end: CallEnd): void;
}

/** Starts the record of an event that was just accepted; undefined when its call isn't recorded. */
export function asynchronousCall(
  fn: FunctionModel,
  event: AsyncEvent,
  recordSegment: RecordSegment,
): AsynchronousCall | undefined {
  const { traceHeader = '' } = event;
  const id = newSegmentId();
  const call = recordedCall(id, fn, event);
  if (!call) return undefined;
  const acceptedMs = Date.now();
  const subsegments: ServiceSubsegment[] = [];
  let lastFailed = false;

  return {
    traceHeader: withParent(traceHeader, id),
    attempt() {
      const attemptId = newSegmentId();
      const startMs = Date.now();
      const startedAt = performance.now();
      if (subsegments.length === 0) subsegments.push(dwellTime(acceptedMs, startMs));
      const name = `Attempt #${subsegments.length}`;
      return {
        traceHeader: withParent(traceHeader, attemptId),
        end(end) {
          const endMs = startMs + (performance.now() - startedAt);
          lastFailed = end.functionFailed;
          subsegments.push({
            id: attemptId,
            name,
            start_time: startMs / 1000,
            end_time: endMs / 1000,
            ...outcomeOf(end),
          });
        },
      };
    },
    record(isFinal) {
      // The service had answered long before: its segment ends with the acceptance. No page says so, and no public record was found.
      const times = { startMs: acceptedMs, endMs: acceptedMs };
      recordSegment(
        serviceSegment(call, times, { status: 202, functionFailed: lastFailed }, [...subsegments]),
        isFinal,
      );
    },
  };
}

function dwellTime(acceptedMs: number, startMs: number): ServiceSubsegment {
  return { id: newSegmentId(), name: 'Dwell Time', start_time: acceptedMs / 1000, end_time: startMs / 1000 };
}
