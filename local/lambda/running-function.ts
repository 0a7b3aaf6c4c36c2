import type { FunctionModel } from '../template/model.ts';
import type { BundleCache } from './code/bundle-cache.ts';
import type { Bundler } from './code/bundler.ts';
import { keepCode } from './code/code-keeper.ts';
import { codeSource } from './code/code-source.ts';
import type { ReloadTurn } from './code/reload-turns.ts';
import { environmentVariables } from './environment-variables.ts';
import { startExecutionEnvironment } from './execution-environment.ts';
import { functionPool } from './function-pool.ts';
import type { LambdaOptions } from './functions.ts';
import type { InvokeRequest, InvokeResult } from './invocation.ts';
import { platformLog } from './platform-log.ts';
import { processStarter } from './process-starter.ts';

/** One function: its code, kept as it is saved, and the environments that run it. */
export interface RunningFunction {
  /** Resolves when it is built and an environment is initialised. */
  first: Promise<void>;
  invoke(request: InvokeRequest): Promise<InvokeResult>;
  /** Ends when what it has begun is done. */
  retire(): Promise<void>;
  stop(): Promise<void>;
}

export interface RunningFunctionOptions extends LambdaOptions {
  cache: BundleCache;
  bundler: Bundler;
  turn: ReloadTurn;
  maxEnvironments: number;
  initLimitMs: number;
  growAfterMs: number;
  lingerMs: number;
}

export function startFunction(fn: FunctionModel, options: RunningFunctionOptions): RunningFunction {
  const { place, report, endpoint, xrayDaemonAddress, cacheDir, initLimitMs, lingerMs, turn } = options;
  const credentials = options.credentialsFor(fn);
  const starter = processStarter({
    environmentFor: (logStreamName) =>
      environmentVariables({
        fn,
        region: place.region,
        endpoint,
        xrayDaemonAddress,
        logStreamName,
        credentials,
      }),
    startFolder: cacheDir,
    memorySizeMB: fn.memorySizeMB,
    lingerMs,
  });
  let isReloaded = false;
  /** Since its last reload. Who does so will do it again; for other functions no process is kept ready. */
  let isInvoked = false;
  const lines = platformLog(fn, place, () => Date.now());
  const pool = functionPool({ ...options, fn });

  const keeper = keepCode({
    ...options,
    functionName: fn.name,
    source: codeSource({ ...options, fn }),
    onChange: pool.hold,
    onReload() {
      isReloaded = true;
      starter.startSpare();
    },
    onCode(code) {
      isInvoked = false;
      return pool.use(() =>
        startExecutionEnvironment({
          fn,
          code,
          startProcess: starter.forEnvironment(),
          platformLog: lines,
          report,
          initLimitMs,
        }),
      );
    },
    onSame: goOn,
    onFailure(error) {
      pool.refuse(`${fn.name} could not be built: ${error.message}`);
      goOn();
    },
  });

  function goOn(): void {
    pool.release();
    if (!isInvoked) void starter.dropSpare();
  }

  const underWay = new Set<Promise<InvokeResult>>();

  async function stop(): Promise<void> {
    await Promise.all([keeper.stop(), pool.stop()]);
    await starter.dropSpare();
  }

  return {
    first: keeper.first,
    async invoke(request) {
      turn.hurry();
      const running = pool.invoke(request);
      underWay.add(running);
      const result = await running.finally(() => underWay.delete(running));
      if (isReloaded && !isInvoked) starter.startSpareSoon();
      isInvoked = true;
      return result;
    },
    async retire() {
      await Promise.allSettled(underWay);
      await stop();
    },
    stop,
  };
}
