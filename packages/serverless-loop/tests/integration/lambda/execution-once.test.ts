import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { sampleOf } from '../../matrix.ts';
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

const CALLERS = 16;

it.each(sampleOf([100, 300], 1))(
  '%i invocations one after the other run once each, and each gets its own answer',
  async (count) => {
    const folder = testFolder();
    const lambda = await testLambda([folderFunction(counting(folder))]);
    const expected = Array.from({ length: count }, (_, n) => n);
    for (const n of expected) expect((await lambda.call({ n })).answer).toEqual({ n });
    expect(runsIn(folder)).toEqual(expected);
  },
);

it.each(
  sampleOf(
    [
      [5, 4],
      [20, 10],
    ] as const,
    1,
  ),
)(
  '16 callers at a time, %i times each, get their own answers of %i environments, and every invocation runs once',
  async (times, maxEnvironments) => {
    const folder = testFolder();
    const lambda = await testLambda([folderFunction(counting(folder), { timeoutMs: 15_000 })], {
      growAfterMs: 0,
      maxEnvironments,
    });
    const caller = async (first: number) => {
      for (let n = first; n < first + times; n += 1) expect((await lambda.call({ n })).answer).toEqual({ n });
    };
    await Promise.all(Array.from({ length: CALLERS }, (_, index) => caller(index * times)));
    expect(runsIn(folder)).toEqual(Array.from({ length: CALLERS * times }, (_, n) => n));
  },
);
