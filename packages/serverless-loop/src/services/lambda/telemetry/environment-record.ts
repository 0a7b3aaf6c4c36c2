import type { RecordSegment } from '../../../aws/segment.ts';
import type { Report } from '../../../facts.ts';
import type { FunctionModel } from '../../../template/model.ts';
import type { FunctionEnding } from '../environments/function-ending.ts';
import type { InvokeRequest, InvokeResult } from '../environments/invocation.ts';
import type { RuntimeEvent } from '../environments/runtime-api.ts';
import { calledFunction, qualifiedArn } from '../qualifier.ts';
import { functionSegment, type Initialisation } from './function-segment.ts';
import { invocationLog } from './invocation-log.ts';
import type { InitPhase, InitReport, PlatformLog } from './platform-lines.ts';
import { traceOf } from './trace.ts';

/** Tells what happens in an execution environment: its facts, the lines of its log and its segments. */
export interface EnvironmentRecord {
  /** A line that the function has logged. */
  line(line: string): void;
  initStarted(phase: InitPhase): void;
  initEnded(report: InitReport): void;
  /** Begins an invocation, one at a time. */
  begin(request: InvokeRequest): InvocationRecord;
}

export interface InvocationRecord {
  /** For the runtime. */
  event: RuntimeEvent;
  /** Ends it with the answer for its caller. `free` resolves when the runtime asks for more. */
  end(ending: FunctionEnding, maxMemoryMB: number, free: Promise<void>): InvokeResult;
}

export interface EnvironmentRecordOptions {
  fn: FunctionModel;
  version: string;
  platformLog: PlatformLog;
  report: Report;
  recordSegment: RecordSegment;
}

export function environmentRecord(
  { fn, version, platformLog, report, recordSegment }: EnvironmentRecordOptions,
  logStream: string,
): EnvironmentRecord {
  const log = invocationLog({ functionName: fn.name, logGroup: fn.logging.logGroup, logStream }, report);
  /** Since the last invocation; the first one's began before it. */
  let inits: Initialisation[] = [];
  /** Duration of the first initialisation, when it went well. */
  let firstInitMs: number | undefined;
  let coldStart = true;

  function begin(request: InvokeRequest): InvocationRecord {
    const { requestId, payload, clientContext, attempt, sink, sourceArn } = request;
    const subject = { ...calledFunction(fn, request.qualifier, version), requestId, attempt };
    const calledArn = qualifiedArn(fn, request.qualifier);
    const trace = traceOf(request.traceHeader, fn);
    const initMs = coldStart ? firstInitMs : undefined;
    const traceId = trace?.sampled ? { traceId: trace.traceId } : {};
    const source = sourceArn === undefined ? {} : { sourceArn };
    report({ kind: 'invocation.started', ...subject, coldStart, ...traceId, ...source });
    coldStart = false;
    log.begin(requestId);
    log.fromPlatform(platformLog.start(requestId, trace));

    const startedAtMs = Date.now();
    const startedAt = performance.now();
    return {
      event: {
        requestId,
        payload,
        deadlineMs: startedAtMs + fn.timeoutMs,
        invokedFunctionArn: calledArn,
        ...(trace === undefined ? {} : { traceHeader: trace.header }),
        ...(clientContext === undefined ? {} : { clientContext }),
        ...(sink === undefined ? {} : { sink }),
      },
      end(ending, maxMemoryMB, free) {
        const initialisations = inits;
        inits = [];
        const times = {
          durationMs: performance.now() - startedAt,
          ...(initMs === undefined ? {} : { initMs }),
        };
        log.fromPlatform(
          platformLog.end({
            requestId,
            ending,
            ...times,
            memorySizeMB: fn.memorySizeMB,
            maxMemoryUsedMB: maxMemoryMB,
            ...(trace === undefined ? {} : { trace }),
          }),
        );
        if (trace?.isRecorded) {
          const { durationMs } = times;
          const run = { fn, calledArn, trace, ending, startedAtMs, durationMs, initialisations };
          // The runtime's work until it asks for more is the invocation's overhead.
          void free.then(() => {
            recordSegment(functionSegment({ ...run, wholeMs: performance.now() - startedAt }), true);
          });
        }
        const { payload: _, ...outcome } = ending;
        report({
          kind: 'invocation.ended',
          ...subject,
          ...times,
          ...outcome,
          ...(trace?.isRecorded ? traceId : {}),
        });
        return resultOf(ending, version, log.end());
      },
    };
  }

  return {
    line: log.fromFunction,
    initStarted: (phase) => log.fromStart(platformLog.initStart(phase)),
    initEnded(initReport) {
      if (initReport.phase === 'init' && initReport.status === 'success') firstInitMs = initReport.durationMs;
      inits.push({ ...initReport, endedAtMs: Date.now() });
      log.fromPlatform(platformLog.initReport(initReport));
    },
    begin,
  };
}

function resultOf(ending: FunctionEnding, executedVersion: string, tail: string): InvokeResult {
  const { outcome, payload, ...error } = ending;
  return {
    payload,
    executedVersion,
    logTail: tail,
    ...(outcome === 'ok' ? {} : { functionError: 'Unhandled' }),
    ...error,
  };
}
