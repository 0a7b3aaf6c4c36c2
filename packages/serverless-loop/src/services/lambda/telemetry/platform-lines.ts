import type { FunctionEnding } from '../environments/function-ending.ts';
import type { Trace } from './trace.ts';

/** The lines that the platform itself writes into a function's log; each method returns those that are shown. */
export interface PlatformLog {
  initStart(phase: InitPhase): string[];
  /** Of a failed or repeated initialisation in text, of every one in JSON. */
  initReport(report: InitReport): string[];
  start(requestId: string, trace: Trace | undefined): string[];
  end(report: InvocationReport): string[];
}

/** Lambda runs a failed initialisation again as a part of the first invocation. */
export type InitPhase = 'init' | 'invoke';

export interface InitReport {
  phase: InitPhase;
  durationMs: number;
  status: 'success' | 'error' | 'timeout';
  errorType?: string;
}

export interface InvocationReport {
  requestId: string;
  ending: FunctionEnding;
  durationMs: number;
  /** Only for the first invocation of an environment. */
  initMs?: number;
  memorySizeMB: number;
  maxMemoryUsedMB: number;
  trace?: Trace;
}

/** The version of the runtime as the platform names it. */
export interface RuntimeVersion {
  name: string;
  arn: string;
}

/** Billed is what is used, the initialisation included (since August 2025), in whole milliseconds. */
export function billedDurationMs({ durationMs, initMs = 0 }: InvocationReport): number {
  return Math.ceil(durationMs + initMs);
}
