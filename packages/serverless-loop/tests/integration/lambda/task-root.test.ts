import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { functionModel } from '../../unit/lambda/function-model.ts';
import { bundledFunction } from './bundled-function.ts';
import { npmRegistry } from './npm-registry.ts';
import { testFolder, testLambda } from './test-lambda.ts';

const HOISTED = { 'node_modules/hoisted/index.js': "module.exports = 'hoisted';" };

async function answerOf(files: Record<string, string>, handler = 'index.handler') {
  const project = testFolder(files);
  return answerIn(path.join(project, 'fn'), handler);
}

async function answerIn(codeUri: string, handler = 'index.handler') {
  const lambda = await testLambda([functionModel({ handler, code: { kind: 'folder', codeUri } })]);
  return (await lambda.call()).answer;
}

// As only CodeUri is uploaded (AWS SAM guide, "AWS::Serverless::Function", CodeUri).
describe('what lies above the task root is not there', () => {
  it('for require and import, nor for the kind of its modules', async () => {
    const code = `const missed = async (take) => { try { return await take(); } catch ({ message }) { return message; } };
      exports.handler = async () => [
        await missed(() => require('hoisted')), await missed(() => import('hoisted')), typeof require];`;
    const files = { ...HOISTED, 'package.json': '{"type":"module"}', 'fn/index.js': code };
    expect(await answerOf(files)).toEqual([
      expect.stringContaining("Cannot find module 'hoisted'"),
      expect.stringContaining("Cannot find package 'hoisted' imported from"),
      'function',
    ]);
  });

  it('for a static import, which fails the initialisation', async () => {
    const code = "import hoisted from 'hoisted'; export const handler = async () => hoisted;";
    expect(await answerOf({ ...HOISTED, 'fn/index.mjs': code })).toMatchObject({
      errorMessage: expect.stringContaining("Cannot find package 'hoisted' imported from"),
    });
  });

  it('but for what its package.json names, which sam build installs', async () => {
    const manifest = '{"dependencies":{"hoisted":"1"}}';
    const code = "exports.handler = async () => require('hoisted');";
    expect(await answerOf({ ...HOISTED, 'fn/package.json': manifest, 'fn/index.js': code })).toBe('hoisted');
  });
});

it('what lies in the task root is there for require and import, with conditions of each, and so is what a link in it leads to', async () => {
  const project = testFolder({
    'shared/index.js': "module.exports = require('other');",
    'shared/node_modules/other/index.js': "module.exports = 'of the linked one';",
    'fn/node_modules/both/package.json':
      '{"exports":{"import":"./m.mjs","require":"./c.cjs"},"imports":{"#own":"./own.cjs"}}',
    'fn/node_modules/both/m.mjs': "export default 'imported';",
    'fn/node_modules/both/c.cjs': "module.exports = require('#own');",
    'fn/node_modules/both/own.cjs': "module.exports = 'required';",
    'fn/sub/index.mjs': `import both from 'both';
      import { createRequire } from 'node:module';
      const require = createRequire(import.meta.url);
      export const handler = async () => [both, require('both'), require('shared')];`,
  });
  const codeUri = path.join(project, 'fn');
  symlinkSync('../../shared', path.join(codeUri, 'node_modules/shared'));
  expect(await answerIn(codeUri, 'sub/index.handler')).toEqual(['imported', 'required', 'of the linked one']);
});

describe("the runtime's own SDK", () => {
  const IMPORT =
    "import { LambdaClient } from '@aws-sdk/client-lambda'; export const handler = async () => typeof LambdaClient;";

  // "Lambda guide, Runtime-included SDK versions": version 2 only up to nodejs16.x.
  it('is there when it is required and when it is imported, but no version 2 from nodejs18.x on', async () => {
    const required = `exports.handler = async () => {
      const kinds = [typeof require('@aws-sdk/client-lambda').LambdaClient];
      try { return [...kinds, require('aws-sdk').VERSION]; } catch ({ message }) { return [...kinds, message]; } };`;
    const imported = `import { LambdaClient } from '@aws-sdk/client-lambda';
      import required from './required.cjs';
      export const handler = async () => [typeof LambdaClient, ...(await required.handler())];`;
    expect(await answerOf({ 'fn/index.mjs': imported, 'fn/required.cjs': required })).toEqual([
      'function',
      'function',
      expect.stringContaining("Cannot find module 'aws-sdk'"),
    ]);
  });

  it('is there for a bundle that leaves it out', async () => {
    const codeUri = testFolder({ 'handler.ts': IMPORT });
    const properties = { External: ['@aws-sdk/*'] };
    const lambda = await testLambda([bundledFunction(codeUri, { properties })]);
    expect((await lambda.call()).answer).toBe('function');
  });

  it('is installed when code first asks for a client that is not there, which one line says', async () => {
    const name = '@aws-sdk/client-somewhere';
    await npmRegistry({ [name]: "module.exports = 'installed';" });
    const code = `exports.handler = async () => require('${name}');`;
    const codeUri = testFolder({ 'index.js': code });
    const lambda = await testLambda([
      functionModel({ timeoutMs: 10_000, code: { kind: 'folder', codeUri } }),
    ]);
    expect((await lambda.call()).answer).toBe('installed');
    expect((await lambda.call()).answer).toBe('installed');
    expect(lambda.facts.ofKind('sdk.installed')).toMatchObject([{ name }]);
  });

  it('is said to be missing with what to type, when it can not be installed', async () => {
    await npmRegistry();
    const code = "exports.handler = async () => require('@aws-sdk/client-there-is-none-such');";
    const codeUri = testFolder({ 'index.js': code });
    const lambda = await testLambda([
      functionModel({ timeoutMs: 10_000, code: { kind: 'folder', codeUri } }),
    ]);
    expect((await lambda.call()).answer).toMatchObject({
      errorMessage: expect.stringContaining('Cannot find module'),
    });
    expect(lambda.facts.ofKind('sdk.missing')).toMatchObject([
      {
        name: '@aws-sdk/client-there-is-none-such',
        command: expect.stringMatching(
          /^npm install --prefix .*sdk-3 @aws-sdk\/client-there-is-none-such@3$/,
        ),
      },
    ]);
  });
});

it('NODE_OPTIONS name files of the task root, to require and to import', async () => {
  const codeUri = testFolder({
    'index.js': 'exports.handler = async () => globalThis.pre;',
    'pre.js': "globalThis.pre = ['required'];",
    'pre.mjs': "globalThis.pre.push('imported');",
  });
  const environment = { NODE_OPTIONS: '--require ./pre.js --import ./pre.mjs' };
  const lambda = await testLambda([functionModel({ environment, code: { kind: 'folder', codeUri } })]);
  expect((await lambda.call()).answer).toEqual(['required', 'imported']);
});
