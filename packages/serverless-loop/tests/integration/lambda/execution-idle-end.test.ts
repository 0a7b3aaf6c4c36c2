import { expect, it } from 'vitest';
import { sampleOf } from '../../matrix.ts';
import { folderFunction, testLambda } from './test-lambda.ts';

/** True while the loop, its parent, has not yet heard of a process's end. */
function isUnreaped(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const ENDINGS = [
  ['an exception that nobody catches', 'throw new Error("too late")'],
  ['a rejection that nobody handles', 'Promise.reject(new Error("too late"))'],
  ['an exit', 'process.exit(4)'],
] as const;

it.each(sampleOf(ENDINGS, 2))(
  '%s after the answer ends the process, and spoils no other invocation',
  async (_what, ending) => {
    const source = `let calls = 0;
    exports.handler = async ({ last }) => {
      calls += 1;
      if (last) setTimeout(() => { ${ending}; }, 20);
      return [process.pid, calls];
    };`;
    const lambda = await testLambda([folderFunction(source)], { freezes: false });
    const { answer } = await lambda.call({ last: true });
    const [pid] = [answer].flat().map(Number);
    await expect.poll(() => isUnreaped(pid ?? 0)).toBe(false);
    expect((await lambda.call()).answer).toEqual([expect.not.toSatisfy((other) => other === pid), 1]);
  },
);
