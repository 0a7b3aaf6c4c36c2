import { expect, test } from 'vitest';
import { jsonataEvaluator } from '../../../src/services/stepfunctions/jsonata/evaluate.ts';

const evaluate = jsonataEvaluator({ random: () => 0.5, uuid: () => 'u' });

const STATES = { states: { input: { a: [1, 2, 3], b: { c: 'x' } }, context: {} }, kept: 7 };

// Step Functions guide, "Transforming data with JSONata in Step Functions".
test.each([
  ['$states.input.a[0] + $kept', 8],
  ['$sum($states.input.a)', 6],
  ['$states.input.a', [1, 2, 3]],
  ["{ 'c': $states.input.b.c, 'n': null }", { c: 'x', n: null }],
  ['$partition([1,2,3], 2)', [[1, 2], [3]]],
  ['$range(0, 4, 2)', [0, 2, 4]],
  ["$hash('a', 'SHA-256')", 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb'],
  ['$uuid()', 'u'],
  ['$parse(\'{"a":1}\').a', 1],
  ['$states.input.gone', undefined],
])('%s gives %j', async (expression, value) => {
  expect(await evaluate(expression, STATES)).toEqual(value);
});

test.each([
  ["$eval('1')", /not supported/],
  ['1 +', /end of expression/i],
  ['$parse("no")', /no JSON/],
  // The package ends what goes too deep, so that no expression stops the loop.
  ['($f := function($x) { 1 + $f($x) }; $f(1))', /stack/i],
])('%s is refused', async (expression, reason) => {
  await expect(evaluate(expression, STATES)).rejects.toThrow(reason);
});

test('a list is plain JSON, without marks of the package', async () => {
  const list = await evaluate('$states.input.a[$ > 1]', STATES);
  expect(Object.getOwnPropertyNames(list)).toEqual(['0', '1', 'length']);
});
