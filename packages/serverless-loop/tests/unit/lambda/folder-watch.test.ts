import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type FolderWatch, watchFolders } from '../../../src/services/lambda/code/folder-watch.ts';

let root: string;
let folder: string;
let told: Set<string>;
let watch: FolderWatch;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'folder-watch-'));
  folder = path.join(root, 'src');
  mkdirSync(folder);
  told = new Set();
  watch = watchFolders((file) => told.add(file));
  watch.follow([folder]);
});

afterEach(() => {
  watch.stop();
  rmSync(root, { recursive: true, force: true });
});

async function expectTold(name: string): Promise<void> {
  const file = path.join(folder, name);
  await expect
    .poll(() => {
      // A watch may begin a moment after it is asked for.
      writeFileSync(file, '');
      return [...told];
    })
    .toContain(file);
}

it('goes on telling of a folder that is followed again', async () => {
  watch.follow([folder, root]);
  watch.follow([folder]);
  await expectTold('a.ts');
});

it('tells of the folder that has come in place of another of its name', async () => {
  renameSync(folder, path.join(root, 'old'));
  mkdirSync(folder);
  watch.follow([folder]);
  await expectTold('b.ts');
});

it('tells of a folder that was made anew', async () => {
  rmSync(folder, { recursive: true });
  mkdirSync(folder);
  watch.follow([folder]);
  await expectTold('c.ts');
});

it('tells of a folder that was not there when it was first followed', async () => {
  folder = path.join(root, 'later');
  watch.follow([folder]);
  mkdirSync(folder);
  watch.follow([folder]);
  await expectTold('d.ts');
});

it('tells nothing of a folder that is followed no more', async () => {
  const other = path.join(root, 'other');
  mkdirSync(other);
  watch.follow([other]);
  writeFileSync(path.join(folder, 'e.ts'), '');
  folder = other;
  await expectTold('f.ts');
  expect([...told].filter((file) => file.endsWith('e.ts'))).toEqual([]);
});
