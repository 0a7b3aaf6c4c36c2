import { describe, expect, test } from 'vitest';
import { applyUpdate } from '../../../../src/services/dynamodb/engine/expressions/apply-update.ts';
import { evaluate } from '../../../../src/services/dynamodb/engine/expressions/evaluate.ts';
import type { ExpressionMembers } from '../../../../src/services/dynamodb/engine/expressions/expression-members.ts';
import { readExpressions } from '../../../../src/services/dynamodb/engine/expressions/read-expressions.ts';
import { readItem } from '../../../../src/services/dynamodb/engine/values/read-value.ts';
import { refusal } from '../refusal.ts';

const ITEM = readItem({
  n: { N: '2' },
  s: { S: 'hello' },
  b: { B: Buffer.from('hi there').toString('base64') },
  l: { L: [{ N: '2' }, { N: '4' }] },
  ns: { NS: ['2', '4'] },
  flag: { BOOL: true },
});

const expected = (Expected: ExpressionMembers['Expected'], ConditionalOperator?: string) => {
  const { condition } = readExpressions('PutItem', { Expected, ConditionalOperator });
  return condition === undefined || evaluate(condition, ITEM);
};
const compared = (name: string, ComparisonOperator: string, AttributeValueList?: readonly unknown[]) =>
  expected({ [name]: { ComparisonOperator, AttributeValueList } });

const INVALID = 'One or more parameter values were invalid: ';
const [two, three, text] = [{ N: '2.0' }, { N: '3' }, { S: 'ell' }];

