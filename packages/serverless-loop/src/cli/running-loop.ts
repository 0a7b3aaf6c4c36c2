import http from 'node:http';
import https from 'node:https';
import { json } from 'node:stream/consumers';
import { DEFAULT_ENDPOINT } from '../loop/default-endpoint.ts';
import { parseEndpoint } from './sdk-settings.ts';
import { NoLoopError } from './terminal/no-loop-error.ts';

/** A running loop's answer at `/_loop/stack`. */
export interface RunningStack {
  stackName: string;
  region: string;
  outputs: Record<string, string>;
  functions: { logicalId: string; name: string; alias?: string }[];
  tables: { logicalId: string; name: string }[];
}

const PATIENCE_MS = 5_000;

/** Asks the loop at `endpoint` what it runs. Throws NoLoopError. */
export async function askRunningLoop(endpoint: string): Promise<RunningStack> {
  const stack = await askPastProxies(new URL('/_loop/stack', endpoint)).catch((error) => {
    throw new NoLoopError(endpoint, { cause: error });
  });
  if (!isRunningStack(stack)) throw new NoLoopError(endpoint);
  return stack;
}

/**
 * The answer's JSON, when it is one of success. By an agent of its own: Node's usual one, and `fetch`, go to the proxies of
 * the environment when NODE_USE_ENV_PROXY says so (Node.js, "Built-in proxy support"), and a loop is behind none.
 */
function askPastProxies(url: URL): Promise<unknown> {
  const { Agent, get } = url.protocol === 'https:' ? https : http;
  const signal = AbortSignal.timeout(PATIENCE_MS);
  return new Promise((resolve, reject) => {
    get(url, { agent: new Agent(), signal }, (response) => {
      response.once('error', reject);
      json(response).then((answer) => resolve(response.statusCode === 200 ? answer : undefined), reject);
    }).once('error', reject);
  });
}

function isRunningStack(value: unknown): value is RunningStack {
  return (
    typeof value === 'object' &&
    value !== null &&
    'functions' in value &&
    'tables' in value &&
    'outputs' in value
  );
}

/** The loop's address: as given, else AWS_ENDPOINT_URL, else the usual port; without a path. Throws UsageError. */
export function loopEndpoint(given: string | undefined): string {
  const source = given === undefined ? 'AWS_ENDPOINT_URL' : '--endpoint';
  return parseEndpoint(given ?? (process.env.AWS_ENDPOINT_URL || DEFAULT_ENDPOINT), source);
}
