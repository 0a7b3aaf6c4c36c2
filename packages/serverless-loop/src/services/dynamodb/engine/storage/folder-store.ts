import {
  closeSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { lockFolder } from './folder-lock.ts';
import { type Entry, entryOf, lineOf, readLines } from './journal-lines.ts';
import { type Maps, memoryStore } from './memory-store.ts';
import { writeSnapshot } from './snapshot.ts';
import { SortedMap } from './sorted-map.ts';
import type { Store } from './store.ts';
import { FolderGoneError, StoreWriteError } from './store-write-error.ts';

export interface FolderOptions {
  /** Told why a snapshot could not be written, with which the store goes on with a longer log; and once why a change could not. */
  onProblem?: (error: unknown) => void;
  /** A snapshot is written when the log is as long and longer than twice the last one. */
  snapshotAtBytes?: number;
}

const SNAPSHOT_AT_BYTES = 16 * 1024 * 1024;
const FILE = /^(\d+)\.(log|snapshot)$/;

/**
 * A store in memory whose batches are written to a log in the folder, each before it is done, so that nothing that was
 * committed is lost when the process dies at any moment. It is not told to the disk (fsync): when the machine itself
 * dies, the last seconds may be lost. A snapshot now and then keeps the log short; the files after the newest snapshot's
 * number make the whole. Throws StoreInUseError or DamagedStoreError.
 */
export function folderStore(folder: string, options: FolderOptions = {}): Store {
  const { onProblem = () => undefined, snapshotAtBytes = SNAPSHOT_AT_BYTES } = options;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const lock = lockFolder(folder);
  try {
    const found = readFolder(folder);
    let log = appendTo(fileOf(folder, found.number, 'log'));
    let isFailing = false;
    let number = found.number;
    let snapshotBytes = found.snapshotBytes;
    const ending = new AbortController();
    let writing: Promise<void> | undefined;

    /** All changes go to a new log from now on; what they change while the snapshot is written is in both. */
    async function shorten(): Promise<void> {
      try {
        const next = appendTo(fileOf(folder, number + 1, 'log'));
        log.close();
        log = next;
        number += 1;
        snapshotBytes = await writeSnapshot(store.maps, fileOf(folder, number, 'snapshot'), ending.signal);
        removeBefore(folder, number);
      } catch (error) {
        if (!ending.signal.aborted) onProblem(error);
        // Not at every change: once the log is as long again.
        snapshotBytes = Math.max(snapshotBytes, log.sizeBytes());
      }
      writing = undefined;
    }

    function append(line: Buffer): void {
      try {
        log.append(line);
        isFailing = false;
      } catch (cause) {
        const error = new StoreWriteError(folder, cause);
        if (!isFailing) onProblem(error);
        isFailing = true;
        throw error;
      }
    }

    const store = memoryStore(
      found.maps,
      (changes) => {
        append(lineOf(changes.map(entryOf)));
        if (!writing && log.sizeBytes() > Math.max(snapshotAtBytes, 2 * snapshotBytes)) writing = shorten();
      },
      async () => {
        ending.abort();
        await writing;
        log.close();
        lock.release();
      },
    );
    return store;
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Makes the maps of what the folder has, and leaves nothing half there. */
function readFolder(folder: string): { maps: Maps; number: number; snapshotBytes: number } {
  const numbersOf = (kind: string) =>
    readdirSync(folder)
      .map((name) => FILE.exec(name))
      .filter((match) => match?.[2] === kind)
      .map((match) => Number(match?.[1]))
      .sort((a, b) => a - b);
  const start = numbersOf('snapshot').at(-1) ?? 0;
  removeBefore(folder, start);
  const maps: Maps = new Map();
  const take = (entries: readonly Entry[]) => {
    for (const entry of entries) apply(maps, entry);
  };
  const snapshotBytes = start > 0 ? readLines(fileOf(folder, start, 'snapshot'), take) : 0;
  const logs = numbersOf('log');
  for (const number of logs) {
    const file = fileOf(folder, number, 'log');
    truncateSync(file, readLines(file, take));
  }
  return { maps, number: logs.at(-1) ?? start, snapshotBytes };
}

function apply(maps: Maps, [name, key, value]: Entry): void {
  if (key === undefined) {
    maps.delete(name);
    return;
  }
  const map = maps.get(name) ?? new SortedMap<unknown>();
  maps.set(name, map);
  if (value === undefined) map.delete(key);
  else map.set(key, value);
}

function removeBefore(folder: string, number: number): void {
  for (const name of readdirSync(folder)) {
    const match = FILE.exec(name);
    if (match ? Number(match[1]) < number : name.endsWith('.part')) rmSync(path.join(folder, name));
  }
}

const fileOf = (folder: string, number: number, kind: 'log' | 'snapshot') =>
  path.join(folder, `${number}.${kind}`);

function appendTo(file: string) {
  const descriptor = openSync(file, 'a', 0o600);
  let { size: sizeBytes } = fstatSync(descriptor);
  let isWhole = true;

  /** Removes a line that isn't whole: lines after it could not be read. */
  function cut(): void {
    ftruncateSync(descriptor, sizeBytes);
    isWhole = true;
  }

  return {
    sizeBytes: () => sizeBytes,
    append(line: Buffer): void {
      if (!isWhole) cut();
      // A file without a name takes all that is written to it, and gives nothing back.
      if (fstatSync(descriptor).nlink === 0) throw new FolderGoneError();
      for (let written = 0; written < line.length; ) {
        const more = writeSync(descriptor, line, written);
        written += more;
        isWhole = written === line.length;
      }
      sizeBytes += line.length;
    },
    close: () => closeSync(descriptor),
  };
}
