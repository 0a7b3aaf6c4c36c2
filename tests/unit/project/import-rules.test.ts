import { globSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
const SPECIFIER = /(?:\bfrom|\bimport|\brequire)\s*\(?\s*['"]([^'"]+)['"]/g;

/** Every import of every source file under `folder`, type-only ones too, as project paths or package names. */
function importsUnder(folder: string): { file: string; target: string }[] {
  return globSync(`${folder}/**/*.{ts,tsx,mjs,cjs,js}`, { cwd: ROOT }).flatMap((file) =>
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

test('an example imports nothing but packages and its own files', () => {
  const examples = importsUnder('examples');
  expect(examples.length).toBeGreaterThan(10);
  const foreign = examples.filter(({ file, target }) => {
    const [, name = ''] = file.split('/');
    return (
      target.includes('serverless-loop') ||
      (/^[.\w-]+\//.test(target) && target.endsWith('.ts') && !target.startsWith(`examples/${name}/`))
    );
  });
  expect(foreign).toEqual([]);
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

test('the loop speaks of its own commands, and of a script of npm’s as an example alone', () => {
  const naming = globSync('packages/*/{bin,runtime,src}/**/*.{ts,mjs,cjs}', { cwd: ROOT }).flatMap((file) =>
    [...read(file).matchAll(/npm (?:run|start|test)\b.*/g)].map(([words]) => words),
  );
  expect(naming).toEqual(['npm start -s -- --json']);
});

test('a service of the loop imports no other service, only the shared contracts', () => {
  const LOOP = 'packages/serverless-loop/src';
  const services = readdirSync(path.join(ROOT, LOOP, 'services'));
  const rooms = [...services.map((name) => `services/${name}`), 'gateway', 'otlp', 'template'];
  expect(rooms).toContain('services/xray');
  const contracts =
    /^(clock|complaint|connection-call|facts|folder-error|host-guard|http|http-call|is-running|lock-file|package-folder|past-proxies|tally|text-file|unless-aborted)\.ts$|^aws\/|^template\/(model|deployment|held-kind|problem|stack-models|stack-path)\.ts$|^services\/iam\/evaluate\.ts$/;
  const crossing = rooms.flatMap((room) =>
    importsUnder(`${LOOP}/${room}`).filter(({ file, target }) => {
      const own = path.relative(LOOP, target);
      // A service reads its resources by the vocabulary of templates.
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

test('what is built does not ask where it lies, but for the files that know that builds are one folder deep', () => {
  const files = globSync(['packages/*/src/**/*.ts', 'scripts/**/*.ts'], { cwd: ROOT });
  const asking = files.filter((file) => /import\.meta\.(dirname|filename|url)/.test(read(file)));
  const elsewhere = asking.filter((file) => !/^scripts\/(deploy-and-test|record)\//.test(file));
  expect(elsewhere.filter((file) => !/createRequire\(import\.meta\.url\)/.test(read(file)))).toEqual([
    'packages/serverless-loop/src/package-folder.ts',
  ]);
});

test('the application and its tests import what the package of the loop publishes, and nothing else of it', () => {
  const inside = ['src', 'scripts', 'bench', 'tests']
    .flatMap(importsUnder)
    .filter(({ target }) => /^packages\//.test(target));
  expect(inside).toEqual([]);
});

test('the loop and its tests import nothing of the application or its tests', () => {
  const outside = importsUnder('packages').filter(({ target }) =>
    /^(src|scripts|tests|bench|examples|events|schemas)\//.test(target),
  );
  expect(outside).toEqual([]);
});

test('end-to-end tests run the application by the face for tests alone', () => {
  const endToEnd = importsUnder('tests/e2e').filter(({ target }) => /serverless-loop/.test(target));
  expect(new Set(endToEnd.map(({ target }) => target))).toEqual(new Set(['serverless-loop']));
});

/** Tests that hold a part of the loop beside what the application has, or run one service of it. */
const HOLDING_PARTS = [
  'tests/integration/app/beside-the-loop.test.ts',
  'tests/integration/app/own-bundle.ts',
  'tests/integration/app/stored-orders.test.ts',
  'tests/integration/loop/kept-telemetry.ts',
  'tests/integration/otlp/loop.test.ts',
  'tests/integration/pages/troubleshooting.test.ts',
  'tests/integration/xray/order-trace.test.ts',
  'tests/tools/sam.test.ts',
  'tests/tools/translated-ids.test.ts',
  'tests/unit/app/stack.ts',
  'tests/unit/project/launch.test.ts',
];

test('only tests that hold a part of the loop beside the application’s import parts of it', () => {
  const holding = importsUnder('tests').filter(({ target }) =>
    /^serverless-loop\/tests\/(parts|services)$/.test(target),
  );
  expect(new Set(holding.map(({ file }) => file))).toEqual(new Set(HOLDING_PARTS));
});

const LOOP = 'packages/serverless-loop/src';
/** The rooms of the loop, floor by floor, the highest first. A folder is a room with all below it that is none of its own. */
const FLOORS = [
  ['faces'],
  ['cli'],
  ['cli/terminal'],
  ['loop'],
  ['console'],
  ['services'],
  ['services/*/template'],
  ['services/*', 'gateway', 'otlp', 'faults'],
  ['template'],
  ['ground'],
  ['facts'],
  ['aws'],
];

test('arrows between the floors of the loop go down only', () => {
  const upwards = importsUnder(LOOP).filter(
    ({ file, target }) => target.startsWith(LOOP) && floorOf(roomOf(target)) < floorOf(roomOf(file)),
  );
  expect(
    upwards,
    'a file imports from a floor above its own: hand it over as an argument, or move it down',
  ).toEqual([]);
});

test('each file of the loop is on a floor', () => {
  const rooms = new Set(importsUnder(LOOP).map(({ file }) => roomOf(file)));
  expect(
    [...rooms].filter((room) => floorOf(room) < 0),
    'a new folder: give it a floor in FLOORS',
  ).toEqual([]);
  expect(rooms.size).toBeGreaterThan(20);
});

test('rooms of the loop import each other in no circle', () => {
  const between = importsUnder(LOOP)
    .filter(({ target }) => target.startsWith(LOOP))
    .map(({ file, target }) => ({ file: roomOf(file), target: roomOf(target) }))
    .filter(({ file, target }) => file !== target);
  expect(circlesOf(between), 'folders that need each other: hand one over as an argument').toEqual([]);
});

// An ES import reads every export, and the getter of one loads all of Node's fetch: 35 ms of a start, and 13 MB.
test('the loop takes node:http by its own http.ts, and of the module itself types alone', () => {
  const taking = globSync(`${LOOP}/**/*.ts`, { cwd: ROOT }).filter((file) =>
    /^import (?!type )[^;]*from 'node:http';/m.test(read(file)),
  );
  expect(taking).toEqual([]);
});

test('files of the loop import each other in no circle', () => {
  expect(
    circlesOf(importsUnder(LOOP)),
    'files that need each other: what both need goes into a third',
  ).toEqual([]);
});

/** The files that programs import of the package are its faces; the other files beside them are the ground of all folders. */
function roomOf(file: string): string {
  const own = path.relative(LOOP, file);
  if (!own.includes(path.sep)) return /^(index|commands)\.ts$/.test(own) ? 'faces' : 'ground';
  return /^(cli\/terminal|services\/\w+\/template|services\/\w+|\w+)\//.exec(own)?.[1] ?? '';
}

function floorOf(room: string): number {
  const kind = room.replace(/^services\/\w+/, 'services/*');
  return FLOORS.findIndex((rooms) => rooms.includes(kind));
}

/** Each set of files, or of rooms, that reach one another. */
function circlesOf(imports: { file: string; target: string }[]): string[][] {
  const targets = Map.groupBy(imports, ({ file }) => file);
  const reached = new Map([...targets.keys()].map((file) => [file, reachedFrom(file, targets)]));
  const circles = [...reached].map(([file, others]) =>
    [...others].filter((other) => reached.get(other)?.has(file)).sort(),
  );
  const found = new Map(circles.filter(({ length }) => length > 0).map((circle) => [circle.join(), circle]));
  return [...found.values()].sort((one, other) => one.join().localeCompare(other.join()));
}

function reachedFrom(file: string, targets: ReadonlyMap<string, { target: string }[]>): ReadonlySet<string> {
  const reached = new Set<string>();
  const waiting = [file];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop())
    for (const { target } of targets.get(next) ?? [])
      if (!reached.has(target)) {
        reached.add(target);
        waiting.push(target);
      }
  return reached;
}