// test/alternator/test_expected.py was validated on AWS.
describe('a comparison of Expected', () => {
  test.each<[string, string, unknown[] | undefined]>([
    ['n', 'EQ', [two]],
    ['ns', 'EQ', [{ NS: ['4', '2'] }]],
    ['l', 'EQ', [{ L: [{ N: '2' }, { N: '4' }] }]],
    ['n', 'NE', [three]],
    ['absent', 'NE', [two]],
    ['n', 'LT', [three]],
    ['n', 'LE', [two]],
    ['s', 'GT', [text]],
    ['n', 'GE', [two]],
    ['n', 'NOT_NULL', []],
    ['absent', 'NULL', undefined],
    ['s', 'CONTAINS', [text]],
    ['ns', 'CONTAINS', [two]],
    ['l', 'CONTAINS', [two]],
    ['s', 'NOT_CONTAINS', [three]],
    ['ns', 'NOT_CONTAINS', [three]],
    ['s', 'BEGINS_WITH', [{ S: 'hell' }]],
    ['b', 'BEGINS_WITH', [{ B: Buffer.from('hi').toString('base64') }]],
    ['n', 'IN', [three, two]],
    ['n', 'BETWEEN', [two, three]],
  ])('%s %s %j is met', (name, operator, values) => {
    expect(compared(name, operator, values)).toBe(true);
  });

  test.each<[string, string, unknown[]]>([
    ['n', 'EQ', [text]],
    ['n', 'NE', [two]],
    ['absent', 'LT', [two]],
    ['flag', 'LT', [two]],
    ['absent', 'NOT_NULL', []],
    ['n', 'NULL', []],
    ['absent', 'CONTAINS', [two]],
    ['absent', 'NOT_CONTAINS', [two]],
    ['l', 'NOT_CONTAINS', [two]],
    ['n', 'BEGINS_WITH', [text]],
    ['l', 'IN', [two]],
    ['l', 'BETWEEN', [two, three]],
  ])('%s %s %j is not met', (name, operator, values) => {
    expect(compared(name, operator, values)).toBe(false);
  });

  test.each<[string, unknown[] | undefined, string]>([
    ['EQ', [], 'Invalid number of argument(s) for the EQ ComparisonOperator'],
    ['EQ', [two, three], 'Invalid number of argument(s) for the EQ ComparisonOperator'],
    ['NULL', [two], 'Invalid number of argument(s) for the NULL ComparisonOperator'],
    ['IN', [], 'Invalid number of argument(s) for the IN ComparisonOperator'],
    ['BETWEEN', [two], 'Invalid number of argument(s) for the BETWEEN ComparisonOperator'],
    ['IN', [two, text], 'AttributeValues inside AttributeValueList must be of same type'],
    ['LE', [{ L: [] }], 'ComparisonOperator LE is not valid for L AttributeValue type'],
    ['CONTAINS', [{ L: [] }], 'ComparisonOperator CONTAINS is not valid for L AttributeValue type'],
    ['BEGINS_WITH', [two], 'ComparisonOperator BEGINS_WITH is not valid for N AttributeValue type'],
    ['IN', [{ L: [] }], 'ComparisonOperator IN is not valid for L AttributeValue type'],
    [
      'EQ',
      undefined,
      'Value or AttributeValueList must be used with ComparisonOperator: EQ for Attribute: n',
    ],
  ])('%s of %j is refused: %s', (operator, values, message) => {
    expect(refusal(() => compared('n', operator, values))).toBe(INVALID + message);
  });

  test('bounds in the wrong order, and unknown operators, are refused', () => {
    expect(refusal(() => compared('n', 'BETWEEN', [three, two]))).toBe(
      'The BETWEEN condition was provided a range where the lower bound is greater than the upper bound',
    );
    expect(refusal(() => compared('n', 'eq', [two]))).toMatch(
      /^1 validation error detected: Value 'eq' at 'expected\.n\.member\.comparisonOperator' failed .* \[IN, NULL, /,
    );
  });
});

describe('Value and Exists', () => {
  test('compare, and tell of absence', () => {
    expect([expected({ n: { Value: two } }), expected({ n: { Value: three } })]).toEqual([true, false]);
    expect([expected({ n: { Exists: false } }), expected({ absent: { Exists: false } })]).toEqual([
      false,
      true,
    ]);
    expect(expected({ n: { Exists: true, Value: two } })).toBe(true);
    expect(expected({})).toBe(true);
  });

  test.each<[ExpressionMembers['Expected'], string]>([
    [{ n: { Exists: true } }, 'Value must be provided when Exists is true for Attribute: n'],
    [{ n: {} }, 'Value must be provided when Exists is null for Attribute: n'],
    [{ n: { Exists: false, Value: two } }, 'Value cannot be used when Exists is false for Attribute: n'],
    [
      { n: { AttributeValueList: [two] } },
      'AttributeValueList can only be used with a ComparisonOperator for Attribute: n',
    ],
    [
      { n: { Exists: false, ComparisonOperator: 'NULL' } },
      'Exists and ComparisonOperator cannot be used together for Attribute: n',
    ],
    [
      { n: { Value: two, ComparisonOperator: 'EQ', AttributeValueList: [two] } },
      'Value and AttributeValueList cannot be used together for Attribute: n',
    ],
  ])('%j is refused: %s', (members, message) => {
    expect(refusal(() => expected(members))).toBe(INVALID + message);
  });
});

describe('ConditionalOperator', () => {
  const [met, unmet] = [{ Value: two }, { Value: text }];

  test('joins by AND, which is the default, or by OR', () => {
    expect(expected({ n: met, s: unmet })).toBe(false);
    expect(expected({ n: met, s: unmet }, 'AND')).toBe(false);
    expect(expected({ n: met, s: unmet }, 'OR')).toBe(true);
    expect(expected({ n: unmet, s: unmet }, 'OR')).toBe(false);
  });

  test('needs two conditions to join', () => {
    expect(refusal(() => expected({}, 'OR'))).toBe(
      'ConditionalOperator cannot be used without Filter or Expected',
    );
    expect(refusal(() => expected(undefined, 'AND'))).toBe(
      'ConditionalOperator cannot be used without Filter or Expected',
    );
    expect(refusal(() => expected({ n: met }, 'AND'))).toBe(
      'ConditionalOperator can only be used when Filter or Expected has two or more elements',
    );
    expect(refusal(() => expected({ n: met, s: met }, 'XOR'))).toMatch(/'XOR' at 'conditionalOperator'/);
  });
});

describe('AttributeUpdates', () => {
  const update = (AttributeUpdates: ExpressionMembers['AttributeUpdates'], item = ITEM) => {
    const read = readExpressions('UpdateItem', { AttributeUpdates });
    if (!read.update) throw new Error('no update was read');
    return JSON.parse(JSON.stringify(applyUpdate(read.update, item, readItem({})).item ?? null));
  };

  // test/alternator/test_item.py
  test('puts, adds and deletes; it adds to lists too, and knows no paths', () => {
    const item = readItem({
      a: { S: 'old' },
      l: { L: [{ S: '1' }] },
      ss: { SS: ['a', 'b'] },
      gone: { S: '' },
    });
    const after = update(
      {
        a: { Value: { N: '1' } },
        'm.x': { Action: 'PUT', Value: { S: 'dotted' } },
        n: { Action: 'ADD', Value: { N: '2' } },
        l: { Action: 'ADD', Value: { L: [{ S: '2' }] } },
        ss: { Action: 'DELETE', Value: { SS: ['a'] } },
        gone: { Action: 'DELETE' },
      },
      item,
    );
    expect(after).toEqual({
      a: { N: '1' },
      'm.x': { S: 'dotted' },
      n: { N: '2' },
      l: { L: [{ S: '1' }, { S: '2' }] },
      ss: { SS: ['b'] },
    });
  });

  test.each<[ExpressionMembers['AttributeUpdates'], string]>([
    [{ a: {} }, `${INVALID}Only DELETE action is allowed when no attribute value is specified`],
    [
      { a: { Action: 'DELETE', Value: { L: [] } } },
      `${INVALID}DELETE action with value is not supported for the type L`,
    ],
    [{ a: { Action: 'ADD', Value: { S: 'x' } } }, `${INVALID}ADD action is not supported for the type S`],
    [{ '': { Value: { S: 'x' } } }, 'Empty attribute name'],
    [{ a: { Value: { N: 'x' } } }, 'The parameter cannot be converted to a numeric value: x'],
    [{ s: { Action: 'ADD', Value: two } }, 'Type mismatch for attribute to update'],
    [{ s: { Action: 'DELETE', Value: { NS: ['1'] } } }, 'Type mismatch for attribute to update'],
  ])('%j is refused: %s', (members, message) => {
    expect(refusal(() => update(members))).toBe(message);
  });

  test('an unknown action is refused', () => {
    expect(refusal(() => update({ a: { Action: 'put', Value: two } }))).toMatch(
      /^1 validation error detected: Value 'put' at 'attributeUpdates\.a\.member\.action'/,
    );
  });
});

describe('reads', () => {
  const condition = (ComparisonOperator: string, ...AttributeValueList: unknown[]) => ({
    ComparisonOperator,
    AttributeValueList,
  });

  test('QueryFilter and ScanFilter are filters', () => {
    const KeyConditions = { p: condition('EQ', text) };
    const { filter } = readExpressions('Query', { KeyConditions, QueryFilter: { n: condition('GT', two) } });
    expect(filter && evaluate(filter, ITEM)).toBe(false);
    const scan = readExpressions('Scan', {
      ScanFilter: { n: condition('GT', two), s: condition('NOT_NULL') },
      ConditionalOperator: 'OR',
    });
    expect(scan.filter && evaluate(scan.filter, ITEM)).toBe(true);
  });

  test('KeyConditions are a key condition', () => {
    const KeyConditions = { p: condition('EQ', text), c: condition('BETWEEN', two, three) };
    expect(readExpressions('Query', { KeyConditions }).keyCondition).toEqual([
      { name: 'p', operator: '=', values: [text] },
      { name: 'c', operator: 'between', values: [{ N: '2' }, three] },
    ]);
  });

  // test/alternator/test_key_conditions.py
  test.each([
    [condition('NE', text), 'Attempted conditional constraint is not an indexable operation'],
    [condition('NOT_NULL'), 'Attempted conditional constraint is not an indexable operation'],
    [
      condition('BEGINS_WITH', two),
      `${INVALID}ComparisonOperator BEGINS_WITH is not valid for N AttributeValue type`,
    ],
    [condition('EQ', text, text), `${INVALID}Invalid number of argument(s) for the EQ ComparisonOperator`],
  ])('%j is no key condition: %s', (member, message) => {
    expect(refusal(() => readExpressions('Query', { KeyConditions: { p: member } }))).toBe(message);
  });

  test('AttributesToGet are a projection of attributes, each named once', () => {
    expect(readExpressions('GetItem', { AttributesToGet: ['a', 'b.c'] }).projection).toEqual([
      ['a'],
      ['b.c'],
    ]);
    expect(refusal(() => readExpressions('Scan', { AttributesToGet: ['a', 'b', 'a'] }))).toBe(
      `${INVALID}Duplicate value in attribute name: a`,
    );
  });
});
