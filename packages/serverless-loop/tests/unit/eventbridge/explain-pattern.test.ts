import { expect, test } from 'vitest';
import { explain } from '../../../src/services/eventbridge/pattern/explain.ts';
import { InvalidPatternError } from '../../../src/services/eventbridge/pattern/invalid-pattern-error.ts';

const event = {
  source: 'com.shop',
  'detail-type': 'OrderCreated',
  detail: {
    total: 5,
    customer: { name: 'Ada' },
    lines: [
      { sku: 'a', count: 1 },
      { sku: 'b', count: 2 },
    ],
    tags: [],
  },
};

test('an event that matches has nothing to explain', () => {
  expect(explain({ source: ['com.shop'] }, event)).toEqual({ matches: true });
});

test('the field that failed is told with what the pattern expected and what the event has', () => {
  const pattern = { source: ['com.shop'], detail: { total: [{ numeric: ['>', 10] }] } };
  expect(explain(pattern, event)).toEqual({
    matches: false,
    failed: [{ path: 'detail.total', expected: [{ numeric: ['>', 10] }], found: [5] }],
    alternatives: 1,
  });
});

test('every field that failed is told, not only the first', () => {
  const explained = explain(
    { source: ['other'], 'detail-type': ['OrderCreated'], detail: { total: [6] } },
    event,
  );
  expect(explained).toMatchObject({ failed: [{ path: 'detail.total' }, { path: 'source' }] });
});

test('a field that the event lacks has nothing found', () => {
  expect(explain({ detail: { status: ['NEW'] } }, event)).toMatchObject({
    failed: [{ path: 'detail.status', expected: ['NEW'], found: [] }],
  });
});

test('a field that should be absent is told with what it has', () => {
  expect(explain({ detail: { total: [{ exists: false }] } }, event)).toMatchObject({
    failed: [{ path: 'detail.total', expected: [{ exists: false }], found: [5] }],
  });
});

test('of the alternatives of an $or the one with the fewest failed fields is told, and how many there are', () => {
  const pattern = {
    $or: [
      { source: ['x'], 'detail-type': ['y'] },
      { source: ['com.shop'], 'detail-type': ['OrderPaid'] },
    ],
  };
  expect(explain(pattern, event)).toEqual({
    matches: false,
    failed: [{ path: 'detail-type', expected: ['OrderPaid'], found: ['OrderCreated'] }],
    alternatives: 2,
  });
});

test('fields that each fit, but in different elements of an array, are told as such', () => {
  const pattern = { source: ['com.shop'], detail: { lines: { sku: ['a'], count: [2] } } };
  expect(explain(pattern, event)).toEqual({
    matches: false,
    failed: [
      { path: 'detail.lines.count', expected: [2], found: [1, 2] },
      { path: 'detail.lines.sku', expected: ['a'], found: ['a', 'b'] },
    ],
    alternatives: 1,
    isSplitOverElements: true,
  });
});

test('of many values that an array has the first are told, and how many there are', () => {
  const many = Array.from({ length: 50 }, (_, at) => `tag-${at}`);
  expect(explain({ detail: { tags: ['other'] } }, { detail: { tags: many } })).toMatchObject({
    failed: [{ found: many.slice(0, 10), foundCount: 50 }],
  });
});

test('a number keeps the digits that it is written with', () => {
  const explained = explain('{"detail":{"id":[12345678901234567891]}}', { detail: { id: 1 } });
  expect(JSON.stringify(explained)).toContain('"expected":[12345678901234567891]');
});

test.each([
  [{ detail: { customer: { name: ['ada'] } } }, 'The event has "Ada": upper and lower case count.'],
  [{ detail: { total: ['5'] } }, 'The event has the number 5, the pattern the text "5".'],
  [{ total: [5] }, 'The event has it at detail.total.'],
  [{ detail: { Total: [5] } }, 'The event has "total" where the pattern has "Total".'],
  [{ detail: { customer: ['Ada'] } }, 'The event has an object there: a pattern asks for its fields.'],
  [{ detail: { tags: ['a'] } }, 'The event has an empty array there.'],
])('%j is told its likely cause', (pattern, hint) => {
  expect(explain(pattern, event)).toMatchObject({ failed: [{ hint }] });
});

test('a field that may be absent from one element alone is not blamed for another field', () => {
  const pattern = { a: { b: [1], x: [{ exists: false }] }, z: ['there'] };
  expect(explain(pattern, { a: [{ b: 1 }, { x: 2 }] })).toMatchObject({ failed: [{ path: 'z' }] });
});

test('an event that leaves too many choices is told as not tried to the end', () => {
  const elements = [...Array.from({ length: 2_000 }, () => ({ x: 1 })), { z: 1 }];
  const pattern = { a: { a: [{ exists: false }], x: [1], 'x.m': { q: [{ exists: false }] }, z: [1] } };
  const manyChoices = { a: elements, 'a.x.m': Array.from({ length: 10_000 }, () => ({})) };
  expect(explain(pattern, manyChoices)).toMatchObject({
    matches: false,
    gaveUp: "the event's arrays leave more than 5000000 choices to try",
  });
});

test('a pattern that is none is refused in the words of the service', () => {
  expect(() => explain({ source: 'x' }, event)).toThrow(
    new InvalidPatternError('"source" must be an object or an array'),
  );
});
