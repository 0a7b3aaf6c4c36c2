import path from 'node:path';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { cacheFolder } from '../cache-folder.ts';
import { startClock } from '../clock.ts';
import type { Fact, Report } from '../facts.ts';
import { type FactStream, factStream } from './fact-stream.ts';
import { startLoop as startComposition } from './loop.ts';
import { loopEnvironment } from './loop-environment.ts';
import { aliasOf } from './pages.ts';

/** How a loop is started; every member may be absent. */
export interface StartOptions {
  /** The SAM template's file (default: template.yaml in the working folder). Its folder is the project's. */
  template?: string;
  /** The stack's name (default: local). */
  stackName?: string;
  /** The Region that the stack is in (default: us-east-1). */
  region?: string;
  /** The 12 digits of the account (default: 000000000000). */
  accountId?: string;
  /** Values of the template's parameters; the others have their defaults. samconfig.toml is not read. */
  parameters?: Record<string, string>;
  /** The TCP port on 127.0.0.1 (default: any free one). */
  port?: number;
  /** How many times faster than AWS retries, back-off and visibility timeouts run by themselves (default: 1). */
  retrySpeed?: number;
  /** Refuses a template with something that is not emulated (default: false). */
  strict?: boolean;
  /** Rebuilds functions when their sources are saved (default: false). */
  watch?: boolean;
  /** The URL of a DynamoDB Local to use in place of the embedded one. */
  dynamoDbUrl?: string;
  /** The folder of bundles, outside the project (default: the user's own cache, which the command uses too). */
  cacheDir?: string;
  /** Called with every fact as it comes. */
  report?: (fact: Fact) => void;
  /** Ends a start that is under way: it rejects with the reason. */
  signal?: AbortSignal;
}

/** What a function answered. */
export interface Invocation {
  /** The answer's JSON as a value; undefined where there is none, as for an asynchronous call. */
  payload: unknown;
  /** What the function failed with. */
  error?: { errorType?: string; errorMessage?: string; stackTrace?: string[] };
  /** The end of its log, at most 4 KB; empty for an asynchronous call. */
  logs: string;
}

/** The way to invoke a function. */
export interface InvokeOptions {
  /** Leaves it with Lambda's queue: no answer, retries, destinations. */
  async?: boolean;
  /** A version or an alias (default: the function's alias, if it has one). */
  qualifier?: string;
}

/** A loop that runs, and all that a test needs of it. */
export interface RunningLoop extends AsyncDisposable {
  /** `http://127.0.0.1:<port>`. */
  readonly endpoint: string;
  /** The variables that point an AWS SDK or tool at the loop: endpoint, Region, credentials. */
  readonly environment: Readonly<Record<string, string>>;
  /** The stack's outputs, by name. */
  readonly outputs: Readonly<Record<string, string>>;
  /** What happens in the loop. */
  readonly facts: FactStream;
  /** The clock of retries, back-off, visibility timeouts and expiry. */
  readonly clock: {
    /**
     * Moves it on by emulated milliseconds: what is due on the way happens in its order, and the invocations that it starts are
     * awaited.
     */
    advance(ms: number): Promise<void>;
  };
  /** Calls a function by its logical id or its name. Rejects with the SDK's error when Lambda refuses. */
  invoke(functionName: string, event?: unknown, options?: InvokeOptions): Promise<Invocation>;
  /** Nothing is being delivered or invoked, nor waiting to be tried again. */
  idle(): Promise<void>;
  /** Empties tables, queues, log groups, metrics and traces, without a restart. */
  reset(): Promise<void>;
  /** Ends everything that it started. */
  stop(): Promise<void>;
}

/**
 * Runs a SAM template in this process, apart from every other loop: on a free port, with data in memory, and ready when it
 * resolves. Throws TemplateError, PortTakenError, BuildError.
 */
