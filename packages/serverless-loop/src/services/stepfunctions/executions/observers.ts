import { deliver } from '../../../aws/delivery.ts';
import { lineageFields, lineageHeader, withRound } from '../../../aws/lineage.ts';
import type { HistoryEvent } from '../history/history.ts';
import type { StepFunctionsOptions } from '../options.ts';
import { isLogged, logLine } from './execution-log.ts';
import { executionTrace } from './execution-trace.ts';
import type { Started } from './started.ts';
import { statusEvent } from './status-event.ts';

/** Takes the events of one execution. */
export type ObserveEvent = (event: HistoryEvent, execution: { arn: string }) => void;

export interface ExecutionObservers {
  observe(started: Started): ObserveEvent;
  /** The trace header that the tasks of an execution pass on. */
  traceHeaderOf(executionArn: string): string | undefined;
}

/** Logs executions, traces them, and tells EventBridge of their status. */
export function executionObservers({
  receiverOf,
  putServiceEvent,
  recordSegment,
  wallClock,
}: Pick<
  StepFunctionsOptions,
  'receiverOf' | 'putServiceEvent' | 'recordSegment' | 'wallClock'
>): ExecutionObservers {
  const headers = new Map<string, string>();

  return {
    observe(started) {
      const { model, isByService } = started;
      const { logging } = model;
      const startedMs = wallClock.now();
      const traceHeader = started.traceHeader ?? (isByService && lineageHeader([], startedMs));
      const trace = executionTrace(model, traceHeader, startedMs, recordSegment);
      // Its status may start it again, by a rule.
      const lineage = lineageHeader(withRound(lineageFields(traceHeader), model), startedMs);
      return (event, { arn }) => {
        if (event.id === 1 && trace.header !== undefined) headers.set(arn, trace.header);
        trace.onEvent(event);
        const told = statusEvent(event, started, { arn, startedMs });
        if (told) putServiceEvent({ ...told, traceHeader: lineage });
        if (told && event.id !== 1) headers.delete(arn);
        const { logGroupArn = '', includesData } = logging;
        if (!isLogged(logging, event)) return;
        const body = logLine(event, { executionArn: arn, redriveCount: 0, includesData });
        const sender = { service: 'delivery.logs.amazonaws.com', sourceArn: model.arn };
        // A group that is gone takes no lines, and holds up no execution.
        deliver(receiverOf, logGroupArn.replace(/:\*$/, ''), { body }, sender).catch(() => {});
      };
    },
    traceHeaderOf: (executionArn) => headers.get(executionArn),
  };
}
