import { availableParallelism } from 'node:os';
import { setImmediate as endOfTurn } from 'node:timers/promises';
import type { AwsError } from '../../aws/errors.ts';
import { isRecursive, recursiveInvocation } from '../../aws/lineage.ts';
import type { FunctionModel } from '../../template/model.ts';
import { unlessAborted } from '../../unless-aborted.ts';
import { notFound } from './api/api-function-lookup.ts';
import { BuildError } from './code/build-error.ts';
import { bundleCache } from './code/bundle-cache.ts';
import { bundler } from './code/bundler.ts';
import { reloadTurns } from './code/reload-turns.ts';
import { runtimeSdk } from './code/runtime-sdk.ts';
import { debuggable } from './debugging/debuggable.ts';
import { functionPorts } from './debugging/function-ports.ts';
import { processFamilies } from './ending/process-families.ts';
import type { InvokeRequest, InvokeResult } from './environments/invocation.ts';
import { views } from './environments/views.ts';
import { functionIndex } from './function-index.ts';
import type { LambdaOptions } from './lambda-options.ts';
import { type RunningFunction, startFunction } from './running-function.ts';
import { runsAlike } from './runs-alike.ts';
import { startVersionedFunction } from './versioned-function.ts';

export type { InvokeRequest, InvokeResult } from './environments/invocation.ts';
export type { LambdaOptions } from './lambda-options.ts';

export interface Lambda {
  /** By name, logical id, or full or partial ARN; undefined, too, for a version or alias that it doesn't have. */
  find(nameOrArn: string): FunctionModel | undefined;
  list(): FunctionModel[];
  /** A function's code as it is built, and when it first is. */
  codeOf(name: string): Pick<RunningFunction, 'code' | 'first'> | undefined;
  /**
   * Runs a function of a stack that came later, or one that runs in its new form: resolves once that takes the
   * invocations, while those under way end in the old one. Rejects when it can't be made ready, or `signal` is aborted before;
   * then all stays as it was.
   */
  put(fn: FunctionModel, signal?: AbortSignal): Promise<void>;
  /** Invokes it no more; what is under way ends. */
  remove(name: string): void;
  /** Rejects with AwsError when there is no such function, it is throttled, or it has never been built. */
  invoke(request: InvokeRequest): Promise<InvokeResult>;
  /** Every function is built, and one environment of each that starts ahead is initialised. Rejects with BuildError when none can be built. */
  ready(): Promise<void>;
  /** The trace header of an invocation that runs. */
  traceOf(requestId: string): string | undefined;
  /** The port at which a debugger finds each function that is to be debugged, by the function's name. */
  debugPorts: ReadonlyMap<string, number>;
  /** Kills what it started, and resolves when that has ended. */
  stop(): Promise<void>;
}

/** Ten seconds for an on-demand function (Lambda guide, "Understanding the execution environment lifecycle"). */
const INIT_LIMIT_MS = 10_000;

const LINGER_MS = 60_000;
/** Processes of 50 MB each, which come up one at a time on a core: those of a large stack come when they are called. */
const MAX_AHEAD = Math.min(12, 3 * availableParallelism());
/** Whoever saves again within this time does it before the whole bundle is built. */
const SETTLE_AFTER_MS = 2_000;

