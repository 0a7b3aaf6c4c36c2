import https from 'node:https';
import { json } from 'node:stream/consumers';
import { isObject } from '../aws/json-object.ts';
import * as http from '../http.ts';
import { DEFAULT_ENDPOINT } from '../loop/default-endpoint.ts';
import type { Schedule } from '../loop/schedules.ts';
import { parseEndpoint } from './sdk-settings.ts';
import { NoLoopError } from './terminal/no-loop-error.ts';

/** A running loop's answer at `/_loop/stack`. */
export interface RunningStack {
  stackName: string;
  region: string;
  outputs: Record<string, string>;
  functions: { logicalId: string; name: string; alias?: string }[];
  tables: { logicalId: string; name: string }[];
  schedules: Schedule[];
}

/** A machine that builds beside it may keep a loop from answering for seconds; where nothing listens the answer comes at once. */
const PATIENCE_MS = 20_000;

/** Asks the loop at `endpoint` what it runs. Throws NoLoopError. */
export async function askRunningLoop(endpoint: string): Promise<RunningStack> {
  const { status, answer } = await askPastProxies('GET', new URL('/_loop/stack', endpoint));
  if (status !== 200 || !isRunningStack(answer)) throw new NoLoopError(endpoint);
  return answer;
}

/** Has the loop at `endpoint` meet a schedule. Gives its words where there is none of that name. Throws NoLoopError. */
export async function fireSchedule(
  endpoint: string,
  name: string,
): Promise<{ fired: Schedule } | { refusal: string }> {
  const url = new URL(`/_loop/fire?${new URLSearchParams({ name })}`, endpoint);
  const { status, answer } = await askPastProxies('POST', url);
  if (status === 200 && isSchedule(answer)) return { fired: answer };
  if (status === 404 && isObject(answer) && typeof answer.message === 'string')
    return { refusal: answer.message };
  throw new NoLoopError(endpoint);
}

/**
 * The answer, when it is JSON. By an agent of its own: Node's usual one, and `fetch`, go to the proxies of the environment when
 * NODE_USE_ENV_PROXY says so (Node.js, "Built-in proxy support"), and a loop is behind none.
 */
function askPastProxies(method: string, url: URL): Promise<{ status: number | undefined; answer: unknown }> {
  const { Agent, request } = url.protocol === 'https:' ? https : http;
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const asked = new Promise<{ status: number | undefined; answer: unknown }>((resolve, reject) => {
    request(url, { method, agent: new Agent(), signal }, (response) => {
      response.once('error', reject);
      json(response).then((answer) => resolve({ status: response.statusCode, answer }), reject);
    })
      .once('error', reject)
      .end();
  });
  return asked.catch((error) => {
    throw new NoLoopError(url.origin, { cause: error });
  });
}

function isSchedule(value: unknown): value is Schedule {
  return isObject(value) && 'logicalId' in value && 'name' in value && 'expression' in value;
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
