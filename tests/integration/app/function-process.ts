import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';

export interface Outcome {
  answer?: unknown;
  error?: { name: string; message: string };
}

/** All that is seen of the invocations of one run: `lines` are of standard output, then of standard error. */
export interface Run {
  outcomes: Outcome[];
  lines: string[];
}

/** A process that runs a bundle, one run after the other. */
export interface FunctionProcess {
  /**
   * Loads the bundle as a new environment does, with these variables and no others, and calls its handler with each event in
   * turn. A variable TRACE_HEADER is the trace header of every event, instead of one for each.
   */
  run(variables: Record<string, string | undefined>, events: unknown[]): Promise<Run>;
  stop(): Promise<void>;
}

/** Ends a run on either stream. */
const END = '\u0000end of run\n';

/**
 * Does what Lambda's runtime does, as far as these tests go: load the handler, call it for each event, report. Each run has
 * modules of its own, which are compiled once: that is most of the work of a process. A busy machine may hold a process up for
 * longer than the function waits for AWS, and another try is a signal more: the two limits of src/platform/aws-clients.ts take
 * TIME_LIMITS times as long.
 */
const RUNTIME = `
  const dgram = require('node:dgram');
  const { createSocket } = dgram;
  const sockets = new Set();
  dgram.createSocket = (...options) => {
    const socket = createSocket(...options);
    sockets.add(socket);
    return socket.once('close', () => sockets.delete(socket));
  };
  const { setTimeout: wait } = globalThis;
  globalThis.setTimeout = Object.assign(
    (callback, ms, ...rest) => wait(callback, [500, 2_000].includes(ms) ? ms * Number(process.env.TIME_LIMITS) : ms, ...rest),
    wait,
  );
  const file = process.argv[1];
  process.on('message', async ({ variables, events }) => {
    for (const name of Object.keys(process.env)) delete process.env[name];
    Object.assign(process.env, variables);
    delete require.cache[file];
    const { handler } = require(file);
    const outcomes = [];
    for (const [index, event] of events.entries()) {
      const root = '1-69000000-' + String(index).padStart(24, '0');
      process.env._X_AMZN_TRACE_ID = process.env.TRACE_HEADER ?? 'Root=' + root + ';Parent=1111111111111111;Sampled=1';
      const context = {
        awsRequestId: 'request-' + index, functionName: 'a-function', functionVersion: '$LATEST', memoryLimitInMB: '1024',
        invokedFunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:a-function',
        getRemainingTimeInMillis: () => 20_000,
      };
      outcomes.push(await handler(event, context).then(
        (answer) => ({ answer }),
        ({ name, message }) => ({ error: { name, message } }),
      ));
    }
    // Traces go by a socket that closes when all of them are sent.
    do await new Promise(setImmediate); while (sockets.size > 0);
    for (const stream of [process.stdout, process.stderr]) stream.write(${JSON.stringify(`${END}\n`)});
    process.send(outcomes);
  });
  process.once('disconnect', () => process.exit());
`;

const LAMBDA = {
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  AWS_LAMBDA_FUNCTION_NAME: 'a-function',
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  AWS_LAMBDA_LOG_FORMAT: 'JSON',
  AWS_LAMBDA_LOG_LEVEL: 'INFO',
  AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR',
  LAMBDA_TASK_ROOT: '/var/task',
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'KEY',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_SESSION_TOKEN: 'token',
  TIME_LIMITS: '30',
};

/** Starts a process for the runs of a bundle. */
export function startFunctionProcess(bundleFile: string): FunctionProcess {
  const child = spawn(process.execPath, ['--enable-source-maps', '-e', RUNTIME, bundleFile], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new Error('the process has no output');
  const ended = once(child, 'exit');
  const streams = [runsOf(stdout), runsOf(stderr)];
  return {
    async run(variables, events) {
      const early = ended.then(([status]) => {
        throw new Error(`the process ended with ${status}`);
      });
      const outcomes = once(child, 'message').then(([message]): Outcome[] => message);
      const lines = Promise.all(streams.map((linesOfRun) => linesOfRun()));
      child.send({ variables: defined({ ...LAMBDA, ...variables }), events });
      const [answered, written] = await Promise.race([Promise.all([outcomes, lines]), early]);
      return { outcomes: answered, lines: written.flat().filter((line) => line !== '') };
    },
    async stop() {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}

/** One run in a process of its own. */
export async function invoked(
  bundleFile: string,
  variables: Record<string, string | undefined>,
  events: unknown[],
): Promise<Run> {
  const own = startFunctionProcess(bundleFile);
  try {
    return await own.run(variables, events);
  } finally {
    await own.stop();
  }
}

/** Gives what a stream says until the end of each run. */
function runsOf(stream: Readable): () => Promise<string[]> {
  let text = '';
  let take = () => {};
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    take();
  });
  return () =>
    new Promise((resolve) => {
      take = () => {
        const end = text.indexOf(END);
        if (end === -1) return;
        resolve(text.slice(0, end).split('\n'));
        text = text.slice(end + END.length);
      };
    });
}

function defined(variables: Record<string, string | undefined>): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined));
}
