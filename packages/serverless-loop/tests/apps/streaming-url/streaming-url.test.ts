import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { projectFolder } from '../../loop-in-process.ts';
import { startApp } from '../app.ts';

async function urls() {
  const { stack } = await startApp(import.meta.dirname);
  return Object.fromEntries(stack.outputs.map(({ name, value }) => [name, value]));
}

// Lambda developer guide, "Response streaming for Lambda functions" and "Control access to Lambda function URLs".
test("a function's URL answers with the status and headers that it gives first, and only to whom it may", async () => {
  const { Pages, Closed = '' } = await urls();
  const answer = await fetch(`${Pages}a/b`, { headers: { origin: 'https://example.com' } });
  expect(await answer.text()).toBe('one two three');
  expect([answer.status, ...['x-path', 'set-cookie'].map((name) => answer.headers.get(name))]).toEqual([
    201,
    '/a/b',
    'seen=1',
  ]);
  expect(answer.headers.get('access-control-allow-origin')).toBe('https://example.com');
  expect((await fetch(Closed)).status).toBe(403);
});

test('a part comes before the function goes on', async () => {
  const { Pages } = await urls();
  const until = path.join(projectFolder({}), 'go on');
  const { body } = await fetch(`${Pages}slow?until=${encodeURIComponent(until)}`);
  const reader = body?.getReader();
  expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('one ');
  writeFileSync(until, '');
  let rest = '';
  for (let part = await reader?.read(); part?.value; part = await reader?.read())
    rest += new TextDecoder().decode(part.value);
  expect(rest).toBe('two three');
});

test('without a head it is a 200 of bytes; a failure before it is a 502, and one after it breaks the answer off', async () => {
  const { Pages } = await urls();
  const plain = await fetch(`${Pages}plain`);
  expect([plain.status, plain.headers.get('content-type'), await plain.text()]).toEqual([
    200,
    'application/octet-stream',
    'no head',
  ]);
  for (const wrong of ['fails', 'wrong']) expect((await fetch(Pages + wrong)).status).toBe(502);
  const until = path.join(projectFolder({}), 'go on');
  const broken = await fetch(`${Pages}breaks?until=${encodeURIComponent(until)}`);
  expect(broken.status).toBe(201);
  writeFileSync(until, '');
  await expect(broken.text()).rejects.toThrow();
});
