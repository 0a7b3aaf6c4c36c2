import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  attributesOf,
  columnsOf,
  hasPlainJson,
  historyOf,
  plainItem,
} from '../../../console/state/attributes.ts';

test('an item of plain JSON is the same when it is written back', () => {
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { depthSize: 'small' },
      fc.string(),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('any'), { maxLength: 3 }),
      fc.dictionary(fc.string({ minLength: 1 }), tie('any'), { maxKeys: 3 }),
    ),
  })).any;
  fc.assert(
    fc.property(fc.dictionary(fc.string({ minLength: 1 }), value, { maxKeys: 4 }), (plain) => {
      const item = attributesOf(plain);
      expect(plainItem(item)).toEqual(plain);
      expect(hasPlainJson(item)).toBe(true);
    }),
    { numRuns: 50 },
  );
});

test.each([
  ['a set', { SS: ['a', 'b'] }],
  ['bytes', { B: 'AAEC' }],
  ['a number of more digits than JavaScript has', { N: '12345678901234567890' }],
])('%s has no plain JSON, and is edited as DynamoDB writes it', (_name, attribute) => {
  expect(hasPlainJson({ id: { S: '1' }, own: attribute })).toBe(false);
});

test('a history is read whatever the time and the status are called', () => {
  const history = [
    { status: 'NEW', at: '2026-11-28T12:00:00.000Z' },
    { when: '2026-11-28T12:00:01Z', state: 'DONE', by: { name: 'x' } },
  ];
  expect(historyOf({ history })).toEqual([
    { at: '2026-11-28T12:00:00.000Z', words: 'NEW' },
    { at: '2026-11-28T12:00:01Z', words: 'DONE, {"name":"x"}' },
  ]);
});

test.each([[undefined], ['text'], [[]], [[1, null]], [[{ status: 'NEW' }]]])(
  '%j is no history',
  (history) => {
    expect(historyOf({ history })).toEqual([]);
  },
);

test('columns are what most items have and a cell has room for', () => {
  const items = [
    { id: '1', status: 'NEW', customer: {} },
    { id: '2', status: 'NEW', total: 3 },
  ];
  expect(columnsOf(items, ['id'], 4)).toEqual(['status', 'total']);
  expect(columnsOf(items, ['id'], 1)).toEqual(['status']);
});
