import type { FunctionModel } from '../../../template/model.ts';
import { billedDurationMs, type PlatformLog, type RuntimeVersion } from './platform-lines.ts';
import type { Trace } from './trace.ts';

const LEVELS = ['DEBUG', 'INFO', 'WARN'];

/**
 * Platform events as JSON lines (Lambda guide, "Lambda Telemetry API Event schema reference"), those at or above the
 * function's system log level: a report is INFO, a detail DEBUG, any failure WARN (same guide, "System log level event
 * mapping").
 */
export function jsonPlatformLog(
  fn: FunctionModel,
  functionVersion: string,
  runtime: RuntimeVersion,
  now: () => number,
): PlatformLog {
  const lowest = Math.max(0, LEVELS.indexOf(fn.logging.systemLogLevel.toUpperCase()));

  function line(type: string, level: string, record: Record<string, unknown>): string[] {
    if (LEVELS.indexOf(level) < lowest) return [];
    return [JSON.stringify({ time: new Date(now()).toISOString(), type: `platform.${type}`, record })];
  }

  return {
    initStart: (phase) =>
      line('initStart', 'INFO', {
        initializationType: 'on-demand',
        phase,
        runtimeVersion: runtime.name,
        runtimeVersionArn: runtime.arn,
        functionName: fn.name,
        functionVersion,
      }),
    initReport({ phase, durationMs, status, errorType }) {
      const level = status === 'success' ? 'DEBUG' : 'WARN';
      const record = { initializationType: 'on-demand', phase, status, errorType };
      return [
        ...line('initRuntimeDone', level, record),
        ...line('initReport', level, { ...record, metrics: { durationMs: rounded(durationMs) } }),
      ];
    },
    start: (requestId, trace) =>
      line('start', 'INFO', { requestId, version: functionVersion, ...tracing(trace) }),
    end(report) {
      const { requestId, ending, durationMs, initMs, trace } = report;
      const status = statusOf(ending.outcome, ending.errorType);
      const failed = status !== 'success';
      const common = { requestId, status, errorType: ending.errorType, ...tracing(trace) };
      return [
        ...line('runtimeDone', failed ? 'WARN' : 'DEBUG', {
          ...common,
          metrics: { durationMs: rounded(durationMs), producedBytes: ending.payload.length },
        }),
        ...line('report', failed ? 'WARN' : 'INFO', {
          ...common,
          metrics: {
            durationMs: rounded(durationMs),
            billedDurationMs: billedDurationMs(report),
            memorySizeMB: report.memorySizeMB,
            maxMemoryUsedMB: report.maxMemoryUsedMB,
            ...(initMs === undefined ? {} : { initDurationMs: rounded(initMs) }),
          },
        }),
      ];
    },
  };
}

/** `error` is what the function or its runtime threw, `failure` an end of the runtime itself. */
function statusOf(outcome: 'ok' | 'error' | 'timeout', errorType: string | undefined): string {
  if (outcome === 'ok') return 'success';
  if (outcome === 'timeout') return 'timeout';
  return errorType === 'Runtime.ExitError' || errorType === 'Runtime.OutOfMemory' ? 'failure' : 'error';
}

function tracing(trace: Trace | undefined): Record<string, unknown> {
  if (!trace?.sampled) return {};
  return { tracing: { spanId: trace.segmentId, type: 'X-Amzn-Trace-Id', value: trace.upstream } };
}

function rounded(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
