import { closeSync, openSync, readSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import type { Change } from './store.ts';

/** A change as a line has it: a value put, without it a key removed, without a key all of the map removed. */
export type Entry = readonly [map: string, key?: string, value?: unknown];

/** A file that has something in it that was never written so. */
export class DamagedStoreError extends Error {
  override readonly name = 'DamagedStoreError';
  readonly file: string;
  readonly atByte: number;

  constructor(file: string, atByte: number) {
    super(
      `${file} is damaged at byte ${atByte}. What was kept after it is lost; to go on without, cut it there.`,
    );
    this.file = file;
    this.atByte = atByte;
  }
}

const CHECKSUM_CHARACTERS = 8;
const LINE_FEED = 0x0a;
const READ_BYTES = 1 << 20;

export const entryOf = ({ map, key, value }: Change): Entry =>
  key === undefined ? [map] : value === undefined ? [map, key] : [map, key, value];

/** One batch, a line: it is whole when its checksum says so. */
export function lineOf(entries: readonly Entry[]): Buffer {
  const json = JSON.stringify(entries);
  return Buffer.from(`${crc32(json).toString(16).padStart(CHECKSUM_CHARACTERS, '0')} ${json}\n`);
}

/**
 * Reads a file's batches in their order and gives the length of what is whole. What the death of a process left of its
 * last line is not; anything else that isn't whole throws DamagedStoreError.
 */
export function readLines(file: string, take: (entries: readonly Entry[]) => void): number {
  let wholeBytes = 0;
  let torn = false;
  for (const line of linesOf(file)) {
    const entries = line.at(-1) === LINE_FEED ? entriesOf(line) : undefined;
    if (torn) throw new DamagedStoreError(file, wholeBytes);
    if (entries) {
      take(entries);
      wholeBytes += line.length;
    } else torn = true;
  }
  return wholeBytes;
}

function entriesOf(line: Buffer): readonly Entry[] | undefined {
  const json = line.subarray(CHECKSUM_CHARACTERS + 1, -1);
  const checksum = line.toString('latin1', 0, CHECKSUM_CHARACTERS);
  if (Number.parseInt(checksum, 16) !== crc32(json)) return undefined;
  return JSON.parse(json.toString());
}

/** With their line feeds; the last line may have none. */
function* linesOf(file: string): Generator<Buffer> {
  const descriptor = openSync(file, 'r');
  try {
    let rest = Buffer.alloc(0);
    for (;;) {
      const read = Buffer.allocUnsafe(READ_BYTES);
      const length = readSync(descriptor, read);
      if (length === 0) break;
      rest = Buffer.concat([rest, read.subarray(0, length)]);
      let from = 0;
      for (let end = rest.indexOf(LINE_FEED); end >= 0; end = rest.indexOf(LINE_FEED, from)) {
        yield rest.subarray(from, end + 1);
        from = end + 1;
      }
      rest = rest.subarray(from);
    }
    if (rest.length > 0) yield rest;
  } finally {
    closeSync(descriptor);
  }
}
