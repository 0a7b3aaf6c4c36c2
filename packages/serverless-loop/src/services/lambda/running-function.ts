import { LATEST } from '../../aws/arn.ts';
import type { FunctionModel } from '../../template/model.ts';
import { notFound } from './api/api-function-lookup.ts';
import { keepCode } from './code/code-keeper.ts';
import { codeSource } from './code/code-source.ts';
import { type CodeRunner, keptCode } from './code/kept-code.ts';
import type { CodeSourceOptions, LoadedCode } from './code/loaded-code.ts';
import type { ReloadTurn } from './code/reload-turns.ts';
import type { InvokeRequest, InvokeResult } from './environments/invocation.ts';
import { mainVersionOf, qualifiedArn, versionOf } from './qualifier.ts';
import { type RunningVersion, type RunningVersionOptions, startVersion } from './running-version.ts';

/** One function: its code, kept as it is saved, and its versions, which all run that. */
export interface RunningFunction {
  /** Resolves when it is built and an environment is initialised. */
  first: Promise<void>;
  /** The last code of it that was built whole. */
  code(): LoadedCode | undefined;
  /** Rejects with AwsError when it has no such version or alias, or that can't run now. Absent: the version is the one asked for. */
  invoke(request: InvokeRequest, version?: string): Promise<InvokeResult>;
  /** Ends when what it has begun is done. */
  retire(): Promise<void>;
  stop(): Promise<void>;
}

type OfVersion = 'fn' | 'version' | 'code' | 'credentials' | 'startsAhead' | 'onWritten';

export interface RunningFunctionOptions
  extends Omit<RunningVersionOptions, OfVersion>,
    Pick<CodeSourceOptions, 'cache' | 'bundler'> {
  turn: ReloadTurn;
  /** One environment waits for callers from the start. */
  startsAhead: boolean;
  settleAfterMs: number;
  /** The published version that this is the code of, which waits for nobody. Absent: `$LATEST`, and all that run it. */
  published?: string;
}

export function startFunction(fn: FunctionModel, options: RunningFunctionOptions): RunningFunction {
  const code = keptCode();
  const versions = startVersions(fn, { ...options, code, onWritten: (file) => keeper.wrote(file) });
  const all = [...new Set(versions.values())];
  const keeper = keepCode({
    ...options,
    functionName: fn.name,
    source: codeSource({ ...options, fn }),
    code,
    runner: runnerOf(all),
  });
  const underWay = new Set<Promise<InvokeResult>>();

  async function stop(): Promise<void> {
    await Promise.all([keeper.stop(), ...all.map((version) => version.stop())]);
  }

  return {
    first: keeper.first,
    code: () => code.whole,
    async invoke(request, wanted) {
      const version = versions.get(wanted ?? versionOf(fn, request.qualifier) ?? '');
      if (!version) throw notFound(`Function not found: ${qualifiedArn(fn, request.qualifier)}`);
      options.turn.hurry();
      keeper.confirm();
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

function runnerOf(versions: readonly RunningVersion[]): CodeRunner {
  return {
    isAwaited: () => versions.some((version) => version.isAwaited()),
    codeComes() {
      for (const version of versions) version.codeComes();
    },
    async codeCame() {
      await Promise.all(versions.map((version) => version.codeCame()));
    },
    noCodeComes() {
      for (const version of versions) version.noCodeComes();
    },
  };
}

function startVersions(
  fn: FunctionModel,
  options: Omit<RunningVersionOptions, Exclude<OfVersion, 'code' | 'onWritten'>> &
    Pick<RunningFunctionOptions, 'published' | 'startsAhead'>,
): Map<string, RunningVersion> {
  const credentials = options.credentialsFor(fn);
  const main = mainVersionOf(fn);
  const start = (version: string) =>
    startVersion({
      ...options,
      fn,
      version,
      credentials,
      startsAhead: options.startsAhead && version === main,
    });
  const { published } = options;
  if (published !== undefined)
    return new Map([
      [published, startVersion({ ...options, fn, version: published, credentials, startsAhead: false })],
    ]);
  const names = new Set([LATEST, ...fn.qualifiers.map(({ version }) => version)]);
  // A debugger is attached to one process: whichever version is asked for, it is that one which runs.
  const debugged = options.debugPort && start(main);
  return new Map([...names].map((version) => [version, debugged ?? start(version)]));
}
