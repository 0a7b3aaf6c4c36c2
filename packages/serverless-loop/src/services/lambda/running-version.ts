import { AwsError } from '../../aws/errors.ts';
import { PACKAGE_FOLDER } from '../../package-folder.ts';
import type { FunctionModel } from '../../template/model.ts';
import { reportMissing } from './code/declared-packages.ts';
import type { CodeRunner, KeptCode, RunningCode } from './code/kept-code.ts';
import type { RuntimeSdk } from './code/runtime-sdk.ts';
import { environmentVariables } from './environments/environment-variables.ts';
import {
  type ExecutionEnvironment,
  startExecutionEnvironment,
} from './environments/execution-environment.ts';
import type { InvokeRequest, InvokeResult } from './environments/invocation.ts';
import type { ViewOptions } from './environments/own-view.ts';
import { poolGrowth } from './environments/pool-growth.ts';
import { type ProcessStarterOptions, processStarter } from './environments/process-starter.ts';
import type { Views } from './environments/views.ts';
import type { FunctionCredentials, LambdaOptions } from './lambda-options.ts';
import { calledFunction } from './qualifier.ts';
import { platformLog } from './telemetry/platform-log.ts';

/** The execution environments of one version of a function, and the invocations that wait for one. All versions run the source as it is now. */
export interface RunningVersion extends CodeRunner {
  /** Rejects with AwsError when the function is throttled, has no code or is stopped. */
  invoke(request: InvokeRequest): Promise<InvokeResult>;
  stop(): Promise<void>;
}

export interface RunningVersionOptions
  extends Omit<LambdaOptions, 'functions' | 'lingerMs'>,
    Pick<ProcessStarterOptions, 'families' | 'debugPort' | 'lingerMs'> {
  fn: FunctionModel;
  version: string;
  code: KeptCode;
  /** Shared with the function's other versions. */
  concurrency: Concurrency;
  credentials: FunctionCredentials;
  /** Callers are meant to come by it: it waits for them from the start. Others start when they are called. */
  isMain: boolean;
  maxEnvironments: number;
  initLimitMs: number;
  /** An invocation waits so long for a busy environment before another one is started. */
  growAfterMs: number;
  /** A process of it writes a file. */
  onWritten: (file: string) => void;
  sdk: RuntimeSdk;
  views: Views;
}

/** The invocations of a function that run, over all of its versions (Lambda guide, "Reserved concurrency"). */
export interface Concurrency {
  running: number;
}

interface Waiting {
  request: InvokeRequest;
  answer: PromiseWithResolvers<InvokeResult>;
  since: number;
  /** The saves before it: it runs in code that has them. */
  saves: number;
}

export function startVersion(options: RunningVersionOptions): RunningVersion {
  const { fn, version, code, concurrency, report } = options;
  const { reservedConcurrency = Number.POSITIVE_INFINITY } = fn;
  const maxEnvironments = Math.min(options.maxEnvironments, reservedConcurrency);
  const starter = processStarter({ ...options, ...processesOf(options) });
  const lines = platformLog(fn, version, options.place, () => Date.now());
  /** Those of the present code; `alive` has the outdated that still work, too. */
  const environments = new Set<ExecutionEnvironment>();
  const alive = new Map<ExecutionEnvironment, RunningCode>();
  const waiting: Waiting[] = [];
  let idle: ExecutionEnvironment[] = [];
  let starting = 0;
  const startsAhead = options.isMain && (options.startsAhead ?? true);
  let isUsed = startsAhead;
  let stopped = false;
  let endedAt = 0;
  const growth = poolGrowth({
    growAfterMs: options.growAfterMs,
    waitedMs() {
      const next = nextFor(code.running);
      const isEnough = environments.size >= maxEnvironments || starting >= waiting.length;
      return !next || isEnough ? undefined : performance.now() - next.since;
    },
    stalledMs: () => performance.now() - endedAt,
    start: () => void start(),
  });

  function dispatch(): void {
    while (nextFor(code.running)) {
      const environment = idle.pop();
      if (!environment) {
        if (environments.size === 0) void start();
        growth.watch();
        return;
      }
      const next = waiting.shift();
      if (next) void serve(environment, next);
    }
  }

  /** The next in turn, if that code may run it. */
  function nextFor(running: Pick<RunningCode, 'saves'> | undefined): Waiting | undefined {
    const [next] = waiting;
    return next && running && next.saves <= running.saves ? next : undefined;
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
      const next = mayServe ? nextFor(alive.get(environment)) : undefined;
      if (next) waiting.shift();
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
    return new AwsError('TooManyRequestsException', 'Rate Exceeded.', {
      status: 429,
      members: { Type: 'User', Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded' },
      headers: { 'Retry-After': '1' },
    });
  }

  function refuseAll(error: AwsError): void {
    for (const { answer } of waiting.splice(0)) answer.reject(error);
  }

  if (startsAhead && maxEnvironments > 0) starter.firstCodeComes();

  return {
    async invoke(request) {
      isUsed = true;
      if (stopped) throw stopping();
      if (code.refusal !== undefined) throw notRunnable(code.refusal);
      if (concurrency.running >= reservedConcurrency) throw throttle(request);
      concurrency.running += 1;
      const answer = Promise.withResolvers<InvokeResult>();
      waiting.push({ request, answer, since: performance.now(), saves: code.saves });
      dispatch();
      try {
        const result = await answer.promise;
        starter.answered();
        return result;
      } finally {
        concurrency.running -= 1;
      }
    },
    isAwaited: () => !nextFor(code.running) && nextFor({ saves: code.savesRead }) !== undefined,
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
      if (code.refusal !== undefined) refuseAll(notRunnable(code.refusal));
      dispatch();
      starter.noCodeComes();
    },
    async stop() {
      stopped = true;
      growth.stop();
      refuseAll(stopping());
      await Promise.all([...alive.keys()].map(retire));
      await starter.stop();
    },
  };
}

