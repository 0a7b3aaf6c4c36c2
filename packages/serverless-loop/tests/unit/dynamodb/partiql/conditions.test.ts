import { describe, expect, test } from 'vitest';
import { evaluate } from '../../../../src/services/dynamodb/engine/expressions/evaluate.ts';
import { readPartiql } from '../../../../src/services/dynamodb/engine/partiql/read-partiql.ts';
import type { AttributeValue } from '../../../../src/services/dynamodb/engine/values/attribute-value.ts';

// paritysuite/dynamodb-conformance, tests/tier2/partiql/whereFunctions.test.ts and comparison.test.ts, recorded on AWS.
const ITEM: Record<string, AttributeValue> = {
  pk: { S: 'p' },
  ss: { SS: ['a', 'b', 'c'] },
  ns: { NS: ['1'] },
  s: { S: 'str' },
  n: { N: '5' },
  m: { M: { sub: { S: 'x' } } },
  l: { L: [{ S: 'a' }, { S: 'b' }] },
  nul: { NULL: true },
  flag: { BOOL: true },
  b: { B: 'AQID' },
};

function holds(condition: string, ...parameters: AttributeValue[]): boolean {
  const statement = readPartiql(`SELECT * FROM T WHERE ${condition}`, parameters);
  if (statement.kind !== 'select' || !statement.where) throw new Error(`No condition in ${condition}`);
  return evaluate(statement.where, ITEM);
}

describe('holds for the item', () => {
  test.each([
    "pk = 'p'",
    'n = 5.0',
    'n = 50e-1',
    'n <> 4',
    'n != 4',
    'n > -5',
    'n>=5 AND n<=5',
    '4 < n',
    'n BETWEEN 5 AND 6 AND flag = true',
    'n NOT BETWEEN 6 AND 7',
    "s IN ['x', 'str']",
    "s IN ('x', 'str')",
    's NOT IN [1, 2]',
    "NOT s IN ['x']",
    '(n = 1 OR n = 5) AND NOT (n = 4)',
    "n = 5 OR n = 1 AND s = 'no'",
    "NOT n = 4 AND s = 'str'",
    "begins_with(s, 'st')",
    "BEGINS_WITH(\"s\", 'st') AND NOT begins_with(s, 'x')",
    "contains(ss, 'a')",
    "contains(s, 'tr')",
    "attribute_type(ss, 'SS')",
    'attribute_exists(m.sub)',
    'attribute_exists(l[1]) = true',
    'attribute_exists(nope) <> true',
    'attribute_not_exists(m.nope)',
    'size(s) = 3',
    '3 = size(s)',
    'size(ss) BETWEEN 3 AND 4',
    'nope IS MISSING',
    's IS NOT MISSING',
    'nul IS NULL',
    's IS NOT NULL',
    'flag IS BOOL',
    's IS STRING',
    'n IS INT',
    'b IS BLOB',
    'm IS TUPLE',
    'l IS LIST',
    'ns IS BAG',
    "ss = <<'c', 'a', 'b'>>",
    "m = {'sub': 'x'}",
    "l = ['a', 'b']",
    "l <> ['b', 'a']",
    'nope <> 1',
  ])('%s', (condition) => {
    expect(holds(condition)).toBe(true);
  });
});

describe("doesn't hold for the item", () => {
  test.each([
    "n = '5'",
    'nope = 1',
    'NOT n = 5',
    "n < 'a'",
    'n BETWEEN 6 AND 7',
    's IS NULL',
    's IS BOOL',
    'nope IS NULL',
    'size(s) = 4',
    "n = 5 AND (s = 'x' OR s = 'y')",
    'attribute_exists(ss) = false',
    "s NOT IN ['str']",
  ])('%s', (condition) => {
    expect(holds(condition)).toBe(false);
  });
});

test('parameters stand for values of any type, in the order of the text', () => {
  expect(
    holds('ss = ? AND b = ? AND n IN [?, ?]', { SS: ['b', 'a', 'c'] }, { B: 'AQID' }, { N: '1' }, { N: '5' }),
  ).toBe(true);
  expect(holds('b < ?', { B: 'AQIE' })).toBe(true);
});

test('a chain of ANDs is one condition of many', () => {
  const statement = readPartiql('SELECT * FROM T WHERE a = 1 AND b = 2 AND c = 3 AND d = 4');
  expect(statement).toMatchObject({ where: { kind: 'and', conditions: [{}, {}, {}, {}] } });
});
