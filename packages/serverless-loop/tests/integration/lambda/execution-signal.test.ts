import { expect, it } from 'vitest';
import { folderFunction, testLambda } from './test-lambda.ts';

const ENDING = `exports.handler = async ({ signal, words, code }) => {
  if (words) console.log(words);
  if (signal) process.kill(process.pid, signal); else process.exit(code);
  await new Promise((r) => setTimeout(r, 10_000)); };`;

it.each([
  [{ signal: 'SIGTERM' }, 'Runtime.ExitError', 'signal: terminated'],
  [{ signal: 'SIGSEGV' }, 'Runtime.ExitError', 'signal: segmentation fault'],
  [{ signal: 'SIGABRT' }, 'Runtime.ExitError', 'signal: aborted'],
  [{ signal: 'SIGKILL' }, 'Runtime.OutOfMemory', 'signal: killed'],
  [{ code: 1, words: 'JavaScript heap out of memory' }, 'Runtime.ExitError', 'exit status 1'],
])('a process that ends by %j is answered as %s, %s', async (event, errorType, reason) => {
  const lambda = await testLambda([folderFunction(ENDING)]);
  expect((await lambda.call(event, { requestId: 'req-1' })).answer).toEqual({
    errorType,
    errorMessage: `RequestId: req-1 Error: Runtime exited with error: ${reason}`,
  });
});
