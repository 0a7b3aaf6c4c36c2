import { rmSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FunctionModel } from '../../../local/template/model.ts';
import { functionModel } from '../../unit/lambda/function-model.ts';
import { folderFunction, testFolder, testLambda, writeFiles } from './test-lambda.ts';

function project(): { projectDir: string; packer: FunctionModel; sender: FunctionModel } {
  const projectDir = testFolder({
    'src/packer.ts': `import { word } from './shared.ts';\nimport { box } from './box.ts';\nexport const handler = async () => [word, box];\n`,
    'src/sender.ts': `import { word } from './shared.ts';\nexport const handler = async () => [word];\n`,
    'src/shared.ts': `export const word = 'one';\n`,
    'src/box.ts': `export const box = 1;\n`,
  });
  const bundled = (name: string) =>
    functionModel({
      logicalId: name,
      name,
      handler: `${name}.handler`,
      code: {
        kind: 'esbuild',
        codeUri: path.join(projectDir, 'src'),
        entryPoints: [`${name}.ts`],
        properties: {},
      },
    });
  return { projectDir, packer: bundled('packer'), sender: bundled('sender') };
}

const watch = true;

describe('a saved change', () => {
  it('of a shared file reaches every function that uses it', async () => {
    const { projectDir, packer, sender } = project();
    const lambda = await testLambda([packer, sender], { projectDir, watch });
    await lambda.ready();
    writeFiles(projectDir, { 'src/shared.ts': `export const word = 'two';\n` });
    await lambda.facts.until('build.succeeded', 4);
    expect((await lambda.call()).answer).toEqual(['two', 1]);
    expect((await lambda.call({}, { functionName: 'sender' })).answer).toEqual(['two']);
    expect(lambda.facts.ofKind('build.started').slice(2)).toMatchObject([
      { changed: 'src/shared.ts' },
      { changed: 'src/shared.ts' },
    ]);
  });

  it('of a file that only one function uses rebuilds only that', async () => {
    const { projectDir, packer, sender } = project();
    const lambda = await testLambda([packer, sender], { projectDir, watch });
    await lambda.ready();
    writeFiles(projectDir, { 'src/box.ts': 'export const box = 2;\n' });
    await expect.poll(async () => (await lambda.call()).answer).toEqual(['one', 2]);
    expect(lambda.facts.ofKind('build.started').slice(2)).toMatchObject([
      { functionName: 'packer', changed: 'src/box.ts' },
    ]);
  });

  it('of a file that is replaced by another, as some editors save, is seen, every time', async () => {
    const { projectDir, packer } = project();
    const lambda = await testLambda([packer], { projectDir, watch });
    await lambda.ready();
    for (const box of [2, 3, 4]) {
      rmSync(path.join(projectDir, 'src/box.ts'));
      writeFiles(projectDir, { 'src/box.ts': `export const box = ${box};\n` });
      await expect.poll(async () => (await lambda.call()).answer).toEqual(['one', box]);
    }
  });

  it('that changes nothing starts nothing', async () => {
    const { projectDir, packer } = project();
    const lambda = await testLambda([packer], { projectDir, watch });
    await lambda.ready();
    utimesSync(path.join(projectDir, 'src/box.ts'), new Date(), new Date());
    writeFileSync(path.join(projectDir, 'src/box.ts'), 'export const box = 1;\n');
    // The events of a folder come in their order: when this one has had its effect, the others have had none.
    writeFiles(projectDir, { 'src/shared.ts': `export const word = 'two';\n` });
    await expect.poll(async () => (await lambda.call()).answer).toEqual(['two', 1]);
    expect(lambda.facts.ofKind('build.started').slice(1)).toMatchObject([{ changed: 'src/shared.ts' }]);
  });

  it('with an error is reported with its place, while the last good code answers', async () => {
    const { projectDir, packer } = project();
    const lambda = await testLambda([packer], { projectDir, watch });
    await lambda.ready();
    writeFiles(projectDir, { 'src/box.ts': 'export const box = ;\n' });
    expect(await lambda.facts.until('build.failed')).toMatchObject([
      { functionName: 'packer', errors: ['src/box.ts:1:20: Unexpected ";"'] },
    ]);
    expect((await lambda.call()).answer).toEqual(['one', 1]);
    writeFiles(projectDir, { 'src/box.ts': 'export const box = 3;\n' });
    await expect.poll(async () => (await lambda.call()).answer).toEqual(['one', 3]);
  });

  it('that takes an error back goes on with the same environment', async () => {
    const { projectDir, packer } = project();
    const lambda = await testLambda([packer], { projectDir, watch });
    await lambda.call();
    writeFiles(projectDir, { 'src/box.ts': 'export const box = ;\n' });
    await lambda.facts.until('build.failed');
    writeFiles(projectDir, { 'src/box.ts': 'export const box = 1;\n' });
    await lambda.facts.until('build.succeeded', 2);
    await lambda.call();
    expect(lambda.facts.ofKind('invocation.started').map(({ coldStart }) => coldStart)).toEqual([
      true,
      false,
    ]);
  });

  it('brings up a function that could not be built at the start', async () => {
    const { projectDir, packer } = project();
    rmSync(path.join(projectDir, 'src/box.ts'));
    const lambda = await testLambda([packer], { projectDir, watch });
    await expect(lambda.ready()).rejects.toThrow('src/packer.ts:2:21: Could not resolve "./box.ts"');
    writeFiles(projectDir, { 'src/box.ts': 'export const box = 5;\n' });
    await lambda.facts.until('build.succeeded');
    expect((await lambda.call()).answer).toEqual(['one', 5]);
  });

  it('loses no invocation under load, and none sees old code after new', async () => {
    const { projectDir, sender } = project();
    const lambda = await testLambda([sender], { projectDir, watch });
    await lambda.ready();
    let saved = 0;
    const seen: number[] = [];
    const load = async () => {
      for (let last = 0; last < 3; ) {
        const { answer, functionError } = await lambda.call();
        expect(functionError).toBeUndefined();
        last = Number([answer].flat()[0]) || 0;
        seen.push(last);
      }
    };
    const clients = [load(), load(), load(), load()];
    for (saved = 1; saved <= 3; saved += 1) {
      writeFiles(projectDir, { 'src/shared.ts': `export const word = '${saved}';\n` });
      await expect.poll(() => seen.includes(saved), { timeout: 10_000 }).toBe(true);
    }
    await Promise.all(clients);
    expect(lambda.facts.ofKind('invocation.ended')).toHaveLength(seen.length);
  });

  it('lets a running invocation end on the code it began with', async () => {
    const { projectDir, sender } = project();
    const gate = path.join(testFolder(), 'gate');
    const source = (word: string) =>
      `import { existsSync } from 'node:fs';\nexport const handler = async ({ wait }: { wait: boolean }) => {\n  while (wait && !existsSync(${JSON.stringify(gate)})) await new Promise((r) => setTimeout(r, 5));\n  return '${word}';\n};\n`;
    writeFiles(projectDir, { 'src/sender.ts': source('old') });
    const lambda = await testLambda([{ ...sender, timeoutMs: 15_000 }], { projectDir, watch });
    await lambda.ready();
    const running = lambda.call({ wait: true });
    await lambda.facts.until('invocation.started');
    writeFiles(projectDir, { 'src/sender.ts': source('new') });
    await expect
      .poll(async () => (await lambda.call({ wait: false })).answer, { timeout: 10_000 })
      .toBe('new');
    writeFileSync(gate, '');
    expect((await running).answer).toBe('old');
  });

  it('in a folder that is run as it is, a new file included, reloads', async () => {
    const fn = folderFunction(
      `exports.handler = async () => { try { return require('./extra.js'); } catch { return 'none'; } };`,
    );
    const lambda = await testLambda([fn], { watch });
    expect((await lambda.call()).answer).toBe('none');
    if (fn.code.kind !== 'folder') throw new Error('not a folder');
    writeFiles(fn.code.codeUri, { 'extra.js': `module.exports = 'here';` });
    await expect.poll(async () => (await lambda.call()).answer).toBe('here');
    writeFiles(fn.code.codeUri, { 'index.js': `exports.handler = async () => 'changed';` });
    await expect.poll(async () => (await lambda.call()).answer).toBe('changed');
  });

  it('is not seen without the watch', async () => {
    const { projectDir, packer } = project();
    const lambda = await testLambda([packer], { projectDir, watch: false });
    await lambda.ready();
    writeFiles(projectDir, { 'src/box.ts': 'export const box = 2;\n' });
    expect((await lambda.call()).answer).toEqual(['one', 1]);
  });
});
