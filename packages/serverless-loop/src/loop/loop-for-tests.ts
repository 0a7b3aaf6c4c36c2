import type { Fault } from '../faults/fault.ts';
import type { SetFault } from '../faults/fault-book.ts';
import { unlessAborted } from '../unless-aborted.ts';
import { type Facts, factStream } from './fact-stream.ts';
import { type Invocation, type InvokeOptions, invokeFunction } from './invoke-function.ts';
import { startLoop as startInnerLoop } from './loop.ts';
import { loopEnvironment } from './loop-environment.ts';
import type { Loop } from './loop-options.ts';
import { aliasOf } from './pages.ts';
import { type TestClock, testClocks } from './test-clock.ts';
import { loopOptionsOf, type StartOptions } from './test-options.ts';

/** A resource of the stack that a loop was started with. */
export interface StackResource {
  /** The name in the template, or the one that SAM makes of it. */
  logicalId: string;
  /** Such as `AWS::SQS::Queue`. */
  type: string;
  /** The value of `Ref`: a function's or a table's name, a queue's URL, a topic's ARN. */
  physicalId: string;
}

/** Faults of a loop under test. */
export interface LoopFaults {
  list(): readonly SetFault[];
  /** Sets one and returns its id. Throws where there can't be such a fault. */
  add(fault: Fault): string;
  /** Undoes one, or all. Returns their number. */
  remove(id?: string): number;
}

/** A loop that runs in this process, with all that a test needs of it. */
export interface RunningLoop extends AsyncDisposable {
  /** The URL of its one port, for every AWS service. */
  readonly endpoint: string;
  readonly stackName: string;
  readonly region: string;
  /** The variables by which AWS's SDKs and tools find it: endpoint, Region and credentials. */
  readonly environment: Readonly<Record<string, string>>;
  /** The stack's outputs, by name. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Every resource of the stack, in the template's order; those that SAM adds, too. */
  readonly resources: readonly StackResource[];
  /** Returns the value of `Ref` for a resource. Throws for one that the stack has not. */
  physicalId(logicalId: string): string;
  /** All that has happened, and that happens. */
  readonly facts: Facts;
  readonly clock: TestClock;
  /** Harm that is done on purpose to calls and invocations: what is set, and ways to set and undo. */
  readonly faults: LoopFaults;
  /** Invokes a function by its logical id or its name, as the AWS SDK does. Rejects where Lambda refuses. */
  invoke(name: string, event?: unknown, options?: InvokeOptions): Promise<Invocation>;
  /**
   * Meets a schedule now, by its logical id, its name or the name of its event in the template: a rule with a schedule, a
   * `Schedule` or `ScheduleV2` event, or a schedule of EventBridge Scheduler; a disabled one, too. `idle` waits for what comes of
   * it. Throws where there is none of that name, or more than one.
   */
  fire(name: string): void;
  /** Resolves when nothing is delivered, invoked or waits to be tried again. */
  idle(): Promise<void>;
  /** The X-Ray documents that came and are kept, oldest first. */
  segments(): readonly string[];
  /**
   * Leaves the loop as it was when it started: empties tables, queues, buckets, logs, metrics and traces, takes alarms back to
   * their first state, drops what waits to be tried again, has the faults of the start alone, and forgets the facts. Functions that run come to their end before.
   * Processes of functions stay, with what their modules remember, and so do time and what calls have changed of resources.
   */
  reset(): Promise<void>;
  /** Ends all of it; a second call does nothing. `await using` calls it. */
  stop(): Promise<void>;
}

/**
 * Runs a SAM template in this process, behind a free port of 127.0.0.1, apart from every other loop. Resolves when every
 * function is built and ready. Rejects with a TemplateError, a SamConfigError, a BuildError, of a port with a PortTakenError
 * or a CannotListenError, of an option that names nothing with a RangeError, or with the reason of `signal`; nothing is
 * left running.
 */
export async function startLoop(options: StartOptions = {}): Promise<RunningLoop> {
  const { retrySpeed = 1, clock: modes = 'running', signal } = options;
  if (!(retrySpeed > 0)) throw new RangeError(`retrySpeed: expected a number above 0, found ${retrySpeed}`);
  const facts = factStream();
  const clocks = testClocks(modes, retrySpeed);
  const loop = await startInnerLoop({
    ...loopOptionsOf(options),
    retrySpeed,
    clocks,
    report(fact) {
      facts.report(fact);
      options.report?.(fact);
    },
  });
  try {
    await (signal ? unlessAborted(loop.ready(), signal) : loop.ready());
  } catch (error) {
    await loop.stop();
    throw error;
  }
  return {
    ...readable(loop),
    facts,
    faults: faultsOf(loop),
    clock: loop.clock,
    fire: (name) => void loop.schedules.fire(name),
    idle: loop.idle,
    segments: loop.segments,
    async reset() {
      await loop.reset();
      facts.forget();
    },
    ...stopping(async () => {
      await loop.stop();
      facts.end();
    }),
  };
}

function faultsOf({ faults }: Loop): LoopFaults {
  return {
    list: faults.list,
    add: (fault) => faults.add({ ...fault }).id,
    remove: (id) => faults.remove(id),
  };
}

function readable({ endpoint, stack }: Loop) {
  const { region } = stack.place;
  const resources = stack.resources.map(({ logicalId, type, physicalId }) => ({
    logicalId,
    type,
    physicalId,
  }));
  return {
    endpoint,
    stackName: stack.name,
    region,
    environment: loopEnvironment(endpoint, region),
    outputs: Object.fromEntries(stack.outputs.map(({ name, value }) => [name, value])),
    resources,
    physicalId(logicalId: string): string {
      const found = resources.find((resource) => resource.logicalId === logicalId);
      if (found) return found.physicalId;
      const known = resources.map((resource) => resource.logicalId).join(', ');
      throw new RangeError(`expected the logical id of a resource, found "${logicalId}"; there are ${known}`);
    },
    async invoke(
      name: string,
      event: unknown = {},
      { async: isAsync = false, qualifier }: InvokeOptions = {},
    ) {
      const fn = stack.functions.find((each) => each.logicalId === name || each.name === name);
      const found = {
        endpoint,
        region,
        functionName: fn?.name ?? name,
        qualifier: qualifier ?? (fn && aliasOf(fn).alias),
      };
      return invokeFunction(found, event, isAsync);
    },
  };
}

/** Both ways to stop, which stop it once. */
function stopping(end: () => Promise<void>) {
  let ended: Promise<void> | undefined;
  const stop = () => {
    ended ??= end();
    return ended;
  };
  return { stop, [Symbol.asyncDispose]: stop };
}
