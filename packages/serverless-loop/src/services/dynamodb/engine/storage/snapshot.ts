import { open, rename, rm } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { type Entry, lineOf } from './journal-lines.ts';
import type { Maps } from './memory-store.ts';

/** Entries that are written in one go; between them calls are answered. */
const SLICE = 200;

/**
 * Writes all that the maps hold, while they may change: a change made meanwhile may be in it or not, so it must be in a
 * log that is read after it. The file is there, and on the disk, when it is whole. Gives its length in bytes.
 */
export async function writeSnapshot(maps: Maps, file: string, signal: AbortSignal): Promise<number> {
  const part = `${file}.part`;
  const handle = await open(part, 'w', 0o600);
  let sizeBytes = 0;
  try {
    for (const slice of slicesOf(maps)) {
      const line = lineOf(slice);
      await handle.appendFile(line);
      sizeBytes += line.length;
      await setImmediate(undefined, { signal });
    }
    await handle.sync();
  } catch (error) {
    await handle.close();
    await rm(part, { force: true });
    throw error;
  }
  await handle.close();
  await rename(part, file);
  return sizeBytes;
}

function* slicesOf(maps: Maps): Generator<Entry[]> {
  for (const [name, map] of [...maps]) {
    for (let from: string | undefined = ''; from !== undefined; ) {
      const slice: Entry[] = [];
      for (const [key, value] of map.entries({ from })) {
        slice.push([name, key, value]);
        if (slice.length === SLICE) break;
      }
      const last: string | undefined = slice.at(-1)?.[1];
      // The first key that can follow.
      from = slice.length < SLICE || last === undefined ? undefined : `${last}\0`;
      if (slice.length > 0) yield slice;
    }
  }
}
