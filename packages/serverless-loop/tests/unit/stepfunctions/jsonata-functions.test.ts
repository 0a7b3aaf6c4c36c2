import { expect, test } from 'vitest';
import { jsonataFunctions } from '../../../src/services/stepfunctions/jsonata/functions.ts';

const functions = jsonataFunctions({ random: () => 0.25, uuid: () => 'an id' });

function called(name: string, given: readonly unknown[]): unknown {
  const known = functions[name];
  if (!known) throw new Error(`no function ${name}`);
  return known(...given);
}

// LocalStack's records of AWS, tests/aws/services/stepfunctions/v2/intrinsic_functions/test_array_jsonata.snapshot.json and
// test_json_manipulation_jsonata.snapshot.json; `$hash`, `$random` and `$uuid` by the Step Functions guide, "JSONata functions
// provided by Step Functions".
test.each([
  ['partition', [[0], 1], [[0]]],
  ['partition', [[0, 1], 1], [[0], [1]]],
  ['range', [0, 10, 3], [0, 3, 6, 9]],
  ['range', [1, 9, 9], 1],
  ['parse', ['[1, 2, "HelloWorld"]'], [1, 2, 'HelloWorld']],
  ['parse', ['1.1'], 1.1],
  ['hash', ['input data', 'MD5'], '812f45842bc6d66ee14572ce20db8e86'],
  ['random', [], 0.25],
  ['uuid', [], 'an id'],
])('$%s of %j is %j', (name, given, value) => {
  expect(called(name, given)).toEqual(value);
});

test('a seed gives the same number again', () => {
  const [one, other, again] = [1, 2, 1].map((seed) => Number(called('random', [seed])));
  expect(again).toBe(one);
  expect(other).not.toBe(one);
  expect(one).toBeLessThan(1);
});

test.each([
  ['parse', ['{']],
  ['parse', [1]],
  ['range', [1, 5, 0]],
  ['eval', ['1']],
])('$%s of %j fails', (name, given) => {
  expect(() => called(name, given)).toThrow(expect.objectContaining({ name: 'IntrinsicError' }));
});
