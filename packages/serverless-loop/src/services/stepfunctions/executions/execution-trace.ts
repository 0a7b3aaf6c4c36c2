import { lineageFields, withRound } from '../../../aws/lineage.ts';
import type { RecordSegment } from '../../../aws/segment.ts';
import { formatTraceHeader, newSegmentId, newTraceId, parseTraceHeader } from '../../../aws/trace-header.ts';
import type { HistoryEvent } from '../history/history.ts';
import type { StateMachineModel } from '../machines/state-machine.ts';

/** The trace of an execution. */
export interface ExecutionTrace {
  /** The header that its tasks pass on; undefined without one. */
  header: string | undefined;
  /** Records the execution's own segment once it has ended. */
  onEvent(event: HistoryEvent): void;
}

/**
 * Traces an execution of a machine whose tracing is on, in the trace that it was started in or in a new one; of another machine
 * the header goes on as it came, with one round more in its lineage (Step Functions guide, "Trace Step Functions request data in AWS X-Ray").
 */
export function executionTrace(
  model: StateMachineModel,
  given: string | undefined,
  startedMs: number,
  recordSegment: RecordSegment,
): ExecutionTrace {
  const upstream = parseTraceHeader(given);
  const others = withRound(lineageFields(given), model);
  if (!model.isTraced || upstream?.sampled === false)
    return { header: upstream && formatTraceHeader({ ...upstream, others }), onEvent: () => {} };
  const id = newSegmentId();
  const root = upstream?.root ?? newTraceId(startedMs);
  const { parent } = upstream ?? {};
  return {
    header: formatTraceHeader({ root, parent: id, sampled: true, others }),
    onEvent({ type, timestampMs }) {
      if (!/^Execution(Succeeded|Failed|TimedOut|Aborted)$/.test(type)) return;
      recordSegment(
        {
          id,
          name: model.name,
          start_time: startedMs / 1000,
          trace_id: root,
          end_time: timestampMs / 1000,
          ...(parent !== undefined && { parent_id: parent }),
          ...(type !== 'ExecutionSucceeded' && { fault: true }),
          origin: 'AWS::StepFunctions::StateMachine',
          resource_arn: model.arn,
        },
        true,
      );
    },
  };
}
