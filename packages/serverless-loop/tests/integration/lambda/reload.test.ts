import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate as endOfTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { FunctionModel } from '../../../src/template/model.ts';
import { onlyInMatrix, sampleOf } from '../../matrix.ts';
import { functionModel } from '../../unit/lambda/function-model.ts';
import { answering, bundledFunction } from './bundled-function.ts';
import { forAllTests, testFolder, testLambda, writeFiles } from './test-lambda.ts';

async function watched(functions: FunctionModel[]) {
  const lambda = await testLambda(functions, { watch: true });
  await lambda.ready();
  const started = () => lambda.facts.ofKind('build.started').map(({ functionName }) => functionName);
  const before = started().length;
  return {
    ...lambda,
    /** The functions that were reloaded since the start. */
    reloaded: () => started().slice(before),
  };
}

/** As a request does, an invocation after this comes in the turn of the event loop that will show the save, too. */
async function savedInOneStep(file: string, text: string): Promise<void> {
  writeFileSync(file, text);
  await endOfTurn();
}

describe('a saved change', () => {
  /** One whose first environment starts ahead, as that of everybody who works. */
  const worked = forAllTests(async (atEnd) => {
    const codeUri = testFolder({ 'handler.ts': answering('0') }, atEnd);
    const lambda = await testLambda([bundledFunction(codeUri)], { watch: true, maxAhead: 10 }, atEnd);
    await lambda.ready();
    return { ...lambda, codeUri, handler: path.join(codeUri, 'handler.ts') };
  });

  it.each<[string, (file: string, text: string) => Promise<void>]>([
    ['in one step', savedInOneStep],
    // Unlike writeFileSync, lets the loop see the file between its emptying and its filling.
    ['emptied, then filled', writeFile],
    [
      'written aside and renamed',
      async (file, text) => {
        await writeFile(`${file}.tmp`, text);
        // As a request does, the invocation comes in the turn of the event loop that will show the save, too.
        await endOfTurn();
        renameSync(`${file}.tmp`, file);
      },
    ],
  ])('is live at the very next invocation, every time: %s', async (how, save) => {
    const { handler, call } = worked();
    for (const edition of sampleOf([1, 2, 3, 4], 1)) {
      await save(handler, answering(JSON.stringify([how, edition])));
      expect((await call()).answer).toEqual([how, edition]);
    }
  });

  it('is live when the file is deleted and made again', async () => {
    const { handler, call, facts } = worked();
    await writeFile(handler, answering('"old"'));
    expect((await call()).answer).toBe('old');
    const failures = facts.ofKind('build.failed').length;
    rmSync(handler);
    await facts.until('build.failed', failures + 1);
    expect((await call()).answer).toBe('old');
    await writeFile(handler, answering('"new"'));
    await expect.poll(async () => (await call()).answer).toBe('new');
  });

  onlyInMatrix(() => {
    it('is live when its folder is deleted and made again, as by a change of branch', async () => {
      const codeUri = testFolder({
        'a/handler.ts': `import { text } from '../lib/deep/text.ts';\n${answering('text')}`,
        'lib/deep/text.ts': "export const text = 'old';",
      });
      const lambda = await watched([bundledFunction(codeUri, { entryPoints: ['a/handler.ts'] })]);
      rmSync(path.join(codeUri, 'lib'), { recursive: true });
      await lambda.facts.until('build.failed');
      mkdirSync(path.join(codeUri, 'lib'));
      await lambda.facts.until('build.failed', 2);
      writeFiles(codeUri, { 'lib/deep/text.ts': "export const text = 'new';" });
      await lambda.facts.until('build.succeeded', 2);
      expect((await lambda.call()).answer).toBe('new');
    });
  });

  it('may import a new file, whose own changes are live then', async () => {
    const { codeUri, call } = worked();
    writeFiles(codeUri, {
      'new/text.ts': "export const text = 'one';",
      'handler.ts': `import { text } from './new/text.ts';\n${answering('text')}`,
    });
    await expect.poll(async () => (await call()).answer).toBe('one');
    await writeFile(path.join(codeUri, 'new/text.ts'), "export const text = 'two';");
    expect((await call()).answer).toBe('two');
  });

  it('may come before the file that it imports', async () => {
    const { codeUri, call, facts } = worked();
    const builds = facts.ofKind('build.started').length;
    writeFiles(codeUri, { 'handler.ts': `import { text } from './newer/text.ts';\n${answering('text')}` });
    await facts.until('build.started', builds + 1);
    writeFiles(codeUri, { 'newer/text.ts': "export const text = 'late';" });
    await expect.poll(async () => (await call()).answer).toBe('late');
  });

  it('reloads the functions that have a part in it, and no other', async () => {
    const codeUri = testFolder({
      'shared.ts': 'export const shared = 1;',
      'one.ts': `import { shared } from './shared.ts';\n${answering('shared')}`,
      'two.ts': `import { shared } from './shared.ts';\n${answering('-shared')}`,
      'notes.ts': '',
    });
    const functions = ['one', 'two'].map((name) =>
      bundledFunction(codeUri, {
        logicalId: name,
        name,
        entryPoints: [`${name}.ts`],
        handler: `${name}.handler`,
      }),
    );
    const lambda = await watched(functions);
    const answers = async () => [
      (await lambda.call({}, { functionName: 'one' })).answer,
      (await lambda.call({}, { functionName: 'two' })).answer,
    ];
    await writeFile(path.join(codeUri, 'notes.ts'), 'export const note = 1;');
    expect(await answers()).toEqual([1, -1]);
    expect(lambda.reloaded()).toEqual([]);

    await writeFile(
      path.join(codeUri, 'one.ts'),
      `import { shared } from './shared.ts';\n${answering('10 * shared')}`,
    );
    expect(await answers()).toEqual([10, -1]);
    expect(lambda.reloaded()).toEqual(['one']);

    await writeFile(path.join(codeUri, 'shared.ts'), 'export const shared = 2;');
    expect(await answers()).toEqual([20, -2]);
    expect(lambda.reloaded().sort()).toEqual(['one', 'one', 'two']);
  });

  it.each<[string, (file: string, text: string) => Promise<void>]>([
    ['in one step', savedInOneStep],
    ['emptied, then filled', writeFile],
  ])('of nothing keeps the process that runs: %s', async (_how, save) => {
    const { handler, call } = worked();
    await writeFile(handler, answering('["nothing", process.pid]'));
    const { answer: before } = await call();
    for (const _time of sampleOf([1, 2, 3], 1)) {
      await save(handler, answering('["nothing", process.pid]'));
      expect((await call()).answer).toEqual(before);
    }
  });

  it('of code that is not bundled is live, too, and so is a file that is new', async () => {
    const codeUri = testFolder({
      'index.js': 'exports.handler = async () => require("node:fs").readdirSync(__dirname).length;',
    });
    const lambda = await watched([functionModel({ code: { kind: 'folder', codeUri } })]);
    expect((await lambda.call()).answer).toBe(1);
    await writeFile(
      path.join(codeUri, 'index.js'),
      'exports.handler = async () => "new " + require("./more/more.js");',
    );
    writeFiles(codeUri, { 'more/more.js': 'module.exports = "more";' });
    await lambda.facts.until('build.succeeded');
    expect((await lambda.call()).answer).toBe('new more');
    await writeFile(path.join(codeUri, 'more/more.js'), 'module.exports = "still more";');
    expect((await lambda.call()).answer).toBe('new still more');
  });

  it('changes nothing when nothing is watched', async () => {
    const codeUri = testFolder({ 'handler.ts': answering('process.pid') });
    const lambda = await testLambda([bundledFunction(codeUri)]);
    const { answer: before } = await lambda.call();
    await writeFile(path.join(codeUri, 'handler.ts'), answering('"changed"'));
    expect((await lambda.call()).answer).toBe(before);
    expect(lambda.facts.ofKind('build.started').length).toBe(1);
  });
});
