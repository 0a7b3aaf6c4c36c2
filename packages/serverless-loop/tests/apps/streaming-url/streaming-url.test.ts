import { expect, test } from 'vitest';
import { startApp } from '../app.ts';

// Lambda developer guide, "Response streaming for Lambda functions" and "Control access to Lambda function URLs".
test("a function's URL answers in parts with the status and headers that it gives first, and only to whom it may", async () => {
  const { stack } = await startApp(import.meta.dirname);
  const url = (name: string) => stack.outputs.find((output) => output.name === name)?.value ?? '';
  const answer = await fetch(`${url('Pages')}a/b`, { headers: { origin: 'https://example.com' } });
  expect(await answer.text()).toBe('one two three');
  expect([answer.status, ...['x-path', 'set-cookie'].map((name) => answer.headers.get(name))]).toEqual([
    201,
    '/a/b',
    'seen=1',
  ]);
  expect(answer.headers.get('access-control-allow-origin')).toBe('https://example.com');
  expect((await fetch(url('Closed'))).status).toBe(403);
});
