import {
  billedDurationMs,
  type InvocationReport,
  type PlatformLog,
  type RuntimeVersion,
} from './platform-lines.ts';

/** Platform lines in the text format, fields parted by tabs. */
export function textPlatformLog(
  functionVersion: string,
  runtime: RuntimeVersion,
  now: () => number,
): PlatformLog {
  return {
    initStart: () => [`INIT_START Runtime Version: ${runtime.name}\tRuntime Version ARN: ${runtime.arn}`],
    initReport({ phase, durationMs, status, errorType }) {
      if (phase === 'init' && status === 'success') return [];
      const type = errorType === undefined ? '' : `\tError Type: ${errorType}`;
      return [
        `INIT_REPORT Init Duration: ${durationMs.toFixed(2)} ms\tPhase: ${phase}\tStatus: ${status}${type}`,
      ];
    },
    start: (requestId) => [`START RequestId: ${requestId} Version: ${functionVersion}`],
    end: (report) => [
      ...lastWords(report, new Date(now()).toISOString()),
      `END RequestId: ${report.requestId}`,
      reportLine(report),
    ],
  };
}

/** A timeout or an exit is told once more, for the reader of the log. */
function lastWords({ requestId, ending }: InvocationReport, time: string): string[] {
  if (ending.outcome === 'timeout') {
    return [`${time} ${requestId} ${ending.errorMessage?.replace(/^.*Error: /, '')}`];
  }
  const ended = ending.errorType === 'Runtime.ExitError' || ending.errorType === 'Runtime.OutOfMemory';
  return ended ? [`${ending.errorMessage}\t${ending.errorType}`] : [];
}

function reportLine(report: InvocationReport): string {
  const { requestId, durationMs, initMs, memorySizeMB, maxMemoryUsedMB, trace, ending } = report;
  const fields = [
    `REPORT RequestId: ${requestId}`,
    `Duration: ${durationMs.toFixed(2)} ms`,
    `Billed Duration: ${billedDurationMs(report)} ms`,
    `Memory Size: ${memorySizeMB} MB`,
    `Max Memory Used: ${maxMemoryUsedMB} MB`,
  ];
  if (initMs !== undefined) fields.push(`Init Duration: ${initMs.toFixed(2)} ms`);
  if (trace?.sampled) {
    fields.push(`\nXRAY TraceId: ${trace.traceId}`, `SegmentId: ${trace.segmentId}`, 'Sampled: true');
  }
  if (ending.outcome === 'timeout') fields.push('Status: timeout');
  if (ending.outcome === 'error') fields.push('Status: error', `Error Type: ${ending.errorType}`);
  return `${fields.join('\t')}\t`;
}
