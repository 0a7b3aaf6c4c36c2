import { describe, expect, test } from 'vitest';
import {
  type KeyAttributes,
  keyRange,
} from '../../../../src/services/dynamodb/engine/expressions/key-range.ts';
import { parseKeyCondition } from '../../../../src/services/dynamodb/engine/expressions/parse.ts';
import { refusal } from '../refusal.ts';
import { placeholders } from './with-values.ts';

const KEY: KeyAttributes = { hash: [{ name: 'p', type: 'S' }], range: [{ name: 'c', type: 'N' }] };
const HASH_ONLY: KeyAttributes = { ...KEY, range: [] };
const WIDE: KeyAttributes = {
  hash: ['h', 'i'].map((name) => ({ name, type: 'S' })),
  range: [
    { name: 'x', type: 'S' },
    { name: 'y', type: 'N' },
    { name: 'z', type: 'S' },
  ],
};

const range = (condition: string, key = KEY) => {
  const { hash, range: tests } = keyRange(parseKeyCondition(condition, placeholders()), key);
  return { hash, range: tests.map(({ operator, values }) => [operator, ...values]) };
};

const text = { S: 'text' };
const [one, two] = [{ N: '1' }, { N: '2' }];

// test/alternator/test_key_condition_expression.py
test.each([
  ['p = :s', []],
  [' :s=p  ', []],
  ['p = :s AND c = :one', [['=', one]]],
  ['c < :one and p = :s', [['<', one]]],
  ['p = :s AND :one < c', [['>', one]]],
  ['p = :s AND :one >= c', [['<=', one]]],
  ['(p = :s) AND (c BETWEEN :one AND :two)', [['between', one, two]]],
])('%s finds its range', (condition, tests) => {
  expect(range(condition)).toEqual({ hash: [text], range: tests });
});

test('a key of several attributes is tested from its first on', () => {
  expect(range('h = :s AND i = :s', WIDE)).toEqual({ hash: [text, text], range: [] });
  expect(range('y > :one AND x = :s AND i = :s AND h = :s', WIDE).range).toEqual([
    ['=', text],
    ['>', one],
  ]);
  expect(range('h = :s AND i = :s AND x = :s AND y = :one AND begins_with(z, :s)', WIDE).range).toEqual([
    ['=', text],
    ['=', one],
    ['begins_with', text],
  ]);
});

const SCHEMA =
  'One or more parameter values were invalid: Condition parameter type does not match schema type';
const GAP = (missing: string, present: string) =>
  `RANGE key attributes ${missing} must have equality conditions specified in the query because a condition is present on key attribute ${present}`;

describe('a key condition that does not fit the key is refused', () => {
  // nubo-db/dynamodb-conformance, tests/tier3/error-messages/query.test.ts; paritysuite/dynamodb-conformance,
  // tests/tier3/error-messages/queryKeyConditionOperands.test.ts and tests/tier1/query/multiAttributeGsiKey.test.ts;
  // scylladb, test/alternator/test_gsi.py, test_faux_range_key_in_keyconditions
  test.each<[string, KeyAttributes, string]>([
    ['c = :one', KEY, 'Query condition missed key schema element: p'],
    ['p = :s AND a < :one', KEY, 'Query condition missed key schema element: c'],
    ['p < :s', KEY, 'Query key condition not supported'],
    ['p = :s AND c = :one', HASH_ONLY, 'Query key condition not supported'],
    ['p = :one', KEY, SCHEMA],
    ['p = :s AND c = :s', KEY, SCHEMA],
    ['p = :s AND c = :t', KEY, SCHEMA],
    ['p = :s AND begins_with(c, :s)', KEY, SCHEMA],
    [
      'p = :s AND c > :one AND extra = :two',
      KEY,
      'The number of query conditions (3) exceeds the number of key attributes defined in the schema (2)',
    ],
    ['h = :s AND i = :s AND x = :s AND z = :s', WIDE, GAP('y', 'z')],
    ['h = :s AND i = :s AND y = :one', WIDE, GAP('x', 'y')],
    ['h = :s AND i = :s AND x > :s AND y = :one', WIDE, GAP('x', 'y')],
    ['h = :s', WIDE, 'HASH key attributes i must have equality conditions specified in the query'],
    ['h = :s AND i > :s', WIDE, 'HASH key attributes i must have equality conditions specified in the query'],
    ['h = :s AND i = :one', WIDE, SCHEMA],
  ])('%s', (condition, key, message) => {
    expect(refusal(() => range(condition, key))).toBe(message);
  });
});

const OPERATOR = 'Invalid operator used in KeyConditionExpression: ';
const CONDITION = 'Invalid condition in KeyConditionExpression: ';
const TYPE = 'Incorrect operand type for operator or function; operator or function: ';

// dynalite's records of AWS, test/query.js; paritysuite/dynamodb-conformance, queryKeyConditionOperands.test.ts
test.each([
  ['p = :s OR c = :one', `${OPERATOR}OR`],
  ['NOT c = :one AND p = :s', `${OPERATOR}NOT`],
  ['p = :s AND c <> :one', `${OPERATOR}<>`],
  ['p = :s AND c IN (:one)', `${OPERATOR}IN`],
  ['p = :s AND attribute_exists(c)', `${OPERATOR}attribute_exists`],
  ['p = :s AND contains(c, :one)', `${OPERATOR}contains`],
  ['p = c', `${CONDITION}Multiple attribute names used in one condition`],
  [':s = :one', `${CONDITION}No key attribute specified`],
  ['begins_with(:s, p)', `${CONDITION}begins_with operator must have the key attribute as its first operand`],
  [
    ':one BETWEEN c AND :two',
    `${CONDITION}BETWEEN operator must have the key attribute as its first operand`,
  ],
  ['p.a = :s', 'KeyConditionExpressions cannot have conditions on nested attributes'],
  ['size(p) = :one', 'KeyConditionExpressions cannot contain nested operations'],
  ['p = :s AND p = :s', 'KeyConditionExpressions must only contain one condition per key'],
  ['((c = :one) AND ((p = :s)))', 'The expression has redundant parentheses;'],
  ['p = :s AND begins_with(c, :one)', `${TYPE}begins_with, operand type: N`],
  ['p = :s AND :t >= c', `${TYPE}>=, operand type: BOOL`],
  ['p = :s AND BEGINS_WITH(c, :s)', 'Invalid function name; function: BEGINS_WITH'],
  [
    'p = :x AND begins_with(c, :one)',
    'An expression attribute value used in expression is not defined; attribute value: :x',
  ],
  ['begins_with(c, :one) AND p = :x', `${TYPE}begins_with, operand type: N`],
])('%s is refused: %s', (condition, message) => {
  expect(refusal(() => parseKeyCondition(condition, placeholders()))).toBe(
    `Invalid KeyConditionExpression: ${message}`,
  );
});
