import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { folderFunction, forAllTests, testLambda } from './test-lambda.ts';

const HERE = "require('node:path').join(__dirname, 'made')";
const WAYS: [string, string][] = [
  ['writeFileSync', `fs.writeFileSync(${HERE}, '')`],
  ['a relative path', "fs.writeFileSync('made', '')"],
  [
    'appendFile',
    `await new Promise((done, fail) => fs.appendFile(${HERE}, '', (e) => (e ? fail(e) : done())))`,
  ],
  ['fs/promises', `await require('node:fs/promises').writeFile(${HERE}, '')`],
  ['open', `await fs.promises.open(${HERE}, 'a')`],
  [
    'a stream',
    `await new Promise((done, fail) => fs.createWriteStream(${HERE}).on('error', fail).on('open', done))`,
  ],
  ['mkdir', `fs.mkdirSync(${HERE}, { recursive: true })`],
  ['rename', `fs.renameSync(__filename, ${HERE})`],
  ['copyFile', `await fs.promises.copyFile(__filename, ${HERE})`],
  ['unlink', 'fs.unlinkSync(__filename)'],
  ['rm', 'fs.rmSync(__filename, { force: true })'],
  ['an import by name', `(await import('node:fs')).writeFileSync(${HERE}, '')`],
];

const NUMBERED = WAYS.map(([name], way) => [name, way] as const);

const CODE = `const fs = require('node:fs');
  const ways = [${WAYS.map(([, write]) => `async () => { ${write}; }`).join()}];
  exports.handler = async ({ way }) => {
    try { await ways[way](); return 'written'; } catch (error) { return [error.code, error.errno]; }
  };`;

// Lambda guide, "Lambda execution environment": /tmp alone takes files, the code's folder is for reading only.
describe('a function writes nothing where its code is', () => {
  const running = forAllTests(async (atEnd) => {
    const fn = folderFunction(CODE, {}, atEnd);
    const lambda = await testLambda([fn], { watch: true }, atEnd);
    return { lambda, codeUri: fn.code.kind === 'folder' ? fn.code.codeUri : '' };
  });

  it.each(NUMBERED)('by %s', async (_name, way) => {
    const { lambda, codeUri } = running();
    expect((await lambda.call({ way })).answer).toEqual(['EROFS', -30]);
    expect(readdirSync(codeUri)).toEqual(['index.js']);
    expect(lambda.facts.ofKind('build.started')).toEqual([]);
  });
});

it('a function reads where its code is, and writes elsewhere', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'elsewhere-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = path.join(folder, 'x');
  const code = `const fs = require('node:fs');
    exports.handler = async () => {
      const handle = await fs.promises.open(__filename, 'r'); await handle.close();
      fs.closeSync(fs.openSync(__filename)); fs.writeFileSync(${JSON.stringify(file)}, 'kept');
      return [fs.readFileSync(${JSON.stringify(file)}, 'utf8'), fs.readdirSync(__dirname)]; };`;
  const lambda = await testLambda([folderFunction(code)]);
  expect((await lambda.call()).answer).toEqual(['kept', ['index.js']]);
});
