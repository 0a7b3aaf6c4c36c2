import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { folderFunction, isAlive, testLambda } from './test-lambda.ts';

const COUNTER = 'let n = 0; setInterval(() => n++, 20); exports.handler = async () => [n, process.pid];';

// Lambda guide, "Understanding the execution environment lifecycle".
it('nothing of a function goes on between its invocations', async () => {
  const lambda = await testLambda([folderFunction(COUNTER)]);
  const { answer: before } = await lambda.call();
  await pause(1_000);
  const { answer: after } = await lambda.call();
  const [first, second] = [before, after].map((answer) => (Array.isArray(answer) ? answer[0] : undefined));
  // 50 would have come meanwhile.
  expect(second - first).toBeLessThan(10);
});

it('it goes on where that is asked for', async () => {
  const lambda = await testLambda([folderFunction(COUNTER)], { freezes: false });
  await lambda.call();
  await pause(1_000);
  const { answer } = await lambda.call();
  expect(Array.isArray(answer) && answer[0]).toBeGreaterThan(10);
});

it('a frozen function ends with the loop', async () => {
  const lambda = await testLambda([folderFunction(COUNTER)]);
  const { answer } = await lambda.call();
  const pid = Array.isArray(answer) ? Number(answer[1]) : 0;
  await pause(100);
  await lambda.stop();
  expect(isAlive(pid)).toBe(false);
});

it('what it awaits goes on at the next invocation', async () => {
  const code = `let done = 'not yet';
    exports.handler = async () => { const was = done; setTimeout(() => { done = 'done'; }, 200); return was; };`;
  const lambda = await testLambda([folderFunction(code)]);
  expect((await lambda.call()).answer).toBe('not yet');
  await pause(600);
  await expect.poll(async () => (await lambda.call()).answer).toBe('done');
});
