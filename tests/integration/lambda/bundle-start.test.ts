import path from 'node:path';
import { expect, it, vi } from 'vitest';
import { answering, bundledFunction, esbuildProcesses } from './bundled-function.ts';
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

it('code that can not be built is refused with file, line, column and message', async () => {
  const projectDir = testFolder({ 'src/handler.ts': BROKEN });
  const lambda = await testLambda([bundledFunction(path.join(projectDir, 'src'))], { projectDir });
  await expect(lambda.ready()).rejects.toMatchObject({
    name: 'BuildError',
    errors: ['src/handler.ts:2:13: Unexpected ";"'],
  });
  await expect(lambda.call()).rejects.toMatchObject({ code: 'ResourceConflictException' });
});

it('a function that can not be built leaves the others alone', async () => {
  const codeUri = testFolder({ 'handler.ts': answering('"well"'), 'broken.ts': BROKEN });
  const lambda = await testLambda([
    bundledFunction(codeUri),
    bundledFunction(codeUri, { logicalId: 'Broken', name: 'broken', entryPoints: ['broken.ts'] }),
  ]);
  await expect(lambda.ready()).rejects.toThrow('Unexpected');
  expect((await lambda.call()).answer).toBe('well');
});

it('code that could not be built at the start comes up with the fix', async () => {
  const codeUri = testFolder({ 'handler.ts': BROKEN });
  const lambda = await testLambda([bundledFunction(codeUri)], { watch: true });
  await expect(lambda.ready()).rejects.toThrow('Unexpected');
  writeFiles(codeUri, { 'handler.ts': answering('"fixed"') });
  await lambda.facts.until('build.succeeded');
  expect((await lambda.call()).answer).toBe('fixed');
});

it('a folder of code that is not there is refused, even while it is watched for', async () => {
  const project = testFolder();
  const codeUri = path.join(project, 'gone');
  const lambda = await testLambda([bundledFunction(codeUri)], { watch: true });
  await expect(lambda.ready()).rejects.toMatchObject({ name: 'BuildError' });
  await expect(lambda.call()).rejects.toMatchObject({ code: 'ResourceConflictException' });
});

it('esbuild has ended once everything is built', async () => {
  const lambda = await testLambda([bundledFunction(testFolder({ 'handler.ts': answering('1') }))]);
  await lambda.ready();
  await vi.waitFor(() => expect(esbuildProcesses()).toEqual([]));
});
