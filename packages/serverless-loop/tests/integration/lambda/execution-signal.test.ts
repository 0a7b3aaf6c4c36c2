import { expect, it, onTestFinished } from 'vitest';
import { sampleOf } from '../../matrix.ts';
import { folderFunction, forAllTests, testLambda } from './test-lambda.ts';

const ENDING = `exports.handler = async ({ signal, words, code }) => {
  if (words) console.log(words);
  if (signal) process.kill(process.pid, signal); else process.exit(code);
  await new Promise((r) => setTimeout(r, 10_000)); };`;

const running = forAllTests((atEnd) => testLambda([folderFunction(ENDING, {}, atEnd)], {}, atEnd));

it.each(
  sampleOf(
    [
      [{ signal: 'SIGKILL' }, 'Runtime.OutOfMemory', 'signal: killed'],
      [{ signal: 'SIGTERM' }, 'Runtime.ExitError', 'signal: terminated'],
      [{ signal: 'SIGABRT' }, 'Runtime.ExitError', 'signal: aborted'],
      [{ code: 1, words: 'JavaScript heap out of memory' }, 'Runtime.ExitError', 'exit status 1'],
      [{ signal: 'SIGSEGV' }, 'Runtime.ExitError', 'signal: segmentation fault'],
    ] as const,
    2,
  ),
)('a process that ends by %j is answered as %s, %s', async (event, errorType, reason) => {
  expect((await running().call(event, { requestId: 'req-1' })).answer).toEqual({
    errorType,
    errorMessage: `RequestId: req-1 Error: Runtime exited with error: ${reason}`,
  });
});

const GREEDY: [how: string, work: string][] = [
  ['in one go', 'for (let i = 0; i < 300; i++) kept.push(Buffer.alloc(1 << 20, 1));'],
  [
    'and goes on',
    'for (let i = 0; i < 300; i++) { kept.push(Buffer.alloc(1 << 20, 1)); await new Promise((r) => setTimeout(r, 5)); } await new Promise((r) => setTimeout(r, 60_000));',
  ],
];

// Lambda guide, "Configure Lambda function memory": buffers count, not only what V8 has.
it.each(sampleOf(GREEDY, 1))(
  'a function that takes more memory than it has ends as AWS ends it: %s',
  async (_how, work) => {
    const code = `let n = 0; exports.handler = async (isGreedy) => { n += 1; const kept = []; if (isGreedy) { ${work} } return n; };`;
    const lambda = await testLambda([folderFunction(code, { timeoutMs: 15_000 })]);
    expect((await lambda.call(false)).answer).toBe(1);
    expect((await lambda.call(true)).answer).toEqual({
      errorType: 'Runtime.OutOfMemory',
      errorMessage: expect.stringMatching(
        /^RequestId: \S+ Error: Runtime exited with error: signal: killed$/,
      ),
    });
    expect(lambda.facts.lines('platform').join('\n')).toContain('Max Memory Used: 128 MB');
    expect((await lambda.call(false)).answer).toBe(1);
  },
);

// getrusage(2): a process that is started inherits the peak of the one that starts it.
it('a function may be started by a loop that takes more memory than the function has', async () => {
  const held = Array.from({ length: 200 }, () => new Uint8Array(1 << 20).fill(1));
  // At once, not when garbage is collected: the larger a process, the longer it takes to start another.
  onTestFinished(() => held.forEach(({ buffer }) => void buffer.transfer(0)));
  const lambda = await testLambda([folderFunction('exports.handler = async () => "done";')]);
  expect((await lambda.call({})).answer).toBe('done');
  expect(held).toHaveLength(200);
  const [used] = /(?<=Max Memory Used: )\d+/.exec(lambda.facts.lines('platform').join('\n')) ?? [];
  expect(Number(used)).toBeLessThan(128);
});
