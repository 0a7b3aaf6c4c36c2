import { describe, expect, test } from 'vitest';
import { InvalidPatternError } from '../../../src/services/eventbridge/pattern/invalid-pattern-error.ts';
import { compilePattern } from '../../../src/services/eventbridge/pattern/pattern.ts';

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

// LocalStack's record, tests/aws/services/events/test_events_patterns.snapshot.json.
describe('AWS gives these reasons', () => {
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
    ['a second comparison after <', [{ numeric: ['<', 5, '>', 0] }]],
    ['a range upside down', [{ numeric: ['>', 5, '<', 1] }]],
    ['an escape that is none', [{ wildcard: 'a\\b' }]],
    ['a backslash at the end', [{ wildcard: 'a\\' }]],
    ['an empty anything-but', [{ 'anything-but': [] }]],
    ['an empty list inside anything-but', [{ 'anything-but': { prefix: [] } }]],
    ['two operators inside anything-but', [{ 'anything-but': { prefix: 'a', suffix: 'b' } }]],
    ['another operator inside prefix', [{ prefix: { wildcard: '*' } }]],
  ])('%s', (_fact, alternatives) => {
    expect(reasonOfField(...alternatives)).not.toBe('valid');
  });

  test.each([
    ['an empty object', {}],
    ['an empty object further down', { detail: {} }],
    ['broken JSON', '{"not": closed'],
    ['nothing', undefined],
  ])('%s', (_fact, pattern) => {
    expect(reasonOf(pattern)).not.toBe('valid');
  });
});

describe("EventBridge gives Event Ruler's reason: these are from its compiler, where no answer is recorded", () => {
  test.each([
    [{ $or: { a: [1] } }, 'It must be an Array followed with $or.'],
    [{ $or: [{ a: [1] }] }, 'There must have at least 2 Objects in $or relationship.'],
    [{ $or: [{ a: [1] }, 'x'] }, 'Only JSON object is allowed in array of $or relationship.'],
    [
      { $or: [{ numeric: ['=', 1] }, { prefix: ['abc'] }] },
      'numeric is Ruler reserved fieldName which cannot be used inside $or.',
    ],
    [
      { $or: [{ a: [1] }, { b: { c: { cidr: ['10.0.0.0/8'] } } }] },
      'cidr is Ruler reserved fieldName which cannot be used inside $or.',
    ],
    [
      { $or: [{ a: [1] }, { $or: [{ regex: ['x'] }, { b: [1] }] }] },
      'regex is Ruler reserved fieldName which cannot be used inside $or.',
    ],
    [
      { a: { $or: [{ '=': [1] }, { b: [1] }] } },
      '= is Ruler reserved fieldName which cannot be used inside $or.',
    ],
    [{ prefix: ['a field of this name is fine elsewhere'] }, 'valid'],
    [{ $or: [{ a: [1] }, { b: [1] }], numeric: { prefix: [1] } }, 'valid'],
  ])('%j: %s', (pattern, reason) => {
    expect(reasonOf(pattern)).toBe(reason);
  });

  test.each([
    [{ cidr: '10.0.0.1/32' }, 'IPv4 mask bits must be < 32'],
    [{ cidr: '::1/128' }, 'IPv6 mask bits must be < 128'],
    [{ cidr: '10.0.0.0/-1' }, 'Malformed CIDR, mask bits must not be negative'],
    [{ numeric: ['=', '1'] }, 'Value of equals must be numeric'],
    [{ numeric: ['=', 1, '<', 2] }, 'Too many elements in numeric expression'],
    [{ numeric: ['>', 0, '<', 5, '<', 6] }, 'Too many terms in numeric range expression'],
    [{ numeric: ['>=', 5, '<=', 5] }, 'Bottom must be less than top'],
    [
      { 'anything-but': ['a', 1] },
      'Inside anything but list, either all values are number or string, mixed type is not supported',
    ],
    [{ 'anything-but': { cidr: '10.0.0.0/8' } }, 'Unsupported anything-but pattern: cidr'],
  ])('%j: %s', (operator, reason) => {
    expect(reasonOfField(operator)).toBe(reason);
  });
});

test.each([
  ...[
    'exactly',
    'regex',
    'not-wildcard',
    'not-equals-ignore-case',
    'in-date-range',
    'date-after',
    'date-before',
  ],
  ...['date-on-or-after', 'date-on-or-before', 'ip-address-in-range', 'ip-address-not-in-range'],
])(
  "%s, which Event Ruler has or keeps for later and EventBridge's guide doesn't offer, is refused by name",
  (name) => {
    expect(reasonOfField({ [name]: 'x' })).toBe(`Unrecognized match type ${name}`);
  },
);

describe('what would take long is made quickly, or refused', () => {
  const tenFields = (prefix: string) =>
    Array.from({ length: 10 }, (_, index) => ({ [`${prefix}${index}`]: [1] }));

  test('a thousand combinations with hundreds of fields beside them', () => {
    const fields = Object.fromEntries(Array.from({ length: 330 }, (_, index) => [`f${index}`, [1]]));
    const pattern = { a: { $or: tenFields('a') }, b: { $or: tenFields('b') }, c: { $or: tenFields('c') } };
    const event = {
      a: { a9: 1 },
      b: { b0: 1 },
      c: { c5: 1 },
      ...Object.fromEntries(Object.keys(fields).map((name) => [name, 1])),
    };
    const matches = compilePattern({ ...pattern, ...fields });
    expect(matches(event)).toBe(true);
    expect(matches({ ...event, f329: 2 })).toBe(false);
  });

  test('a path of thousands of parts', () => {
    const path = `${'.'.repeat(3_900)}a`;
    const matches = compilePattern({ [path]: [1] });
    expect(matches({ [path]: 1 })).toBe(true);
    expect(matches({ '': { [path.slice(1)]: 1 } })).toBe(true);
    expect(matches({ a: 1 })).toBe(false);
  });

  test('a wildcard of many different characters', () => {
    const text = Array.from({ length: 1_900 }, (_, index) => String.fromCharCode(0x4e00 + index)).join('');
    const pattern = { a: [{ wildcard: `*${text.slice(0, 900)}*${text.slice(900)}` }] };
    expect(compilePattern(pattern)({ a: `x${text.slice(0, 900)}y${text.slice(900)}` })).toBe(true);
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

  // LocalStack's test validated on AWS, tests/aws/services/events/event_pattern_templates/content_wildcard_repeating.json5.
  test('a wildcard may repeat itself as far as AWS lets it', () => {
    expect(reasonOfField({ wildcard: '/Users/*/dir/dir/dir/dir/dir/doc.txt' })).toBe('valid');
    expect(reasonOfField({ wildcard: `*${'ab'.repeat(1_000)}` })).not.toBe('valid');
  });
});
