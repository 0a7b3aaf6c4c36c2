import { AwsError } from '../../../aws/errors.ts';
import { type EnvironmentRecordOptions, environmentRecord } from '../telemetry/environment-record.ts';
import type { InitPhase, InitReport } from '../telemetry/platform-lines.ts';
import { type FunctionEnding, functionEnding, timeoutEnding } from './function-ending.ts';
import type { InvokeRequest, InvokeResult } from './invocation.ts';
import type { EnvironmentProcesses } from './process-starter.ts';
import type { RuntimeEvent } from './runtime-api.ts';
import type { RuntimeEnding, RuntimeProcess } from './runtime-process.ts';
import type { RunnableCode } from './runtime-program.ts';
import { type TimeLimit, timeLimit } from './time-limit.ts';

/** Runs one invocation at a time, in a process that it starts, limits in time, and replaces when it has ended. */
export interface ExecutionEnvironment {
  /** Resolves when the initialisation is over, well or not: a failed one is repeated by the first invocation. */
  initialised: Promise<void>;
  /** True while its process has loaded the code and runs; otherwise the next invocation starts another one. */
  hasLoaded(): boolean;
  /** Answers whatever becomes of the function; rejects only when the environment is stopped. */
  invoke(request: InvokeRequest): Promise<InvokeResult>;
  /** Resolves when the next invocation can come: the runtime asks for more, or is gone and can be replaced. */
  free(): Promise<void>;
  stop(): Promise<void>;
}

export interface ExecutionEnvironmentOptions extends EnvironmentRecordOptions {
  code: RunnableCode;
  processes: EnvironmentProcesses;
  initLimitMs: number;
}

/** As a shell says of a program that it can't run. */
const NOT_STARTED: RuntimeEnding = { kind: 'exit', code: 127, signal: null, outOfMemory: false };

export function startExecutionEnvironment(options: ExecutionEnvironmentOptions): ExecutionEnvironment {
  const { code, processes, initLimitMs } = options;
  const { timeoutMs } = options.fn;
  const record = environmentRecord(options, processes.logStreamName);
  let runtime: RuntimeProcess | undefined;
  let running: TimeLimit | undefined;
  let maxMemoryMB = 0;
  let free = Promise.resolve();
  let stopped = false;

  /** Starts a runtime and waits until it asks for work, or has failed to. */
  async function initialise(
    phase: InitPhase,
    limitMs: number,
  ): Promise<{ ending: RuntimeEnding; limit: TimeLimit }> {
    const startedAt = performance.now();
    record.initStarted(phase);
    const started = await startedProcess();
    if (!started) {
      if (!stopped)
        record.initEnded({ phase, durationMs: performance.now() - startedAt, ...errorStatus(NOT_STARTED) });
      return { ending: NOT_STARTED, limit: timeLimit(limitMs, () => {}) };
    }
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
    if (ending.kind !== 'ready') await started.kill();
    if (!stopped) record.initEnded({ phase, durationMs, ...initStatus(ending, limit) });
    return { ending, limit };
  }

  /** Says, where the system won't start the process at all, what it has against it. */
  async function startedProcess(): Promise<RuntimeProcess | undefined> {
    try {
      return await processes.start(record.line, code);
    } catch (error) {
      record.line(`The process could not be started: ${String(error)}`);
      return undefined;
    }
  }

  /** A failed initialisation, or one after a reset, is a part of the invocation and of its time. */
  async function run(event: RuntimeEvent): Promise<FunctionEnding> {
    let limit: TimeLimit;
    let ending: RuntimeEnding;
    if (runtime?.alive()) {
      limit = timeLimit(timeoutMs, () => void runtime?.kill());
      running = limit;
      ending = await runtime.invoke(event);
    } else {
      ({ ending, limit } = await initialise('invoke', timeoutMs));
      if (ending.kind === 'ready' && runtime) ending = await runtime.invoke(event);
    }
    free = settle(limit);
    maxMemoryMB = Math.max(maxMemoryMB, runtime?.maxMemoryMB() ?? 0);
    if (stopped) throw new AwsError('ServiceException', 'The loop is stopping.', { status: 500 });
    if (ending.kind === 'exit' && limit.expired()) return timeoutEnding(event.requestId, timeoutMs);
    return functionEnding(event.requestId, ending);
  }

  /** The function's time runs on until its runtime asks for more. */
  async function settle(limit: TimeLimit): Promise<void> {
    await runtime?.idle();
    limit.clear();
  }

  const initialised = initialise('init', initLimitMs).then(({ limit }) => limit.clear());

  return {
    initialised,
    hasLoaded: () => runtime?.alive() === true,
    async invoke(request) {
      const invocation = record.begin(request);
      const ending = await run(invocation.event);
      return invocation.end(ending, maxMemoryMB, free);
    },
    free: () => free,
    async stop() {
      stopped = true;
      await runtime?.kill();
      await initialised;
      await processes.stop();
    },
  };
}

function initStatus(ending: RuntimeEnding, limit: TimeLimit): Pick<InitReport, 'status' | 'errorType'> {
  if (ending.kind === 'ready') return { status: 'success' };
  return limit.expired() ? { status: 'timeout' } : errorStatus(ending);
}

function errorStatus(ending: RuntimeEnding): Pick<InitReport, 'status' | 'errorType'> {
  const { errorType } = functionEnding('', ending);
  return { status: 'error', ...(errorType === undefined ? {} : { errorType }) };
}
