import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CborError, decodeCbor } from '../../../src/gateway/protocols/cbor.ts';
import { encodeCbor } from '../../../src/gateway/protocols/cbor-encode.ts';

const read = (hex: string) => decodeCbor(Buffer.from(hex, 'hex'));

describe('the examples of RFC 8949', () => {
  test.each<[string, unknown]>([
    ['00', 0],
    ['17', 23],
    ['1818', 24],
    ['1903e8', 1000],
    ['1a000f4240', 1_000_000],
    ['1b000000e8d4a51000', 1_000_000_000_000],
    ['20', -1],
    ['3903e7', -1000],
    ['f93c00', 1],
    ['f97bff', 65_504],
    ['f90001', 2 ** -24],
    ['f9c400', -4],
    ['fa47c35000', 100_000],
    ['fb3ff199999999999a', 1.1],
    ['f97c00', Number.POSITIVE_INFINITY],
    ['f97e00', Number.NaN],
    ['f4', false],
    ['f5', true],
    ['f6', undefined],
    ['c11a514b67b0', 1_363_896_240],
    ['4401020304', 'AQIDBA=='],
    ['62c3bc', 'ü'],
    ['6449455446', 'IETF'],
    ['83010203', [1, 2, 3]],
    ['a26161016162820203', { a: 1, b: [2, 3] }],
    ['9f018202039f0405ffff', [1, [2, 3], [4, 5]]],
    ['7f657374726561646d696e67ff', 'streaming'],
    ['bf61610161629f0203ffff', { a: 1, b: [2, 3] }],
  ])('%s', async (hex, value) => {
    expect(await read(hex)).toEqual(value);
  });
});

test('what is written is read again', async () => {
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.double(),
      fc.integer(),
      fc.boolean(),
      tie('list'),
      tie('map'),
    ),
    list: fc.array(tie('any'), { maxLength: 5 }),
    map: fc.dictionary(fc.string(), tie('any'), { maxKeys: 5 }),
  })).any;
  await fc.assert(
    fc.asyncProperty(value, async (written) => {
      expect(await decodeCbor(encodeCbor(written))).toEqual(written);
    }),
  );
});

test('a time is written as a time, and what is undefined isn’t written', () => {
  expect(encodeCbor({ at: new Date(1_500), gone: undefined }).toString('hex')).toBe(
    'a1626174c1fb3ff8000000000000',
  );
});

test.each(
  [
    ['', 'it ends too early'],
    ['19', 'it ends too early'],
    ['65616263', 'it ends too early'],
    ['9b7fffffffffffffff', 'it ends too early'],
    ['1c', 'no item begins with 28'],
    ['f8', 'no simple value is 24'],
    ['0000', 'something follows its end'],
    ['a10102', 'a key is no text'],
    ['7f01ff', 'a string of parts has a part of another kind'],
    ['81'.repeat(65), 'it is nested more than 64 deep'],
    [`b903e9${'616100'.repeat(1_001)}`, 'a map has more than 1000 keys'],
    [`bf${'616100'.repeat(1_001)}ff`, 'a map has more than 1000 keys'],
    [`9a000f4241${'00'.repeat(1_000_001)}`, 'it has more than 1000000 items'],
    [`9a000186a1${'a0'.repeat(100_001)}`, 'it has more than 1000000 items'],
    [`7f${'60'.repeat(1_000_001)}ff`, 'it has more than 1000000 items'],
  ].map(([hex = '', reason = '']) => [shortened(hex), hex, reason] as const),
)('%s is refused: %3$s', async (_shown, hex, reason) => {
  await expect(read(hex)).rejects.toThrow(new CborError(reason));
});

test('others are served while a long one is read', async () => {
  const map = Buffer.from(
    `b903e8${Array.from({ length: 1_000 }, (_, at) => `63${Buffer.from(String(100 + (at % 900))).toString('hex')}00`).join('')}`,
    'hex',
  );
  let turns = 0;
  let isRead = false;
  const reading = decodeCbor(
    Buffer.concat([Buffer.from('9f', 'hex'), ...Array(400).fill(map), Buffer.from('ff', 'hex')]),
  );
  const counting = (async () => {
    for (; !isRead; turns += 1) await new Promise(setImmediate);
  })();
  expect(await reading).toHaveLength(400);
  isRead = true;
  await counting;
  expect(turns).toBeGreaterThan(2);
});

function shortened(hex: string): string {
  return hex.length > 40 ? `${hex.slice(0, 40)}…` : hex;
}
