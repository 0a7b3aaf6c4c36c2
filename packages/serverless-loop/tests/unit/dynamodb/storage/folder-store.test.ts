import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { folderStore } from '../../../../src/services/dynamodb/engine/storage/folder-store.ts';

const asText = (json: unknown) => String(json);

function newFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'folder-store-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Opens the store, looks at it and closes it. */
async function content(folder: string, name = 'boxes'): Promise<[string, string][]> {
  const store = folderStore(folder);
  const entries = [...store.map(name, asText).entries()];
  await store.close();
  return entries.map(([key, value]) => [key, value]);
}

test('what was committed is there when the folder is opened again', async () => {
  const folder = newFolder();
  const store = folderStore(folder);
  const boxes = store.map('boxes', asText);
  const crates = store.map('crates', asText);
  store.commit([boxes.put('a\0\xff', 'one'), boxes.put('b', 'two'), crates.put('c', 'three')]);
  store.commit([boxes.remove('b'), boxes.put('d', 'ä😀')]);
  store.commit([crates.clear()]);
  await store.close();
  expect(await content(folder)).toEqual([
    ['a\0\xff', 'one'],
    ['d', 'ä😀'],
  ]);
  expect(await content(folder, 'crates')).toEqual([]);
});

test('a batch that the death of the process cut is not there, as a whole, and the store goes on', async () => {
  const folder = newFolder();
  const first = folderStore(folder);
  const boxes = first.map('boxes', asText);
  first.commit([boxes.put('a', 'one')]);
  first.commit([boxes.put('b', 'two'), boxes.put('c', 'three')]);
  await first.close();
  const log = path.join(folder, '0.log');
  truncateSync(log, readFileSync(log).length - 3);
  const second = folderStore(folder);
  const again = second.map('boxes', asText);
  expect([...again.entries()]).toEqual([['a', 'one']]);
  second.commit([again.put('d', 'four')]);
  await second.close();
  expect(await content(folder)).toEqual([
    ['a', 'one'],
    ['d', 'four'],
  ]);
});

test('what is damaged before its end is refused with its place', async () => {
  const folder = newFolder();
  const store = folderStore(folder);
  const boxes = store.map('boxes', asText);
  store.commit([boxes.put('a', 'one')]);
  await store.close();
  const log = path.join(folder, '0.log');
  const whole = readFileSync(log, 'utf8');
  appendFileSync(log, `${whole.replace('one', 'two')}${whole}`);
  expect(() => folderStore(folder)).toThrow(`damaged at byte ${whole.length}`);
});

test('a snapshot keeps the log short, while changes go on, and nothing is lost', async () => {
  const folder = newFolder();
  const store = folderStore(folder, { snapshotAtBytes: 20_000 });
  const boxes = store.map('boxes', asText);
  for (let count = 0; count < 3000; count += 1) {
    store.commit([boxes.put(String(count % 700), String(count))]);
    if (count % 500 === 0) await new Promise(setImmediate);
  }
  await expect.poll(() => readdirSync(folder).some((name) => name.endsWith('.snapshot'))).toBe(true);
  await store.close();
  const kept = new Map(await content(folder));
  expect(kept.size).toBe(700);
  for (let count = 2300; count < 3000; count += 1) expect(kept.get(String(count % 700))).toBe(String(count));
});

test("a folder is one process's at a time, and free once that is gone", async () => {
  const folder = newFolder();
  writeFileSync(path.join(folder, 'lock'), String(process.ppid));
  expect(() => folderStore(folder)).toThrow(`in use by the process ${process.ppid}`);
  // No process has an id beyond the kernel's greatest (proc(5), pid_max).
  writeFileSync(path.join(folder, 'lock'), '4194305');
  expect(await content(folder)).toEqual([]);
});

test('a closed store takes no more', async () => {
  const store = folderStore(newFolder());
  const boxes = store.map('boxes', asText);
  await store.close();
  expect(() => store.commit([boxes.put('a', 'one')])).toThrow('closed');
});

test('a change whose log was removed with its folder is refused, and told once', async () => {
  const folder = newFolder();
  const onProblem = vi.fn<(error: unknown) => void>();
  const store = folderStore(folder, { onProblem });
  const boxes = store.map('boxes', asText);
  store.commit([boxes.put('a', 'one')]);
  rmSync(folder, { recursive: true });
  for (const key of ['b', 'c'])
    expect(() => store.commit([boxes.put(key, 'two')])).toThrow(/Nothing can be kept in .*was removed/);
  expect([...boxes.entries()]).toEqual([['a', 'one']]);
  expect(onProblem).toHaveBeenCalledTimes(1);
  await store.close();
});

test.skipIf(!existsSync('/dev/full'))(
  'a change that finds the disk full is refused, and told once; once there is room changes are done again',
  async () => {
    const folder = newFolder();
    const onProblem = vi.fn<(error: unknown) => void>();
    const store = folderStore(folder, { onProblem, snapshotAtBytes: 1 });
    const boxes = store.map('boxes', asText);
    // The log after the first snapshot is one that can't be written to.
    symlinkSync('/dev/full', path.join(folder, '1.log'));
    store.commit([boxes.put('a', 'one')]);
    for (const key of ['b', 'c'])
      expect(() => store.commit([boxes.put(key, 'two')])).toThrow(/Nothing can be kept in .*ENOSPC/);
    expect([...boxes.entries()]).toEqual([['a', 'one']]);
    expect(onProblem.mock.calls.map(([error]) => Object(error).name)).toEqual(['StoreWriteError']);
    await store.close();
    rmSync(path.join(folder, '1.log'));
    expect(await content(folder)).toEqual([['a', 'one']]);
  },
);

test('a log that cannot be followed by another one goes on, and that is told', async () => {
  const folder = newFolder();
  const onProblem = vi.fn<(error: unknown) => void>();
  const store = folderStore(folder, { onProblem, snapshotAtBytes: 1 });
  const boxes = store.map('boxes', asText);
  mkdirSync(path.join(folder, '1.log'));
  for (const key of ['a', 'b', 'c']) store.commit([boxes.put(key, 'one')]);
  await store.close();
  expect(onProblem).toHaveBeenCalled();
  rmSync(path.join(folder, '1.log'), { recursive: true });
  expect((await content(folder)).map(([key]) => key)).toEqual(['a', 'b', 'c']);
});

test('a snapshot that cannot be written is told, and nothing is lost', async () => {
  const folder = newFolder();
  const onProblem = vi.fn<(error: unknown) => void>();
  const store = folderStore(folder, { onProblem, snapshotAtBytes: 1 });
  const boxes = store.map('boxes', asText);
  mkdirSync(path.join(folder, '1.snapshot.part'));
  store.commit([boxes.put('a', 'one')]);
  await expect.poll(() => onProblem).toHaveBeenCalled();
  store.commit([boxes.put('b', 'one')]);
  await store.close();
  rmSync(path.join(folder, '1.snapshot.part'), { recursive: true });
  expect((await content(folder)).map(([key]) => key)).toEqual(['a', 'b']);
});
