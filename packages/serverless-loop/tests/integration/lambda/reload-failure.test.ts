import { watch } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { sampleOf } from '../../matrix.ts';
import { answering, bundledFunction, esbuildProcesses } from './bundled-function.ts';
import { forAllTests, testFolder, testLambda } from './test-lambda.ts';

it('a change that can not be built is reported where it is wrong while the last good code answers, and its fix goes live', async () => {
  const projectDir = testFolder({ 'src/handler.ts': answering('"good"') });
  const handler = path.join(projectDir, 'src/handler.ts');
  const lambda = await testLambda([bundledFunction(path.join(projectDir, 'src'))], {
    projectDir,
    watch: true,
  });
  await lambda.ready();

  await writeFile(handler, 'export const handler = async () => {\n  return 1 +;\n};\n');
  await lambda.facts.until('build.failed');
  expect(lambda.facts.ofKind('build.failed').at(-1)).toEqual({
    kind: 'build.failed',
    functionName: 'packer',
    errors: ['src/handler.ts:2:13: Unexpected ";"'],
    isServing: true,
  });
  expect((await lambda.call()).answer).toBe('good');

  await writeFile(handler, answering('"fixed"'));
  expect((await lambda.call()).answer).toBe('fixed');
});

describe('a change', () => {
  const watched = forAllTests(async (atEnd) => {
    const codeUri = testFolder({ 'handler.ts': answering('"good"') }, atEnd);
    const lambda = await testLambda([bundledFunction(codeUri)], { watch: true }, atEnd);
    await lambda.ready();
    return { ...lambda, handler: path.join(codeUri, 'handler.ts') };
  });

  it('that is taken back goes back to the code that runs', async () => {
    const { handler, call, facts } = watched();
    await writeFile(handler, answering('["taken back", process.pid]'));
    const { answer: before } = await call();
    const failures = facts.ofKind('build.failed').length;
    await writeFile(handler, 'export const = ;');
    await facts.until('build.failed', failures + 1);
    const builds = facts.ofKind('build.succeeded').length;
    await writeFile(handler, answering('["taken back", process.pid]'));
    await facts.until('build.succeeded', builds + 1);
    expect((await call()).answer).toEqual(before);
  });

  it('that fails as it starts says so, and its fix goes live', async () => {
    const { handler, call } = watched();
    await writeFile(handler, `throw new Error('not today');\n${answering('1')}`);
    expect((await call()).answer).toMatchObject({ errorMessage: expect.stringContaining('not today') });
    await writeFile(handler, answering('"fixed"'));
    expect((await call()).answer).toBe('fixed');
  });
});

it('an esbuild that the system has killed is started again', async () => {
  const codeUri = testFolder({ 'handler.ts': answering('0') });
  const lambda = await testLambda([bundledFunction(codeUri)], { watch: true });
  await lambda.ready();
  for (const edition of sampleOf([1, 2], 1)) {
    await writeFile(path.join(codeUri, 'handler.ts'), answering(String(edition)));
    expect((await lambda.call()).answer).toBe(edition);
    const [service, ...others] = esbuildProcesses();
    expect(others).toEqual([]);
    if (service !== undefined) process.kill(service, 'SIGKILL');
  }
  await writeFile(path.join(codeUri, 'handler.ts'), answering('"again"'));
  expect((await lambda.call()).answer).toBe('again');
});

it('what lies beside the folder of code that can not be built does not build it again', async () => {
  const projectDir = testFolder({ 'src/handler.ts': answering('"good"') });
  const codeUri = path.join(projectDir, 'src');
  const lambda = await testLambda([bundledFunction(codeUri)], { projectDir, watch: true });
  await lambda.ready();
  await writeFile(path.join(codeUri, 'handler.ts'), 'export const = ;');
  await lambda.facts.until('build.failed');

  // Events of one folder come to all that watch it at once.
  const seen = Promise.withResolvers<void>();
  const watcher = watch(projectDir, () => seen.resolve());
  await writeFile(path.join(projectDir, 'notes.txt'), 'beside');
  await seen.promise;
  watcher.close();
  await writeFile(path.join(codeUri, 'handler.ts'), answering('"fixed"'));
  expect((await lambda.call()).answer).toBe('fixed');
  const changed = lambda.facts.ofKind('build.started').map((fact) => fact.changed);
  expect(new Set(changed)).toEqual(new Set(['not built before', 'src/handler.ts']));
});
