import { expect, it, onTestFinished } from 'vitest';
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

// Lambda guide, "Configure Lambda function memory": buffers count, not only what V8 has.
it.each([
  ['in one go', 'for (let i = 0; i < 300; i++) kept.push(Buffer.alloc(1 << 20, 1));'],
  [
    'and goes on',
    'for (let i = 0; i < 300; i++) { kept.push(Buffer.alloc(1 << 20, 1)); await new Promise((r) => setTimeout(r, 5)); } await new Promise((r) => setTimeout(r, 60_000));',
  ],
])('a function that takes more memory than it has ends as AWS ends it: %s', async (_how, work) => {
  const code = `let n = 0; exports.handler = async (isGreedy) => { n += 1; const kept = []; if (isGreedy) { ${work} } return n; };`;
  const lambda = await testLambda([folderFunction(code, { timeoutMs: 15_000 })]);
  expect((await lambda.call(false)).answer).toBe(1);
  expect((await lambda.call(true)).answer).toEqual({
    errorType: 'Runtime.OutOfMemory',
    errorMessage: expect.stringMatching(/^RequestId: \S+ Error: Runtime exited with error: signal: killed$/),
  });
  expect(lambda.facts.lines('platform').join('\n')).toContain('Max Memory Used: 128 MB');
  expect((await lambda.call(false)).answer).toBe(1);
});

// getrusage(2): a process that is started inherits the peak of the one that starts it.
it('a function may be started by a loop that takes more memory than the function has', async () => {
  const held = Array.from({ length: 400 }, () => new Uint8Array(1 << 20).fill(1));
  // At once, not when garbage is collected: the larger a process, the longer it takes to start another.
  onTestFinished(() => held.forEach(({ buffer }) => void buffer.transfer(0)));
  const lambda = await testLambda([folderFunction('exports.handler = async () => "done";')]);
  expect((await lambda.call({})).answer).toBe('done');
  expect(held).toHaveLength(400);
  const [used] = /(?<=Max Memory Used: )\d+/.exec(lambda.facts.lines('platform').join('\n')) ?? [];
  expect(Number(used)).toBeLessThan(128);
});
