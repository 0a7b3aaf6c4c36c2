import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { tsconfigFiles } from '../../../src/services/lambda/code/tsconfig-files.ts';

function filesFrom(texts: Record<string, string>): string[] {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'tsconfig-test-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(texts)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  return tsconfigFiles(path.join(folder, 'tsconfig.json')).map((file) => path.relative(folder, file));
}

it.each<[string, Record<string, string>, string[]]>([
  ['that extends nothing is alone', { 'tsconfig.json': '{}' }, ['tsconfig.json']],
  [
    'comes with what it extends, and that with its own',
    {
      'tsconfig.json': '{\n  // shared\n  "extends" : "./config/base.json",\n}',
      'config/base.json': '{"extends":"../root"}',
      'root.json': '{}',
    },
    ['tsconfig.json', 'config/base.json', 'root.json'],
  ],
  [
    'comes with each of several, be they there or not',
    { 'tsconfig.json': '{"extends":["./a.json", "./b.json"]}', 'a.json': '{}' },
    ['tsconfig.json', 'a.json', 'b.json'],
  ],
  ['comes without a package', { 'tsconfig.json': '{"extends":"@tsconfig/node24"}' }, ['tsconfig.json']],
  [
    'that extends itself comes once',
    { 'tsconfig.json': '{"extends":"./a.json"}', 'a.json': '{"extends":"./tsconfig.json"}' },
    ['tsconfig.json', 'a.json'],
  ],
])('a tsconfig.json %s', (_what, texts, files) => {
  expect(filesFrom(texts)).toEqual(files);
});
