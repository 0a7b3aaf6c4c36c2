import type { RecordSegment } from '../../../aws/segment.ts';
import type { Report } from '../../../facts.ts';
import type { FunctionModel } from '../../../template/model.ts';
import { calledFunction, qualifiedArn } from '../qualifier.ts';
import { functionSegment, type Initialisation } from '../telemetry/function-segment.ts';
import { invocationLog } from '../telemetry/invocation-log.ts';
import type { PlatformLog } from '../telemetry/platform-log.ts';
import { traceOf } from '../telemetry/trace.ts';
import type { FunctionEnding } from './function-ending.ts';
import type { InvokeRequest, InvokeResult } from './invocation.ts';
import type { EnvironmentProcesses } from './process-starter.ts';
import { startRuntimeHost } from './runtime-host.ts';
import type { RunnableCode } from './runtime-process.ts';

/** Where one invocation at a time runs. */
export interface ExecutionEnvironment {
  /** Resolves when the initialisation is over, well or not: a failed one is answered by the first invocation. */
  initialised: Promise<void>;
  /** Whether that went well. */
  hasLoaded(): boolean;
  /** Whatever becomes of the function is an answer; rejects only when the environment is stopped. */
  invoke(request: InvokeRequest): Promise<InvokeResult>;
  /** Resolves when the next invocation can come. */
  free(): Promise<void>;
  stop(): Promise<void>;
}

export interface ExecutionEnvironmentOptions {
  fn: FunctionModel;
  version: string;
  code: RunnableCode;
  processes: EnvironmentProcesses;
  platformLog: PlatformLog;
  report: Report;
  recordSegment: RecordSegment;
  initLimitMs: number;
}

export function startExecutionEnvironment(options: ExecutionEnvironmentOptions): ExecutionEnvironment {
  const { fn, version, code, processes, platformLog, report, recordSegment, initLimitMs } = options;
  const { logStreamName: logStream } = processes;
  const log = invocationLog({ functionName: fn.name, logGroup: fn.logging.logGroup, logStream }, report);
  /** Since the last invocation; the first one's began before it. */
  let inits: Initialisation[] = [];
  const host = startRuntimeHost({
    code,
    startProcess: () => processes.start(log.fromFunction),
    timeoutMs: fn.timeoutMs,
    initLimitMs,
    onInitStart: (phase) => log.fromStart(platformLog.initStart(phase)),
    onInitReport(initReport) {
      inits.push({ ...initReport, endedAtMs: Date.now() });
      log.fromPlatform(platformLog.initReport(initReport));
    },
  });
  let coldStart = true;

  async function invoke(request: InvokeRequest): Promise<InvokeResult> {
    const { requestId, payload, clientContext, attempt } = request;
    const subject = { ...calledFunction(fn, request.qualifier, version), requestId, attempt };
    const calledArn = qualifiedArn(fn, request.qualifier);
    const trace = traceOf(request.traceHeader, fn);
    const initMs = coldStart ? host.initMs() : undefined;
    const traceId = trace?.sampled ? { traceId: trace.traceId } : {};
    report({ kind: 'invocation.started', ...subject, coldStart, ...traceId });
    coldStart = false;
    log.begin(requestId);
    log.fromPlatform(platformLog.start(requestId, trace));

    const startedAtMs = Date.now();
    const startedAt = performance.now();
    const ending = await host.run({
      requestId,
      payload,
      deadlineMs: Date.now() + fn.timeoutMs,
      invokedFunctionArn: calledArn,
      ...(trace === undefined ? {} : { traceHeader: trace.header }),
      ...(clientContext === undefined ? {} : { clientContext }),
    });
    const initialisations = inits;
    inits = [];
    const times = { durationMs: performance.now() - startedAt, ...(initMs === undefined ? {} : { initMs }) };

    log.fromPlatform(
      platformLog.end({
        requestId,
        ending,
        ...times,
        memorySizeMB: fn.memorySizeMB,
        maxMemoryUsedMB: host.maxMemoryMB(),
        ...(trace === undefined ? {} : { trace }),
      }),
    );
    if (trace?.isRecorded) {
      const { durationMs } = times;
      const run = { fn, calledArn, trace, ending, startedAtMs, durationMs, initialisations };
      // What the runtime does until it asks for more is the invocation's overhead.
      void host.free().then(() => {
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
  }

  const hasLoaded = () => host.initMs() !== undefined;
  return { initialised: host.initialised, hasLoaded, invoke, free: host.free, stop: host.stop };
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
