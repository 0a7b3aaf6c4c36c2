import { readdirSync, statSync } from 'node:fs';
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
  it('is not used when tsconfig.json has changed', async () => {
    const codeUri = testFolder({ ...SOURCES, 'package-lock.json': '{}', 'tsconfig.json': '{}' });
    const cacheDir = testFolder();
    const first = await testLambda([bundledFunction(codeUri)], { cacheDir });
    await first.ready();
    writeFiles(codeUri, { 'tsconfig.json': '{"compilerOptions":{"target":"es2022"}}' });
    const second = await testLambda([bundledFunction(codeUri)], { cacheDir });
    await second.ready();
    expect(second.facts.ofKind('build.succeeded')).toHaveLength(1);
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
