import { createHash } from 'node:crypto';
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { unpackPackage } from '../../../src/services/lambda/code/package.ts';
import { functionModel } from '../../unit/lambda/function-model.ts';
import { type ZipEntry, zipOf } from '../../zip.ts';
import { testFolder, testLambda } from './test-lambda.ts';

const HANDLER = { name: 'index.js', contents: 'exports.handler = async () => require("./lib/word.js");' };
const LIBRARY = { name: 'lib/word.js', contents: 'module.exports = "unpacked";' };

it('an uploaded zip runs, and is known by its own hash', async () => {
  const cacheDir = testFolder();
  const zip = zipOf([{ name: 'lib/', contents: '' }, HANDLER, LIBRARY]);
  const code = await unpackPackage(zip, cacheDir);
  expect(code.sha256Base64).toBe(createHash('sha256').update(zip).digest('base64'));

  const lambda = await testLambda([functionModel({ code })], { cacheDir, watch: true });
  expect((await lambda.call()).answer).toBe('unpacked');
});

it('the same zip is unpacked once', async () => {
  const cacheDir = testFolder();
  const zip = zipOf([HANDLER]);
  const { codeUri } = await unpackPackage(zip, cacheDir);
  const { ino } = statSync(path.join(codeUri, 'index.js'));
  await unpackPackage(zip, cacheDir);
  expect(statSync(path.join(codeUri, 'index.js')).ino).toBe(ino);
});

it('programs stay programs', async () => {
  const zip = zipOf([{ name: 'bin/tool', contents: '#!/bin/sh', mode: 0o100755 }]);
  const { codeUri } = await unpackPackage(zip, testFolder());
  expect(statSync(path.join(codeUri, 'bin/tool')).mode & 0o111).toBe(0o111);
});

const refused: [what: string, entries: ZipEntry[], words: string][] = [
  ['a path that leads out', [{ name: '../out.js', contents: '' }], 'invalid relative path: ../out.js'],
  ['one that leads out later', [{ name: 'lib/../../out.js', contents: '' }], 'invalid relative path'],
  ['an absolute path', [{ name: '/etc/cron.d/out', contents: '' }], 'absolute path'],
  ['the folder itself', [{ name: '.', contents: '' }], 'leads out of its folder'],
  [
    'a symbolic link',
    [{ name: 'link', contents: '/etc/passwd', mode: 0o120777 }],
    'a link or a special file: link',
  ],
  ['one name twice', [HANDLER, HANDLER], 'Could not unzip uploaded file'],
  [
    'more than it tells',
    [{ name: 'bomb', contents: Buffer.alloc(1_000_000), toldBytes: 10 }],
    'Could not unzip uploaded file',
  ],
  [
    'more than Lambda takes',
    [{ name: 'bomb', contents: '', toldBytes: 262_144_001 }],
    'Unzipped size must be smaller than 262144000 bytes',
  ],
];

it.each(refused)('a zip with %s is refused and leaves nothing', async (_what, entries, words) => {
  const cacheDir = testFolder();
  await expect(unpackPackage(zipOf(entries), cacheDir)).rejects.toThrow(words);
  expect(readdirSync(cacheDir)).toEqual([]);
  expect(existsSync(path.join(cacheDir, '../out.js'))).toBe(false);
});

it('what is no zip is refused', async () => {
  await expect(unpackPackage(Buffer.from('no zip at all'), testFolder())).rejects.toThrow(
    'Could not unzip uploaded file. Please check your file, then try to upload again.',
  );
});
