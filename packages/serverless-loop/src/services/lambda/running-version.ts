import type { FunctionModel } from '../../template/model.ts';
import type { Concurrency } from './environments/concurrency.ts';
import { environmentVariables } from './environments/environment-variables.ts';
import { startExecutionEnvironment } from './environments/execution-environment.ts';
import { functionPool, type StartEnvironment } from './environments/function-pool.ts';
import type { InvokeRequest, InvokeResult } from './environments/invocation.ts';
import { processStarter } from './environments/process-starter.ts';
import type { RunnableCode } from './environments/runtime-process.ts';
import type { RunningFunctionOptions } from './running-function.ts';
import { platformLog } from './telemetry/platform-log.ts';

/** The environments of one version of a function. All versions run the source as it is now. */
export interface RunningVersion {
  invoke(request: InvokeRequest): Promise<InvokeResult>;
  /** The code was changed: invocations from now on wait for new code. */
  hold(): void;
  /** It is being read, with every change so far. */
  expect(): void;
  /** Invocations wait for what is being made. */
  isAwaited(): boolean;
  /** It is about to come. */
  expectCode(): void;
  /** Resolves when an environment of it is initialised, if one is started ahead. */
  use(code: RunnableCode): Promise<void>;
  /** The same code as it is built when there is time for it: for the environments that start from now on. */
  settle(code: RunnableCode): void;
  /** It came to nothing new. */
  goOn(): void;
  /** Invocations fail for as long as there has been no code at all. */
  refuse(reason: string): void;
  stop(): Promise<void>;
}

export interface RunningVersionOptions extends RunningFunctionOptions {
  fn: FunctionModel;
  /** A process of it writes a file. */
  onWritten: (file: string) => void;
  version: string;
  concurrency: Concurrency;
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken: string };
  /** It is the one that callers are meant to come by: it waits for them from the start. Others start when they are called. */
  isMain: boolean;
}

export function startVersion(options: RunningVersionOptions): RunningVersion {
  const { fn, version, isMain, place, report, recordSegment, endpoint, xrayDaemonAddress } = options;
  const starter = processStarter({
    version,
    environmentFor: (logStreamName) =>
      environmentVariables({
        fn,
        version,
        region: place.region,
        endpoint,
        xrayDaemonAddress,
        logStreamName,
        credentials: options.credentials,
      }),
    startFolder: options.cacheDir,
    memorySizeMB: fn.memorySizeMB,
    lingerMs: options.lingerMs,
    families: options.families,
    onWritten: options.onWritten,
    debugPort: options.debugPort,
  });
  const lines = platformLog(fn, version, place, () => Date.now());
  const pool = functionPool(options);
  let isReloaded = false;
  /** Since its last reload. Who does so will do it again; for other versions no process is kept ready. */
  let isInvoked = false;
  let isUsed = isMain;
  let stopped = false;

  function starting(code: RunnableCode): StartEnvironment {
    return () =>
      startExecutionEnvironment({
        fn,
        version,
        code,
        processes: starter.forEnvironment(),
        platformLog: lines,
        report,
        recordSegment,
        initLimitMs: options.initLimitMs,
      });
  }

  return {
    async invoke(request) {
      isUsed = true;
      const result = await pool.invoke(request);
      if (isReloaded && !isInvoked) starter.startSpareSoon();
      isInvoked = true;
      return result;
    },
    hold: pool.hold,
    expect: pool.expect,
    isAwaited: pool.isAwaited,
    expectCode() {
      isReloaded = true;
      if (isUsed && !stopped) starter.startSpare();
    },
    use(code) {
      isInvoked = false;
      return pool.use(starting(code), { ahead: isUsed });
    },
    settle: (code) => pool.startNext(starting(code)),
    goOn() {
      pool.release();
      if (!isInvoked) void starter.dropSpare();
    },
    refuse: pool.refuse,
    async stop() {
      stopped = true;
      await pool.stop();
      await starter.dropSpare();
    },
  };
}
