import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipEntry {
  name: string;
  contents: string | Buffer;
  /** Of Unix, with the type; a plain file where it isn't said. */
  mode?: number;
  /** The size that the entry tells when that is not the truth. */
  toldBytes?: number;
}

/** A zip file with these entries, whatever their names are (PKWARE's APPNOTE, 4.3). */
export function zipOf(entries: ZipEntry[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const name = Buffer.from(entry.name);
    const contents = Buffer.from(entry.contents);
    const packed = deflateRawSync(contents);
    const sums = Buffer.alloc(12);
    sums.writeUInt32LE(crc32(contents), 0);
    sums.writeUInt32LE(packed.length, 4);
    sums.writeUInt32LE(entry.toldBytes ?? contents.length, 8);
    const fixed = Buffer.from([20, 0, 0, 0, 8, 0, 0, 0, 33, 0]);
    const local = Buffer.concat([
      signature(0x04034b50),
      fixed,
      sums,
      uint16(name.length),
      uint16(0),
      name,
      packed,
    ]);
    const attributes = Buffer.alloc(4);
    attributes.writeUInt32LE(((entry.mode ?? 0o100644) << 16) >>> 0);
    const at = Buffer.alloc(4);
    at.writeUInt32LE(offset);
    directory.push(
      Buffer.concat([signature(0x02014b50), Buffer.from([20, 3]), fixed, sums, uint16(name.length)]),
      Buffer.concat([uint16(0), uint16(0), uint16(0), uint16(0), attributes, at, name]),
    );
    locals.push(local);
    offset += local.length;
  }
  const index = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(index.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, index, signature(0x06054b50), end]);
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}
