import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FunctionModel } from '../../../local/template/model.ts';
import { functionModel } from '../../unit/lambda/function-model.ts';
import { testFolder, testLambda, writeFiles } from './test-lambda.ts';

const SOURCES = {
  'packer/handler.ts': `import { greet } from '../shared.ts';\nexport const handler = async (event: { name: string }) => greet(event.name);\n`,
  'shared.ts': "export const greet = (name: string): string => 'Hello ' + name;\n",
};

function bundledFunction(codeUri: string, properties: Record<string, unknown> = {}): FunctionModel {
  return functionModel({
    handler: 'handler.handler',
    code: { kind: 'esbuild', codeUri, entryPoints: ['packer/handler.ts'], properties },
  });
}

async function taskRootOf(fn: FunctionModel, cacheDir: string): Promise<string> {
  const lambda = await testLambda([fn], { cacheDir });
  await lambda.ready();
  const folder = readdirSync(cacheDir, { withFileTypes: true }).find(
    (entry) => entry.isDirectory() && /-[0-9a-f]{20}$/.test(entry.name),
  );
  return path.join(cacheDir, folder?.name ?? '');
}

describe('a bundle', () => {
  it.each([
    ['without properties', {}, ['--target=es2020', '--format=cjs', '--minify'], 'handler.js'],
    [
      'with source map, names and a target',
      {
        Format: 'cjs',
        Target: 'node24',
        Minify: true,
        Sourcemap: true,
        SourcesContent: 'false',
        MainFields: 'module,main',
        KeepNames: true,
      },
      [
        '--format=cjs',
        '--target=node24',
        '--minify',
        '--sourcemap',
        '--sources-content=false',
        '--main-fields=module,main',
        '--keep-names',
      ],
      'handler.js',
    ],
    [
      'as an ES module with a banner',
      {
        Format: 'esm',
        Minify: false,
        OutExtension: ['.js=.mjs'],
        Banner: ['js=// packed'],
        Define: ['STAGE="dev"'],
      },
      [
        '--format=esm',
        '--target=es2020',
        '--out-extension:.js=.mjs',
        '--banner:js=// packed',
        '--define:STAGE="dev"',
      ],
      'handler.mjs',
    ],
  ])('%s is byte for byte what `sam build` makes', async (_what, properties, flags, output) => {
    const codeUri = testFolder(SOURCES);
    const cacheDir = testFolder();
    const taskRoot = await taskRootOf(bundledFunction(codeUri, properties), cacheDir);
    // In a folder beside the bundle, because source maps hold paths relative to it.
    const outdir = path.join(cacheDir, 'by-the-command-line');
    const esbuild = createRequire(import.meta.url).resolve('esbuild/bin/esbuild');
    const run = spawnSync(
      esbuild,
      ['packer/handler.ts', '--bundle', '--platform=node', `--outdir=${outdir}`, ...flags],
      {
        cwd: codeUri,
        encoding: 'utf8',
      },
    );
    expect(run.stderr).toContain(output);
    expect(readdirSync(taskRoot).sort()).toEqual(readdirSync(outdir).sort());
    for (const file of readdirSync(outdir)) {
      expect(readFileSync(path.join(taskRoot, file), 'utf8')).toBe(
        readFileSync(path.join(outdir, file), 'utf8'),
      );
    }
  });

  it('runs outside the project, where a missing package is missed', async () => {
    const codeUri = testFolder({
      'packer/handler.ts': `export const handler = async () => { await import('left-out'); };`,
      'node_modules/left-out/index.js': 'module.exports = 1;',
    });
    const lambda = await testLambda([bundledFunction(codeUri, { External: ['left-out'] })]);
    expect((await lambda.call()).answer).toMatchObject({
      errorMessage: expect.stringContaining("'left-out'"),
    });
  });

  it('of two entry points keeps their folders', async () => {
    const codeUri = testFolder({
      ...SOURCES,
      'sender/handler.ts': 'export const handler = async () => "sent";',
    });
    const fn = functionModel({
      handler: 'sender/handler.handler',
      code: {
        kind: 'esbuild',
        codeUri,
        entryPoints: ['packer/handler.ts', 'sender/handler.ts'],
        properties: {},
      },
    });
    const lambda = await testLambda([fn]);
    expect((await lambda.call()).answer).toBe('sent');
  });

  it('with an unknown property is refused by its name', async () => {
    const lambda = await testLambda([bundledFunction(testFolder(SOURCES), { Minfy: true })]);
    await expect(lambda.ready()).rejects.toThrow('BuildProperties.Minfy: no such build property');
  });

  it('with an error is refused with the place, and invocations are, too', async () => {
    const projectDir = testFolder({
      'src/packer/handler.ts': 'export const handler = async () => {\n  const = 1;\n};\n',
    });
    const lambda = await testLambda([bundledFunction(path.join(projectDir, 'src'))], { projectDir });
    await expect(lambda.ready()).rejects.toMatchObject({
      name: 'BuildError',
      errors: ['src/packer/handler.ts:2:9: Expected identifier but found "="'],
    });
    await expect(lambda.call()).rejects.toMatchObject({
      code: 'ResourceConflictException',
      message: expect.stringContaining('src/packer/handler.ts:2:9'),
    });
  });
});

