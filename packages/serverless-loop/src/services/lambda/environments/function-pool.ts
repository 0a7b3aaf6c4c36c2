import { AwsError } from '../../../aws/errors.ts';
import type { Report } from '../../../facts.ts';
import type { FunctionModel } from '../../../template/model.ts';
import { calledFunction } from '../qualifier.ts';
import type { Concurrency } from './concurrency.ts';
import type { ExecutionEnvironment } from './execution-environment.ts';
import type { InvokeRequest, InvokeResult } from './invocation.ts';
import { poolGrowth } from './pool-growth.ts';

/** The execution environments of one version of a function, and the invocations that wait for one. */
export interface FunctionPool {
  /** Rejects with AwsError when the function is throttled, has no code or is stopped. */
  invoke(request: InvokeRequest): Promise<InvokeResult>;
  /** The code was changed: invocations from now on wait for code that was read later. Those before don't. */
  hold(): void;
  /** The code is being read: what becomes of it has every change so far. */
  expect(): void;
  /** Invocations wait for what is being made. */
  isAwaited(): boolean;
  /** Goes on with the code there is, which is as good as what was read last. */
  release(): void;
  /** Goes on with new code; those environments of the old code end when their work is done. `ahead`: one starts at once. */
  use(start: StartEnvironment, options: { ahead: boolean }): Promise<void>;
  /** Environments that start from now on start so; those there are stay. */
  startNext(start: StartEnvironment): void;
  /** Refuses invocations for as long as there is no code at all. */
  refuse(reason: string): void;
  stop(): Promise<void>;
}

export type StartEnvironment = () => ExecutionEnvironment;

export interface FunctionPoolOptions {
  fn: FunctionModel;
  version: string;
  /** Shared with the function's other versions. */
  concurrency: Concurrency;
  report: Report;
  maxEnvironments: number;
  /** How long an invocation waits for a busy environment before another one is started. */
  growAfterMs: number;
}

interface Waiting {
  request: InvokeRequest;
  answer: PromiseWithResolvers<InvokeResult>;
  since: number;
  /** How many changes of the code came before it: it runs in code that has them. */
  changes: number;
}

export function functionPool(options: FunctionPoolOptions): FunctionPool {
  const { fn, version, concurrency, report } = options;
  const maxEnvironments = Math.min(
    options.maxEnvironments,
    fn.reservedConcurrency ?? Number.POSITIVE_INFINITY,
  );
  /** Those of the present code; `alive` has the outdated that still work, too, and `outdated` which changes they have. */
  const environments = new Set<ExecutionEnvironment>();
  const outdated = new WeakMap<ExecutionEnvironment, number>();
  const alive = new Set<ExecutionEnvironment>();
  const waiting: Waiting[] = [];
  let idle: ExecutionEnvironment[] = [];
  let starting = 0;
  let startEnvironment: StartEnvironment | undefined;
  /** Changes that were seen, that are in what was read last, and that are in the present code. */
  let changes = 0;
  let changesRead = 0;
  let changesRunning = -1;
  let refusal: string | undefined;
  let stopped = false;
  let endedAt = 0;
  const growth = poolGrowth({
    growAfterMs: options.growAfterMs,
    waitedMs() {
      const [oldest] = waiting;
      const isEnough = environments.size >= maxEnvironments || starting >= waiting.length;
      const isHeld = !oldest || oldest.changes > changesRunning;
      return isHeld || isEnough ? undefined : performance.now() - oldest.since;
    },
    stalledMs: () => performance.now() - endedAt,
    start: () => void start(),
  });

  function dispatch(): void {
    while (nextFor(changesRunning)) {
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

  /** The next in turn, if code with so many changes may run it. */
  function nextFor(changesOfCode: number): Waiting | undefined {
    const [next] = waiting;
    return next && next.changes <= changesOfCode ? next : undefined;
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
      // One that failed may have met a file that was being written: what has been read since may be better.
      const mayServe = !stopped && environment.hasLoaded();
      const next = mayServe ? nextFor(outdated.get(environment) ?? -1) : undefined;
      if (next) waiting.shift();
      void (next ? serve(environment, next) : retire(environment));
      return;
    }
    idle.push(environment);
    dispatch();
  }

  async function start(): Promise<void> {
    if (!startEnvironment || stopped) return;
    const environment = startEnvironment();
    environments.add(environment);
    alive.add(environment);
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
    report({
      kind: 'invocation.throttled',
      ...calledFunction(fn, qualifier, version),
      requestId,
      attempt,
    });
    return new AwsError('TooManyRequestsException', 'Rate Exceeded.', {
      status: 429,
      members: { Type: 'User', Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded' },
      headers: { 'Retry-After': '1' },
    });
  }

  return {
    async invoke(request) {
      if (stopped) throw stopping();
      if (refusal !== undefined) throw notRunnable(refusal);
      if (!concurrency.enter()) throw throttle(request);
      const answer = Promise.withResolvers<InvokeResult>();
      waiting.push({ request, answer, since: performance.now(), changes });
      dispatch();
      try {
        return await answer.promise;
      } finally {
        concurrency.leave();
      }
    },
    hold() {
      changes += 1;
      refusal = undefined;
    },
    expect() {
      changesRead = changes;
    },
    isAwaited: () => !nextFor(changesRunning) && nextFor(changesRead) !== undefined,
    release() {
      changesRunning = changesRead;
      dispatch();
    },
    async use(newStart, { ahead }) {
      startEnvironment = newStart;
      refusal = undefined;
      for (const environment of environments) outdated.set(environment, changesRunning);
      environments.clear();
      for (const environment of idle) void retire(environment);
      idle = [];
      changesRunning = changesRead;
      if (ahead && maxEnvironments > 0) await start();
      else dispatch();
    },
    startNext(newStart) {
      startEnvironment = newStart;
    },
    refuse(reason) {
      if (startEnvironment) return;
      refusal = reason;
      for (const { answer } of waiting.splice(0)) answer.reject(notRunnable(reason));
    },
    async stop() {
      stopped = true;
      growth.stop();
      for (const { answer } of waiting.splice(0)) answer.reject(stopping());
      await Promise.all([...alive].map(retire));
    },
  };
}

function stopping(): AwsError {
  return new AwsError('ServiceException', 'The loop is stopping.', { status: 500 });
}

/** What Lambda answers for a function whose code could not be made ready. */
function notRunnable(reason: string): AwsError {
  return new AwsError('ResourceConflictException', reason, { status: 409, members: { Type: 'User' } });
}
