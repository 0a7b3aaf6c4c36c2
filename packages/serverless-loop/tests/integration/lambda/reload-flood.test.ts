import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { onlyInMatrix, sampleOf } from '../../matrix.ts';
import { bundledFunction } from './bundled-function.ts';
import { folderFunction, testFolder, testLambda } from './test-lambda.ts';

/** It takes longer to load than until the next save. */
const SLOW = `Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 150);`;
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
    for (const _call of sampleOf([1, 2, 3, 4, 5], 2)) {
      const edition = await nextSave();
      const { answer } = await lambda.call();
      expect(answer).toEqual(expect.any(Number));
      expect(Number(answer)).toBeGreaterThanOrEqual(edition);
    }
  });

  onlyInMatrix(() => {
    it('of a folder', async () => {
      const sourceOf = (edition: number) => `${SLOW}\nexports.handler = async () => ${edition};`;
      const fn = folderFunction(sourceOf(0));
      const lambda = await testLambda([fn], { watch: true });
      await lambda.ready();
      const folder = fn.code.kind === 'folder' ? fn.code.codeUri : '';
      const nextSave = await saving(path.join(folder, 'index.js'), sourceOf, lambda);
      for (const _call of sampleOf([1, 2, 3, 4, 5], 2)) {
        const edition = await nextSave();
        const { answer } = await lambda.call();
        expect(answer).toEqual(expect.any(Number));
        expect(Number(answer)).toBeGreaterThanOrEqual(edition);
      }
    });
  });
});

it('code that could not be loaded, as half a file cannot, leaves the calls to newer code', async () => {
  const signs = testFolder();
  const sign = (name: string) => path.join(signs, name);
  const fs = `const { appendFileSync, existsSync, writeFileSync } = require('node:fs');
    const wait = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
    const [begun, broken, loads] = ${JSON.stringify(['begun', 'broken', 'loads'].map(sign))};`;
  const fn = folderFunction('exports.handler = async () => 0;');
  const lambda = await testLambda([fn], { watch: true, maxAhead: 10 });
  await lambda.ready();
  const file = path.join(fn.code.kind === 'folder' ? fn.code.codeUri : '', 'index.js');

  writeFileSync(
    file,
    `${fs} writeFileSync(begun, ''); while (!existsSync(broken)) wait(10); throw new Error('half');`,
  );
  await expect.poll(() => existsSync(sign('begun'))).toBe(true);
  const call = lambda.call();
  // It is taken a turn later; a save within that turn would count as one before it.
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  // It gets ready a while after the other has failed.
  const newer = `appendFileSync(loads, '.'); while (!existsSync(broken)) wait(10);
    wait(500); exports.handler = async () => 2;`;
  writeFileSync(file, `${fs} ${newer}`);
  await expect.poll(() => existsSync(sign('loads'))).toBe(true);
  writeFileSync(sign('broken'), '');
  expect((await call).answer).toBe(2);
  // The environment of the code before would have loaded it for itself.
  expect(readFileSync(sign('loads'), 'utf8')).toBe('.');
});
