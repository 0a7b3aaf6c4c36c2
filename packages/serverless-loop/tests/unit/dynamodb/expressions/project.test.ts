import { expect, test } from 'vitest';
import { parseProjection } from '../../../../src/services/dynamodb/engine/expressions/parse.ts';
import { project } from '../../../../src/services/dynamodb/engine/expressions/project.ts';
import { readItem } from '../../../../src/services/dynamodb/engine/values/read-value.ts';
import { placeholders } from './with-values.ts';

const ITEM = {
  a: { M: { x: { N: '1' }, y: { L: [{ S: '0' }, { S: '1' }, { M: { z: { S: '2' }, w: { S: '3' } } }] } } },
  b: { S: 'b' },
  'a.b': { S: 'dotted' },
};

// test/alternator/test_projection_expression.py
test.each([
  ['b, absent', { b: { S: 'b' } }],
  ['#dotted', { 'a.b': { S: 'dotted' } }],
  ['a.x', { a: { M: { x: { N: '1' } } } }],
  ['a.y[1], a.y[0]', { a: { M: { y: { L: [{ S: '0' }, { S: '1' }] } } } }],
  ['a.y[2].z, a.y[0]', { a: { M: { y: { L: [{ S: '0' }, { M: { z: { S: '2' } } }] } } } }],
  ['a.y[7], a.absent, b.c, #dotted[0], #proto', {}],
  ['a.x.y', {}],
])('%s', (projection, kept) => {
  const result = project(parseProjection(projection, placeholders()), readItem(ITEM));
  expect(JSON.parse(JSON.stringify(result))).toEqual(kept);
});
