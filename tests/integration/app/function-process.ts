import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

export interface Outcome {
  answer?: unknown;
  error?: { name: string; message: string };
}

/**
 * Does what Lambda's runtime does, as far as these tests go: load the handler, call it for each event, report. A busy machine
 * may hold a process up for longer than the function waits for AWS, and another try is a signal more: the two limits of
 * src/platform/aws-clients.ts take TIME_LIMITS times as long.
 */
const RUNTIME = `
  const { setTimeout: wait } = globalThis;
  const times = Number(process.env.TIME_LIMITS);
  globalThis.setTimeout = Object.assign(
    (callback, ms, ...rest) => wait(callback, [500, 2_000].includes(ms) ? ms * times : ms, ...rest),
    wait,
  );
  const { handler } = require(process.argv[1]);
  process.once('message', async (events) => {
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
    process.send(outcomes, () => process.disconnect());
  });
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

/**
 * Runs a bundle in a process of its own and calls its handler with each event in turn.
 * `lines` is what it wrote, to standard output and standard error alike. A variable TRACE_HEADER is the trace header of
 * every event, instead of one for each.
 */
export async function invoked(
  bundleFile: string,
  environment: Record<string, string | undefined>,
  events: unknown[],
) {
  const child = spawn(process.execPath, ['--enable-source-maps', '-e', RUNTIME, bundleFile], {
    env: { ...LAMBDA, ...environment },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new Error('the process has no output');
  const outcomes: Outcome[] = [];
  child.on('message', (message: Outcome[]) => outcomes.push(...message));
  child.send(events);
  const [out, err] = await Promise.all([text(stdout), text(stderr), once(child, 'close')]);
  return { outcomes, lines: [...out.split('\n'), ...err.split('\n')].filter((line) => line !== '') };
}
