import { LATEST } from '../../aws/arn.ts';
import type { FunctionModel } from '../../template/model.ts';
import { notFound } from './api/api-function-lookup.ts';
import type { BundleCache } from './code/bundle-cache.ts';
import type { Bundler } from './code/bundler.ts';
import { keepCode } from './code/code-keeper.ts';
import { codeSource, type LoadedCode } from './code/code-source.ts';
import type { ReloadTurn } from './code/reload-turns.ts';
import type { DebugPort } from './debugging/debug-port.ts';
import type { ProcessFamilies } from './ending/process-families.ts';
import { reservedConcurrency } from './environments/concurrency.ts';
import type { InvokeRequest, InvokeResult } from './environments/invocation.ts';
import type { LambdaOptions } from './functions.ts';
import { mainVersionOf, qualifiedArn, versionOf } from './qualifier.ts';
import { type RunningVersion, startVersion } from './running-version.ts';

/** One function: its code, kept as it is saved, and its versions, which all run that. */
export interface RunningFunction {
  /** Resolves when it is built and an environment is initialised. */
  first: Promise<void>;
  /** The last code of it that was built whole. */
  code(): LoadedCode | undefined;
  /** Rejects with AwsError when it has no such version or alias, or that can't run now. */
  invoke(request: InvokeRequest): Promise<InvokeResult>;
  /** Ends when what it has begun is done. */
  retire(): Promise<void>;
  stop(): Promise<void>;
}

export interface RunningFunctionOptions extends LambdaOptions {
  cache: BundleCache;
  bundler: Bundler;
  families: ProcessFamilies;
  turn: ReloadTurn;
  maxEnvironments: number;
  initLimitMs: number;
  growAfterMs: number;
  lingerMs: number;
  settleAfterMs: number;
  debugPort?: DebugPort | undefined;
}

export function startFunction(fn: FunctionModel, options: RunningFunctionOptions): RunningFunction {
  const versions = startVersions(fn, options, (file) => keeper.wrote(file));
  const all = [...new Set(versions.values())];
  let whole: LoadedCode | undefined;

  const keeper = keepCode({
    ...options,
    functionName: fn.name,
    source: codeSource({ ...options, fn }),
    onChange() {
      for (const version of all) version.hold();
    },
    onRead() {
      for (const version of all) version.expect();
    },
    isAwaited: () => all.some((version) => version.isAwaited()),
    onReload() {
      for (const version of all) version.expectCode();
    },
    async onCode(code) {
      // Right after a save there is its own code alone, beside its packages; that settles soon.
      if (code.sizeBytes !== undefined) whole = code;
      await Promise.all(all.map((version) => version.use(code)));
    },
    onSettled(code) {
      whole = code;
      for (const version of all) version.settle(code);
    },
    onSame: goOn,
    onFailure(error) {
      for (const version of all) version.refuse(`${fn.name} could not be built: ${error.message}`);
      goOn();
    },
  });

  function goOn(): void {
    for (const version of all) version.goOn();
  }

  const underWay = new Set<Promise<InvokeResult>>();

  async function stop(): Promise<void> {
    await Promise.all([keeper.stop(), ...all.map((version) => version.stop())]);
  }

  return {
    first: keeper.first,
    code: () => whole,
    async invoke(request) {
      const version = versions.get(versionOf(fn, request.qualifier) ?? '');
      if (!version) throw notFound(`Function not found: ${qualifiedArn(fn, request.qualifier)}`);
      options.turn.hurry();
      keeper.active();
      const running = version.invoke(request);
      underWay.add(running);
      return running.finally(() => {
        keeper.active();
        underWay.delete(running);
      });
    },
    async retire() {
      await Promise.allSettled(underWay);
      await stop();
    },
    stop,
  };
}

function startVersions(
  fn: FunctionModel,
  options: RunningFunctionOptions,
  onWritten: (file: string) => void,
): Map<string, RunningVersion> {
  const concurrency = reservedConcurrency(fn.reservedConcurrency);
  const credentials = options.credentialsFor(fn);
  const main = mainVersionOf(fn);
  const names = new Set([LATEST, ...fn.qualifiers.map(({ version }) => version)]);
  const start = (version: string) =>
    startVersion({ ...options, fn, version, concurrency, credentials, onWritten, isMain: version === main });
  // A debugger is attached to one process: whichever version is asked for, it is that one which runs.
  const debugged = options.debugPort && start(main);
  return new Map([...names].map((version) => [version, debugged ?? start(version)]));
}
