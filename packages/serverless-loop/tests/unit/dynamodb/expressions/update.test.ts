import { describe, expect, test } from 'vitest';
import { applyUpdate } from '../../../../src/services/dynamodb/engine/expressions/apply-update.ts';
import { parseUpdate } from '../../../../src/services/dynamodb/engine/expressions/parse.ts';
import { project } from '../../../../src/services/dynamodb/engine/expressions/project.ts';
import { readItem } from '../../../../src/services/dynamodb/engine/values/read-value.ts';
import { refusal } from '../refusal.ts';
import { placeholders, updated } from './with-values.ts';

const list = (...members: string[]) => ({ L: members.map((S) => ({ S })) });

// test/alternator/test_update_expression.py was validated on AWS.
test.each([
  ['SET b = :one', { a: { N: '1' } }, { a: { N: '1' }, b: { N: '1' } }],
  ['SET b = a REMOVE a', { a: { N: '1' } }, { b: { N: '1' } }],
  ['SET a = b, b = a', { a: { N: '1' }, b: { N: '2' } }, { a: { N: '2' }, b: { N: '1' } }],
  ['SET a = a + :two', { a: { N: '0.5' } }, { a: { N: '2.5' } }],
  ['SET a = :two - a', { a: { N: '0.5' } }, { a: { N: '1.5' } }],
  ['SET a = (a + :two), b = (:s)', { a: { N: '1' } }, { a: { N: '3' }, b: { S: 'text' } }],
  ['SET a = (a) - (:two)', { a: { N: '1' } }, { a: { N: '-1' } }],
  ['SET a = if_not_exists(a, :zero) + :one', {}, { a: { N: '1' } }],
  ['SET a = if_not_exists(b, if_not_exists(c, :one))', {}, { a: { N: '1' } }],
  ['SET a = list_append(if_not_exists(a, :l), :l)', {}, { a: { L: [{ N: '1' }, { N: '1' }] } }],
  ['SET a = list_append(:l, a)', { a: list('x') }, { a: { L: [{ N: '1' }, { S: 'x' }] } }],
  ['SET #dotted = :one', {}, { 'a.b': { N: '1' } }],
  ['SET m.#proto = :one', { m: { M: {} } }, { m: { M: JSON.parse('{"__proto__":{"N":"1"}}') } }],
  [
    'SET a.b[1].c = a.b[0]',
    { a: { M: { b: { L: [{ N: '1' }, { M: {} }] } } } },
    { a: { M: { b: { L: [{ N: '1' }, { M: { c: { N: '1' } } }] } } } },
  ],
  ['REMOVE l[0], l[2]', { l: list('0', '1', '2', '3') }, { l: list('1', '3') }],
  ['REMOVE l[1] SET l[3] = :s', { l: list('0', '1', '2', '3') }, { l: list('0', '2', 'text') }],
  ['SET l[3] = :s REMOVE l[1]', { l: list('0', '1', '2', '3') }, { l: list('0', '2', 'text') }],
  [
    'SET l[84] = l[0], l[37] = l[1], l[50] = :s',
    { l: list('0', '1') },
    { l: list('0', '1', '1', 'text', '0') },
  ],
  ['SET l[0] = :s', { l: { L: [] } }, { l: list('text') }],
  ['REMOVE l[17], m.x, absent', { l: list('0'), m: { M: {} } }, { l: list('0'), m: { M: {} } }],
  ['REMOVE l[0], m.x', { l: list('0'), m: { M: { x: { N: '1' } } } }, { l: { L: [] }, m: { M: {} } }],
  ['ADD a :one, b :two', { a: { N: '1' } }, { a: { N: '2' }, b: { N: '2' } }],
  [
    'ADD a :ss, m.l[0] :one',
    { a: { SS: ['c', 'a'] }, m: { M: { l: { L: [{ N: '1' }] } } } },
    { a: { SS: ['c', 'a', 'b'] }, m: { M: { l: { L: [{ N: '2' }] } } } },
  ],
  ['DELETE a :ss, b :ns, c :ss', { a: { SS: ['c', 'a'] }, b: { NS: ['1'] } }, { a: { SS: ['c'] } }],
  ['set a=:one remove b add c :one delete d :ss', { b: { N: '1' } }, { a: { N: '1' }, c: { N: '1' } }],
])('%s', (update, before, after) => {
  expect(updated(before, update)).toEqual(after);
});

test('what an update does not touch is shared with the item before', () => {
  const before = readItem({ a: { M: { x: { L: [] }, y: { N: '1' } } }, b: { L: [] } });
  const update = parseUpdate('SET a.y = :two', placeholders());
  const { item } = applyUpdate(update, before, before);
  expect(item?.b).toBe(before.b);
  expect(JSON.stringify(before.a)).toContain('"y":{"N":"1"}');
});

