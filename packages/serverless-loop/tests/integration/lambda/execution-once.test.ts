import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { folderFunction, testFolder, testLambda } from './test-lambda.ts';

/** Leaves a file each time that it runs, and answers with the event. */
function counting(folder: string): string {
  return `const { mkdtempSync } = require('node:fs');
    exports.handler = async (event) => { mkdtempSync(${JSON.stringify(folder)} + '/' + event.n + '-'); return event; };`;
}

function runsIn(folder: string): number[] {
  return readdirSync(folder)
    .map((name) => Number.parseInt(name, 10))
    .sort((a, b) => a - b);
}

it('300 invocations one after the other run once each, and each gets its own answer', async () => {
  const folder = testFolder();
  const lambda = await testLambda([folderFunction(counting(folder))]);
  const expected = Array.from({ length: 300 }, (_, n) => n);
  for (const n of expected) expect((await lambda.call({ n })).answer).toEqual({ n });
  expect(runsIn(folder)).toEqual(expected);
});

it('16 callers at a time get their own answers, and every invocation runs once', async () => {
  const folder = testFolder();
  const lambda = await testLambda([folderFunction(counting(folder), { timeoutMs: 15_000 })], {
    growAfterMs: 0,
  });
  const caller = async (first: number) => {
    for (let n = first; n < first + 20; n += 1) expect((await lambda.call({ n })).answer).toEqual({ n });
  };
  await Promise.all(Array.from({ length: 16 }, (_, index) => caller(index * 20)));
  expect(runsIn(folder)).toEqual(Array.from({ length: 320 }, (_, n) => n));
});
