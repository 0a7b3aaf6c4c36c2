import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { bundleCache } from '../../../src/services/lambda/code/bundle-cache.ts';
import { until } from '../../until.ts';
import { answering, bundledFunction } from './bundled-function.ts';
import { testFolder, testLambda, writeFiles } from './test-lambda.ts';

const SOURCES = {
  'package.json': '{"dependencies":{"dep":"1.0.0"}}',
  'src/handler.ts': `import { dep } from 'dep';\nimport { own } from './own';\n${answering("[dep, own].join(' ')")}`,
  'src/own.ts': "export const own = 'own';",
  'node_modules/dep/package.json': '{"name":"dep","version":"1.0.0","main":"index.js"}',
  'node_modules/dep/index.js': "exports.dep = 'installed';",
};
const EDITED = { 'node_modules/dep/index.js': "exports.dep = 'edited';" };

/** A project whose function has been built by an earlier loop. */
async function builtBefore() {
  const project = testFolder(SOURCES);
  const cacheDir = testFolder();
  const fn = bundledFunction(path.join(project, 'src'));
  const start = (watch = true) => testLambda([fn], { cacheDir, watch, projectDir: project });
  const first = await start(false);
  await first.ready();
  await first.stop();
  return { project, cacheDir, start };
}

it('a watched function runs its kept bundle without a build, and looks at the packages before it is invoked', async () => {
  const { project, start } = await builtBefore();
  const same = await start();
  await same.ready();
  expect((await same.call()).answer).toBe('installed own');
  expect(same.facts.ofKind('build.started')).toEqual([]);
  await same.stop();

  writeFiles(project, EDITED);
  const lambda = await start();
  await lambda.ready();
  expect((await lambda.call()).answer).toBe('edited own');
  expect(lambda.facts.ofKind('build.started')).toMatchObject([{ changed: 'node_modules/dep/index.js' }]);
});

it('a caller who comes before the code is loaded has the packages as they are, too', async () => {
  const { project, start } = await builtBefore();
  writeFiles(project, EDITED);
  const lambda = await start();
  expect((await lambda.call()).answer).toBe('edited own');
});

it('packages that changed while no loop ran are built anew without a call', async () => {
  const { project, start } = await builtBefore();
  writeFiles(project, EDITED);
  const lambda = await start();
  await until(
    async () => lambda.facts.ofKind('build.succeeded').length,
    (count) => count === 1,
  );
  expect((await lambda.call()).answer).toBe('edited own');
});

it('a save right after the start is in the next answer', async () => {
  const { project, start } = await builtBefore();
  const lambda = await start();
  await lambda.ready();
  writeFiles(project, { 'src/own.ts': "export const own = 'saved';" });
  expect((await lambda.call()).answer).toBe('installed saved');
});

it('a kept bundle whose list of packages is broken is made anew', async () => {
  const { cacheDir, start } = await builtBefore();
  const list = readdirSync(cacheDir).find((name) => name.endsWith('.packages.json')) ?? '';
  writeFileSync(path.join(cacheDir, list), '{"');
  const unwatched = bundleCache(cacheDir);
  expect(unwatched.find(bundledFunction('').logicalId, () => true)).toBeUndefined();
  unwatched.stop();

  const lambda = await start();
  await lambda.ready();
  expect((await lambda.call()).answer).toBe('installed own');
  await lambda.stop();
  const mended = await start();
  await mended.ready();
  expect((await mended.call()).answer).toBe('installed own');
  expect(mended.facts.ofKind('build.started')).toEqual([]);
});
