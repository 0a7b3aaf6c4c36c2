import http from 'node:http';
import path from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import type { LoopOptions } from '../../../src/loop/loop.ts';
import { projectFolder, runLoop } from '../../loop-in-process.ts';

type Running = Awaited<ReturnType<typeof runLoop>>;

/** A handler that answers with its event, or with what `answer` says in JSON. */
export const ECHO = `exports.handler = async (event) => {
  const asked = event.headers?.['x-answer'] ?? event.headers?.['X-Answer'];
  if (asked === 'throw') throw new Error('no');
  if (asked === 'wait') await new Promise((resolve) => setTimeout(resolve, 2_000));
  else if (asked !== undefined) return JSON.parse(asked);
  return { statusCode: 200, body: JSON.stringify(event) };
};`;

export interface ApisUnderTest {
  readonly running: Running;
  /** The id of an API by its logical id. */
  id(logicalId: string): string;
  /** Its address by a path of the loop's own host. */
  url(logicalId: string, path: string): string;
  /** The event that the echoing function got for a request. */
  event(logicalId: string, path: string, init?: RequestInit): Promise<Record<string, unknown>>;
}

/** A loop for a file of tests, from a template's resources; functions are in index.js. */
export function apisUnderTest(
  template: string,
  files: Record<string, string> = {},
  options: Partial<LoopOptions> = {},
): ApisUnderTest {
  let running: Running | undefined;
  const removals: (() => void)[] = [];
  beforeAll(async () => {
    const folder = projectFolder({ 'template.yaml': template, 'src/index.js': ECHO, ...files }, (remove) =>
      removals.push(remove),
    );
    running = await runLoop(path.join(folder, 'template.yaml'), options);
  });
  afterAll(async () => {
    await running?.stop();
    for (const remove of removals) remove();
  });
  const loop = (): Running => {
    if (!running) throw new Error('the loop has not started');
    return running;
  };
  const id = (logicalId: string): string => {
    const found = loop().loop.stack.apis.find((api) => api.logicalId === logicalId);
    if (!found) throw new Error(`there is no API ${logicalId}`);
    return found.name;
  };
  const url = (logicalId: string, rest: string) =>
    `${loop().loop.endpoint}/_aws/execute-api/${id(logicalId)}${rest}`;
  return {
    get running() {
      return loop();
    },
    id,
    url,
    async event(logicalId, rest, init) {
      const response = await fetch(url(logicalId, rest), init);
      return JSON.parse(await response.text());
    },
  };
}

export interface RawAnswer {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: string;
}

/** A request that fetch would not send: with another Host, or a path as it is written. */
export function rawRequest(
  endpoint: string,
  {
    path: target,
    host,
    method = 'GET',
    headers = {},
    body,
  }: {
    path: string;
    host?: string;
    method?: string;
    headers?: http.OutgoingHttpHeaders;
    body?: string | Buffer;
  },
): Promise<RawAnswer> {
  const { hostname, port } = new URL(endpoint);
  return new Promise((resolve, reject) => {
    const request = http.request(
      {
        hostname,
        port,
        path: target,
        method,
        agent: false,
        headers: { ...(host !== undefined && { host }), ...headers },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks).toString(),
          }),
        );
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}
