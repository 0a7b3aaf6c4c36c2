import { statSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { answering, bundledFunction, bundlesIn, esbuildProcesses } from './bundled-function.ts';
import { testFolder, testLambda, writeFiles } from './test-lambda.ts';

const BROKEN = 'export const handler = async () => {\n  return 1 +;\n};\n';

it('the stack of a thrown error names the line of the source', async () => {
  const codeUri = testFolder({
    'handler.ts': `interface Order { id: string }\n\nexport const handler = async (): Promise<Order> => {\n  throw new Error('lost');\n};\n`,
  });
  const fn = bundledFunction(codeUri, {
    properties: { Sourcemap: true, Minify: true },
    environment: { NODE_OPTIONS: '--enable-source-maps' },
  });
  const lambda = await testLambda([fn]);
  expect((await lambda.call()).answer).toMatchObject({
    errorMessage: 'lost',
    trace: expect.arrayContaining([expect.stringMatching(/handler\.ts:4:\d+/)]),
  });
});

it('a bundle runs outside the project, where a missing package is missed', async () => {
  const codeUri = testFolder({
    'handler.ts': answering("import('left-out')"),
    'node_modules/left-out/index.js': 'module.exports = 1;',
  });
  const lambda = await testLambda([bundledFunction(codeUri, { properties: { External: ['left-out'] } })]);
  expect((await lambda.call()).answer).toMatchObject({ errorMessage: expect.stringContaining("'left-out'") });
});

it('code that can not be built is refused with file, line, column and message, and comes up with the fix', async () => {
  const projectDir = testFolder({ 'src/handler.ts': BROKEN });
  const codeUri = path.join(projectDir, 'src');
  const lambda = await testLambda([bundledFunction(codeUri)], { projectDir, watch: true });
  const errors = ['src/handler.ts:2:13: Unexpected ";"'];
  await expect(lambda.ready()).rejects.toMatchObject({ name: 'BuildError', errors });
  expect(lambda.facts.ofKind('build.failed')).toEqual([
    { kind: 'build.failed', functionName: 'packer', errors, isServing: false },
  ]);
  await expect(lambda.call()).rejects.toMatchObject({
    code: 'ResourceConflictException',
    message: expect.stringContaining('src/handler.ts:2:13'),
  });

  writeFiles(codeUri, { 'handler.ts': answering('"fixed"') });
  await lambda.facts.until('build.succeeded');
  expect((await lambda.call()).answer).toBe('fixed');
});

it('a function that can not be built leaves the others alone', async () => {
  const codeUri = testFolder({ 'handler.ts': answering('"well"'), 'broken.ts': BROKEN });
  const lambda = await testLambda([
    bundledFunction(codeUri),
    bundledFunction(codeUri, { logicalId: 'Broken', name: 'broken', entryPoints: ['broken.ts'] }),
  ]);
  await lambda.ready();
  expect(lambda.facts.ofKind('build.failed')).toMatchObject([{ functionName: 'broken', isServing: false }]);
  expect((await lambda.call()).answer).toBe('well');
});

it('a folder of code that is not there is refused, even while it is watched for', async () => {
  const project = testFolder();
  const codeUri = path.join(project, 'gone');
  const lambda = await testLambda([bundledFunction(codeUri)], { watch: true });
  await expect(lambda.ready()).rejects.toMatchObject({ name: 'BuildError' });
  await expect(lambda.call()).rejects.toMatchObject({ code: 'ResourceConflictException' });
});

it('esbuild has ended once everything is built, and what it made is told without its source map', async () => {
  const cacheDir = testFolder();
  const fn = bundledFunction(testFolder({ 'handler.ts': answering('1') }), {
    properties: { Sourcemap: true },
  });
  const lambda = await testLambda([fn], { cacheDir });
  await lambda.ready();
  await expect.poll(() => esbuildProcesses()).toEqual([]);
  const [bundle = ''] = bundlesIn(cacheDir);
  expect(lambda.facts.ofKind('build.succeeded')).toMatchObject([
    { sizeBytes: statSync(path.join(cacheDir, bundle, 'handler.js')).size },
  ]);
});
