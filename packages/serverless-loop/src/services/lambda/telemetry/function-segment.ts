import { parseArn } from '../../../aws/arn.ts';
import type { ServiceSegment, ServiceSubsegment } from '../../../aws/segment.ts';
import { newSegmentId } from '../../../aws/trace-header.ts';
import type { FunctionModel } from '../../../template/model.ts';
import type { FunctionEnding } from '../environments/function-ending.ts';
import { causeOf } from './function-segment-cause.ts';
import type { InitReport } from './platform-lines.ts';
import type { Trace } from './trace.ts';

/** One run of a function, and what belongs to it. */
export interface FunctionRun {
  fn: FunctionModel;
  /** As it was called, with the qualifier. */
  calledArn: string;
  trace: Trace;
  ending: FunctionEnding;
  /** Epoch milliseconds. */
  startedAtMs: number;
  /** Until the answer. */
  durationMs: number;
  /** Until the runtime asked for more, or was gone. */
  wholeMs: number;
  initialisations: Initialisation[];
}

export interface Initialisation extends InitReport {
  /** Epoch milliseconds. */
  endedAtMs: number;
}

/**
 * The function's segment as Lambda sends it: initialisation, which may have begun before it, invocation and overhead
 * (Lambda guide, "Visualize Lambda function invocations using AWS X-Ray"). The function's own subsegments hang under the
 * invocation, whose id it is told as its parent.
 */
export function functionSegment(run: FunctionRun): ServiceSegment {
  const { fn, calledArn, trace, startedAtMs, durationMs, wholeMs, ending } = run;
  const cause = ending.outcome === 'ok' ? undefined : causeOf(ending);
  const fault = cause === undefined ? {} : { fault: true };
  const aws = { function_arn: calledArn };
  const answered = seconds(startedAtMs + durationMs);
  const end_time = seconds(startedAtMs + wholeMs);
  return {
    id: newSegmentId(),
    name: fn.name,
    start_time: seconds(startedAtMs),
    trace_id: trace.traceId,
    end_time,
    ...(trace.parentId === undefined ? {} : { parent_id: trace.parentId }),
    ...fault,
    ...(cause === undefined ? {} : { cause }),
    aws: {
      account_id: parseArn(fn.arn)?.accountId ?? '',
      function_arn: calledArn,
      resource_names: [fn.name],
    },
    origin: 'AWS::Lambda::Function',
    subsegments: [
      ...run.initialisations.map((initialisation) => initialisationSubsegment(initialisation, aws)),
      {
        id: trace.segmentId,
        name: 'Invocation',
        start_time: seconds(startedAtMs),
        end_time: answered,
        ...fault,
        ...(cause === undefined ? {} : { cause }),
        aws,
      },
      { id: newSegmentId(), name: 'Overhead', start_time: answered, end_time, aws },
    ],
  };
}

function initialisationSubsegment(
  { endedAtMs, durationMs, status }: Initialisation,
  aws: Record<string, unknown>,
): ServiceSubsegment {
  return {
    id: newSegmentId(),
    name: 'Initialization',
    start_time: seconds(endedAtMs - durationMs),
    end_time: seconds(endedAtMs),
    ...(status === 'success' ? {} : { fault: true }),
    aws,
  };
}

function seconds(epochMs: number): number {
  return epochMs / 1000;
}
