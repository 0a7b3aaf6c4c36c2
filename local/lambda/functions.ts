import { setImmediate as endOfTurn } from 'node:timers/promises';
import type { Place } from '../aws/arn.ts';
import { AwsError } from '../aws/errors.ts';
import type { Report } from '../facts.ts';
import type { FunctionModel } from '../template/model.ts';
import { bundleCache } from './code/bundle-cache.ts';
import { bundler } from './code/bundler.ts';
import { reloadTurns } from './code/reload-turns.ts';
import { functionIndex } from './function-index.ts';
import type { InvokeRequest, InvokeResult } from './invocation.ts';
import { type RunningFunction, startFunction } from './running-function.ts';

export type { InvokeRequest, InvokeResult } from './invocation.ts';

export interface LambdaOptions {
  functions: FunctionModel[];
  place: Place;
  /** The gateway: becomes the functions' AWS_ENDPOINT_URL. */
  endpoint: string;
  report: Report;
  credentialsFor(fn: FunctionModel): { accessKeyId: string; secretAccessKey: string; sessionToken: string };
  /** host:port of the X-Ray collector. */
  xrayDaemonAddress: string;
  /** Folder for bundles, outside the project so that no node_modules leaks in. */
  cacheDir: string;
  /** Folder whose relative paths messages show. */
  projectDir: string;
  watch: boolean;
  /** Most environments started for one function when no reserved concurrency says less. */
  maxEnvironments?: number;
  /** How long an initialisation may take. */
  initLimitMs?: number;
  /** How long an invocation waits for a busy environment before another one is started. */
  growAfterMs?: number;
  /** How long after a save the next one is waited for, with esbuild's service (100 to 250 MB) and processes (55 MB). */
  lingerMs?: number;
}

export interface Lambda {
  /** By name, logical id, or full or partial ARN, with a qualifier or not. */
  find(nameOrArn: string): FunctionModel | undefined;
  /** Rejects with AwsError when there is no such function, it is throttled, or it has never been built. */
  invoke(request: InvokeRequest): Promise<InvokeResult>;
  /** Every function is built and one environment of each is initialised. Rejects with BuildError when one can't be built. */
  ready(): Promise<void>;
  /** Kills what it started, and resolves when that has ended. */
  stop(): Promise<void>;
}

/** Ten seconds for an on-demand function (Lambda guide, "Understanding the execution environment lifecycle"). */
const INIT_LIMIT_MS = 10_000;

const LINGER_MS = 60_000;

/** Runs the functions of a stack, each in processes of its own. */
export async function startLambda(options: LambdaOptions): Promise<Lambda> {
  const { functions } = options;
  const cache = bundleCache(options.cacheDir);
  const lingerMs = options.lingerMs ?? LINGER_MS;
  const esbuild = bundler(lingerMs);
  const turns = reloadTurns();
  const find = functionIndex(functions);

  const running = new Map<string, RunningFunction>();
  for (const fn of functions) {
    running.set(
      fn.name,
      startFunction(fn, {
        ...options,
        cache,
        bundler: esbuild,
        turn: turns.join(),
        lingerMs,
        maxEnvironments: options.maxEnvironments ?? 10,
        initLimitMs: options.initLimitMs ?? INIT_LIMIT_MS,
        growAfterMs: options.growAfterMs ?? 20,
      }),
    );
  }
  const started = Promise.allSettled([...running.values()].map(({ first }) => first)).then((outcomes) => {
    // Nothing is to be built until something is saved.
    esbuild.rest();
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  });
  // Who asks by ready() hears of it.
  started.catch(() => {});

  return {
    find,
    async invoke(request) {
      const found = find(request.functionName);
      const target = found && running.get(found.name);
      if (!target) {
        throw new AwsError('ResourceNotFoundException', `Function not found: ${request.functionName}`, {
          status: 404,
          members: { Type: 'User' },
        });
      }
      // A file that was saved before the request came may be noticed after it, within the same turn of the event loop.
      if (options.watch) await endOfTurn();
      return await target.invoke(request);
    },
    ready: () => started,
    async stop() {
      await Promise.all([...running.values()].map((fn) => fn.stop()));
      esbuild.rest();
    },
  };
}
