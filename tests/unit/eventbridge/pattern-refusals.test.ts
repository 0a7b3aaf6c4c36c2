import { describe, expect, test } from 'vitest';
import { InvalidPatternError } from '../../../local/eventbridge/pattern/invalid-pattern-error.ts';
import { compilePattern } from '../../../local/eventbridge/pattern/pattern.ts';

function reasonOf(pattern: unknown): string {
  try {
    compilePattern(pattern);
  } catch (error) {
    if (error instanceof InvalidPatternError) return error.message;
    throw error;
  }
  return 'valid';
}

function reasonOfField(...alternatives: unknown[]): string {
  return reasonOf({ detail: { field: alternatives } });
}

describe('AWS gives these reasons (recorded)', () => {
  test.each([
    [{ int: 42 }, '"int" must be an object or an array'],
    [{ string: 'x' }, '"string" must be an object or an array'],
    [{ resources: [] }, 'Empty arrays are not allowed'],
    [['x'], 'Filter is not an object'],
    ['["x"]', 'Filter is not an object'],
  ])('%j: %s', (pattern, reason) => {
    expect(reasonOf(pattern)).toBe(reason);
  });

  test.each([
    [{ NUMERIC: ['=', 5] }, 'Unrecognized match type NUMERIC'],
    [{ EXISTS: true }, 'Unrecognized match type EXISTS'],
    [{ numeric: 10 }, 'Value of numeric must be an array.'],
    [{ numeric: ['>', 0, '>', 0] }, 'Bad numeric range operator: >'],
    [{ numeric: ['>', 0, '<'] }, 'Value of < must be numeric'],
    [{ prefix: 1 }, 'prefix match pattern must be a string'],
    [{ prefix: ['x'] }, 'prefix match pattern must be a string'],
    [{ suffix: 1 }, 'suffix match pattern must be a string'],
    [{ 'equals-ignore-case': ['x'] }, 'equals-ignore-case match pattern must be a string'],
    [{ 'equals-ignore-case': { prefix: 'x' } }, 'equals-ignore-case match pattern must be a string'],
    [{ wildcard: 1 }, 'wildcard match pattern must be a string'],
    [{ wildcard: 'arn:aws:events:us-east-1:**:event-bus/*' }, 'Consecutive wildcard characters at pos 26'],
    [
      { wildcard: '*:*:*:*:*:event-bus/*' },
      'Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character',
    ],
    [{ cidr: 'xx.11.xx' }, "Malformed CIDR, one '/' required"],
    [{ cidr: '10.0.0.0/x' }, 'Malformed CIDR, mask bits must be an integer'],
    [{ cidr: 'xx.11.xx/8' }, 'Nonstandard IP address: xx.11.xx'],
    [{ cidr: ['10.0.0.0/8'] }, 'prefix match pattern must be a string'],
    [{ 'anything-but': null }, 'Value of anything-but must be an array or single string/number value.'],
    [{ 'anything-but': ['x', null] }, 'Inside anything but list, start|null|boolean is not supported.'],
    [{ 'anything-but': { prefix: 1 } }, 'prefix/suffix match pattern must be a string'],
    [{ 'anything-but': { prefix: [1, 'x'] } }, 'prefix/suffix match pattern must be a string'],
    [{ 'anything-but': { suffix: [null, 'x'] } }, 'prefix/suffix match pattern must be a string'],
    [{ 'anything-but': { prefix: '' } }, 'Null prefix/suffix not allowed'],
    [{ 'anything-but': { suffix: '' } }, 'Null prefix/suffix not allowed'],
    [{ 'anything-but': { wildcard: [1, '*'] } }, 'wildcard match pattern must be a string'],
    [
      { 'anything-but': { 'equals-ignore-case': 1 } },
      'Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.',
    ],
    [
      { 'anything-but': { prefix: { 'equals-ignore-case': 'x' } } },
      'Value of anything-but must be an array or single string/number value.',
    ],
    [
      { 'anything-but': { suffix: { 'equals-ignore-case': 'x' } } },
      'Value of anything-but must be an array or single string/number value.',
    ],
  ])('%j: %s', (operator, reason) => {
    expect(reasonOfField(operator)).toBe(reason);
  });
});

