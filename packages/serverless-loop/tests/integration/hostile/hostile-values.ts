import fc from 'fast-check';
import { anyText } from '../../any-text.ts';

/** Members that every object has, and that aren't its own. */
export const HOSTILE_NAMES = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'length',
  'then',
] as const;

function nested(depth: number): unknown {
  let inner: unknown = [];
  for (let level = 0; level < depth; level += 1) inner = [inner];
  return inner;
}

const TEXTS = [
  ...HOSTILE_NAMES,
  '',
  ' ',
  'a\r\n\u0000\ud800',
  '\ud83d\ude00'.repeat(300),
  'x'.repeat(100_000),
  '('.repeat(3_000),
  '['.repeat(3_000),
  '%',
  '%zz',
  '*',
  '../../..',
  '<a>&b;',
  'NaN',
  '1e400',
  '-0',
  '{"a":',
  '{"__proto__":{"a":1}}',
  'arn:aws:::::',
  ':::::::',
  '9999-99-99T99:99:99Z',
];

export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { arbitrary: fc.constantFrom(...TEXTS), weight: 4 },
  anyText(),
);

/** Values of a kind that the member isn't of, or too large, too deep or too odd. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(
    null,
    true,
    0,
    -1,
    1e308,
    [],
    [[null]],
    [null],
    {},
    { a: null },
    { toString: 1, valueOf: 1, toJSON: 1 },
    JSON.parse('{"then":{}}'),
    JSON.parse('{"__proto__":{"a":1},"constructor":{"prototype":{"a":1}}}'),
    nested(40),
    nested(500),
  ),
  hostileText,
);