/** Runs the functions of a stack, each in processes of its own. */
export async function startLambda(options: LambdaOptions): Promise<Lambda> {
  const { functions } = options;
  const cache = bundleCache(options.cacheDir);
  const lingerMs = options.lingerMs ?? LINGER_MS;
  const esbuild = bundler(lingerMs);
  const turns = reloadTurns();
  const families = processFamilies();
  const sdk = runtimeSdk(options.cacheDir, options.report);
  const viewsHere = views(options.cacheDir);

  const debugPorts = await functionPorts(options.inspect, options.report);
  const running = new Map<string, { fn: FunctionModel; runs: RunningFunction }>();
  /** Those, the ones that come up, and the outdated that still work. */
  const alive = new Set<RunningFunction>();
  let find = functionIndex([]);

  /** Trace headers of the invocations that run, by their request ids. */
  const traces = new Map<string, string>();

  /** Logical ids of functions whose first environment is started ahead. */
  const ahead = new Set<string>();

  function startsAhead({ logicalId }: FunctionModel): boolean {
    if (ahead.size < (options.maxAhead ?? MAX_AHEAD)) ahead.add(logicalId);
    return ahead.has(logicalId);
  }

  function start(fn: FunctionModel): RunningFunction {
    const debugPort = debugPorts.of(fn.name);
    const runs = startVersionedFunction(debugPort ? debuggable(fn) : fn, (model, own) =>
      startFunction(model, {
        ...options,
        ...own,
        cache,
        bundler: esbuild,
        families,
        sdk,
        views: viewsHere,
        turn: turns.join(),
        startsAhead: (own.published === undefined && startsAhead(fn)) || debugPort !== undefined,
        lingerMs,
        settleAfterMs: options.settleAfterMs ?? SETTLE_AFTER_MS,
        // A person looks at one process at a time.
        maxEnvironments: debugPort ? 1 : (options.maxEnvironments ?? 10),
        debugPort,
        initLimitMs: options.initLimitMs ?? INIT_LIMIT_MS,
        growAfterMs: options.growAfterMs ?? 20,
      }),
    );
    alive.add(runs);
    return runs;
  }

  function keep(fn: FunctionModel, runs: RunningFunction): void {
    running.set(fn.name, { fn, runs });
    find = functionIndex(list());
  }

  function list(): FunctionModel[] {
    return [...running.values()].map(({ fn }) => fn);
  }

  async function retire(runs: RunningFunction): Promise<void> {
    await runs.retire();
    alive.delete(runs);
  }

  /** Says so, and makes what the caller is told. */
  function stopped({ name }: FunctionModel): AwsError {
    options.report({ kind: 'recursion.stopped', functionName: name });
    return recursiveInvocation();
  }

  for (const fn of functions) running.set(fn.name, { fn, runs: start(fn) });
  find = functionIndex(functions);
  // Their processes are started before all that comes next, and come up beside it.
  await endOfTurn();
  const started = Promise.allSettled([...running.values()].map(({ runs }) => runs.first)).then((outcomes) => {
    // Nothing is to be built until something is saved.
    esbuild.rest();
    const failures = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    // One that can't be built keeps none of the others from serving: it is told, and serves when it is mended.
    const fatal =
      failures.length === outcomes.length
        ? failures[0]
        : failures.find((failure) => !(failure instanceof BuildError));
    if (fatal !== undefined) throw fatal;
  });
  // Callers of ready() hear of it.
  started.catch(() => {});

  return {
    find: (nameOrArn) => find(nameOrArn),
    list,
    codeOf: (name) => running.get(name)?.runs,
    async put(fn, signal) {
      const current = running.get(fn.name);
      if (current && runsAlike(current.fn, fn)) return keep(fn, current.runs);
      const before = list().find(({ logicalId }) => logicalId === fn.logicalId);
      await debugPorts.open(fn, before);
      const runs = start(fn);
      try {
        await (signal ? unlessAborted(runs.first, signal) : runs.first);
      } catch (error) {
        if (!current) debugPorts.close(fn.name);
        await retire(runs);
        throw error;
      } finally {
        esbuild.rest();
      }
      // Another one may have come or gone while this one started.
      const replaced = running.get(fn.name);
      keep(fn, runs);
      if (replaced) void retire(replaced.runs);
    },
    remove(name) {
      const current = running.get(name);
      if (!current) return;
      running.delete(name);
      ahead.delete(current.fn.logicalId);
      debugPorts.close(name);
      find = functionIndex(list());
      void retire(current.runs);
    },
    async invoke(request) {
      const found = find(request.functionName);
      const target = found && running.get(found.name);
      if (!target) throw notFound(`Function not found: ${request.functionName}`);
      if (isRecursive(request.traceHeader, target.fn)) throw stopped(target.fn);
      // A file that was saved before the request came may be noticed after it, within the same turn of the event loop.
      if (options.watch) await endOfTurn();
      const { requestId, traceHeader } = request;
      if (traceHeader !== undefined) traces.set(requestId, traceHeader);
      try {
        return await target.runs.invoke(request);
      } finally {
        traces.delete(requestId);
      }
    },
    traceOf: (requestId) => traces.get(requestId),
    ready: () => started,
    get debugPorts() {
      return debugPorts.numbers();
    },
    async stop() {
      await Promise.all([...alive].map((runs) => runs.stop()));
      await families.stop();
      debugPorts.stop();
      esbuild.rest();
      cache.stop();
    },
  };
}
