import { describe, expect, test } from 'vitest';
import { find } from '../../../src/services/stepfunctions/paths/find.ts';
import { parsePath } from '../../../src/services/stepfunctions/paths/path.ts';
import { isReferencePath, place } from '../../../src/services/stepfunctions/paths/place.ts';

const INPUT = {
  foo: 123,
  bar: ['a', 'b', 'c'],
  car: { cdr: true, 'with space': 1 },
  users: [
    { year: 1997, status: 0, name: 'Ann' },
    { year: 1998, status: 1, name: 'bob' },
  ],
  none: null,
};

function at(text: string, variables = {}) {
  return find(parsePath(text), { input: INPUT, context: { Execution: { Name: 'x' } }, variables });
}

describe('a path finds', () => {
  test.each([
    // States language, "Reference Paths": the examples of the page.
    ['$.foo', 123],
    ['$.bar', ['a', 'b', 'c']],
    ['$.car.cdr', true],
    ['$', INPUT],
    ["$['car']['with space']", 1],
    ['$.bar[0]', 'a'],
    ['$.bar[-1]', 'c'],
    ['$.none', null],
    // Lists of all that is found.
    ['$.bar[0,2]', ['a', 'c']],
    ['$.bar[1:]', ['b', 'c']],
    ['$.bar[:-1]', ['a', 'b']],
    ['$.bar[::2]', ['a', 'c']],
    ['$.users[*].year', [1997, 1998]],
    ['$..year', [1997, 1998]],
    ['$.car.*', [true, 1]],
    // LocalStack's record "test_state_pass_regex_json_path_base" of AWS.
    ['$.users[?(@.status == 0)]', [INPUT.users[0]]],
    ["$.users[?(@.year >= 1998 && @.name != 'Ann')].name", ['bob']],
    ['$.users[?(@.name =~ /B.*/i || !(@.year))].year', [1998]],
    ["$.users[?(@['status'])].name", ['Ann', 'bob']],
    // LocalStack's records "test_json_path_array_wildcard_or_slice_with_no_input" of AWS.
    ['$.items[*]', []],
    ['$.item.items[1:5].itemValue', []],
  ])('%s', (text, value) => {
    expect(at(text)).toEqual({ found: true, value });
  });

  test('what the context object and variables hold', () => {
    expect(at('$$.Execution.Name')).toEqual({ found: true, value: 'x' });
    expect(at('$order.id', { order: { id: 7 } })).toEqual({ found: true, value: 7 });
  });
});

test.each(['$.nope', '$.foo.bar', '$.bar[3]', '$$.Nope', '$unknown'])('%s finds nothing', (text) => {
  expect(at(text)).toEqual({ found: false });
});

test.each(['', 'foo', '$.', '$.a[', '$.a[b]', '$.a b', '$.users[?(@.a ==)]', '$.a[?(process.exit())]'])(
  '"%s" is no path',
  (text) => {
    expect(() => parsePath(text)).toThrow(/expected at character/);
  },
);

describe('a reference path', () => {
  test('names one place of the input', () => {
    expect(['$.a.b', '$.a[0]', '$'].map((text) => isReferencePath(parsePath(text)))).toEqual([
      true,
      true,
      true,
    ]);
    expect(['$.a[*]', '$..a', '$$.a', '$v'].map((text) => isReferencePath(parsePath(text)))).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });

  test.each([
    // States language, "ResultPath": the example of the page, and what it says of missing fields.
    ['$.sum', { title: 'Numbers', numbers: [3, 4] }, { title: 'Numbers', numbers: [3, 4], sum: 7 }],
    ['$.a.b.c', { title: 'x' }, { title: 'x', a: { b: { c: 7 } } }],
    ['$.numbers[1]', { numbers: [3, 4] }, { numbers: [3, 7] }],
    ['$', { title: 'x' }, 7],
  ])('%s places a result', (text, input, placed) => {
    const before = structuredClone(input);
    expect(place(input, parsePath(text), 7)).toEqual({ placed });
    expect(input).toEqual(before);
  });

  test.each([
    ['$.foo.bar', { foo: 1 }],
    ['$.list[2]', { list: [1] }],
    ['$.foo', 'a text'],
  ])('%s places nothing where a value stands that can’t hold it', (text, input) => {
    expect(place(input, parsePath(text), 7)).toBeUndefined();
  });
});
