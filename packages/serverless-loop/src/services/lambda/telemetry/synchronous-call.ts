import { AwsError } from '../../../aws/errors.ts';
import type { RecordSegment } from '../../../aws/segment.ts';
import { newSegmentId } from '../../../aws/trace-header.ts';
import type { FunctionModel } from '../../../template/model.ts';
import type { Invoke } from '../environments/invocation.ts';
import { type CallEnd, recordedCall, serviceSegment } from './service-segment.ts';
import { withParent } from './trace.ts';

export interface SynchronousCallOptions {
  find(nameOrArn: string): FunctionModel | undefined;
  invoke: Invoke;
  recordSegment: RecordSegment;
}

/** Invokes and waits; a sampled call is recorded with the segment `AWS::Lambda`, the parent of the function's own. */
export function synchronousCall({ find, invoke, recordSegment }: SynchronousCallOptions): Invoke {
  return async (request) => {
    const fn = find(request.functionName);
    const { traceHeader = '' } = request;
    const call = fn && recordedCall(newSegmentId(), fn, request);
    if (!call) return await invoke(request);

    const startMs = Date.now();
    const startedAt = performance.now();
    const record = (end: CallEnd) => {
      const times = { startMs, endMs: startMs + (performance.now() - startedAt) };
      recordSegment(serviceSegment(call, times, end), true);
    };
    try {
      const result = await invoke({ ...request, traceHeader: withParent(traceHeader, call.id) });
      record({ status: 200, functionFailed: result.functionError !== undefined });
      return result;
    } catch (fault) {
      record({ status: statusOf(fault), functionFailed: false });
      throw fault;
    }
  };
}

export function statusOf(fault: unknown): number {
  return fault instanceof AwsError ? fault.status : 500;
}
