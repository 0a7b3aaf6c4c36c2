import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { InvokeWithResponseStreamCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { clientOptions, type LoopUnderTest, runLoop } from '../../loop-in-process.ts';
import { onlyInMatrix } from '../../matrix.ts';

let running: LoopUnderTest & { stop(): Promise<void> };
beforeAll(async () => {
  running = await runLoop(path.join(import.meta.dirname, 'template.yaml'));
});
afterAll(() => running.stop());

function get(query: Record<string, string> | string, init: RequestInit = {}): Promise<Response> {
  const name = typeof query === 'string' ? query : 'Streaming';
  const url = running.loop.stack.outputs.find((output) => output.name === name)?.value ?? '';
  return fetch(`${url}?${new URLSearchParams(typeof query === 'string' ? {} : query)}`, init);
}

function markers() {
  const folder = mkdtempSync(path.join(tmpdir(), 'streaming-ways-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return { waitsFor: path.join(folder, 'go on'), ended: path.join(folder, 'ended') };
}

// Lambda guide, "Invoking a response streaming enabled function using Lambda function URLs".
describe('a URL that streams', () => {
  it('answers with status, headers and cookies at once, and the parts as the function writes them', async () => {
    const { waitsFor } = markers();
    const response = await get({ way: 'page', waitsFor });
    expect(response.status).toBe(201);
    expect(response.headers.get('content-type')).toBe('text/html');
    expect(response.headers.get('x-kind')).toBe('snack');
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader?.read())?.value).toBe('first ');
    writeFileSync(waitsFor, '');
    expect((await reader?.read())?.value).toBe('last');
    expect((await reader?.read())?.done).toBe(true);
  });

  it.each([
    [{ way: 'bare' }, 'text/plain', 'bare'],
    [{ way: 'untyped' }, 'application/octet-stream', 'untyped'],
    ['Whole', 'application/json', '{"statusCode":201,"body":"whole"}'],
  ])('answers 200 with what comes, where nothing says otherwise: %j', async (query, type, body) => {
    const response = await get(query);
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
      200,
      type,
      body,
    ]);
  });

  it.each(['failsAtOnce', 'wrongStatus'])('answers 502 before the beginning: %s', async (way) => {
    const response = await get({ way });
    expect([response.status, await response.text()]).toEqual([502, '{"Message":"Internal Server Error"}']);
  });

  it('breaks off where the function fails after the beginning', async () => {
    const response = await get({ way: 'failsLater' });
    expect(response.status).toBe(201);
    await expect(response.text()).rejects.toThrow('terminated');
    expect((await get({ way: 'bare' })).status).toBe(200);
  });

  // Lambda guide, "Response streaming for Lambda functions": "not interrupted or stopped when the invoking client connection is broken".
  it('lets the function go on when its caller has gone', async () => {
    const { waitsFor, ended } = markers();
    const caller = new AbortController();
    const response = await get({ way: 'page', waitsFor, ended }, { signal: caller.signal });
    expect(response.status).toBe(201);
    caller.abort();
    writeFileSync(waitsFor, '');
    await expect.poll(() => existsSync(ended)).toBe(true);
    expect(await (await get({ way: 'bare' })).text()).toBe('bare');
  });

  it('carries more than an answer that comes whole', async () => {
    const response = await get({ way: 'large', MB: '20' });
    expect((await response.arrayBuffer()).byteLength).toBe(20 * 1024 * 1024);
  });
});

// Lambda guide, "Lambda quotas": 200 MB for streamed responses.
onlyInMatrix(() => {
  it.each([
    [200, { MB: 200, error: undefined }],
    [201, { MB: expect.any(Number), error: 'Function.ResponseSizeTooLarge' }],
  ])('of %d MB, 200 are streamed and no more', async (MB, streamed) => {
    const { loop } = running;
    const client = new LambdaClient(clientOptions(loop));
    onTestFinished(() => client.destroy());
    const FunctionName = loop.stack.functions.find(({ logicalId }) => logicalId === 'Streaming')?.name ?? '';
    const command = new InvokeWithResponseStreamCommand({ FunctionName, Payload: JSON.stringify({ MB }) });
    const { EventStream = [] } = await client.send(command);
    let bytes = 0;
    let error: string | undefined = 'no end';
    for await (const { PayloadChunk, InvokeComplete } of EventStream) {
      bytes += PayloadChunk?.Payload?.length ?? 0;
      if (InvokeComplete) error = InvokeComplete.ErrorCode;
    }
    expect({ MB: bytes / 1024 / 1024, error }).toEqual(streamed);
  });
});
