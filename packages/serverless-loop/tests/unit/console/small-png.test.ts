import { deflateSync, inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { smallPng } from '../../browser/small-png.ts';

/** A picture as a browser writes one, of rows that are filtered already. */
function png(width: number, height: number, rows: readonly (readonly number[])[]): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const chunk = (type: string, body: Buffer) => {
    const part = Buffer.alloc(12 + body.length);
    part.writeUInt32BE(body.length, 0);
    part.write(type, 4, 'latin1');
    body.copy(part, 8);
    return part;
  };
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from(rows.flat()))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function bodyOf(type: string, picture: Buffer): Buffer {
  const at = picture.indexOf(type, 0, 'latin1');
  return picture.subarray(at + 4, at + 4 + picture.readUInt32BE(at - 4));
}

/** The colours of a small picture, row by row. */
function coloursOf(picture: Buffer, width: number): string[] {
  const palette = bodyOf('PLTE', picture);
  const rows = inflateSync(bodyOf('IDAT', picture));
  return [...rows].flatMap((place, at) =>
    at % (width + 1) === 0 ? [] : [palette.toString('hex', place * 3, place * 3 + 3)],
  );
}

test('a picture keeps its colours, whatever the filters of its rows', () => {
  const picture = png(2, 5, [
    // None, Sub, Up, Average, Paeth (PNG specification, "Filter types"): each of a red and a green pixel.
    [0, 255, 0, 0, 0, 255, 0],
    [1, 255, 0, 0, 1, 255, 0],
    [2, 0, 0, 0, 0, 0, 0],
    [3, 128, 0, 0, 129, 128, 0],
    [4, 0, 0, 0, 0, 0, 0],
  ]);
  const rows = Array.from({ length: 5 }, () => ['ff0000', '00ff00']);
  expect(coloursOf(smallPng(picture), 2)).toEqual(rows.flat());
});

test('of more than 256 colours the rarest keep their hue: a word in red is few pixels', () => {
  const greys = Array.from({ length: 300 }, (_, at) => {
    const level = at % 256;
    // The same grey, a little tinted: more colours than a palette has.
    return at < 256 ? [level, level, level] : [level, level + 1, level];
  });
  const pixels = [...greys, ...greys, [179, 38, 30]];
  const colours = coloursOf(smallPng(png(pixels.length, 1, [[0, ...pixels.flat()]])), pixels.length);
  expect(colours.at(-1)).toBe('b3261e');
  expect(new Set(colours).size).toBeLessThanOrEqual(256);
});