export async function startLoop(options: StartOptions = {}): Promise<RunningLoop> {
  const { facts, report, end } = factStream();
  const underWay = invocationsUnderWay();
  const clock = startClock(options.retrySpeed ?? 1);
  const folder = options.cacheDir ?? cacheFolder();
  const loop = await startComposition({
    templatePath: path.resolve(options.template ?? 'template.yaml'),
    stackName: options.stackName ?? 'local',
    place: {
      partition: 'aws',
      region: options.region ?? 'us-east-1',
      accountId: options.accountId ?? '000000000000',
    },
    port: options.port ?? 0,
    parameterOverrides: options.parameters ?? {},
    strict: options.strict ?? false,
    retrySpeed: options.retrySpeed ?? 1,
    clock,
    watch: options.watch ?? false,
    cacheDir: folder,
    ...(options.dynamoDbUrl !== undefined && { dynamoDbUrl: options.dynamoDbUrl }),
    ...(options.signal && { signal: options.signal }),
    report(fact) {
      underWay.report(fact);
      report(fact);
      options.report?.(fact);
    },
  });
  const stop = async () => {
    await loop.stop();
    end();
  };
  try {
    await loop.ready();
  } catch (error) {
    await stop();
    throw error;
  }
  const { endpoint, stack } = loop;
  const environment = loopEnvironment(endpoint, stack.place.region);
  return {
    endpoint,
    environment,
    outputs: Object.fromEntries(stack.outputs.map(({ name, value }) => [name, value])),
    facts,
    clock: { advance: (ms) => clock.advance(ms, underWay.settled) },
    async invoke(functionName, event = {}, { async: isAsync = false, qualifier } = {}) {
      const found = stack.functions.find(({ logicalId, name }) => [logicalId, name].includes(functionName));
      const client = clientOf(endpoint, stack.place.region);
      try {
        return await call(client, {
          name: found?.name ?? functionName,
          event,
          isAsync,
          qualifier: qualifier ?? (found && aliasOf(found).alias),
        });
      } finally {
        client.destroy();
      }
    },
    idle: loop.idle,
    reset: loop.reset,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

function clientOf(endpoint: string, region: string): LambdaClient {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  return new LambdaClient({ endpoint, region, credentials, maxAttempts: 1 });
}

async function call(
  client: LambdaClient,
  request: { name: string; event: unknown; isAsync: boolean; qualifier: string | undefined },
): Promise<Invocation> {
  const { name, event, isAsync, qualifier } = request;
  const { Payload, FunctionError, LogResult } = await client.send(
    new InvokeCommand({
      FunctionName: name,
      Payload: JSON.stringify(event),
      InvocationType: isAsync ? 'Event' : 'RequestResponse',
      ...(!isAsync && { LogType: 'Tail' }),
      ...(qualifier !== undefined && { Qualifier: qualifier }),
    }),
  );
  const text = Payload && Payload.length > 0 ? Buffer.from(Payload).toString() : undefined;
  const payload: unknown = text === undefined ? undefined : JSON.parse(text);
  return {
    payload,
    logs: LogResult === undefined ? '' : Buffer.from(LogResult, 'base64').toString(),
    ...(FunctionError !== undefined && { error: errorOf(payload) }),
  };
}

function errorOf(payload: unknown): NonNullable<Invocation['error']> {
  return typeof payload === 'object' && payload !== null ? payload : { errorMessage: String(payload) };
}

/** Turns of the event loop without an invocation after which nothing more is about to begin. */
const QUIET_TURNS = 5;

/** Watches the facts for invocations that are accepted and not yet ended. */
function invocationsUnderWay(): { report: Report; settled(): Promise<void> } {
  const running = new Set<string>();
  return {
    report(fact) {
      if (fact.kind === 'invocation.accepted' || fact.kind === 'invocation.started')
        running.add(fact.requestId);
      if (fact.kind === 'invocation.ended' || fact.kind === 'invocation.throttled')
        running.delete(fact.requestId);
    },
    async settled() {
      for (let quiet = 0; quiet < QUIET_TURNS; quiet += 1) {
        await nextTurn();
        if (running.size === 0) continue;
        quiet = 0;
        await pause(1);
      }
    },
  };
}
