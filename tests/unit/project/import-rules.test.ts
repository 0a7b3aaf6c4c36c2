import { globSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
const SPECIFIER = /(?:\bfrom|\bimport)\s*\(?\s*['"]([^'"]+)['"]/g;

/** Every import of every source file under `folder`, type-only ones too, as project paths or package names. */
function importsUnder(folder: string): { file: string; target: string }[] {
  return globSync(`${folder}/**/*.{ts,mjs,cjs,js}`, { cwd: ROOT }).flatMap((file) =>
    [...readFileSync(path.join(ROOT, file), 'utf8').matchAll(SPECIFIER)].map(([, specifier = '']) => ({
      file,
      target: specifier.startsWith('.')
        ? path.normalize(path.join(path.dirname(file), specifier))
        : specifier,
    })),
  );
}

test('there are imports to judge', () => {
  expect(importsUnder('src').length).toBeGreaterThan(20);
  expect(importsUnder('packages').length).toBeGreaterThan(100);
});

test('what is deployed imports nothing of the loop, the scripts or the tests', () => {
  expect(
    importsUnder('src').filter(({ target }) => /^(packages|scripts|tests|bench)\//.test(target)),
  ).toEqual([]);
});

test('the loop imports nothing of the application or its scripts', () => {
  expect(
    importsUnder('packages/serverless-loop/src').filter(({ target }) =>
      /^(src|scripts|tests|bench)\//.test(target),
    ),
  ).toEqual([]);
});

test('the domain imports only itself and the uuid library', () => {
  const foreign = importsUnder('src/orders').filter(
    ({ target }) => !target.startsWith('src/orders/') && target !== 'uuid',
  );
  expect(foreign).toEqual([]);
});

test('the domain reads neither the environment nor the clock nor chance', () => {
  const impure = globSync('src/orders/**/*.ts', { cwd: ROOT }).filter((file) =>
    /process\.|Date\.now|new Date\(\)|Math\.random|crypto/.test(readFileSync(path.join(ROOT, file), 'utf8')),
  );
  expect(impure).toEqual([]);
});

test('the loop has no word of the application', () => {
  const knowing = globSync('packages/*/{bin,runtime,src}/**/*.{ts,mjs,cjs}', { cwd: ROOT }).filter((file) =>
    /snack|OrderCreator|OrdersTable/i.test(readFileSync(path.join(ROOT, file), 'utf8')),
  );
  expect(knowing).toEqual([]);
});

test('a service of the loop imports no other service, only the shared contracts', () => {
  const LOOP = 'packages/serverless-loop/src';
  const services = readdirSync(path.join(ROOT, LOOP, 'services'));
  const rooms = [...services.map((name) => `services/${name}`), 'gateway', 'otlp', 'template'];
  expect(rooms).toContain('services/xray');
  const contracts =
    /^(clock|complaint|facts|folder-error|host-guard|http|is-running|package-folder|past-proxies|text-file)\.ts$|^aws\/|^template\/(model|deployment)\.ts$|^services\/iam\/evaluate\.ts$/;
  const crossing = rooms.flatMap((room) =>
    importsUnder(`${LOOP}/${room}`).filter(({ file, target }) => {
      const own = path.relative(LOOP, target);
      // A service reads its resources by the vocabulary of templates, and templates know who reads which resource.
      if (room === 'template' && /^services\/\w+\/template\//.test(own)) return false;
      if (/^services\/\w+\/template\//.test(path.relative(LOOP, file)))
        if (/^template\/|^services\/\w+\/template\//.test(own)) return false;
      return (
        !own.startsWith('..') &&
        target.startsWith(LOOP) &&
        !own.startsWith(`${room}/`) &&
        !contracts.test(own)
      );
    }),
  );
  expect(crossing).toEqual([]);
});

test('what is built into commands does not ask where it lies: the build is another folder', () => {
  const imports = ['packages', 'scripts', 'src'].flatMap(importsUnder);
  const built = new Set(
    [...read('scripts/build.mjs').matchAll(/'((?:packages|scripts)\/[\w/-]+\.ts)'/g)].map(
      ([, file = '']) => file,
    ),
  );
  expect(built).toContain('scripts/demo.ts');
  for (const file of built)
    for (const { target } of imports.filter((each) => each.file === file))
      if (/\.ts$/.test(target)) built.add(target);
  expect(built.size).toBeGreaterThan(300);
  const asking = [...built].filter((file) =>
    /import\.meta\.(dirname|url),? '?\.\.|'\.\.[^']*', import\.meta/.test(read(file)),
  );
  expect(asking).toEqual([]);
});