describe('the cache of bundles', () => {
  it('answers a second start without a build', async () => {
    const codeUri = testFolder(SOURCES);
    const cacheDir = testFolder();
    const first = await testLambda([bundledFunction(codeUri)], { cacheDir });
    await first.ready();
    expect(first.facts.ofKind('build.succeeded')).toHaveLength(1);
    const second = await testLambda([bundledFunction(codeUri)], { cacheDir });
    expect((await second.call({ name: 'Ünal' })).answer).toBe('Hello Ünal');
    expect(second.facts.ofKind('build.started')).toEqual([]);
  });

  it.each([
    ['a source', { 'shared.ts': 'export const greet = () => "Bye";\n' }, {}],
    ['the lock file', { 'package-lock.json': '{"v":2}' }, {}],
    ['tsconfig.json', { 'tsconfig.json': '{"compilerOptions":{"target":"es2022"}}' }, {}],
    ['a build property', {}, { Minify: false }],
  ])('builds again after a change of %s', async (_what, files, properties) => {
    const codeUri = testFolder({ ...SOURCES, 'package-lock.json': '{"v":1}', 'tsconfig.json': '{}' });
    const cacheDir = testFolder();
    const first = await testLambda([bundledFunction(codeUri)], { cacheDir });
    await first.ready();
    writeFiles(codeUri, files);
    const second = await testLambda([bundledFunction(codeUri, properties)], { cacheDir });
    await second.ready();
    expect(second.facts.ofKind('build.succeeded')).toHaveLength(1);
  });

  it.each<[string, (cacheDir: string, bundle: string) => void]>([
    ['a truncated bundle', (_cacheDir, bundle) => truncateSync(path.join(bundle, 'handler.js'), 10)],
    ['a broken manifest', (_cacheDir, bundle) => truncateSync(`${bundle}.json`, 20)],
    [
      'a manifest of something else',
      (cacheDir, bundle) => writeFiles(cacheDir, { [`${path.basename(bundle)}.json`]: '{"settings":1}' }),
    ],
  ])('recovers from %s', async (_what, damage) => {
    const codeUri = testFolder(SOURCES);
    const cacheDir = testFolder();
    damage(cacheDir, await taskRootOf(bundledFunction(codeUri), cacheDir));
    const second = await testLambda([bundledFunction(codeUri)], { cacheDir });
    expect((await second.call({ name: 'Ünal' })).answer).toBe('Hello Ünal');
  });

  it('is shared by loops that start at the same time', async () => {
    const codeUri = testFolder(SOURCES);
    const cacheDir = testFolder();
    const loops = await Promise.all(
      [1, 2, 3].map(() => testLambda([bundledFunction(codeUri)], { cacheDir })),
    );
    const answers = await Promise.all(loops.map((loop) => loop.call({ name: 'all' })));
    expect(answers.map(({ answer }) => answer)).toEqual(['Hello all', 'Hello all', 'Hello all']);
    expect(readdirSync(cacheDir).filter((name) => /\.[0-9a-f]{8}-/.test(name))).toEqual([]);
  });

  it('keeps compiled code for the next process', async () => {
    const cacheDir = testFolder();
    const bundle = await taskRootOf(bundledFunction(testFolder(SOURCES)), cacheDir);
    await expect
      .poll(() => statSync(`${bundle}.compiled`, { throwIfNoEntry: false })?.isDirectory())
      .toBe(true);
  });
});