describe('these are refused too, in words of our own', () => {
  test.each([
    ['a list in a list', [['x']]],
    ['an operator without a name', [{}]],
    ['two operators in one', [{ prefix: 'a', suffix: 'b' }]],
    ['exists that is no boolean', [{ exists: 'yes' }]],
    ['an empty numeric', [{ numeric: [] }]],
    ['a numeric operator that is none', [{ numeric: ['!', 1] }]],
    ['a numeric bound that is text', [{ numeric: ['=', '1'] }]],
    ['a third numeric comparison', [{ numeric: ['>', 0, '<', 5, '<', 6] }]],
    ['a second comparison after <', [{ numeric: ['<', 5, '>', 0] }]],
    ['a range upside down', [{ numeric: ['>', 5, '<', 1] }]],
    ['a range of nothing', [{ numeric: ['>=', 5, '<=', 5] }]],
    ['a number past 5e9', [{ numeric: ['<', 5_000_000_001] }]],
    ['a number below -5e9', [{ numeric: ['>', -5_000_000_001] }]],
    ['an escape that is none', [{ wildcard: 'a\\b' }]],
    ['a backslash at the end', [{ wildcard: 'a\\' }]],
    ['an IPv4 block of one address', [{ cidr: '10.0.0.1/32' }]],
    ['an IPv6 block of one address', [{ cidr: '::1/128' }]],
    ['a negative mask', [{ cidr: '10.0.0.0/-1' }]],
    ['an empty anything-but', [{ 'anything-but': [] }]],
    ['strings and numbers mixed in anything-but', [{ 'anything-but': ['a', 1] }]],
    ['an empty list inside anything-but', [{ 'anything-but': { prefix: [] } }]],
    ['an unknown operator inside anything-but', [{ 'anything-but': { cidr: '10.0.0.0/8' } }]],
    ['two operators inside anything-but', [{ 'anything-but': { prefix: 'a', suffix: 'b' } }]],
    ['another operator inside prefix', [{ prefix: { wildcard: '*' } }]],
  ])('%s', (_fact, alternatives) => {
    expect(reasonOfField(...alternatives)).not.toBe('valid');
  });

  test.each([
    ['an empty object', {}],
    ['an empty object further down', { detail: {} }],
    ['$or of a single object', { $or: [{ a: [1] }] }],
    ['$or of what is no object', { $or: [{ a: [1] }, 'x'] }],
    ['$or that is no array', { $or: { a: [1] } }],
    ['broken JSON', '{"not": closed'],
    ['nothing', undefined],
  ])('%s', (_fact, pattern) => {
    expect(reasonOf(pattern)).not.toBe('valid');
  });
});

describe('limits', () => {
  test('a pattern may have 4,096 characters, one more is refused', () => {
    const filled = (length: number) => `{"a":["${'x'.repeat(length - 10)}"]}`;
    expect(filled(4_096)).toHaveLength(4_096);
    expect(reasonOf(filled(4_096))).toBe('valid');
    expect(reasonOf(filled(4_097))).not.toBe('valid');
  });

  test('$or may make 1,000 combinations, one more is refused', () => {
    const alternatives = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ [`f${index}`]: [1] }));
    const thousand = {
      a: { $or: alternatives(10) },
      b: { $or: alternatives(10) },
      c: { $or: alternatives(10) },
    };
    expect(reasonOf(thousand)).toBe('valid');
    expect(reasonOf({ ...thousand, c: { $or: alternatives(11) } })).not.toBe('valid');
  });

  test('a wildcard may repeat itself as far as AWS lets it (recorded)', () => {
    expect(reasonOfField({ wildcard: '/Users/*/dir/dir/dir/dir/dir/doc.txt' })).toBe('valid');
    expect(reasonOfField({ wildcard: `*${'ab'.repeat(1_000)}` })).not.toBe('valid');
  });
});
