import type { ServiceSegment, ServiceSubsegment } from '../../../aws/segment.ts';
import { parseTraceHeader } from '../../../aws/trace-header.ts';
import type { FunctionModel } from '../../../template/model.ts';
import type { AsyncEvent } from '../environments/invocation.ts';
import { qualifiedArn } from '../qualifier.ts';

/** One call of a function, as Lambda's own service sees it. */
export interface ServiceCall {
  id: string;
  fn: FunctionModel;
  /** The version or alias that was called. */
  qualifier?: string;
  requestId: string;
  traceId: string;
  parentId?: string;
}

/** The end of a call, or of one try of it. */
export interface CallEnd {
  /** Of the HTTP answer. */
  status: number;
  /** The function failed: Lambda's own answer is 200 all the same. */
  functionFailed: boolean;
}

/** The call that a header asks to record, or none: Lambda records for active tracing, when the trace is sampled. */
export function recordedCall(
  id: string,
  fn: FunctionModel,
  { requestId, qualifier, traceHeader }: AsyncEvent,
): ServiceCall | undefined {
  const trace = parseTraceHeader(traceHeader);
  if (fn.tracing !== 'Active' || !trace?.sampled) return undefined;
  return {
    id,
    fn,
    requestId,
    ...(qualifier === undefined ? {} : { qualifier }),
    traceId: trace.root,
    ...(trace.parent === undefined ? {} : { parentId: trace.parent }),
  };
}

/** The service's segment of a call (Lambda guide, "Visualize Lambda function invocations using AWS X-Ray"). Times in epoch milliseconds. */
export function serviceSegment(
  { id, fn, qualifier, requestId, traceId, parentId }: ServiceCall,
  times: { startMs: number; endMs: number },
  end: CallEnd,
  subsegments?: ServiceSubsegment[],
): ServiceSegment {
  return {
    id,
    name: fn.name,
    start_time: times.startMs / 1000,
    trace_id: traceId,
    end_time: times.endMs / 1000,
    ...(parentId === undefined ? {} : { parent_id: parentId }),
    ...outcomeOf(end),
    aws: { request_id: requestId },
    origin: 'AWS::Lambda',
    resource_arn: qualifiedArn(fn, qualifier),
    ...(subsegments === undefined ? {} : { subsegments }),
  };
}

/** A throttle is an error, too (X-Ray guide, "Segment documents", Errors and exceptions). */
export function outcomeOf({ status, functionFailed }: CallEnd) {
  return {
    http: { response: { status } },
    ...(status === 429 ? { throttle: true } : {}),
    ...(status >= 400 && status < 500 ? { error: true } : {}),
    ...(status >= 500 || functionFailed ? { fault: true } : {}),
  };
}
