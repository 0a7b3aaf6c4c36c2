import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setImmediate as endOfTurn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { answering, bundledFunction } from './bundled-function.ts';
import { testFolder, testLambda } from './test-lambda.ts';

async function watched(codeUri: string) {
  const lambda = await testLambda([bundledFunction(codeUri)], { watch: true });
  await lambda.ready();
  return { ...lambda, file: path.join(codeUri, 'handler.ts') };
}

it('what is saved while the save before is built is what is served, also to who has waited since then', async () => {
  const lambda = await watched(testFolder({ 'handler.ts': answering('"old"') }));
  writeFileSync(lambda.file, answering('"half"'));
  await lambda.facts.until('build.started', 2);
  const early = lambda.call();
  writeFileSync(lambda.file, answering('"whole"'));
  expect((await early).answer).toBe('whole');
  expect((await lambda.call()).answer).toBe('whole');
  expect(lambda.facts.ofKind('build.succeeded')).toHaveLength(2);
  expect(lambda.facts.ofKind('build.started')).toHaveLength(2);
});

it('a file that is the same again when its build ends, but was not when it was read, is read again', async () => {
  const codeUri = testFolder({
    'handler.ts': `import { text } from './text.ts';\n${answering('text')}`,
    'text.ts': "export const text = 'old';",
  });
  const lambda = await watched(codeUri);
  const text = path.join(codeUri, 'text.ts');
  for (let edition = 1; edition <= 5; edition += 1) {
    writeFileSync(text, `export const text = ${edition};`);
    await lambda.facts.until('build.started', edition + 1);
    // An editor that writes the same twice, in steps.
    writeFileSync(text, '');
    await endOfTurn();
    writeFileSync(text, `export const text = ${edition};`);
    expect((await lambda.call()).answer).toBe(edition);
  }
});

it.each<[string, (file: string) => void]>([
  ['emptied', (file) => writeFileSync(file, '')],
  ['half-written', (file) => writeFileSync(file, 'export const handler = async () => "ha')],
  ['gone', (file) => rmSync(file)],
])('a file that stays %s for as long as a build is healed by the rest of its save', async (_how, begin) => {
  const lambda = await watched(testFolder({ 'handler.ts': answering('"old"') }));
  begin(lambda.file);
  const ended = () =>
    lambda.facts.ofKind('build.succeeded').length + lambda.facts.ofKind('build.failed').length;
  await expect.poll(ended).toBeGreaterThan(1);
  writeFileSync(lambda.file, answering('"whole"'));
  expect((await lambda.call()).answer).toBe('whole');
});

it('a save that is taken back while it is built keeps the process that runs', async () => {
  const lambda = await watched(testFolder({ 'handler.ts': answering('process.pid') }));
  const { answer: before } = await lambda.call();
  writeFileSync(lambda.file, answering('"other"'));
  await lambda.facts.until('build.started', 2);
  writeFileSync(lambda.file, answering('process.pid'));
  expect((await lambda.call()).answer).toBe(before);
  expect(lambda.facts.ofKind('build.succeeded')).toHaveLength(1);
});
