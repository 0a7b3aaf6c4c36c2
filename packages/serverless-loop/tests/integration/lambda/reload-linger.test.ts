import { renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { LambdaOptions } from '../../../src/services/lambda/functions.ts';
import { answering, bundledFunction, esbuildProcesses, spareProcesses } from './bundled-function.ts';
import { testFolder, testLambda } from './test-lambda.ts';

const ANSWER = '{ edition: EDITION, pid: process.pid }';

/** A function that is saved and invoked. */
async function worked(options: Partial<LambdaOptions> = {}) {
  const codeUri = testFolder({ 'handler.ts': answering(ANSWER.replace('EDITION', '0')) });
  const lambda = await testLambda([bundledFunction(codeUri)], { watch: true, ...options });
  await lambda.ready();
  const aside = path.join(testFolder(), 'aside.ts');
  return {
    ...lambda,
    /** The process id of what answers the edition. One step saves it: of two the second may reload it once more. */
    async save(edition: number): Promise<number> {
      writeFileSync(aside, answering(ANSWER.replace('EDITION', String(edition))));
      renameSync(aside, path.join(codeUri, 'handler.ts'));
      const { answer } = await lambda.call();
      expect(answer).toMatchObject({ edition });
      return Number(Object(answer).pid);
    },
  };
}

/** The one that is no function's yet. */
async function spareBeside(pid: number): Promise<number> {
  const besides = () => spareProcesses().filter((process) => process !== pid);
  await expect.poll(besides).toHaveLength(1);
  return Number(besides()[0]);
}

/** False once the loop has heard of its end: some of its threads may outlive the first, which `ps` shows as ended. */
function isKnown(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

it('esbuild and a process wait for the next save', async () => {
  const lambda = await worked();
  let edition = 0;
  // A busy machine may tell of a save so late that the code is loaded once more, which takes the process that waits.
  async function isServedByWhatWaits(): Promise<boolean> {
    edition += 2;
    const spare = await spareBeside(await lambda.save(edition));
    expect(esbuildProcesses()).toHaveLength(1);
    return (await lambda.save(edition + 1)) === spare;
  }
  await expect.poll(isServedByWhatWaits).toBe(true);
});

it('a waiting process that the system has killed is not missed, and stop() ends the next one', async () => {
  const lambda = await worked();
  const spare = await spareBeside(await lambda.save(1));
  process.kill(spare, 'SIGKILL');
  await expect.poll(() => isKnown(spare)).toBe(false);
  const pid = await lambda.save(2);
  expect(lambda.facts.lines('platform').filter((line) => line.includes('Status: error'))).toEqual([]);
  await spareBeside(pid);
  await lambda.stop();
  expect(spareProcesses()).toEqual([]);
});

it('when nothing is saved for a while esbuild and the waiting process end, and start again with the next save', async () => {
  const lambda = await worked({ lingerMs: 4_000 });
  const pid = await lambda.save(1);
  await spareBeside(pid);
  await expect.poll(() => [esbuildProcesses(), spareProcesses()]).toEqual([[], [pid]]);
  await spareBeside(await lambda.save(2));
});

it('no process waits for a function that nobody invokes', async () => {
  const codeUri = testFolder({ 'handler.ts': answering('1') });
  const lambda = await testLambda([bundledFunction(codeUri)], { watch: true, maxAhead: 10 });
  await lambda.ready();
  const serving = spareProcesses();
  expect(serving).toHaveLength(1);
  // At once: an emptied file that stays so on a busy machine is code, too, and would run in the process that waits.
  writeFileSync(path.join(codeUri, 'handler.ts'), 'export const = ;');
  await lambda.facts.until('build.failed');
  await expect.poll(() => spareProcesses()).toEqual(serving);
});

it('the process of the first environment starts before there is code for it', async () => {
  const codeUri = testFolder({ 'handler.ts': answering('process.pid') });
  const { ready, call } = await testLambda([bundledFunction(codeUri)], { maxAhead: 10 });
  await ready();
  expect([(await call()).answer]).toEqual(spareProcesses());
});
