import { AwsError } from '../../aws/errors.ts';
import { throttledInvocation } from '../../aws/throttled-invocation.ts';
import type { CodeRunner, KeptCode, RunningCode } from './code/kept-code.ts';
import {
  type ExecutionEnvironment,
  startExecutionEnvironment,
} from './environments/execution-environment.ts';
import type { InvokeRequest, InvokeResult } from './environments/invocation.ts';
import { poolGrowth } from './environments/pool-growth.ts';
import { type ProcessStarterOptions, processStarter } from './environments/process-starter.ts';
import { type VersionProcessesOptions, versionProcesses } from './environments/version-processes.ts';
import { calledFunction } from './qualifier.ts';
import { platformLog } from './telemetry/platform-log.ts';
import { type Waiting, waitingInvocations } from './waiting-invocations.ts';

/** The execution environments of one version of a function, and the invocations that wait for one. All versions run the source as it is now. */
export interface RunningVersion extends CodeRunner {
  /** Rejects with AwsError when the function is throttled, has no code or is stopped. */
  invoke(request: InvokeRequest): Promise<InvokeResult>;
  stop(): Promise<void>;
}

export interface RunningVersionOptions
  extends VersionProcessesOptions,
    Pick<ProcessStarterOptions, 'families' | 'lingerMs'> {
  code: KeptCode;
  /** Shared with the function's other versions. */
  concurrency: Concurrency;
  /** One environment waits for callers from the start; otherwise the first caller waits for it. */
  startsAhead: boolean;
  maxEnvironments: number;
  initLimitMs: number;
  /** An invocation waits so long for a busy environment before another one is started. */
  growAfterMs: number;
  /** A process of it writes a file. */
  onWritten: (file: string) => void;
}

/** The invocations of a function that run, over all of its versions (Lambda guide, "Reserved concurrency"). */
export interface Concurrency {
  running: number;
}

export function startVersion(options: RunningVersionOptions): RunningVersion {
  const { fn, version, code, concurrency, report } = options;
  const { reservedConcurrency = Number.POSITIVE_INFINITY } = fn;
  const maxEnvironments = Math.min(options.maxEnvironments, reservedConcurrency);
  const starter = processStarter({ ...options, ...versionProcesses(options) });
  const lines = platformLog(fn, version, options.place, () => Date.now());
  /** Those of the present code; `alive` has the outdated that still work, too. */
  const environments = new Set<ExecutionEnvironment>();
  const alive = new Map<ExecutionEnvironment, RunningCode>();
  const waiting = waitingInvocations();
  let idle: ExecutionEnvironment[] = [];
  let starting = 0;
  let isUsed = options.startsAhead;
  let stopped = false;
  let endedAt = 0;
  const growth = poolGrowth({
    growAfterMs: options.growAfterMs,
    waitedMs() {
      const next = waiting.nextFor(code.running);
      const isEnough = environments.size >= maxEnvironments || starting >= waiting.count();
      return !next || isEnough ? undefined : performance.now() - next.sinceMs;
    },
    stalledMs: () => performance.now() - endedAt,
    start: () => void start(),
  });

  function dispatch(): void {
    while (waiting.nextFor(code.running)) {
      const environment = idle.pop();
      if (!environment) {
        if (environments.size === 0) void start();
        growth.watch();
        return;
      }
      const next = waiting.takeFor(code.running);
      if (next) void serve(environment, next);
    }
  }

  async function serve(environment: ExecutionEnvironment, { request, answer }: Waiting): Promise<void> {
    await environment.invoke(request).then(answer.resolve, answer.reject);
    await environment.free();
    endedAt = performance.now();
    makeIdle(environment);
  }

  function makeIdle(environment: ExecutionEnvironment): void {
    if (!environments.has(environment)) {
      // While saves come faster than code gets ready, who came before the last one needn't wait for it.
      // One that failed to load may have met a half-written file: what has been read since may be better.
      const mayServe = !stopped && environment.hasLoaded();
      const next = mayServe ? waiting.takeFor(alive.get(environment)) : undefined;
      void (next ? serve(environment, next) : retire(environment));
      return;
    }
    idle.push(environment);
    dispatch();
  }

  async function start(): Promise<void> {
    const { running } = code;
    if (!running || stopped) return;
    const environment = startExecutionEnvironment({
      ...options,
      code: running.code,
      processes: starter.forEnvironment(),
      platformLog: lines,
    });
    environments.add(environment);
    alive.set(environment, running);
    starting += 1;
    await environment.initialised;
    starting -= 1;
    makeIdle(environment);
  }

  async function retire(environment: ExecutionEnvironment): Promise<void> {
    environments.delete(environment);
    await environment.stop();
    alive.delete(environment);
  }

  function throttle({ qualifier, requestId, attempt }: InvokeRequest): AwsError {
    const subject = calledFunction(fn, qualifier, version);
    report({ kind: 'invocation.throttled', ...subject, requestId, attempt });
    return throttledInvocation();
  }

  if (options.startsAhead && maxEnvironments > 0) starter.firstCodeComes();

  return {
    async invoke(request) {
      isUsed = true;
      if (stopped) throw stopping();
      if (code.refusal !== undefined) throw notRunnable(code.refusal);
      if (concurrency.running >= reservedConcurrency) throw throttle(request);
      concurrency.running += 1;
      const answer = waiting.add(request, code.saves);
      dispatch();
      try {
        const result = await answer;
        starter.answered();
        return result;
      } finally {
        concurrency.running -= 1;
      }
    },
    isAwaited: () =>
      !waiting.nextFor(code.running) && waiting.nextFor({ saves: code.savesRead }) !== undefined,
    codeComes: () => starter.codeComes(isUsed),
    async codeCame() {
      starter.codeCame();
      environments.clear();
      for (const environment of idle) void retire(environment);
      idle = [];
      if (isUsed && maxEnvironments > 0) await start();
      else dispatch();
    },
    noCodeComes() {
      if (code.refusal !== undefined) waiting.refuseAll(notRunnable(code.refusal));
      dispatch();
      starter.noCodeComes();
    },
    async stop() {
      stopped = true;
      growth.stop();
      waiting.refuseAll(stopping());
      await Promise.all([...alive.keys()].map(retire));
      await starter.stop();
    },
  };
}

function stopping(): AwsError {
  return new AwsError('ServiceException', 'The loop is stopping.', { status: 500 });
}

/** Answers as Lambda does for a function whose code could not be made ready. */
function notRunnable(reason: string): AwsError {
  return new AwsError('ResourceConflictException', reason, { status: 409, members: { Type: 'User' } });
}
