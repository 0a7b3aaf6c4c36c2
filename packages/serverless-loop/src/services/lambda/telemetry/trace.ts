import { withRound } from '../../../aws/lineage.ts';
import {
  formatTraceHeader,
  newSegmentId,
  newTraceId,
  parseTraceHeader,
  type TraceHeader,
} from '../../../aws/trace-header.ts';
import type { FunctionModel } from '../../../template/model.ts';

/** The trace that an invocation belongs to. */
export interface Trace {
  /** The header as the function is told it. */
  header: string;
  /** The header that the invocation came with. */
  upstream: string;
  traceId: string;
  /** The parent of all that the function records. */
  segmentId: string;
  /** The segment or subsegment of the call. */
  parentId?: string;
  sampled: boolean;
  /** Lambda records the invocation: with PassThrough it only hands the header on. */
  isRecorded: boolean;
}

/**
 * The header under which a call of a function is traced. Active tracing starts a trace where there is none and samples
 * where the decision is open: AWS would by its sampling rules, the loop keeps every one. PassThrough leaves the trace as it
 * is, whatever the header says (AWS Compute Blog, "Streamlining trace sampling behavior for AWS Lambda functions"); where
 * there is none it makes one that is not sampled: a function always finds `_X_AMZN_TRACE_ID` (Lambda guide, "Defined
 * runtime environment variables"), and what it sends on always has an AWSTraceHeader.
 * Each call counts in the header's lineage, whatever is traced (Lambda guide, "Recursive loop detection"); `lineage` is that of
 * what the function is called with, when it came without a trace of its own.
 */
export function callTraceHeader(
  header: string | undefined,
  fn: Pick<FunctionModel, 'tracing' | 'arn' | 'recursiveLoop'>,
  nowMs: number,
  lineage: readonly string[] = [],
): string {
  const given = parseTraceHeader(header);
  const others = withRound([...(given?.others ?? []), ...lineage], fn);
  if (fn.tracing === 'PassThrough') {
    if (given) return formatTraceHeader({ ...given, others });
    return header || unsampled(nowMs, others);
  }
  const trace: Omit<TraceHeader, 'others'> = given ?? { root: newTraceId(nowMs) };
  return formatTraceHeader({ ...trace, sampled: trace.sampled ?? true, others });
}

/**
 * Continues the call's trace in an execution environment. A recorded invocation gets an id of its own, which becomes the
 * parent in the function's header; else that stays as it is (the runtime interface emulator's tracer does the same).
 */
export function traceOf(
  header: string | undefined,
  fn: Pick<FunctionModel, 'tracing' | 'arn'>,
): Trace | undefined {
  const upstream = parseTraceHeader(header);
  if (header === undefined || upstream === undefined) return undefined;
  const isRecorded = fn.tracing === 'Active' && upstream.sampled === true;
  const segmentId = isRecorded ? newSegmentId() : (upstream.parent ?? '');
  return {
    header: isRecorded ? formatTraceHeader({ ...upstream, parent: segmentId }) : header,
    upstream: header,
    traceId: upstream.root,
    segmentId,
    ...(upstream.parent === undefined ? {} : { parentId: upstream.parent }),
    sampled: upstream.sampled === true,
    isRecorded,
  };
}

function unsampled(nowMs: number, others: string[]): string {
  return formatTraceHeader({
    root: newTraceId(nowMs),
    parent: newSegmentId(),
    sampled: false,
    others,
  });
}

/** The same trace, called by another segment. */
export function withParent(header: string, parent: string): string {
  const trace = parseTraceHeader(header);
  return trace ? formatTraceHeader({ ...trace, parent }) : header;
}
