import { expect, test } from 'vitest';
import { startApp } from '../app.ts';

// API Gateway developer guide, "Request validation for REST APIs" and "Gateway responses for REST APIs".
test('a REST API takes what its model describes, and says what is wrong with the rest in its own words', async () => {
  const { stack, facts } = await startApp(import.meta.dirname);
  const [url] = stack.outputs;
  const post = async (body: unknown) => {
    const headers = { 'content-type': 'application/json', 'x-shop': 'north' };
    const answer = await fetch(url?.value ?? '', { method: 'POST', headers, body: JSON.stringify(body) });
    return [answer.status, await answer.json()];
  };
  expect(await post({ sku: 'a', pieces: 2 })).toEqual([202, { sku: 'a', pieces: 2 }]);
  expect(await post({ sku: 'a' })).toEqual([422, { wrong: 'Invalid request body' }]);
  expect(facts.filter(({ kind }) => kind === 'invocation.started')).toHaveLength(1);
});
