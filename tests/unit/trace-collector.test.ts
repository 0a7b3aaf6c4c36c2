import { createSocket } from 'node:dgram';
import { afterEach, expect, test } from 'vitest';
import { startTraceCollector, type TraceCollector } from '../../local/telemetry/trace-collector.ts';

let collector: TraceCollector | undefined;
afterEach(() => collector?.stop());

const header = '{"format":"json","version":1}';

async function send(address: string, text: string): Promise<void> {
  const [host, port] = address.split(':');
  const socket = createSocket('udp4');
  await new Promise((resolve) => socket.send(text, Number(port), host, resolve));
  await new Promise<void>((resolve) => socket.close(() => resolve()));
}

test('a document behind the daemon header is kept as it came', async () => {
  collector = await startTraceCollector();
  const document = '{"trace_id":"1-65f0-aa","id":"01","name":"pack"}';
  await send(collector.address, `${header}\n${document}`);
  await expect.poll(() => collector?.segments()).toEqual([{ traceId: '1-65f0-aa', document }]);
});

test('what is no segment document is dropped, and the collector goes on', async () => {
  collector = await startTraceCollector();
  for (const text of [
    '',
    'noise',
    `${header}\n`,
    `${header}\n[1]`,
    `${header}\n{"id":"x"}`,
    '{"format":"xml"}\n{}',
    '{}',
  ]) {
    await send(collector.address, text);
  }
  await send(collector.address, `${header}\n{"trace_id":"1-65f0-bb"}`);
  await expect.poll(() => collector?.segments().map((segment) => segment.traceId)).toEqual(['1-65f0-bb']);
});

test('past its bound the oldest is dropped and counted', async () => {
  collector = await startTraceCollector({ maxBytes: 120 });
  for (const id of ['1', '2', '3', '4']) {
    await send(collector.address, `${header}\n{"trace_id":"trace-${id}","filler":"${'x'.repeat(20)}"}`);
  }
  await expect.poll(() => collector?.segments().at(-1)?.traceId).toBe('trace-4');
  expect(collector.segments().length).toBeLessThan(4);
  expect(collector.dropped()).toBe(4 - collector.segments().length);
});
