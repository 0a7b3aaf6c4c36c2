import { promisify } from 'node:util';
import { crc32, deflateRaw } from 'node:zlib';

export interface ZippedEntry {
  /** With `/` between folders. */
  name: string;
  contents: Buffer;
  /** Of Unix, with the type of the file. */
  mode: number;
}

/** A zip's directory counts in 16 bits (PKWARE's APPNOTE, 4.4.21). */
export const MAX_ENTRIES = 65_535;

const deflate = promisify(deflateRaw);
const LOCAL_HEADER = 0x04034b50;
const DIRECTORY_HEADER = 0x02014b50;
const DIRECTORY_END = 0x06054b50;
/** 2.0, for deflated files; made on Unix, so that modes count. */
const VERSION = 20;
const MADE_BY = (3 << 8) | VERSION;
/** Names are in UTF-8. */
const FLAGS = 1 << 11;
const DEFLATED = 8;
/** The first day that a zip can tell, so that the same files make the same zip. */
const DATE_1980_01_01 = (1 << 5) | 1;

/** The bytes of a zip with these entries, one entry at a time (PKWARE's APPNOTE, 4.3); all together are under 4 GiB. */
export async function* zipped(entries: AsyncIterable<ZippedEntry>): AsyncGenerator<Buffer> {
  const directory: Buffer[] = [];
  let offset = 0;
  for await (const { name, contents, mode } of entries) {
    const fileName = Buffer.from(name);
    const packed = await deflate(contents);
    const common = fieldsOf([
      [2, VERSION],
      [2, FLAGS],
      [2, DEFLATED],
      [2, 0],
      [2, DATE_1980_01_01],
      [4, crc32(contents)],
      [4, packed.length],
      [4, contents.length],
      [2, fileName.length],
      [2, 0],
    ]);
    const head = Buffer.concat([fieldsOf([[4, LOCAL_HEADER]]), common, fileName]);
    const made = fieldsOf([
      [4, DIRECTORY_HEADER],
      [2, MADE_BY],
    ]);
    // No comment, on the first disk, without inner attributes.
    const place = fieldsOf([
      [2, 0],
      [2, 0],
      [2, 0],
      [4, (mode << 16) >>> 0],
      [4, offset],
    ]);
    directory.push(made, common, place, fileName);
    offset += head.length + packed.length;
    yield head;
    yield packed;
  }
  const index = Buffer.concat(directory);
  const count = directory.length / 4;
  yield index;
  yield fieldsOf([
    [4, DIRECTORY_END],
    [2, 0],
    [2, 0],
    [2, count],
    [2, count],
    [4, index.length],
    [4, offset],
    [2, 0],
  ]);
}

function fieldsOf(fields: [bytes: number, value: number][]): Buffer {
  const whole = Buffer.alloc(fields.reduce((sum, [bytes]) => sum + bytes, 0));
  let at = 0;
  for (const [bytes, value] of fields) at = whole.writeUIntLE(value, at, bytes);
  return whole;
}
