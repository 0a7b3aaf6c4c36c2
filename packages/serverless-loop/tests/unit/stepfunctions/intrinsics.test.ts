import { expect, test } from 'vitest';
import { parseCall } from '../../../src/services/stepfunctions/intrinsics/call.ts';
import { evaluateCall } from '../../../src/services/stepfunctions/intrinsics/evaluate.ts';

const UUID = '0b9de2f0-9c4a-4f43-9a7c-7a1b1f3b8a11';

function called(text: string, input: unknown = {}, variables = {}) {
  const roots = { input, context: { Execution: { Name: 'run' } }, variables };
  return evaluateCall(parseCall(text), roots, { random: () => 0.5, uuid: () => UUID });
}

// LocalStack's records of AWS, unless another source is named: tests/aws/services/stepfunctions/v2/intrinsic_functions/*.snapshot.json.
test.each([
  ["States.StringSplit($, ',')", ', , ,', [' ', ' ']],
  ["States.StringSplit($, ',')", ',,,,', []],
  ["States.StringSplit($, '.+,=')", 'This.is+a,test=string', ['This', 'is', 'a', 'test', 'string']],
  ["States.StringSplit('Hello\\nWorld', '\\n')", {}, ['Hello', 'World']],
  ['States.MathAdd($[0], $[1])', [1.49, 1.5], 3],
  ['States.MathAdd($[0], $[1])', [1.5, 1.51], 4],
  ['States.MathAdd($[0], $[1])', [-1.49, -1.5], -2],
  ['States.MathAdd($[0], $[1])', [-1.5, -1.51], -3],
  ['States.StringToJson($)', ' ', null],
  ['States.StringToJson($)', '[1, 2, "HelloWorld"]', [1, 2, 'HelloWorld']],
  ['States.JsonToString($)', { Arg1: 1, Arg2: [] }, '{"Arg1":1,"Arg2":[]}'],
  [
    'States.JsonMerge($.a, $.b, false)',
    { a: { x: { y: 1 }, z: 1 }, b: { x: { q: 2 } } },
    { x: { q: 2 }, z: 1 },
  ],
  [
    "States.Format('fst={} and snd={}.', $.a, $.b)",
    { a: null, b: { Arg1: 1, Arg2: [] } },
    'fst=null and snd={Arg1=1, Arg2=[]}.',
  ],
  ["States.Hash($, 'MD5')", 'input data', '812f45842bc6d66ee14572ce20db8e86'],
  ["States.Hash($, 'SHA-1')", 'input data', 'aaff4a450a104cd177d28d18d74485e8cae074b7'],
  ['States.Base64Encode($)', 'Data to encode', 'RGF0YSB0byBlbmNvZGU='],
  ['States.Base64Decode($)', 'RGF0YSB0byBlbmNvZGU=', 'Data to encode'],
  ['States.Array()', {}, []],
  ['States.ArrayPartition($, 2)', [1, 2, 3], [[1, 2], [3]]],
  ['States.ArrayPartition($, 5)', [], []],
  ['States.ArrayContains($.a, $.b)', { a: [[1, 2, 3], 2], b: [1, 2, 3] }, true],
  ['States.ArrayRange(0, 10, 3)', {}, [0, 3, 6, 9]],
  ['States.ArrayRange(1, 9, 9)', {}, [1]],
  ['States.ArrayUnique($)', [null, null, 1, 1, {}, {}, [null], [null]], [null, 1, {}, [null]]],
  ["States.ArrayGetItem(States.StringSplit($$.Execution.Name, 'u'), 1)", {}, 'n'],
  // States language, "Appendix B": the escapes of its examples, and the functions that give what can't be foreseen.
  [
    "States.Format('Hello, my \\'name\\' is \\{{}\\}.', $.name)",
    { name: 'Foo' },
    "Hello, my 'name' is {Foo}.",
  ],
  ['States.MathRandom(1, 3)', {}, 2],
  ['States.UUID()', {}, UUID],
])('%s of %j is %j', (text, input, value) => {
  expect(called(text, input)).toEqual(value);
});

test('a variable is an argument as well', () => {
  expect(called("States.Format('{}', $order.id)", {}, { order: { id: 7 } })).toBe('7');
});

test('a seed gives the same number again, within the bounds', () => {
  const numbers = [1, 2, 3, 1].map((seed) => called(`States.MathRandom(0, 1000, ${seed})`));
  expect(numbers[3]).toBe(numbers[0]);
  expect(new Set(numbers).size).toBe(3);
  expect(numbers.every((number) => Number(number) >= 0 && Number(number) < 1_000)).toBe(true);
});

// Step Functions guide, "Intrinsic functions": what each function takes.
test.each([
  ['States.ArrayLength($)', 'no list'],
  ['States.ArrayGetItem($, 3)', [1]],
  ['States.ArrayRange(1, 5000, 1)', {}],
  ['States.ArrayRange(1, 5, 0)', {}],
  ['States.ArrayPartition($, 0)', [1]],
  ['States.JsonMerge($, $, true)', {}],
  ["States.Format('{} {}', 1)", {}],
  ['States.StringToJson($)', '{'],
  ["States.Hash('x', 'CRC')", {}],
  ['States.Base64Encode($)', 'x'.repeat(10_001)],
  ['States.JsonToString($.nope)', {}],
])('%s fails for what it doesn’t take', (text, input) => {
  expect(() => called(text, input)).toThrow(expect.objectContaining({ name: 'IntrinsicError' }));
});

test.each([
  'States.Nope()',
  'States.ArrayLength()',
  'States.ArrayLength($.a, $.b)',
  'States.ArrayLength($.a',
  'States.ArrayLength(a)',
  "States.Format('\\d')",
  'States.UUID() x',
  `${'States.Array('.repeat(11)}1${')'.repeat(11)}`,
])('"%s" is no call', (text) => {
  expect(() => parseCall(text)).toThrow(expect.objectContaining({ name: 'TextError' }));
});
