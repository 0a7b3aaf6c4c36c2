import { renameSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { sampleOf } from '../../matrix.ts';
import { answering, type BundledFunction, bundledFunction } from './bundled-function.ts';
import { testFolder, testLambda, writeFiles } from './test-lambda.ts';

const SOURCES = {
  'package.json': '{"name":"whole","imports":{"#own":"./app/own-1.ts","#dep":"dep"}}',
  'app/own-1.ts': "export const own = 'own-1';",
  'app/own-2.ts': "export const own = 'own-2';",
  'app/src/handler.ts': `import { dep } from 'dep/lib';
import { bare } from 'bare';
import { linked } from './linked';
import { folder } from './folder';
import { main } from './main';
import { own } from '#own';
import { shared } from '../../shared/util/file';
import { given } from 'given-by-node-path';
${answering("[dep, bare, linked, folder, main, own, shared, given].join(' ')")}`,
  'app/src/gone.ts': "export const linked = 'gone';",
  'app/src/main/package.json': '{"main":"./lib/one.ts"}',
  'app/src/main/lib/one.ts': "export const main = 'one';",
  'app/src/main/lib/two.ts': "export const main = 'two';",
  'kept/link-1.ts': "export const linked = 'link-1';",
  'kept/link-2.ts': "export const linked = 'link-2';",
  'kept/folder-1/index.ts': "export const folder = 'folder-1';",
  'kept/folder-2/index.ts': "export const folder = 'folder-2';",
  'shared/util/file.ts': "export { shared } from 'aliased';",
  'shared/tsconfig.json': '{"compilerOptions":{"paths":{"aliased":["./first.ts"]}}}',
  'shared/first.ts': "export const shared = 'first';",
  'shared/second.ts': "export const shared = 'second';",
  'node_modules/dep/package.json': '{"name":"dep","version":"1.0.0"}',
  'node_modules/dep/lib/package.json': '{"main":"./a/index.js"}',
  'node_modules/dep/lib/a/index.js': "exports.dep = 'a';",
  'node_modules/dep/lib/b/index.js': "exports.dep = 'b';",
  'node_modules/bare/index.js': "exports.bare = 'bare';",
  'paths/1/given-by-node-path/index.js': "exports.given = 'given-1';",
  'paths/2/given-by-node-path/index.js': "exports.given = 'given-2';",
};
const FIRST = 'a bare link-1 folder-1 one own-1 first given-1';

interface Change {
  what: string;
  change: (project: string, fn: BundledFunction) => void;
  /** The first word of the answer that is another, and what it is then. */
  answer: [from: string, to: string];
  /** It is said when a function starts. */
  needsStart?: boolean;
}

const relink = (project: string, link: string, target: string) => {
  rmSync(path.join(project, link));
  symlinkSync(target, path.join(project, link));
};
const write = (files: Record<string, string>) => (project: string) => writeFiles(project, files);

/** https://esbuild.github.io/api/#path-resolution, and https://nodejs.org/api/packages.html */
const CHANGES: Change[] = [
  {
    what: 'a link of a file leads elsewhere',
    change: (project) => relink(project, 'app/src/linked.ts', '../../kept/link-2.ts'),
    answer: ['link-1', 'link-2'],
  },
  {
    what: 'a link of a folder leads elsewhere',
    change: (project) => relink(project, 'app/src/folder', '../../kept/folder-2'),
    answer: ['folder-1', 'folder-2'],
  },
  {
    what: 'the main file of a folder of the own code is another',
    change: write({ 'app/src/main/package.json': '{"main":"./lib/two.ts"}' }),
    answer: ['one', 'two'],
  },
  {
    what: 'the main file of a folder in a package is another',
    change: write({ 'node_modules/dep/lib/package.json': '{"main":"./b/index.js"}' }),
    answer: ['a', 'b'],
  },
  {
    what: 'an import of package.json leads elsewhere',
    change: write({ 'package.json': '{"name":"whole","imports":{"#own":"./app/own-2.ts"}}' }),
    answer: ['own-1', 'own-2'],
  },
  {
    what: 'a package.json with imports comes nearer',
    change: write({ 'app/package.json': '{"imports":{"#own":"./own-2.ts"}}' }),
    answer: ['own-1', 'own-2'],
  },
  {
    what: 'the tsconfig.json above code elsewhere has other paths',
    change: write({ 'shared/tsconfig.json': '{"compilerOptions":{"paths":{"aliased":["./second.ts"]}}}' }),
    answer: ['first', 'second'],
  },
  {
    what: 'a tsconfig.json comes nearer to code elsewhere',
    change: write({
      'shared/util/tsconfig.json': '{"compilerOptions":{"paths":{"aliased":["../second.ts"]}}}',
    }),
    answer: ['first', 'second'],
  },
  {
    what: 'a package without a package.json comes nearer',
    change: write({ 'app/node_modules/bare/index.js': "exports.bare = 'nearer';" }),
    answer: ['bare', 'nearer'],
  },
  {
    what: 'a file is deleted beside one that takes its place',
    change: (project) =>
      renameSync(path.join(project, 'app/src/gone.ts'), path.join(project, 'app/src/linked.tsx')),
    answer: ['link-1', 'gone'],
  },
  {
    what: 'NODE_PATH is another',
    change: (project) => setNodePath(path.join(project, 'paths/2')),
    answer: ['given-1', 'given-2'],
    needsStart: true,
  },
  {
    what: 'an alias is among the options in the template',
    change: (_project, fn) => {
      fn.properties = { Alias: ['bare=./gone-bare.ts'] };
    },
    answer: ['bare', 'aliased'],
    needsStart: true,
  },
];

function setNodePath(folder: string): void {
  process.env.NODE_PATH = folder;
}

function projectWithLinks(): string {
  const project = testFolder({ ...SOURCES, 'app/src/gone-bare.ts': "export const bare = 'aliased';" });
  symlinkSync('../../kept/link-1.ts', path.join(project, 'app/src/linked.ts'));
  symlinkSync('../../kept/folder-1', path.join(project, 'app/src/folder'));
  const before = process.env.NODE_PATH;
  onTestFinished(() => {
    if (before === undefined) delete process.env.NODE_PATH;
    else process.env.NODE_PATH = before;
  });
  setNodePath(path.join(project, 'paths/1'));
  return project;
}

const bundled = (project: string, fn: BundledFunction) => bundledFunction(path.join(project, 'app/src'), fn);
const answerAfter = ([from, to]: [string, string]) =>
  FIRST.split(' ')
    .map((word) => (word === from ? to : word))
    .join(' ');

describe('a kept bundle is not used by the next start when', () => {
  it.each(sampleOf(CHANGES, 2))('$what', async ({ change, answer }) => {
    const project = projectWithLinks();
    const cacheDir = testFolder();
    const fn: BundledFunction = {};
    const first = await testLambda([bundled(project, fn)], { cacheDir });
    await first.ready();
    await first.stop();
    change(project, fn);
    const second = await testLambda([bundled(project, fn)], { cacheDir });
    expect((await second.call()).answer).toBe(answerAfter(answer));
  });

  it('the folder of the code is a link that leads elsewhere', async () => {
    const project = testFolder({
      'one/handler.ts': answering("'one'"),
      'two/handler.ts': answering("'two'"),
    });
    symlinkSync('one', path.join(project, 'code'));
    const cacheDir = testFolder();
    const answer = async () => {
      const lambda = await testLambda([bundledFunction(path.join(project, 'code'))], { cacheDir });
      const { answer } = await lambda.call();
      await lambda.stop();
      return answer;
    };
    expect(await answer()).toBe('one');
    relink(project, 'code', 'two');
    expect(await answer()).toBe('two');
  });
});

describe('a running function is built anew when', () => {
  it.each(
    sampleOf(
      CHANGES.filter(({ needsStart }) => !needsStart),
      1,
    ),
  )('$what', async ({ change, answer }) => {
    const project = projectWithLinks();
    const lambda = await testLambda([bundled(project, {})], { watch: true });
    expect((await lambda.call()).answer).toBe(FIRST);
    change(project, {});
    await expect.poll(async () => (await lambda.call()).answer).toBe(answerAfter(answer));
  });
});
