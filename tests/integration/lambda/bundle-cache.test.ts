import { mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { answering, type BundledFunction, bundledFunction, esbuildProcesses } from './bundled-function.ts';
import { testFolder, testLambda, writeFiles } from './test-lambda.ts';

const SOURCES = {
  'package.json': '{"type":"module"}',
  'package-lock.json': '{"lockfileVersion":3}',
  'src/handler.ts': `import { answer } from './answer.ts';\nimport installed from 'installed';\n${answering('answer + installed')}`,
  'src/answer.ts': "export const answer = 'first ';",
  'node_modules/installed/index.js': 'export default "v1";',
};

interface Run {
  project: string;
  cacheDir: string;
}

function freshRun(): Run {
  return { project: testFolder(SOURCES), cacheDir: testFolder() };
}

/** Starts a loop, invokes and stops it: what it answered, and whether it had to build. */
async function run({ project, cacheDir }: Run, changes: BundledFunction = {}) {
  const lambda = await testLambda([bundledFunction(path.join(project, 'src'), changes)], { cacheDir });
  const { answer } = await lambda.call();
  await lambda.stop();
  return { answer, builds: lambda.facts.ofKind('build.started').length };
}

function bundlesIn(cacheDir: string): string[] {
  return readdirSync(cacheDir).filter((name) => /^Packer-[0-9a-f]+$/.test(name));
}

describe('a bundle that is kept', () => {
  it('serves the next start, without esbuild', async () => {
    const kept = freshRun();
    expect(await run(kept)).toEqual({ answer: 'first v1', builds: 1 });
    const lambda = await testLambda([bundledFunction(path.join(kept.project, 'src'))], kept);
    await lambda.ready();
    expect(esbuildProcesses()).toEqual([]);
    expect(lambda.facts.ofKind('build.started')).toEqual([]);
    expect((await lambda.call()).answer).toBe('first v1');
  });

  it('is not used when a source has changed', async () => {
    const kept = freshRun();
    await run(kept);
    writeFiles(kept.project, { 'src/answer.ts': "export const answer = 'second ';" });
    expect(await run(kept)).toEqual({ answer: 'second v1', builds: 1 });
  });

  it('is not used when the lock file has changed', async () => {
    const kept = freshRun();
    await run(kept);
    writeFiles(kept.project, {
      'package-lock.json': '{"lockfileVersion":3,"packages":{}}',
      'node_modules/installed/index.js': 'export default "v2";',
    });
    expect(await run(kept)).toEqual({ answer: 'first v2', builds: 1 });
  });

  it('is not used when an installed package has changed and there is no lock file', async () => {
    const kept = freshRun();
    rmSync(path.join(kept.project, 'package-lock.json'));
    await run(kept);
    writeFiles(kept.project, { 'node_modules/installed/index.js': 'export default "v2";' });
    expect(await run(kept)).toEqual({ answer: 'first v2', builds: 1 });
  });

  it('is not used when a property has changed', async () => {
    const kept = freshRun();
    await run(kept);
    expect(await run(kept, { properties: { Minify: false } })).toMatchObject({ builds: 1 });
    expect(await run(kept)).toMatchObject({ builds: 0 });
  });

  it.each<[string, (cacheDir: string, bundle: string) => void]>([
    ['lacks a file', (cacheDir, bundle) => rmSync(path.join(cacheDir, bundle, 'handler.js'))],
    [
      'has a file of other content',
      (cacheDir, bundle) => writeFileSync(path.join(cacheDir, bundle, 'handler.js'), ''),
    ],
    ['is gone', (cacheDir, bundle) => rmSync(path.join(cacheDir, bundle), { recursive: true })],
    [
      'has a broken manifest',
      (cacheDir, bundle) => writeFileSync(path.join(cacheDir, `${bundle}.json`), '{"settings":'),
    ],
    ['has no manifest', (cacheDir, bundle) => rmSync(path.join(cacheDir, `${bundle}.json`))],
    [
      'has something else in its place',
      (cacheDir, bundle) => {
        rmSync(path.join(cacheDir, bundle), { recursive: true });
        writeFileSync(path.join(cacheDir, bundle), 'no folder');
      },
    ],
  ])('is made again when it %s', async (_damage, harm) => {
    const kept = freshRun();
    await run(kept);
    const [bundle = ''] = bundlesIn(kept.cacheDir);
    harm(kept.cacheDir, bundle);
    expect(await run(kept)).toEqual({ answer: 'first v1', builds: 1 });
    expect(await run(kept)).toEqual({ answer: 'first v1', builds: 0 });
    expect(bundlesIn(kept.cacheDir)).toEqual([bundle]);
  });

  it('goes when newer ones are there and nobody used it for a day', async () => {
    const kept = freshRun();
    const yesterday = new Date(Date.now() - 25 * 60 * 60 * 1000);
    for (let edition = 1; edition <= 5; edition += 1) {
      writeFiles(kept.project, { 'src/answer.ts': `export const answer = '${edition} ';` });
      await run(kept);
      for (const bundle of bundlesIn(kept.cacheDir)) {
        utimesSync(path.join(kept.cacheDir, bundle), yesterday, yesterday);
      }
    }
    expect(bundlesIn(kept.cacheDir).length).toBe(3);
    expect(await run(kept)).toEqual({ answer: '5 v1', builds: 0 });
    const names = readdirSync(kept.cacheDir).filter((name) => name.startsWith('Packer-'));
    const bundles = bundlesIn(kept.cacheDir);
    expect(names.filter((name) => !bundles.some((bundle) => name.startsWith(bundle)))).toEqual([]);
  });

  it('stays when it was used within a day, however many are newer', async () => {
    const kept = freshRun();
    for (let edition = 1; edition <= 5; edition += 1) {
      writeFiles(kept.project, { 'src/answer.ts': `export const answer = '${edition} ';` });
      await run(kept);
    }
    expect(bundlesIn(kept.cacheDir).length).toBe(5);
  });

  it('is no ES module for the package.json of a folder above', async () => {
    const project = testFolder(SOURCES);
    const cacheDir = path.join(project, 'cache');
    mkdirSync(cacheDir);
    expect((await run({ project, cacheDir })).answer).toBe('first v1');
  });
});
