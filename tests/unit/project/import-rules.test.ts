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
  expect(importsUnder('local').length).toBeGreaterThan(100);
});

test('what is deployed imports nothing of the loop, the scripts or the tests', () => {
  expect(importsUnder('src').filter(({ target }) => /^(local|scripts|tests|bench)\//.test(target))).toEqual(
    [],
  );
});

test('the loop imports nothing of the application or its scripts', () => {
  expect(importsUnder('local').filter(({ target }) => /^(src|scripts|tests|bench)\//.test(target))).toEqual(
    [],
  );
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
  const knowing = globSync('local/**/*.{ts,mjs,cjs}', { cwd: ROOT }).filter((file) =>
    /snack|OrderCreator|OrdersTable/i.test(readFileSync(path.join(ROOT, file), 'utf8')),
  );
  expect(knowing).toEqual([]);
});

test('a service of the loop imports no other service, only the shared contracts', () => {
  const rooms = readdirSync(path.join(ROOT, 'local'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !['aws', 'terminal'].includes(entry.name))
    .map(({ name }) => name);
  expect(rooms).toContain('xray');
  const contracts =
    /^local\/(clock|complaint|facts|folder-error|host-guard|http|is-running|loop-folder|once|past-proxies|text-file)\.ts$|^local\/aws\/|^local\/template\/(model|deployment)\.ts$|^local\/iam\/(statement|evaluate)\.ts$/;
  const crossing = rooms.flatMap((room) =>
    importsUnder(`local/${room}`).filter(
      ({ target }) =>
        target.startsWith('local/') && !target.startsWith(`local/${room}/`) && !contracts.test(target),
    ),
  );
  expect(crossing).toEqual([]);
});

test('what is built into commands asks in the first folder only where it lies: the build is one folder deep', () => {
  const imports = ['local', 'scripts', 'src'].flatMap(importsUnder);
  const built = new Set(
    [...read('scripts/build.mjs').matchAll(/'((?:local|scripts)\/[\w-]+\.ts)'/g)].map(
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
  expect(asking.sort()).toEqual(['local/loop-folder.ts', 'local/version.ts']);
});
