import { mkdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { sampleOf } from '../../matrix.ts';
import {
  answering,
  type BundledFunction,
  bundledFunction,
  bundlesIn,
  esbuildProcesses,
} from './bundled-function.ts';
import { testFolder, testLambda, writeFiles } from './test-lambda.ts';

const SOURCES = {
  'package.json': '{"type":"module"}',
  'package-lock.json': '{"lockfileVersion":3}',
  'tsconfig.json': '{"extends":"./tsconfig.base"}',
  'tsconfig.base.json': '{}',
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
async function run(kept: Run) {
  const lambda = await testLambda([functionOf(kept)], { cacheDir: kept.cacheDir });
  const { answer } = await lambda.call();
  await lambda.stop();
  return { answer, builds: lambda.facts.ofKind('build.started').length };
}

/** The same, but nobody invokes. */
async function builds(kept: Run, changes: BundledFunction = {}): Promise<number> {
  const lambda = await testLambda([functionOf(kept, changes)], { cacheDir: kept.cacheDir });
  await lambda.ready();
  await lambda.stop();
  return lambda.facts.ofKind('build.started').length;
}

function functionOf({ project }: Run, changes: BundledFunction = {}) {
  return bundledFunction(path.join(project, 'src'), changes);
}

describe('a bundle that is kept', () => {
  it('serves the next start, without esbuild', async () => {
    const kept = freshRun();
    expect(await builds(kept)).toBe(1);
    const lambda = await testLambda([functionOf(kept)], { cacheDir: kept.cacheDir });
    await lambda.ready();
    expect(esbuildProcesses()).toEqual([]);
    expect(lambda.facts.ofKind('build.started')).toEqual([]);
    expect((await lambda.call()).answer).toBe('first v1');
  });

  it.each(
    sampleOf<[string, Record<string, string>, string]>(
      [
        ['a source', { 'src/answer.ts': "export const answer = 'second ';" }, 'second v1'],
        [
          'the lock file',
          {
            'package-lock.json': '{"lockfileVersion":3,"packages":{}}',
            'node_modules/installed/index.js': 'export default "v2";',
          },
          'first v2',
        ],
        ['tsconfig.json', { 'tsconfig.json': '{"compilerOptions":{"target":"es2022"}}' }, 'first v1'],
        [
          'what tsconfig.json extends',
          { 'tsconfig.base.json': '{"compilerOptions":{"paths":{"installed":["./src/fake.ts"]}}}' },
          'first fake',
        ],
      ],
      2,
    ),
  )('is not used when %s has changed', async (_what, change, answer) => {
    const kept = freshRun();
    writeFiles(kept.project, { 'src/fake.ts': "export default 'fake';" });
    await builds(kept);
    writeFiles(kept.project, change);
    expect(await run(kept)).toEqual({ answer, builds: 1 });
  });

  it('is not used when an installed package has changed and there is no lock file', async () => {
    const kept = freshRun();
    rmSync(path.join(kept.project, 'package-lock.json'));
    await builds(kept);
    writeFiles(kept.project, { 'node_modules/installed/index.js': 'export default "v2";' });
    expect(await run(kept)).toEqual({ answer: 'first v2', builds: 1 });
  });

  it('is not used when a property has changed', async () => {
    const kept = freshRun();
    await builds(kept);
    expect(await builds(kept, { properties: { Minify: false } })).toBe(1);
    expect(await builds(kept)).toBe(0);
  });

  it('is made again when it is broken', async () => {
    const kept = freshRun();
    await builds(kept);
    const [bundle = ''] = bundlesIn(kept.cacheDir);
    rmSync(path.join(kept.cacheDir, bundle, 'handler.js'));
    expect(await builds(kept)).toBe(1);
    expect(await run(kept)).toEqual({ answer: 'first v1', builds: 0 });
    expect(bundlesIn(kept.cacheDir)).toEqual([bundle]);
  });

  it('is no ES module for the package.json of a folder above', async () => {
    const project = testFolder(SOURCES);
    const cacheDir = path.join(project, 'cache');
    mkdirSync(cacheDir);
    expect((await run({ project, cacheDir })).answer).toBe('first v1');
  });

  it('has beside it what Node compiled of it, for the next process', async () => {
    const { project, cacheDir } = freshRun();
    const lambda = await testLambda([bundledFunction(path.join(project, 'src'))], {
      cacheDir,
      maxAhead: 10,
    });
    await lambda.ready();
    const compiled = path.join(cacheDir, `${bundlesIn(cacheDir)[0]}.compiled`);
    await expect.poll(() => statSync(compiled, { throwIfNoEntry: false })?.isDirectory()).toBe(true);
  });
});
