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
    /^(clock|complaint|facts|folder-error|host-guard|http|is-running|package-folder|past-proxies|tally|text-file|unless-aborted)\.ts$|^aws\/|^template\/(model|deployment|held-kind|stack-models)\.ts$|^services\/iam\/evaluate\.ts$/;
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

test('the application imports what the package of the loop publishes, and nothing else of it', () => {
  const inside = ['src', 'scripts', 'bench']
    .flatMap(importsUnder)
    .filter(({ target }) => /^packages\//.test(target));
  expect(inside).toEqual([]);
});

test('tests that run the application in a loop use the face for tests, and nothing else of what starts one', () => {
  const own = ['tests/e2e', 'tests/integration'].flatMap(importsUnder);
  const starting = own.filter(({ target }) =>
    /^packages\/.*\b(loop-in-process|manual-clock|src\/loop\/.*)\.ts$/.test(target),
  );
  // Tests of the loop's commands make folders for them, and ask where a debugger finds a function.
  const elsewhere = starting.filter(({ file }) => !file.startsWith('tests/integration/commands/'));
  expect(elsewhere).toEqual([]);
  const endToEnd = importsUnder('tests/e2e').filter(({ target }) => /serverless-loop/.test(target));
  expect(new Set(endToEnd.map(({ target }) => target))).toEqual(new Set(['serverless-loop']));
});
/** Files of the loop that still import of the commands: the page tells the next steps as the terminal does. */
const UPWARDS = [
  'loop/home-page.ts',
  'loop/inspection.ts',
  'loop/pages.ts',
  'loop/routes.ts',
  'loop/stack-outputs.ts',
];
/** Files that are still in a circle with others of their folder: no other one may become so. */
const IN_CIRCLES =
  /^(aws\/(json-object|members|operation|read-members)|services\/(cloudwatch\/alarms\/(alarm-actor|alarm-book|alarm-history|composite-alarm|render-alarm)|lambda\/(code\/(bundled|code)-source|functions|running-function|running-version|telemetry\/platform-log(-json|-text)?)|s3\/(acl|object)-operations|sns\/(delivery|service|sns|topic-attributes)))\.ts$/;
const LOOP = 'packages/serverless-loop/src';
/** The floors of the loop, the highest first. */
const FLOORS = ['cli', 'loop', 'services', 'template', 'aws'];

test('arrows between the floors of the loop go down only', () => {
  const floorOf = (file: string) => FLOORS.indexOf(path.relative(LOOP, file).split(path.sep)[0] ?? '');
  const upwards = importsUnder(LOOP).filter(
    ({ file, target }) => floorOf(file) >= 0 && floorOf(target) >= 0 && floorOf(target) < floorOf(file),
  );
  const files = upwards.map(({ file }) => path.relative(LOOP, file));
  expect(files.filter((file) => !UPWARDS.includes(file))).toEqual([]);
});

test('files of the loop import each other in circles only where that is known', () => {
  const circles = circlesUnder(LOOP).filter((circle) => !circle.every((file) => IN_CIRCLES.test(file)));
  expect(circles).toEqual([]);
});

/** Each set of files that reach one another. */
function circlesUnder(folder: string): string[][] {
  const targets = Map.groupBy(importsUnder(folder), ({ file }) => file);
  const reached = new Map([...targets.keys()].map((file) => [file, reachedFrom(file, targets)]));
  const circles = new Map<string, string[]>();
  for (const [file, others] of reached) {
    const circle = [...others].filter((other) => reached.get(other)?.has(file)).sort();
    if (circle.length > 0)
      circles.set(
        circle.join(),
        circle.map((member) => path.relative(folder, member)),
      );
  }
  return [...circles.values()].sort((one, other) => one.join().localeCompare(other.join()));
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
