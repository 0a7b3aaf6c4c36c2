import { mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { functionModel } from '../../unit/lambda/function-model.ts';
import { bundledFunction } from './bundled-function.ts';
import { npmRegistry } from './npm-registry.ts';
import { testFolder, testLambda } from './test-lambda.ts';

const HOISTED = { 'node_modules/hoisted/index.js': "module.exports = 'hoisted';" };

async function answerOf(files: Record<string, string>, handler = 'index.handler') {
  const project = testFolder(files);
  const codeUri = path.join(project, 'fn');
  const lambda = await testLambda([functionModel({ handler, code: { kind: 'folder', codeUri } })]);
  return (await lambda.call()).answer;
}

// As only CodeUri is uploaded (AWS SAM guide, "AWS::Serverless::Function", CodeUri).
describe('what lies above the task root is not there', () => {
  it('for require', async () => {
    const code = "exports.handler = async () => require('hoisted');";
    expect(await answerOf({ ...HOISTED, 'fn/index.js': code })).toMatchObject({
      errorMessage: expect.stringContaining("Cannot find module 'hoisted'"),
    });
  });

  it('for an import', async () => {
    const code = "export const handler = async () => (await import('hoisted')).default;";
    expect(await answerOf({ ...HOISTED, 'fn/index.mjs': code })).toMatchObject({
      errorMessage: expect.stringContaining("Cannot find package 'hoisted' imported from"),
    });
  });

  it('for a static import, which fails the initialisation', async () => {
    const code = "import hoisted from 'hoisted'; export const handler = async () => hoisted;";
    expect(await answerOf({ ...HOISTED, 'fn/index.mjs': code })).toMatchObject({
      errorMessage: expect.stringContaining("Cannot find package 'hoisted' imported from"),
    });
  });

  it('for the kind of its modules', async () => {
    const code = 'exports.handler = async () => typeof require;';
    expect(await answerOf({ 'package.json': '{"type":"module"}', 'fn/index.js': code })).toBe('function');
  });

  it('but for what its package.json names, which sam build installs', async () => {
    const manifest = '{"dependencies":{"hoisted":"1"}}';
    const code = "exports.handler = async () => require('hoisted');";
    expect(await answerOf({ ...HOISTED, 'fn/package.json': manifest, 'fn/index.js': code })).toBe('hoisted');
  });
});

describe('what lies in the task root is there', () => {
  it('for require and import, with conditions of each', async () => {
    const answer = await answerOf(
      {
        'fn/node_modules/both/package.json':
          '{"exports":{"import":"./m.mjs","require":"./c.cjs"},"imports":{"#own":"./own.cjs"}}',
        'fn/node_modules/both/m.mjs': "export default 'imported';",
        'fn/node_modules/both/c.cjs': "module.exports = require('#own');",
        'fn/node_modules/both/own.cjs': "module.exports = 'required';",
        'fn/sub/index.mjs':
          "import both from 'both'; import { createRequire } from 'node:module'; const require = createRequire(import.meta.url); export const handler = async () => [both, require('both')];",
      },
      'sub/index.handler',
    );
    expect(answer).toEqual(['imported', 'required']);
  });

  it('and so is what a link in it leads to', async () => {
    const project = testFolder({
      'shared/index.js': "module.exports = require('other');",
      'shared/node_modules/other/index.js': "module.exports = 'of the linked one';",
      'fn/index.js': "exports.handler = async () => require('shared');",
    });
    const codeUri = path.join(project, 'fn');
    mkdirSync(path.join(codeUri, 'node_modules'));
    symlinkSync('../../shared', path.join(codeUri, 'node_modules/shared'));
    const lambda = await testLambda([functionModel({ code: { kind: 'folder', codeUri } })]);
    expect((await lambda.call()).answer).toBe('of the linked one');
  });
});

describe("the runtime's own SDK", () => {
  const USE = "exports.handler = async () => typeof require('@aws-sdk/client-lambda').LambdaClient;";
  const IMPORT =
    "import { LambdaClient } from '@aws-sdk/client-lambda'; export const handler = async () => typeof LambdaClient;";
  it.each([
    ['required', { 'fn/index.js': USE }],
    ['imported', { 'fn/index.mjs': IMPORT }],
  ])('is there when it is %s', async (_how, files) => {
    expect(await answerOf(files)).toBe('function');
  });

  it('is there for a bundle that leaves it out', async () => {
    const codeUri = testFolder({ 'handler.ts': IMPORT });
    const properties = { External: ['@aws-sdk/*'] };
    const lambda = await testLambda([bundledFunction(codeUri, { properties })]);
    expect((await lambda.call()).answer).toBe('function');
  });

  // "Lambda guide, Runtime-included SDK versions": version 2 only up to nodejs16.x.
  it('has no version 2 from nodejs18.x on', async () => {
    const code = "exports.handler = async () => require('aws-sdk').VERSION;";
    expect(await answerOf({ 'fn/index.js': code })).toMatchObject({
      errorMessage: expect.stringContaining("Cannot find module 'aws-sdk'"),
    });
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

describe('NODE_OPTIONS name files of the task root', () => {
  it.each(['--require ./pre.js', '--import ./pre.mjs'])('%s', async (options) => {
    const codeUri = testFolder({
      'index.js': 'exports.handler = async () => globalThis.pre;',
      'pre.js': "globalThis.pre = 'loaded';",
      'pre.mjs': "globalThis.pre = 'loaded';",
    });
    const environment = { NODE_OPTIONS: options };
    const lambda = await testLambda([functionModel({ environment, code: { kind: 'folder', codeUri } })]);
    expect((await lambda.call()).answer).toBe('loaded');
  });
});
