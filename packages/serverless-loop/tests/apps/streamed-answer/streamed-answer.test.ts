import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  InvokeWithResponseStreamCommand,
  type InvokeWithResponseStreamRequest,
  type InvokeWithResponseStreamResponseEvent,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import { expect, onTestFinished, test } from 'vitest';
import { runInProcess } from '../../command-in-process.ts';
import { clientOptions } from '../../loop-in-process.ts';
import { startApp } from '../app.ts';

async function running() {
  const { loop, call } = await startApp(import.meta.dirname);
  const client = new LambdaClient(clientOptions(loop));
  onTestFinished(() => client.destroy());
  const nameOf = (logicalId: string) => loop.stack.functions.find((fn) => fn.logicalId === logicalId)?.name;
  return {
    call,
    /** A streamed answer: what goes before, and its events. */
    async streamed(
      logicalId: string,
      event: unknown = {},
      more: Pick<InvokeWithResponseStreamRequest, 'InvocationType' | 'LogType'> = {},
    ) {
      const FunctionName = nameOf(logicalId) ?? logicalId;
      const Payload = typeof event === 'string' ? event : JSON.stringify(event);
      const answer = await client.send(
        new InvokeWithResponseStreamCommand({ FunctionName, Payload, ...more }),
      );
      const { EventStream = eventsOf() } = answer;
      return { ...answer, events: EventStream[Symbol.asyncIterator]() };
    },
  };
}

async function* eventsOf(): AsyncGenerator<InvokeWithResponseStreamResponseEvent> {}

/** The text of a part, or the end. */
async function nextOf(events: AsyncIterator<InvokeWithResponseStreamResponseEvent>) {
  const { value, done } = await events.next();
  if (done === true) return undefined;
  const { PayloadChunk, InvokeComplete } = value;
  return PayloadChunk ? new TextDecoder().decode(PayloadChunk.Payload) : InvokeComplete;
}

async function allOf(events: AsyncIterator<InvokeWithResponseStreamResponseEvent>) {
  const all = [];
  for (let event = await nextOf(events); event !== undefined; event = await nextOf(events)) all.push(event);
  return all;
}

// Lambda API reference, "InvokeWithResponseStream": PayloadChunk for each part, InvokeComplete at the end.
test('the parts of an answer come as the function writes them, with the end of its log', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'streamed-answer-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const waitsFor = path.join(folder, 'go on');
  const { streamed } = await running();
  const { events, StatusCode, ExecutedVersion, ResponseStreamContentType } = await streamed(
    'Streaming',
    { waitsFor },
    { LogType: 'Tail' },
  );
  expect({ StatusCode, ExecutedVersion, ResponseStreamContentType }).toEqual({
    StatusCode: 200,
    ExecutedVersion: '$LATEST',
    ResponseStreamContentType: 'application/vnd.amazon.eventstream',
  });
  expect(await nextOf(events)).toBe('first ');
  writeFileSync(waitsFor, '');
  expect(await nextOf(events)).toBe('last');
  const end = await nextOf(events);
  if (typeof end !== 'object') throw new Error(`${end} is no end`);
  expect(end.ErrorCode).toBeUndefined();
  expect(Buffer.from(end.LogResult ?? '', 'base64').toString()).toMatch(
    /^START .*\n.*streaming\n.*END .*REPORT /s,
  );
  expect(await nextOf(events)).toBeUndefined();
});

test('who asks for the answer as a whole gets it', async () => {
  const { call, streamed } = await running();
  const { events } = await streamed('Whole', { n: [1] });
  expect(await allOf(events)).toEqual(['{"n":[1]}', {}]);
  await expect(call('Streaming')).rejects.toThrow('first last');
});

test('an error is told at the end, whether a part came before or not, and the next invocation is whole', async () => {
  const { call, streamed } = await running();
  const details = (message: string) =>
    expect.stringMatching(new RegExp(`^{"errorType":"RangeError","errorMessage":"${message}"`));
  expect(await allOf((await streamed('Streaming', { failsAtOnce: true })).events)).toEqual([
    { ErrorCode: 'RangeError', ErrorDetails: details('at once') },
  ]);
  expect(await allOf((await streamed('Streaming', { failsLater: true })).events)).toEqual([
    'first ',
    { ErrorCode: 'RangeError', ErrorDetails: details('later') },
  ]);
  expect(await call('Streaming', { failsLater: true })).toMatchObject({ errorMessage: 'later' });
  expect(await allOf((await streamed('Streaming')).events)).toEqual(['first ', 'last', {}]);
});

test('the command shows an answer without a byte as an empty line', async () => {
  const { loop } = await startApp(import.meta.dirname);
  const invoked = await runInProcess(['invoke', 'Silent', '--endpoint', loop.endpoint]);
  expect(invoked).toEqual({ status: 0, stdout: '\n', stderr: '' });
});

test('what never comes to the function is refused as by Invoke', async () => {
  const { streamed } = await running();
  expect(await streamed('Whole', {}, { InvocationType: 'DryRun' })).toMatchObject({ StatusCode: 204 });
  await expect(streamed('nobody')).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    $metadata: { httpStatusCode: 404 },
  });
  await expect(streamed('Whole', '{')).rejects.toMatchObject({
    name: 'InvalidRequestContentException',
  });
});
