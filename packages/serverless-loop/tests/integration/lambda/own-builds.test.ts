import { readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { onlyInMatrix, sampleOf } from '../../matrix.ts';
import { esbuildProcesses } from './bundled-function.ts';
import { handler, IMPORTS, settled } from './settled-project.ts';
import { testFolder, testLambda, writeFiles } from './test-lambda.ts';

describe('after a save own code is built alone', () => {
  it.each(
    sampleOf<[string, Parameters<typeof settled>[0]]>(
      [
        ['of ES modules', {}],
        ['of CommonJS', { files: { 'package.json': '{}' } }],
        ['unminified', { properties: { Minify: false } }],
        ['with source maps', { properties: { Sourcemap: true } }],
        ['in a folder with signs', { folder: 'a b$[1](2)+^é\'"|{3}' }],
        ['without a lock file', { withoutLock: true }],
      ],
      1,
    ),
  )(
    'and does just what it does in the whole bundle, in whose words a fault is told: %s',
    async (_what, shape) => {
      const loop = await settled(shape);
      const { answer, isOwn } = await loop.save({ 'src/handler.ts': handler('2') });
      expect(isOwn).toBe(true);
      expect(answer).toEqual({ ...loop.ofWhole, edition: 2 });
      writeFiles(loop.project, { 'src/own.ts': 'export const own = ;' });
      const [failed] = await loop.facts.until('build.failed');
      const file = path.join(loop.project, 'src/own.ts').slice(1);
      expect(failed).toMatchObject({ errors: [`${file}:1:20: Unexpected ";"`], isServing: true });
    },
  );

  onlyInMatrix(() => {
    it('also when the loop has started anew', async () => {
      const cacheDir = testFolder();
      const { stop, fn, project } = await settled({ options: { cacheDir } });
      await stop();
      const lambda = await testLambda([fn], { watch: true, cacheDir });
      await lambda.ready();
      writeFiles(project, { 'src/handler.ts': handler('2') });
      const [built] = await lambda.facts.until('build.succeeded');
      expect(built?.sizeBytes).toBeUndefined();
      expect((await lambda.call()).answer).toMatchObject({ edition: 2 });
    });
  });

  onlyInMatrix(() => {
    it('also when it takes less of a package than before, and then as much again', async () => {
      const loop = await settled();
      const less = handler('2', IMPORTS.replace("import { one } from 'more';", "const one = 'none';"));
      expect(await loop.save({ 'src/handler.ts': less })).toMatchObject({
        answer: { one: 'none' },
        isOwn: true,
      });
      await loop.settle();
      const again = await loop.save({ 'src/handler.ts': handler('3') });
      expect(again).toMatchObject({ answer: { one: 'one of more' }, isOwn: true });
    });
  });

  onlyInMatrix(() => {
    it('also when it exports a type again as if it were a value', async () => {
      const loop = await settled({
        files: { 'src/own.ts': "export { Type, one as own } from 'more'; globalThis.order.push('own');" },
      });
      const { answer, isOwn } = await loop.save({ 'src/handler.ts': handler('2') });
      expect(isOwn).toBe(true);
      expect(answer).toEqual({ ...loop.ofWhole, edition: 2 });
    });
  });

  onlyInMatrix(() => {
    it('also when the packages have gone from the cache, but for the first time', async () => {
      const cacheDir = testFolder();
      const loop = await settled({ options: { cacheDir } });
      for (const name of readdirSync(cacheDir).filter((entry) => entry.includes('-packages-')))
        rmSync(path.join(cacheDir, name), { recursive: true });
      expect(await loop.save({ 'src/handler.ts': handler('2') })).toMatchObject({
        answer: { edition: 2 },
        isOwn: false,
      });
      await loop.settle();
      expect(await loop.save({ 'src/handler.ts': handler('3') })).toMatchObject({
        answer: { edition: 3 },
        isOwn: true,
      });
    });
  });
});

describe('the whole bundle is built at once', () => {
  const TWO = IMPORTS.replace('{ one }', '{ one, two }');
  it.each(
    sampleOf<[string, Record<string, string>, object]>(
      [
        [
          'a name is new that own code imports',
          { 'src/handler.ts': handler('2', TWO, '{ two }') },
          { two: 'two of more' },
        ],
        [
          // TypeScript may export a type so, and esbuild doesn't ask for more.
          'a name is new that own code only exports again',
          {
            'src/names.ts': "export { one, two } from 'more';",
            'src/handler.ts': handler(
              '2',
              "import './first.ts'; import * as names from './names.ts';",
              '{ ...names }',
            ),
          },
          { one: 'one of more', two: 'two of more' },
        ],
        [
          'a package is new',
          {
            'src/handler.ts': handler(
              '2',
              "import './first.ts'; import { fresh } from 'fresh';",
              '{ fresh }',
            ),
          },
          { fresh: 'fresh' },
        ],
        [
          'a module is taken as a whole',
          {
            'src/handler.ts': handler(
              '2',
              "import * as more from 'more'; import './first.ts';",
              '{ names: Object.keys(more).sort() }',
            ),
          },
          { names: ['one', 'two'] },
        ],
        [
          'a module is imported while the code runs',
          { 'src/handler.ts': handler('2', IMPORTS, "{ two: (await import('more')).two }") },
          { two: 'two of more' },
        ],
        [
          'a file is saved that packages import, too',
          {
            'src/state.ts': 'export const state = { isShared: true, isNew: true };',
            'src/handler.ts': handler('2', IMPORTS, '{ state }'),
          },
          { state: { isShared: true, isNew: true } },
        ],
        [
          'the packages are others',
          {
            'package-lock.json': '{"lockfileVersion":3,"packages":{}}',
            'node_modules/more/index.js': "export const one = 'another one';",
            'src/handler.ts': handler('2'),
          },
          { one: 'another one' },
        ],
      ],
      1,
    ),
  )('when %s', async (_when, changed, expected) => {
    const loop = await settled();
    const { answer, isOwn } = await loop.save(changed);
    expect({ ...Object(answer), isOwn }).toMatchObject({ edition: 2, ...expected, isOwn: false });
  });

  onlyInMatrix(() => {
    it.each([
      ['the format is ES modules', { Format: 'esm', OutExtension: ['.js=.mjs'] }],
      ['something is put at its beginning', { Banner: ['js=var banner;'] }],
    ])('when %s', async (_when, properties) => {
      const loop = await settled({ properties });
      expect(await loop.save({ 'src/handler.ts': handler('2') })).toMatchObject({
        answer: { edition: 2 },
        isOwn: false,
      });
    });
  });
});

describe('when nothing is saved for a while', () => {
  const BUNDLE = '{ bundle: __filename, own }';

  it('environments that start then run the whole bundle, and those there are stay', async () => {
    const loop = await settled();
    const slow = handler(
      '2',
      IMPORTS,
      '{ wait: await new Promise((done) => setTimeout(done, event.waitMs ?? 0)), bundle: __filename, modern }',
    );
    const first = await loop.save({ 'src/handler.ts': slow });
    await loop.settle();
    // So long that another environment starts however busy the machine is.
    const answers = await Promise.all([loop.call({ waitMs: 1500 }), loop.call({ waitMs: 1500 })]);
    const bundles = answers.map(({ answer }) => String(Object(answer).bundle));
    expect(bundles).toContain(Object(first.answer).bundle);
    expect(new Set(bundles).size).toBe(2);
    const other = bundles.find((bundle) => bundle !== Object(first.answer).bundle) ?? '';
    expect(readFileSync(other, 'utf8')).toContain('the default of modern');
    expect(readFileSync(Object(first.answer).bundle, 'utf8')).not.toContain('the default of modern');
  });

  it('a save that comes meanwhile is live at once', async () => {
    const loop = await settled({ options: { settleAfterMs: 1 } });
    for (const edition of sampleOf([2, 3, 4, 5, 6, 7, 8, 9, 10, 11], 2)) {
      const { answer } = await loop.save({ 'src/handler.ts': handler(String(edition), IMPORTS, BUNDLE) });
      expect(answer).toMatchObject({ edition });
      await pause(edition * 5);
    }
  });

  onlyInMatrix(() => {
    it('nothing is built any more where the loop is stopped before that', async () => {
      const loop = await settled({ options: { settleAfterMs: 300 } });
      await loop.save({ 'src/handler.ts': handler('2') });
      writeFiles(loop.project, { 'src/handler.ts': handler('3') });
      await loop.facts.until('build.started', 4);
      await loop.stop();
      await pause(400);
      expect(esbuildProcesses()).toEqual([]);
    });
  });
});
