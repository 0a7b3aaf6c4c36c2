import { describe, expect, it } from 'vitest';
import type { CodeModel } from '../../../src/template/model.ts';
import { functionModel } from '../../unit/lambda/function-model.ts';
import { folderFunction, forAllTests, isAlive, testFolder, testLambda } from './test-lambda.ts';

const ERRORS = `class TapeEmpty extends Error { name = 'TapeEmpty'; }
  let calls = 0;
  exports.handler = async (event) => {
    calls += 1;
    if (event.isEmpty) throw new TapeEmpty('no tape');
    if (event.throws) throw event.thrown;
    if (event.isNoJson) return 10n;
    if (event.isEndless) return new Promise(() => {});
    return event.size ? 'x'.repeat(event.size) : calls;
  };`;

describe('a function error', () => {
  const running = forAllTests((atEnd) =>
    testLambda([folderFunction(ERRORS, { timeoutMs: 15_000 }, atEnd)], {}, atEnd),
  );

  // https://docs.aws.amazon.com/lambda/latest/dg/nodejs-exceptions.html
  it('is answered with type, message and trace, and counted as an error', async () => {
    const lambda = running();
    const result = await lambda.call({ isEmpty: true }, { requestId: 'req-empty' });
    expect(result).toMatchObject({
      functionError: 'Unhandled',
      errorType: 'TapeEmpty',
      errorMessage: 'no tape',
    });
    expect(result.answer).toEqual({
      errorType: 'TapeEmpty',
      errorMessage: 'no tape',
      trace: expect.arrayContaining(['TapeEmpty: no tape']),
    });
    const ended = lambda.facts.ofKind('invocation.ended');
    expect(ended.filter(({ requestId }) => requestId === 'req-empty')).toMatchObject([
      { outcome: 'error', errorType: 'TapeEmpty', errorMessage: 'no tape' },
    ]);
    expect(result.logTail).toMatch(
      /\tERROR\tInvoke Error \t\{"errorType":"TapeEmpty","errorMessage":"no tape"/,
    );
  });

  it('can be anything that is thrown', async () => {
    expect((await running().call({ throws: true, thrown: 'rope' })).answer).toEqual({
      errorType: 'string',
      errorMessage: 'rope',
      trace: [],
    });
    expect((await running().call({ throws: true })).answer).toMatchObject({ errorType: 'handled' });
  });

  // execve(2): the variables of a process end at a NUL, and one may be 128 KB long on Linux.
  it.each([
    ['holds a NUL', 'a\0b'],
    ['is longer than the system takes', 'a'.repeat(4_000_000)],
  ])('is that no process starts, as a variable %s; the loop goes on', async (_case, value) => {
    const lambda = await testLambda([
      folderFunction('exports.handler = async () => 1;', { environment: { TABLE: value } }),
    ]);
    for (const _time of [1, 2])
      expect(await lambda.call()).toMatchObject({
        errorType: 'Runtime.ExitError',
        functionError: 'Unhandled',
      });
    expect(lambda.facts.lines('function').join('')).toContain('The process could not be started: ');
  });

  it('leaves the environment as it was', async () => {
    const { answer } = await running().call();
    await running().call({ isEmpty: true });
    expect((await running().call()).answer).toBe(Number(answer) + 2);
  });

  it('is a result that is no JSON', async () => {
    expect((await running().call({ isNoJson: true })).answer).toMatchObject({
      errorType: 'Runtime.MarshalError',
      errorMessage: 'Unable to stringify response body',
    });
  });

  it('is a promise that can never settle', async () => {
    expect((await running().call({ isEndless: true })).answer).toMatchObject({
      errorType: 'Runtime.NodeJsExit',
    });
  });

  it('is a response that is too large, after which the environment still works', async () => {
    expect((await running().call({ size: 6_291_555 })).answer).toEqual({
      errorType: 'Function.ResponseSizeTooLarge',
      errorMessage: 'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
    });
    expect((await running().call({ size: 6_291_554 })).payload).toHaveLength(6_291_556);
  });

  it('has places in the source when the bundle has a map', async () => {
    const codeUri = testFolder({
      'thrower.ts':
        '\n\nexport const handler = async (): Promise<void> => {\n  throw new Error("here");\n};\n',
    });
    const code = {
      kind: 'esbuild',
      codeUri,
      entryPoints: ['thrower.ts'],
      properties: { Sourcemap: true },
    } satisfies CodeModel;
    const lambda = await testLambda([functionModel({ handler: 'thrower.handler', code })]);
    const { answer } = await lambda.call();
    expect(JSON.stringify(answer)).toContain('thrower.ts:4:');
  });
});

describe('the end of a process', () => {
  const source = `const { spawn } = require('node:child_process');
    let calls = 0;
    exports.handler = async (event) => {
      calls += 1;
      if ('exit' in event) process.exit(event.exit);
      if (event.reject) { Promise.reject(new Error('nobody waits')); await new Promise((r) => setTimeout(r, 10_000)); }
      if (event.raise) { setImmediate(() => { throw new RangeError('out of turn'); }); await new Promise((r) => setTimeout(r, 10_000)); }
      if (event.blocks) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
      if (event.hang) { process.stdout.write('pid ' + process.pid + ' ' + spawn('sleep', ['60'], { stdio: 'inherit' }).pid + '\\n'); await new Promise((r) => setTimeout(r, 60_000)); }
      if (event.hoard) for (const all = []; ; ) all.push(new Array(100_000).fill(calls));
      return [process.pid, calls];
    };`;

  // LocalStack's record, tests/aws/services/lambda_/test_lambda.snapshot.json.
  it('is answered in AWS’s words, and the next invocation starts afresh', async () => {
    const lambda = await testLambda([folderFunction(source)]);
    const requestId = 'req-1';
    const endings = [
      [{ exit: 0 }, 'Runtime.ExitError', 'RequestId: req-1 Error: Runtime exited without providing a reason'],
      [{ exit: 7 }, 'Runtime.ExitError', 'RequestId: req-1 Error: Runtime exited with error: exit status 7'],
      [{ reject: true }, 'Runtime.UnhandledPromiseRejection', 'Error: nobody waits'],
      [{ raise: true }, 'RangeError', 'out of turn'],
    ] as const;
    for (const [event, errorType, errorMessage] of endings) {
      const result = await lambda.call(event, { requestId });
      expect(result).toMatchObject({ functionError: 'Unhandled' });
      expect(result.answer).toMatchObject({ errorType, errorMessage });
      if ('exit' in event) expect(result.answer).toEqual({ errorType, errorMessage });
      expect((await lambda.call()).answer).toEqual([expect.any(Number), 1]);
    }
    const started = lambda.facts.ofKind('invocation.started').map(({ coldStart }) => coldStart);
    expect(started).toEqual([true, ...Array.from({ length: 7 }, () => false)]);
  });

  // https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html
  it('comes at the timeout, also for a function that never yields', async () => {
    const lambda = await testLambda([folderFunction(source, { timeoutMs: 300 })]);
    const result = await lambda.call({ blocks: true }, { requestId: 'req-1' });
    expect(result.answer).toEqual({
      errorType: 'Sandbox.Timedout',
      errorMessage: 'RequestId: req-1 Error: Task timed out after 0.30 seconds',
    });
    expect(lambda.facts.ofKind('invocation.ended')).toMatchObject([
      { outcome: 'timeout', errorType: 'Sandbox.Timedout' },
    ]);
    expect(result.logTail).toContain('\tStatus: timeout\t');
  });

  it('at the timeout takes along what the function has started', async () => {
    const lambda = await testLambda([folderFunction(source, { timeoutMs: 2_000 })]);
    const { logTail } = await lambda.call({ hang: true });
    const pids = /pid (\d+) (\d+)/.exec(logTail)?.slice(1).map(Number) ?? [];
    expect(pids).toHaveLength(2);
    await expect.poll(() => pids.filter(isAlive)).toEqual([]);
  });

  it('comes when the heap outgrows the memory of the function', async () => {
    const lambda = await testLambda([folderFunction(source, { memorySizeMB: 128, timeoutMs: 15_000 })]);
    expect((await lambda.call({ hoard: true }, { requestId: 'req-1' })).answer).toEqual({
      errorType: 'Runtime.OutOfMemory',
      errorMessage: 'RequestId: req-1 Error: Runtime exited with error: signal: killed',
    });
  });
});
