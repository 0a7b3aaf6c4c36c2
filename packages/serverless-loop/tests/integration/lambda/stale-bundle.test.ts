import { renameSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { sampleOf } from '../../matrix.ts';
import { answering, bundledFunction } from './bundled-function.ts';
import { testFolder, testLambda, writeFiles } from './test-lambda.ts';

const PACKAGE = '{"name":"dep","version":"1.0.0","main":"index.js"}';
const SOURCES = {
  'package.json': '{"dependencies":{"dep":"1.0.0"}}',
  'package-lock.json': '{"lockfileVersion":3}',
  'app/src/handler.ts': `import { dep } from 'dep';\nimport { own } from './own';\n${answering("[dep, own].join(' ')")}`,
  'app/src/own.ts': "export const own = 'own';",
  'node_modules/dep/package.json': PACKAGE,
  'node_modules/dep/index.js': "exports.dep = require('deeper');",
  'node_modules/dep/other.js': "exports.dep = 'other';",
  'node_modules/deeper/package.json': '{"name":"deeper","version":"1.0.0"}',
  'node_modules/deeper/index.js': "module.exports = 'installed';",
  'linked/package.json': PACKAGE,
  'linked/index.js': "exports.dep = 'linked';",
};

/** Changes of all that decides where an import leads, none of it a file that went into the bundle but the first. */
const CHANGES: [what: string, change: (project: string) => void, answer: string][] = [
  [
    'a file of a package is edited',
    (project) => writeFiles(project, { 'node_modules/deeper/index.js': "module.exports = 'edited';" }),
    'edited own',
  ],
  [
    'a package is linked in place of one',
    (project) => {
      rmSync(path.join(project, 'node_modules/dep'), { recursive: true });
      symlinkSync('../linked', path.join(project, 'node_modules/dep'));
    },
    'linked own',
  ],
  [
    'a package names another file',
    (project) => writeFiles(project, { 'node_modules/dep/package.json': PACKAGE.replace('index', 'other') }),
    'other own',
  ],
  [
    'a package has exports that lead elsewhere',
    (project) =>
      writeFiles(project, {
        'node_modules/dep/package.json': PACKAGE.replace('}', ',"exports":"./other.js"}'),
      }),
    'other own',
  ],
  [
    'a folder with an index comes in place of a file',
    (project) => {
      rmSync(path.join(project, 'app/src/own.ts'));
      writeFiles(project, { 'app/src/own/index.ts': "export const own = 'folder';" });
    },
    'installed folder',
  ],
  [
    'a package comes nearer to the code',
    (project) =>
      writeFiles(project, {
        'app/node_modules/dep/package.json': PACKAGE,
        'app/node_modules/dep/index.js': "exports.dep = 'nearer';",
      }),
    'nearer own',
  ],
  [
    'a package comes nearer to another one',
    (project) =>
      writeFiles(project, {
        'node_modules/dep/node_modules/deeper/package.json': '{"name":"deeper","version":"2.0.0"}',
        'node_modules/dep/node_modules/deeper/index.js': "module.exports = 'nearer';",
      }),
    'nearer own',
  ],
  [
    'a file comes with an ending that goes first',
    (project) => writeFiles(project, { 'app/src/own.tsx': "export const own = 'tsx';" }),
    'installed tsx',
  ],
  [
    'a tsconfig.json comes that has paths',
    (project) =>
      writeFiles(project, {
        'app/src/tsconfig.json': '{"compilerOptions":{"paths":{"dep":["./fake.ts"]}}}',
        'app/src/fake.ts': "export const dep = 'fake';",
      }),
    'fake own',
  ],
];

function bundled(project: string) {
  return bundledFunction(path.join(project, 'app/src'));
}

/** A start builds the function; nobody invokes it. */
async function keepBundle(project: string, cacheDir: string): Promise<void> {
  const lambda = await testLambda([bundled(project)], { cacheDir });
  await lambda.ready();
  await lambda.stop();
}

describe('a kept bundle is not used by the next start when', () => {
  it.each(sampleOf(CHANGES, 2))('%s', async (_what, change, answer) => {
    const project = testFolder(SOURCES);
    const cacheDir = testFolder();
    await keepBundle(project, cacheDir);
    change(project);
    const second = await testLambda([bundled(project)], { cacheDir });
    expect((await second.call()).answer).toBe(answer);
  });

  it('a link goes away, though the file that it led to is as it was', async () => {
    const project = testFolder(SOURCES);
    const cacheDir = testFolder();
    const folder = path.join(project, 'node_modules/dep');
    renameSync(folder, path.join(project, 'kept'));
    symlinkSync('../linked', folder);
    await keepBundle(project, cacheDir);
    rmSync(folder);
    renameSync(path.join(project, 'kept'), folder);
    const second = await testLambda([bundled(project)], { cacheDir });
    expect((await second.call()).answer).toBe('installed own');
  });

  it('it is asked to build anew', async () => {
    const project = testFolder(SOURCES);
    const cacheDir = testFolder();
    await keepBundle(project, cacheDir);
    const kept = await testLambda([bundled(project)], { cacheDir });
    await kept.ready();
    expect(kept.facts.ofKind('build.started')).toEqual([]);
    await kept.stop();
    const anew = await testLambda([bundled(project)], { cacheDir, buildsAnew: true });
    await anew.ready();
    expect(anew.facts.ofKind('build.started')).toHaveLength(1);
  });
});

describe('a running function is built anew when', () => {
  it.each(sampleOf(CHANGES, 1))('%s', async (_what, change, answer) => {
    const project = testFolder(SOURCES);
    const lambda = await testLambda([bundled(project)], { watch: true });
    expect((await lambda.call()).answer).toBe('installed own');
    change(project);
    await expect.poll(async () => (await lambda.call()).answer).toBe(answer);
  });
});
