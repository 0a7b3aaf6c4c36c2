import { describe, expect, it } from 'vitest';
import { factLog, folderFunction, isAlive, testFolder, testLambda } from './test-lambda.ts';

/** Waits until as many invocations as the event says are here at once. */
function meeting(): string {
  const folder = testFolder();
  return `const fs = require('node:fs');
    exports.handler = async ({ of, name }) => {
      fs.writeFileSync(${JSON.stringify(folder)} + '/' + name, '');
      while (fs.readdirSync(${JSON.stringify(folder)}).length < of) await new Promise((r) => setTimeout(r, 5));
      return process.pid;
    };`;
}

const timeoutMs = 15_000;

describe('invocations at the same time', () => {
  // https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html
  it('run in environments of their own', async () => {
    const lambda = await testLambda([folderFunction(meeting(), { timeoutMs })]);
    const results = await Promise.all(['a', 'b', 'c'].map((name) => lambda.call({ of: 3, name })));
    expect(new Set(results.map(({ answer }) => answer)).size).toBe(3);
  });

  it('share one environment while that is quick enough', async () => {
    const lambda = await testLambda([folderFunction('exports.handler = async () => process.pid;')], {
      growAfterMs: 60_000,
    });
    const results = await Promise.all(Array.from({ length: 30 }, () => lambda.call()));
    expect(new Set(results.map(({ answer }) => answer)).size).toBe(1);
  });

  it('wait when every environment that may be started is busy', async () => {
    const source =
      'exports.handler = async () => { await new Promise((r) => setTimeout(r, 50)); return process.pid; };';
    const lambda = await testLambda([folderFunction(source)], { maxEnvironments: 2 });
    const results = await Promise.all(Array.from({ length: 8 }, () => lambda.call()));
    expect(results.every((result) => result.functionError === undefined)).toBe(true);
    expect(new Set(results.map(({ answer }) => answer)).size).toBeLessThanOrEqual(2);
  });

  // https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
  it('are throttled beyond the reserved concurrency, at once', async () => {
    const lambda = await testLambda([folderFunction(meeting(), { reservedConcurrency: 2, timeoutMs })]);
    await lambda.ready();
    const running = [lambda.call({ of: 2, name: 'a' })];
    await lambda.facts.until('invocation.started', 1);
    running.push(lambda.call({ of: 2, name: 'b' }));
    await expect(lambda.call({ of: 2, name: 'c' }, { requestId: 'req-c' })).rejects.toMatchObject({
      code: 'TooManyRequestsException',
      status: 429,
      message: 'Rate Exceeded.',
      members: { Type: 'User', Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded' },
    });
    expect(lambda.facts.ofKind('invocation.throttled')).toMatchObject([{ requestId: 'req-c', attempt: 1 }]);
    expect(await Promise.all(running)).toHaveLength(2);
    await expect(lambda.call({ of: 2, name: 'd' })).resolves.toBeDefined();
  });

  // https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionConcurrency.html
  it('are always throttled at a reserved concurrency of 0', async () => {
    const lambda = await testLambda([
      folderFunction('exports.handler = async () => null;', { reservedConcurrency: 0 }),
    ]);
    await lambda.ready();
    await expect(lambda.call()).rejects.toMatchObject({ code: 'TooManyRequestsException', status: 429 });
    expect(lambda.facts.ofKind('log')).toEqual([]);
  });
});

describe('after the stop', () => {
  it('no process is left, idle or busy, and nothing more is taken', async () => {
    const source = `exports.handler = async ({ wait }) => { process.stdout.write('pid ' + process.pid + '\\n'); while (wait) await new Promise((r) => setTimeout(r, 50)); };`;
    const lambda = await testLambda([folderFunction(source, { timeoutMs: 60_000 })]);
    const busy = [lambda.call({ wait: true }), lambda.call({ wait: true })];
    const refused = Promise.allSettled(busy);
    const started = await lambda.facts.until('invocation.started', 2);
    expect(started).toHaveLength(2);
    await lambda.stop();
    const pids = lambda.facts.lines('function').map((line) => Number(line.replace('pid ', '')));
    expect(pids.length).toBeGreaterThan(0);
    expect(pids.filter(isAlive)).toEqual([]);
    expect(await refused).toMatchObject([
      { status: 'rejected', reason: { code: 'ServiceException' } },
      { status: 'rejected', reason: { code: 'ServiceException' } },
    ]);
    await expect(lambda.call()).rejects.toMatchObject({ code: 'ServiceException' });
  });

  it('an initialisation that would take long is ended, too', async () => {
    const facts = factLog();
    const lambda = await testLambda(
      [folderFunction(`process.stdout.write('pid ' + process.pid + '\\n'); for (;;);`)],
      { report: facts.report, maxAhead: 10 },
    );
    await facts.until('log', 2);
    await lambda.stop();
    const [pid] = facts.lines('function').map((line) => Number(line.replace('pid ', '')));
    expect(isAlive(pid ?? 0)).toBe(false);
  });
});
