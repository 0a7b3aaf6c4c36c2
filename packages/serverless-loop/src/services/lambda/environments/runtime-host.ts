import { AwsError } from '../../../aws/errors.ts';
import type { InitPhase, InitReport } from '../telemetry/platform-log.ts';
import { type FunctionEnding, functionEnding, timeoutEnding } from './function-ending.ts';
import type { RuntimeEvent } from './runtime-api.ts';
import type { RunnableCode, RuntimeEnding, RuntimeProcess } from './runtime-process.ts';
import { type TimeLimit, timeLimit } from './time-limit.ts';

/** Keeps a runtime for one environment: starts it, limits its time, and starts another when it has ended. */
export interface RuntimeHost {
  /** Resolves when the first initialisation is over, well or not: a failed one is repeated by an invocation. */
  initialised: Promise<void>;
  /** How long the first initialisation took, when it went well. */
  initMs(): number | undefined;
  /** Rejects only when the host is stopped. */
  run(event: RuntimeEvent): Promise<FunctionEnding>;
  /** Resolves when the runtime asks for more, or is gone and can be replaced. */
  free(): Promise<void>;
  maxMemoryMB(): number;
  stop(): Promise<void>;
}

export interface RuntimeHostOptions {
  code: RunnableCode;
  startProcess: () => Promise<RuntimeProcess>;
  timeoutMs: number;
  initLimitMs: number;
  onInitStart: (phase: InitPhase) => void;
  onInitReport: (report: InitReport) => void;
}

export function startRuntimeHost(options: RuntimeHostOptions): RuntimeHost {
  const { code, timeoutMs, initLimitMs } = options;
  let runtime: RuntimeProcess | undefined;
  let running: TimeLimit | undefined;
  let initMs: number | undefined;
  let maxMemoryMB = 0;
  let free = Promise.resolve();
  let stopped = false;

  /** Starts a runtime and waits until it asks for work, or has failed to. */
  async function initialise(
    phase: InitPhase,
    limitMs: number,
  ): Promise<{ ending: RuntimeEnding; limit: TimeLimit }> {
    const startedAt = performance.now();
    options.onInitStart(phase);
    const started = await options.startProcess();
    const limit = timeLimit(limitMs, () => void started.kill());
    running = limit;
    runtime = started;
    started.onPause({ paused: () => running?.suspend(), resumed: () => running?.resume() });
    if (stopped) void started.kill();
    // A person takes longer to attach a debugger than a function may take to start.
    if (started.load(code)) limit.suspend();
    const ending = await started.initialised;
    limit.resume();
    const durationMs = performance.now() - startedAt;
    if (phase === 'init' && ending.kind === 'ready') initMs = durationMs;
    if (ending.kind !== 'ready') await started.kill();
    if (!stopped) options.onInitReport({ phase, durationMs, ...initStatus(ending, limit) });
    return { ending, limit };
  }

  /** A failed initialisation, or one after a reset, is a part of the invocation and of its time. */
  async function invoke(event: RuntimeEvent): Promise<{ ending: RuntimeEnding; limit: TimeLimit }> {
    if (runtime?.alive()) {
      const limit = timeLimit(timeoutMs, () => void runtime?.kill());
      running = limit;
      return { ending: await runtime.invoke(event), limit };
    }
    const { ending, limit } = await initialise('invoke', timeoutMs);
    if (ending.kind !== 'ready' || !runtime) return { ending, limit };
    return { ending: await runtime.invoke(event), limit };
  }

  /** The function's time runs on until its runtime asks for more. */
  async function settle(limit: TimeLimit): Promise<void> {
    await runtime?.idle();
    limit.clear();
  }

  const initialised = initialise('init', initLimitMs).then(({ limit }) => limit.clear());

  return {
    initialised,
    initMs: () => initMs,
    async run(event) {
      const { ending, limit } = await invoke(event);
      free = settle(limit);
      maxMemoryMB = Math.max(maxMemoryMB, runtime?.maxMemoryMB() ?? 0);
      if (stopped) throw new AwsError('ServiceException', 'The loop is stopping.', { status: 500 });
      if (ending.kind === 'exit' && limit.expired()) return timeoutEnding(event.requestId, timeoutMs);
      return functionEnding(event.requestId, ending);
    },
    free: () => free,
    maxMemoryMB: () => maxMemoryMB,
    async stop() {
      stopped = true;
      await runtime?.kill();
      await initialised;
    },
  };
}

function initStatus(ending: RuntimeEnding, limit: TimeLimit): Pick<InitReport, 'status' | 'errorType'> {
  if (ending.kind === 'ready') return { status: 'success' };
  if (limit.expired()) return { status: 'timeout' };
  const { errorType } = functionEnding('', ending);
  return { status: 'error', ...(errorType === undefined ? {} : { errorType }) };
}
