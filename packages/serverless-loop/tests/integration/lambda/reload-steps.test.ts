import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setImmediate as endOfTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { sampleOf } from '../../matrix.ts';
import { answering, bundledFunction } from './bundled-function.ts';
import { type AtEnd, forAllTests, testFolder, testLambda } from './test-lambda.ts';

async function watched(codeUri: string, atEnd?: AtEnd) {
  const lambda = await testLambda([bundledFunction(codeUri)], { watch: true }, atEnd);
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
  for (const [index, edition] of sampleOf([1, 2, 3, 4, 5], 2).entries()) {
    writeFileSync(text, `export const text = ${edition};`);
    await lambda.facts.until('build.started', index + 2);
    // An editor that writes the same twice, in steps.
    writeFileSync(text, '');
    await endOfTurn();
    writeFileSync(text, `export const text = ${edition};`);
    expect((await lambda.call()).answer).toBe(edition);
  }
});

describe('a file', () => {
  const saved = forAllTests((atEnd) =>
    watched(testFolder({ 'handler.ts': answering('"old"') }, atEnd), atEnd),
  );

  it.each<[string, (file: string) => void]>([
    ['emptied', (file) => writeFileSync(file, '')],
    ['half-written', (file) => writeFileSync(file, 'export const handler = async () => "ha')],
    ['gone', (file) => rmSync(file)],
  ])('that stays %s for as long as a build is healed by the rest of its save', async (how, begin) => {
    const { file, facts, call } = saved();
    const ended = () => facts.ofKind('build.succeeded').length + facts.ofKind('build.failed').length;
    const before = ended();
    begin(file);
    await expect.poll(ended).toBeGreaterThan(before);
    writeFileSync(file, answering(`"whole after ${how}"`));
    expect((await call()).answer).toBe(`whole after ${how}`);
  });
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
