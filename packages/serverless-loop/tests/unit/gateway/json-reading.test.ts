import { describe, expect, test } from 'vitest';
import { parseJsonWithin } from '../../../src/aws/json-limits.ts';
import { readJson } from '../../../src/aws/json-reading.ts';

const LIMITS = { deepest: 256, mostValues: 1_000_000 };
/** So much before a value that it is read in slices. */
const LONG = ' '.repeat(70_000);
const SAMPLES = [
  '{"a": [1, -2.5e-3, true, false, null, "x"], "b": {}, "c": [], "": ""}',
  '{"__proto__": {"x": 1}, "constructor": 2, "a": 1, "a": 2, "7": 3}',
  '"\\u00e9\\ud83d\\ude00 \\"quoted\\" \\\\"',
  '["\\\\", "\\\\\\"", "é 😀"]',
  ' [ [ [ 0 ] , { "k" : [ ] } ] ] ',
  '-0',
  '12345678901234567890.123',
];
const NO_JSON = ['', '[', '[1', '[1,]', '{"a"}', '{"a":}', '{"a":1,}', '{a:1}', '[1 2]', '01', 'nul'].concat([
  '"a',
  '"\u0001"',
  '"\\x"',
  '[]]',
  '{}{}',
  '+1',
  '.5',
  'NaN',
  '[1}',
  "['a']",
  ',',
  '\u00a0[]',
  '"\\"',
]);

describe('a long text, read in slices,', () => {
  test.each(SAMPLES)('is what JSON.parse makes of it: %s', async (text) => {
    const read = await readJson(LONG + text, LIMITS);
    expect(JSON.stringify(read)).toBe(JSON.stringify(JSON.parse(text)));
    expect(read).toStrictEqual(JSON.parse(text));
  });

  test.each(NO_JSON)('is refused where JSON.parse does: %j', async (text) => {
    expect(() => JSON.parse(text)).toThrow();
    await expect(readJson(LONG + text, LIMITS)).rejects.toThrow(/^Unexpected .* at position \d+$/);
  });

  test('lets others be served meanwhile', async () => {
    const keys = Array.from({ length: 200_000 }, (_, index) => `"k${index}":[]`);
    let turns = 0;
    let isRead = false;
    const count = () => {
      turns += 1;
      if (!isRead) setImmediate(count);
    };
    setImmediate(count);
    const read = await readJson(`{${keys.join()}}`, LIMITS);
    isRead = true;
    expect(Object.keys(Object(read))).toHaveLength(200_000);
    expect(turns).toBeGreaterThan(2);
  });
});

describe.each([
  ['short', ''],
  ['long', LONG],
])('a %s text', (_length, before) => {
  const limits = { deepest: 3, mostValues: 5 };

  test.each(['[[[]]]', '{"a":{"b":{"c":"[[[[[["}}}', '[1,2,3,4]', '["\\"[[[[", "\\\\"]'])(
    'within the limits is read: %s',
    async (text) => {
      expect(await readJson(before + text, limits)).toEqual(JSON.parse(text));
    },
  );

  test.each([
    ['[[[[]]]]', 'it is nested more than 3 deep'],
    ['[[[[', 'it is nested more than 3 deep'],
    ['{"a":{"a":{"a":{}}}}', 'it is nested more than 3 deep'],
    ['[1,2,3,4,5]', 'it has more than 5 values'],
    ['[[],[],[],[],[]', 'it has more than 5 values'],
  ])('beyond them is refused: %s', async (text, message) => {
    await expect(readJson(before + text, limits)).rejects.toMatchObject({ name: 'JsonError', message });
  });
});

test('what ends within a string ends the look at the limits', () => {
  expect(() => parseJsonWithin('"[[[[[', LIMITS)).toThrow('Unterminated string');
});