function processesOf({ fn, version, credentials, ...options }: RunningVersionOptions) {
  const { place, endpoint, xrayDaemonAddress } = options;
  const given = { fn, version, region: place.region, endpoint, xrayDaemonAddress, credentials };
  return {
    environmentFor: (logStreamName: string) => environmentVariables({ ...given, logStreamName }),
    startFolder: options.cacheDir,
    newView: () => options.views(viewOf(fn, options)),
    memorySizeMB: fn.memorySizeMB,
    hasSpares: fn.runtime.startsWith('nodejs') && fn.environment.AWS_LAMBDA_EXEC_WRAPPER === undefined,
    freezes: (options.freezes ?? true) && !options.debugPort,
    surroundings: {
      layers: (fn.layers ?? []).toReversed(),
      sdk: options.sdk.foldersFor(fn.runtime),
      hasImports: hasImports(fn),
      aws: { allows: options.allowsAws ?? false, services: SERVICES },
    },
    news: {
      wanted: (name: string) => options.sdk.install(name, fn.runtime, fn.name),
      missing: (name: string) => reportMissing(fn, [name], options),
      refused: (host: string) => options.report({ kind: 'aws.refused', functionName: fn.name, host }),
    },
  };
}

function viewOf(
  { code, ephemeralStorageMB, layers = [] }: FunctionModel,
  { cacheDir, projectDir }: Pick<LambdaOptions, 'cacheDir' | 'projectDir'>,
): ViewOptions {
  const ofLayers = layers.map(({ folder }) => folder);
  // A bundle lies in the cache, beside what Node compiles.
  const readOnly = code.kind === 'folder' ? [code.codeUri, ...ofLayers] : ofLayers;
  const sources = 'codeUri' in code ? [code.codeUri] : [];
  const places = [projectDir, cacheDir, ...sources, ...ofLayers, PACKAGE_FOLDER, process.execPath];
  return { ephemeralStorageMB, readOnly, places };
}

/** As the host names of AWS have them. */
const SERVICES = [
  'cloudformation',
  'cloudcontrolapi',
  'dynamodb',
  'events',
  'iam',
  'lambda',
  'logs',
  'monitoring',
  's3',
  'schemas',
  'sns',
  'sqs',
  'sts',
  'xray',
];

/** A bundle of CommonJS has it all, but for what it was told to leave out. */
function hasImports({ code, layers }: FunctionModel): boolean {
  if (code.kind !== 'esbuild') return true;
  if (layers) return true;
  const { Format = 'cjs', External, Packages, Splitting } = code.properties;
  return Format !== 'cjs' || External !== undefined || Packages !== undefined || Splitting !== undefined;
}

function stopping(): AwsError {
  return new AwsError('ServiceException', 'The loop is stopping.', { status: 500 });
}

/** Answers as Lambda does for a function whose code could not be made ready. */
function notRunnable(reason: string): AwsError {
  return new AwsError('ResourceConflictException', reason, { status: 409, members: { Type: 'User' } });
}
