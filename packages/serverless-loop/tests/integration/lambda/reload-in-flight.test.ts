import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { sampleOf } from '../../matrix.ts';
import { answering, bundledFunction, esbuildProcesses } from './bundled-function.ts';
import { isAlive, testFolder, testLambda } from './test-lambda.ts';

/** Says which edition it is once it has taken its time. */
function slow(edition: number): string {
  return `
    import { setTimeout as sleep } from 'node:timers/promises';
    export const handler = async (event: { number: number }) => {
      await sleep(100);
      return { edition: ${edition}, number: event.number, pid: process.pid };
    };`;
}

it('invocations in flight during reloads are all answered', async () => {
  const codeUri = testFolder({ 'handler.ts': slow(0) });
  const handler = path.join(codeUri, 'handler.ts');
  const lambda = await testLambda([bundledFunction(codeUri)], { watch: true, maxEnvironments: 4 });
  await lambda.ready();

  const editions = sampleOf([1, 2, 3, 4, 5], 2);
  const numbers = Array.from({ length: 10 * editions.length }, (_, number) => number);
  const calls = numbers.map((number) => lambda.call({ number }));
  for (const [index, edition] of editions.entries()) {
    await lambda.facts.until('invocation.ended', (index + 1) * 5);
    await writeFile(handler, slow(edition));
  }
  const results = await Promise.all(calls);

  expect(results.filter(({ functionError }) => functionError !== undefined)).toEqual([]);
  expect(results.map(({ answer }) => answer)).toEqual(
    numbers.map((number) => expect.objectContaining({ number })),
  );
  expect(lambda.facts.ofKind('build.succeeded').length).toBeGreaterThan(1);
  expect((await lambda.call({ number: -1 })).answer).toMatchObject({ edition: 5 });
  expect(lambda.facts.ofKind('invocation.ended').length).toBe(numbers.length + 1);
});

it('an invocation of the old code ends in it, and its process ends then', async () => {
  const codeUri = testFolder({ 'handler.ts': slow(0) });
  const lambda = await testLambda([bundledFunction(codeUri)], { watch: true });
  await lambda.ready();
  const old = lambda.call({ number: 1 });
  await lambda.facts.until('invocation.started');
  await writeFile(path.join(codeUri, 'handler.ts'), answering('"new"'));
  expect((await lambda.call()).answer).toBe('new');
  const { answer } = await old;
  expect(answer).toMatchObject({ edition: 0, number: 1 });
  await expect.poll(() => isAlive(Number(Object(answer).pid))).toBe(false);
});

it('after stop() nothing is watched, and esbuild and all processes have ended', async () => {
  const codeUri = testFolder({ 'handler.ts': answering('process.pid') });
  const lambda = await testLambda([bundledFunction(codeUri)], { watch: true });
  const { answer: first } = await lambda.call();
  await writeFile(path.join(codeUri, 'handler.ts'), `${answering('process.pid')}// more\nexport {};`);
  await lambda.facts.until('build.succeeded', 2);
  const { answer: second } = await lambda.call();
  const watchers = () => process.getActiveResourcesInfo().filter((name) => name === 'FSEventWrap').length;
  expect(watchers()).toBeGreaterThan(0);

  await lambda.stop();

  expect(watchers()).toBe(0);
  expect([first, second].filter((pid) => isAlive(Number(pid)))).toEqual([]);
  await expect.poll(() => esbuildProcesses()).toEqual([]);
});

it('stop() ends what a save has just begun', async () => {
  const codeUri = testFolder({ 'handler.ts': answering('1') });
  const lambda = await testLambda([bundledFunction(codeUri)], { watch: true });
  await lambda.ready();
  await writeFile(path.join(codeUri, 'handler.ts'), answering('2'));
  await lambda.facts.until('build.started', 2);
  await lambda.stop();
  await expect(lambda.call()).rejects.toMatchObject({ code: 'ServiceException' });
  await expect.poll(() => esbuildProcesses()).toEqual([]);
});

it('stop() ends a start that has just begun', async () => {
  const lambda = await testLambda([bundledFunction(testFolder({ 'handler.ts': answering('1') }))]);
  await lambda.stop();
  await expect.poll(() => esbuildProcesses()).toEqual([]);
});
