import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeText, decodeUtf8, TextError } from '../../src/text-file.ts';

const TEXT = '{"snack": "🥨 é"}';
const UTF16LE = Buffer.from(`\ufeff${TEXT}`, 'utf16le');

describe('the text of a file', () => {
  test.each([
    ['UTF-8', Buffer.from(TEXT)],
    ['UTF-8 with a byte-order mark', Buffer.from(`\ufeff${TEXT}`)],
    ['UTF-16, as PowerShell writes it', UTF16LE],
    ['UTF-16 with its bytes the other way', Buffer.from(UTF16LE).swap16()],
  ])('is read: %s', (_what, bytes) => {
    expect(decodeText(bytes)).toBe(TEXT);
  });

  test.each([
    ['UTF-16 without a mark', Buffer.from(TEXT, 'utf16le'), 'UTF-16 without a byte-order mark'],
    ['Latin-1', Buffer.from('{"snack": "é"}', 'latin1'), 'expected UTF-8'],
    ['half of UTF-16', UTF16LE.subarray(0, -1), 'expected UTF-16LE'],
  ])('is refused with its reason: %s', (_what, bytes, reason) => {
    expect(() => decodeText(bytes)).toThrow(TextError);
    expect(() => decodeText(bytes)).toThrow(reason);
  });

  test('is the one that was written, in whatever encoding', () => {
    fc.assert(
      fc.property(
        fc
          .string({ unit: 'grapheme' })
          .filter((text) => !text.includes('\u0000') && !text.startsWith('\ufeff')),
        (text) => {
          const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le');
          for (const bytes of [
            Buffer.from(text),
            Buffer.from(`\ufeff${text}`),
            utf16,
            Buffer.from(utf16).swap16(),
          ])
            expect(decodeText(bytes)).toBe(text);
        },
      ),
    );
  });
});

test('a file of AWS tools is UTF-8', () => {
  expect(decodeUtf8(Buffer.from('\ufeffa'))).toBe('a');
  expect(() => decodeUtf8(UTF16LE)).toThrow('expected UTF-8, found UTF-16LE by its byte-order mark');
});
