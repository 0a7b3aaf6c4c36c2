import { describe, expect, test } from 'vitest';
import { compilePattern } from '../../../src/services/eventbridge/pattern/pattern.ts';

/** True when a field that holds `value` fits what a pattern asks of it. */
function fits(asked: unknown[], value: unknown): boolean {
  return compilePattern({ detail: { field: asked } })({ detail: { field: value } });
}

describe('each operator, on one field', () => {
  // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
  test.each([
    ['the value itself', ['packed'], 'packed', true],
    ['another value', ['packed'], 'sent', false],
    ['any of several values', ['packed', 'sent'], 'sent', true],
    ['a string is no number', ['1'], 1, false],
    ['a number by its value, 300 is 300.0', [300], JSON.parse('300.0'), true],
    ['a number by its value, 3.0e2 is 300', JSON.parse('[3.0e2]'), 300, true],
    ['zero is minus zero', [0], -0, true],
    ['true', [true], true, true],
    ['true is no "true"', [true], 'true', false],
    ['null', [null], null, true],
    ['null is no "null"', [null], 'null', false],
    ['an empty string is not null', [null], '', false],
    ['an empty string', [''], '', true],
    ['case matters', ['packed'], 'Packed', false],
    ['a star is only a star', ['*'], 'x', false],
    // Event Ruler makes a range of each address among the values (JsonRuleCompiler, CIDR).
    ['an IPv6 address however it is written', ['2001:DB8::1'], '2001:db8::1', true],
    ['an IPv6 address with its zeros', ['2001:db8::1'], '2001:0db8:0:0:0:0:0:1', true],
    ['another IPv6 address', ['2001:db8::1'], '2001:db8::2', false],
    ['an IPv6 address among other values', ['x', '::1'], '0:0::1', true],
    ['what only looks like an address', ['::x'], '::X', false],
  ])('exact: %s', (_fact, asked, value, expected) => {
    expect(fits(asked, value)).toBe(expected);
  });

  // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html: prefix, suffix, equals-ignore-case
  test.each([
    [{ prefix: 'eu-' }, 'eu-west-1', true],
    [{ prefix: 'eu-' }, 'us-eu-1', false],
    [{ prefix: 'eu-' }, 'EU-west-1', false],
    [{ prefix: '' }, 'anything', true],
    [{ prefix: '1' }, 12, false],
    [{ prefix: { 'equals-ignore-case': 'eu-' } }, 'EU-west-1', true],
    [{ prefix: { 'equals-ignore-case': 'eu-' } }, 'us-1', false],
    [{ suffix: '.png' }, 'cat.png', true],
    [{ suffix: '.png' }, 'cat.PNG', false],
    [{ suffix: '' }, 'anything', true],
    [{ suffix: '2' }, 12, false],
    [{ suffix: { 'equals-ignore-case': '.png' } }, 'cat.PnG', true],
    [{ suffix: { 'equals-ignore-case': '.png' } }, 'cat.gif', false],
    [{ 'equals-ignore-case': 'Packed' }, 'pACKED', true],
    [{ 'equals-ignore-case': 'Packed' }, 'packed ', false],
    [{ 'equals-ignore-case': '' }, 'x', false],
    [{ 'equals-ignore-case': '' }, '', true],
  ])('text: %j on %j is %s', (operator, value, expected) => {
    expect(fits([operator], value)).toBe(expected);
  });

  // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html: wildcard
  test.each([
    ['a*c', 'abbc', true],
    ['a*c', 'ac', true],
    ['a*c', 'abcd', false],
    ['*', '', true],
    ['', 'x', false],
    ['', '', true],
    ['*a', 'a', true],
    ['a*a', 'a', false],
    ['ab*ba', 'aba', false],
    ['*ab*ab*', 'xab', false],
    ['*ab*ab*', 'abab', true],
    ['*/lib/*', 'usr/lib/x', true],
    ['*/lib/*', 'usr/local/x', false],
    ['/Users/*/dir/dir/dir/dir/dir/doc.txt', '/Users/a/b/dir/dir/dir/dir/dir/doc.txt', true],
    ['arn:aws:events:eu-west-1:*:event-bus/*', 'arn:aws:events:eu-west-1:1:event-bus/orders', true],
    ['\\*', '*', true],
    ['\\*', 'x', false],
    ['a\\**', 'a*b', true],
    ['\\\\', '\\', true],
    ['a.c', 'abc', false],
  ])('wildcard: %j on %j is %s', (wildcard, value, expected) => {
    expect(fits([{ wildcard }], value)).toBe(expected);
    expect(fits([{ 'anything-but': { wildcard } }], value)).toBe(!expected);
  });

  test('a wildcard looks at strings only', () => {
    expect(fits([{ wildcard: '*' }], 12)).toBe(false);
  });

  // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html: numeric
  test.each([
    [['=', 5], 5, true],
    [['=', 5], 5.1, false],
    [['>', 0], 0, false],
    [['>=', 0], 0, true],
    [['<', 10], 10, false],
    [['<=', 10], 10, true],
    [['>', 0, '<=', 5], 5, true],
    [['>', 0, '<=', 5], 0, false],
    [['>=', 0, '<', 5], 5, false],
    [['>', 0], '1', false],
    [['>', 0], null, false],
    [['>', 0], true, false],
    [['>', 0], 5e9, true],
    [['>', 5_000_000_001], 6_000_000_000, true],
    [['>=', -1e15, '<=', 1e15], -999_999_999_999_999, true],
    [['=', 1e300], 1e300, true],
    [['=', 301.8], JSON.parse('3.018e2'), true],
  ])('numeric: %j on %j is %s', (numeric, value, expected) => {
    expect(fits([{ numeric }], value)).toBe(expected);
  });

  // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html: cidr
  test.each([
    ['10.0.0.0/24', '10.0.0.255', true],
    ['10.0.0.0/24', '10.0.1.0', false],
    ['10.0.0.77/24', '10.0.0.1', true],
    ['0.0.0.0/0', '203.0.113.9', true],
    ['10.0.0.0/31', '10.0.0.1', true],
    ['2001:db8::/32', '2001:db8:1234::1', true],
    ['2001:db8::/32', '2001:db9::1', false],
    ['2001:db8::/32', '10.0.0.1', false],
    ['10.0.0.0/8', 'not an address', false],
    ['10.0.0.0/8', 10, false],
    ['fe80::/10', 'fe80::1%eth0', false],
  ])('cidr: %j on %j is %s', (cidr, value, expected) => {
    expect(fits([{ cidr }], value)).toBe(expected);
  });

  // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html: anything-but
  test.each([
    ['packed', 'sent', true],
    ['packed', 'packed', false],
    [['packed', 'sent'], 'sent', false],
    [['packed', 'sent'], 'lost', true],
    [100, 101, true],
    [100, 100, false],
    [0, 789, true],
    [[100, 200], 200, false],
    ['100', 100, true],
    [{ prefix: 'pa' }, 'packed', false],
    [{ prefix: 'pa' }, 'sent', true],
    [{ prefix: 'pa' }, 12, true],
    [{ prefix: ['pa', 'se'] }, 'sent', false],
    [{ suffix: '.png' }, 'cat.png', false],
    [{ suffix: ['.png', '.gif'] }, 'cat.jpg', true],
    [{ suffix: ['.png', '.gif'] }, 'cat.gif', false],
    [{ wildcard: ['*/lib/*', '*/bin/*'] }, 'usr/bin/x', false],
    [{ wildcard: ['*/lib/*', '*/bin/*'] }, 'usr/etc/x', true],
    [{ wildcard: '*/lib/*' }, 12, true],
    [{ wildcard: '' }, 'x', true],
    [{ 'equals-ignore-case': 'packed' }, 'PACKED', false],
    [{ 'equals-ignore-case': ['packed', 'sent'] }, 'SENT', false],
    [{ 'equals-ignore-case': ['packed', 'sent'] }, 'lost', true],
  ])('anything-but: %j on %j is %s', (operand, value, expected) => {
    expect(fits([{ 'anything-but': operand }], value)).toBe(expected);
  });

  test.each([
    'x',
    ['x', 'y'],
    1,
    { prefix: 'x' },
    { suffix: 'x' },
    { wildcard: 'x*' },
    { 'equals-ignore-case': 'x' },
  ])('anything-but %j fits null, and nothing that is missing', (operand) => {
    const matches = compilePattern({ detail: { field: [{ 'anything-but': operand }] } });
    expect(matches({ detail: { field: null } })).toBe(true);
    expect(matches({ detail: {} })).toBe(false);
    expect(matches({ detail: { field: [] } })).toBe(false);
  });

  test('of several operators and values one is enough', () => {
    const asked = ['lost', { prefix: 'pa' }, { numeric: ['>', 100] }];
    expect(['lost', 'packed', 101, 'sent', 100].map((value) => fits(asked, value))).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });
});