const PATH = 'The document path provided in the update expression is invalid for update';
const MISSING = 'The provided expression refers to an attribute that does not exist in the item';
const OPERAND = 'An operand in the update expression has an incorrect data type';

test.each([
  ['SET c = z', {}, MISSING],
  ['SET c = z.y[0]', { z: { M: {} } }, MISSING],
  ['SET x = :one, y = x', {}, MISSING],
  ['SET b = b + :one', {}, MISSING],
  ['SET b = list_append(b, :l)', {}, MISSING],
  ['SET b = a + :one', { a: { S: 'x' } }, OPERAND],
  ['SET b = list_append(a, :l)', { a: { S: 'x' } }, OPERAND],
  ['SET a.c = :one', { a: { S: 'x' } }, PATH],
  ['SET a.c = :one', { a: { L: [] } }, PATH],
  ['SET a[0] = :one', { a: { M: {} } }, PATH],
  ['SET a[0] = :one', {}, PATH],
  ['SET a.b.c = :one', { a: { M: {} } }, PATH],
  ['REMOVE a.c', {}, PATH],
  ['REMOVE a[0]', { a: { S: 'x' } }, PATH],
  ['ADD a.b :one', {}, PATH],
  ['ADD a :one', { a: { S: 'x' } }, OPERAND],
  ['ADD a :ss', { a: { L: [] } }, OPERAND],
  ['ADD a :ss', { a: { NS: ['1'] } }, OPERAND],
  ['DELETE a :ss', { a: { NS: ['1'] } }, OPERAND],
])('%s of %j is refused: %s', (update, item, message) => {
  expect(refusal(() => updated(item, update))).toBe(message);
});

describe('an item that does not exist', () => {
  const apply = (text: string) =>
    applyUpdate(parseUpdate(text, placeholders()), undefined, readItem({ pk: { S: 'key' } })).item;

  // test/alternator/test_item.py, test_update_item_non_existent
  test('is made by a value, and by a SET beside a REMOVE', () => {
    expect(apply('SET a = pk REMOVE b.c')).toMatchObject({ pk: { S: 'key' }, a: { S: 'key' } });
    expect(apply('ADD a :one')).toMatchObject({ pk: { S: 'key' }, a: { N: '1' } });
  });

  test('is not made by an update that only takes away, wherever its paths lead', () => {
    expect(apply('REMOVE a')).toBeUndefined();
    expect(apply('REMOVE x.y, z[0] DELETE b :ss')).toBeUndefined();
  });

  test('has no path for a value to stand at', () => {
    expect(refusal(() => apply('SET a.b = :one'))).toBe(PATH);
  });
});

test('a value that would stand below level 32 is refused', () => {
  let deep: unknown = { S: 'leaf' };
  for (let level = 0; level < 31; level++) deep = { M: { n: deep } };
  const values = { ':deep': deep };
  expect(updated({ m: { M: {} } }, 'SET a = :deep', values)).toBeDefined();
  expect(refusal(() => updated({ m: { M: {} } }, 'SET m.a = :deep', values))).toMatch(/^Nesting Levels/);
});

describe('the touched paths give the updated attributes', () => {
  // test/alternator/test_returnvalues.py, test_update_item_returnvalues_nested
  const before = readItem({
    a: { M: { b: { S: 'dog' }, c: { L: [{ N: '1' }, { N: '2' }, { N: '3' }] } } },
    d: { N: '1' },
  });
  const both = (text: string) => {
    const { item = {}, touchedPaths } = applyUpdate(parseUpdate(text, placeholders()), before, before);
    return JSON.parse(JSON.stringify([project(touchedPaths, before), project(touchedPaths, item)]));
  };

  test.each([
    ['SET a.b = :one', [{ a: { M: { b: { S: 'dog' } } } }, { a: { M: { b: { N: '1' } } } }]],
    [
      'SET a.c[1] = :s',
      [{ a: { M: { c: { L: [{ N: '2' }] } } } }, { a: { M: { c: { L: [{ S: 'text' }] } } } }],
    ],
    ['SET a.x = :one', [{}, { a: { M: { x: { N: '1' } } } }]],
    ['SET a.c[100] = :one', [{}, {}]],
    [
      'REMOVE a.c[1], a.c[7]',
      [{ a: { M: { c: { L: [{ N: '2' }] } } } }, { a: { M: { c: { L: [{ N: '3' }] } } } }],
    ],
    ['REMOVE d', [{ d: { N: '1' } }, {}]],
  ])('%s', (update, attributes) => {
    expect(both(update)).toEqual(attributes);
  });
});
