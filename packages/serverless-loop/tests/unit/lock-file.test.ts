import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { takeLockFile, waitForLockFile } from '../../src/lock-file.ts';

function newFile(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'lock-file-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return path.join(folder, 'lock');
}

const FREE = { release: expect.any(Function) };

test('one has a lock at a time, in this process, too', async () => {
  const file = newFile();
  const first = await waitForLockFile(file);
  expect(takeLockFile(file)).toEqual({ heldBy: process.pid });
  const second = waitForLockFile(file);
  first.release();
  (await second).release();
  expect(takeLockFile(file)).toEqual(FREE);
});

test('a process that runs has its lock, one that died has not', () => {
  const file = newFile();
  writeFileSync(file, String(process.ppid));
  expect(takeLockFile(file)).toEqual({ heldBy: process.ppid });
  // No process has an id beyond the kernel's greatest (proc(5), pid_max), this one had the id before, and these name none.
  for (const left of ['4194305', String(process.pid), '', '0', 'nobody']) {
    writeFileSync(file, left);
    const taken = takeLockFile(file);
    expect(taken).toEqual(FREE);
    if ('release' in taken) taken.release();
  }
  mkdirSync(file);
  expect(takeLockFile(file)).toEqual(FREE);
});
