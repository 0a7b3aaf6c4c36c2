import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { bundledFunction } from './bundled-function.ts';
import { folderFunction, testFolder, testLambda } from './test-lambda.ts';

/** It takes longer to load than until the next save. */
const SLOW = `const until = Date.now() + 150;
while (Date.now() < until);`;
const LEAST_MS = 60;

/**
 * Saves one edition after the other until the test is over, three in the time that code takes to get ready here and now;
 * gives what resolves to the next one that is saved.
 */
async function saving(
  file: string,
  sourceOf: (edition: number) => string,
  { call }: { call(): Promise<unknown> },
): Promise<() => Promise<number>> {
  let edition = 1;
  let waiting: ((edition: number) => void)[] = [];
  const startMs = performance.now();
  writeFileSync(file, sourceOf(edition));
  await call();
  const timer = setInterval(
    () => {
      edition += 1;
      writeFileSync(file, sourceOf(edition));
      for (const resolve of waiting) resolve(edition);
      waiting = [];
    },
    Math.max(LEAST_MS, (performance.now() - startMs) / 3),
  );
  onTestFinished(() => clearInterval(timer));
  return () => new Promise((resolve) => waiting.push(resolve));
}

describe('while saves come faster than code gets ready, invocations are answered by code that is no older than they are', () => {
  it('of a bundled function', async () => {
    const sourceOf = (edition: number) => `${SLOW}\nexport const handler = async () => ${edition};`;
    const codeUri = testFolder({ 'handler.ts': sourceOf(0) });
    const lambda = await testLambda([bundledFunction(codeUri)], { watch: true });
    await lambda.ready();
    const nextSave = await saving(path.join(codeUri, 'handler.ts'), sourceOf, lambda);
    for (let call = 0; call < 5; call += 1) {
      const edition = await nextSave();
      const { answer } = await lambda.call();
      expect(answer).toEqual(expect.any(Number));
      expect(Number(answer)).toBeGreaterThanOrEqual(edition);
    }
  }, 60_000);

  it('of a folder', async () => {
    const sourceOf = (edition: number) => `${SLOW}\nexports.handler = async () => ${edition};`;
    const fn = folderFunction(sourceOf(0));
    const lambda = await testLambda([fn], { watch: true });
    await lambda.ready();
    const folder = fn.code.kind === 'folder' ? fn.code.codeUri : '';
    const nextSave = await saving(path.join(folder, 'index.js'), sourceOf, lambda);
    for (let call = 0; call < 5; call += 1) {
      const edition = await nextSave();
      const { answer } = await lambda.call();
      expect(answer).toEqual(expect.any(Number));
      expect(Number(answer)).toBeGreaterThanOrEqual(edition);
    }
  }, 60_000);
});
