import { createSocket } from 'node:dgram';
import { afterEach, expect, test } from 'vitest';
import { startTraceCollector, type TraceCollector } from '../../../src/services/xray/collector.ts';

let collector: TraceCollector | undefined;
let taken: [string, string][] = [];
afterEach(() => collector?.stop());

const header = '{"format":"json","version":1}';

async function start(): Promise<void> {
  taken = [];
  collector = await startTraceCollector((traceId, document) => taken.push([traceId, document.toString()]));
}

async function send(text: string): Promise<void> {
  const [host, port] = collector?.address.split(':') ?? [];
  const socket = createSocket('udp4');
  await new Promise((resolve) => socket.send(text, Number(port), host, resolve));
  await new Promise<void>((resolve) => socket.close(() => resolve()));
}

// https://docs.aws.amazon.com/xray/latest/devguide/xray-api-sendingdata.html: the daemon header
test('a document behind the daemon header is taken as it came', async () => {
  await start();
  const document = '{"trace_id":"1-65f0-aa","id":"01","name":"pack"}';
  await send(`${header}\n${document}`);
  await expect.poll(() => taken).toEqual([['1-65f0-aa', document]]);
});

test('its trace is the one it names itself, not one in its metadata, however it is written', async () => {
  await start();
  await send(`${header}\n{"metadata":{"trace_id":"inner"},"trace_id":"outer"}`);
  await send(`{ "version": 1, "format": "json" }\n{"trace_id" : "spaced"}`);
  await expect.poll(() => taken.map(([traceId]) => traceId)).toEqual(['outer', 'spaced']);
});

test('what is no segment document is dropped, and the collector goes on', async () => {
  await start();
  for (const text of [
    '',
    'noise',
    `${header}\n`,
    `${header}\n[1]`,
    `${header}\n{"id":"x"}`,
    '{"format":"xml"}\n{}',
    'null\n{"trace_id":"1"}',
    '{}',
  ]) {
    await send(text);
  }
  await send(`${header}\n{"trace_id":"1-65f0-bb"}`);
  await expect.poll(() => taken.map(([traceId]) => traceId)).toEqual(['1-65f0-bb']);
});
