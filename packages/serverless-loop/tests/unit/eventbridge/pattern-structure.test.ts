import { describe, expect, test } from 'vitest';
import { TooManyChoicesError } from '../../../src/services/eventbridge/pattern/matching.ts';
import { compilePattern } from '../../../src/services/eventbridge/pattern/pattern.ts';

function matches(pattern: unknown, event: Record<string, unknown>): boolean {
  return compilePattern(pattern)(event);
}

describe('fields', () => {
  // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
  test('every field of the pattern must fit, others are free', () => {
    const pattern = { source: ['shop'], detail: { status: ['NEW'] } };
    expect(matches(pattern, { source: 'shop', detail: { status: 'NEW', box: 7 }, region: 'eu-west-1' })).toBe(
      true,
    );
    expect(matches(pattern, { source: 'shop', detail: { status: 'SENT' } })).toBe(false);
    expect(matches(pattern, { detail: { status: 'NEW' } })).toBe(false);
  });

  test('keys are case-sensitive', () => {
    expect(matches({ STATUS: ['NEW'] }, { status: 'NEW' })).toBe(false);
  });

  test('of a repeated key of a JSON text the last counts', () => {
    const pattern = '{"detail": {"place": [{"prefix": "us-"}], "place": [{"anything-but": "us-east"}]}}';
    expect(matches(pattern, { detail: { place: 'eu-west' } })).toBe(true);
    expect(matches(pattern, { detail: { place: 'us-east' } })).toBe(false);
  });

  test('of a path given both dotted and nested the last counts', () => {
    const pattern = { 'detail.state': ['a'], detail: { state: ['b'] } };
    expect(matches(pattern, { detail: { state: 'b' } })).toBe(true);
    expect(matches(pattern, { detail: { state: 'a' } })).toBe(false);
  });

  test.each([
    [{ detail: { 'state.status': ['on'] } }, { detail: { state: { status: 'on' } } }, true],
    [{ detail: { state: { status: ['on'] } } }, { detail: { 'state.status': 'on' } }, true],
    [{ 'detail.state.status': ['on'] }, { detail: { 'state.status': 'on' } }, true],
    [{ detail: { state: { status: ['on'] } } }, { 'detail.state': { status: 'on' } }, true],
    [{ detail: { state: { status: ['on'] } } }, { detail: { 'state.status': { status: 'on' } } }, false],
    [{ detail: { 'state.status': { status: ['on'] } } }, { detail: { state: { status: 'on' } } }, false],
  ])('dots mean the same as nesting: %j on %j is %s', (pattern, event, expected) => {
    expect(matches(pattern, event)).toBe(expected);
  });

  test('a JSON text inside a string is only a string', () => {
    expect(matches({ detail: { key: ['x'] } }, { detail: '{"key": "x"}' })).toBe(false);
  });

  test('names that every JavaScript object has are no fields of an event', () => {
    expect(matches({ detail: { constructor: { name: [{ exists: true }] } } }, { detail: {} })).toBe(false);
    const upwards = '{"detail": {"__proto__": {"__proto__": [null]}}}';
    expect(matches(upwards, { detail: {} })).toBe(false);
    expect(matches('{"__proto__": {"x": [1]}}', JSON.parse('{"__proto__": {"x": 1}}'))).toBe(true);
  });
});

describe('exists', () => {
  const isThere = { detail: { box: [{ exists: true }] } };
  const isMissing = { detail: { box: [{ exists: false }] } };

  // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html: exists
  test.each([
    [{ box: 7 }, true],
    [{ box: null }, true],
    [{ box: '' }, true],
    [{ box: [1] }, true],
    [{}, false],
    [{ box: [] }, false],
    [{ box: {} }, false],
    [{ box: { lid: 1 } }, false],
  ])('%j: a leaf box is there: %s', (detail, there) => {
    expect(matches(isThere, { detail })).toBe(there);
    expect(matches(isMissing, { detail })).toBe(!there);
  });

  test('false fits when a field above is missing', () => {
    expect(matches({ detail: { box: { lid: [{ exists: false }] } } }, { source: 'shop' })).toBe(true);
  });

  test('false beside another test makes the field optional', () => {
    const pattern = { detail: { box: [{ 'anything-but': ['full'] }, { exists: false }] } };
    expect(matches(pattern, { detail: {} })).toBe(true);
    expect(matches(pattern, { detail: { box: 'empty' } })).toBe(true);
    expect(matches(pattern, { detail: { box: 'full' } })).toBe(false);
  });
});

describe('arrays', () => {
  // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html: arrays match when one element of both is the same
  test('one element that fits is enough', () => {
    expect(matches({ resources: ['b', 'c'] }, { resources: ['a', 'b'] })).toBe(true);
    expect(matches({ resources: ['b', 'c'] }, { resources: ['a'] })).toBe(false);
    expect(matches({ resources: [{ 'anything-but': 'a' }] }, { resources: ['a', 'b'] })).toBe(true);
    expect(matches({ resources: ['b'] }, { resources: [['a', ['b']]] })).toBe(true);
  });

  test('an empty array fits neither null nor exists: true', () => {
    expect(matches({ resources: [null] }, { resources: [] })).toBe(false);
    expect(matches({ resources: [{ exists: true }] }, { resources: [] })).toBe(false);
  });

  test('objects in an array are looked into, the array itself counts for nothing', () => {
    const event = { detail: { parts: [{ key: 'v' }, { id: 'there' }] } };
    expect(matches({ detail: { parts: { id: [{ exists: true }] } } }, event)).toBe(true);
    expect(matches({ detail: { parts: { other: [{ exists: true }] } } }, event)).toBe(false);
  });

  test('fields must come from one and the same element', () => {
    const people = {
      people: [
        { first: 'Anna', last: 'Smith' },
        { first: 'Peter', last: 'Jones' },
      ],
    };
    expect(matches({ people: { first: ['Anna'], last: ['Smith'] } }, people)).toBe(true);
    expect(matches({ people: { first: ['Anna'], last: ['Jones'] } }, people)).toBe(false);
  });

  test('that holds for arrays in arrays and arrays in elements', () => {
    const event = {
      rows: [
        [
          { a: 1, b: 1 },
          { a: 2, b: 2 },
        ],
        [
          {
            a: 3,
            b: 3,
            deep: [
              { c: 1, d: 2 },
              { c: 3, d: 4 },
            ],
          },
        ],
      ],
    };
    expect(matches({ rows: { a: [2], b: [2] } }, event)).toBe(true);
    expect(matches({ rows: { a: [1], b: [2] } }, event)).toBe(false);
    expect(matches({ rows: { a: [3], deep: { c: [3], d: [4] } } }, event)).toBe(true);
    expect(matches({ rows: { a: [3], deep: { c: [1], d: [4] } } }, event)).toBe(false);
    expect(matches({ rows: { a: [2], deep: { c: [1] } } }, event)).toBe(false);
  });

  test('elements of different arrays are chosen apart', () => {
    const event = { left: [{ a: 1 }, { a: 2 }], right: [{ a: 1 }, { a: 2 }] };
    expect(matches({ left: { a: [1] }, right: { a: [2] } }, event)).toBe(true);
  });

  test.each([
    { parts: { id: ['x'], lost: [{ exists: false }] } },
    { parts: { lost: [{ exists: false }], id: ['x'] } },
  ])('exists: false looks at the element that the other fields chose: %j', (pattern) => {
    expect(matches(pattern, { parts: [{ id: 'x' }, { id: 'y', lost: true }] })).toBe(true);
    expect(matches(pattern, { parts: [{ id: 'x', lost: true }, { id: 'y' }] })).toBe(false);
  });
});

describe('arrays of which many elements fit', () => {
  const names = Array.from({ length: 40 }, (_, index) => `a${index}`);
  const twoThatFit = Object.fromEntries(names.map((name) => [name, [{ x: 1 }, { x: 1 }]]));
  const pattern = { ...Object.fromEntries(names.map((name) => [name, { x: [1] }])), z: { p: [1], q: [1] } };

  test('are not tried in all combinations when a later field fails', () => {
    expect(compilePattern(pattern)({ ...twoThatFit, z: [{ p: 1 }, { q: 1 }] })).toBe(false);
    expect(compilePattern(pattern)({ ...twoThatFit, z: [{ p: 1 }, { p: 1, q: 1 }] })).toBe(true);
  });

  test('still have to agree with what is chosen before', () => {
    const inside = { a: { b: { x: [1] }, c: { x: [1] }, d: [{ exists: true }] } };
    const element = (more: object) => ({ b: [{ x: 1 }, { x: 1 }], c: [{ x: 1 }, { x: 1 }], ...more });
    const many = Array.from({ length: 50 }, () => element({}));
    expect(compilePattern(inside)({ a: [...many, { d: 1 }] })).toBe(false);
    expect(compilePattern(inside)({ a: [...many, element({ d: 1 })] })).toBe(true);
  });

  test('are given up, with an error, when there are too many to look at', () => {
    const elements = Array.from({ length: 2_000 }, () => ({ x: 1 }));
    const event = { a: [...elements, { z: 1 }], 'a.m': Array.from({ length: 10_000 }, () => ({})) };
    // Whatever element has x, all of the others are looked into for m before z fails.
    const matches = compilePattern({
      a: { m: { q: [{ exists: false }] }, b: [{ exists: false }], x: [1], z: [1] },
    });
    expect(matches({ ...event, 'a.m': [{}] })).toBe(false);
    const late = compilePattern({
      a: { a: [{ exists: false }], x: [1], 'x.m': { q: [{ exists: false }] }, z: [1] },
    });
    expect(() => late({ a: event.a, 'a.x.m': event['a.m'] })).toThrow(TooManyChoicesError);
  });
});

describe('$or', () => {
  const pattern = {
    source: ['shop'],
    detail: { $or: [{ count: [{ numeric: ['>', 5] }] }, { urgent: [true], place: ['here'] }] },
  };

  // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html: $or
  test.each([
    [{ count: 6 }, true],
    [{ count: 5 }, false],
    [{ count: 5, urgent: true, place: 'here' }, true],
    [{ urgent: true }, false],
  ])('%j matches one alternative: %s', (detail, expected) => {
    expect(matches(pattern, { source: 'shop', detail })).toBe(expected);
  });

  test('the fields beside it must fit all the same', () => {
    expect(matches(pattern, { source: 'depot', detail: { count: 6 } })).toBe(false);
  });

  test('several, and one in another, combine', () => {
    const nested = {
      $or: [{ a: [1] }, { b: [1], $or: [{ c: [1] }, { d: [1] }] }],
      detail: { $or: [{ e: [1] }, { f: [1] }] },
    };
    expect(matches(nested, { a: 1, detail: { f: 1 } })).toBe(true);
    expect(matches(nested, { b: 1, d: 1, detail: { e: 1 } })).toBe(true);
    expect(matches(nested, { b: 1, detail: { e: 1 } })).toBe(false);
    expect(matches(nested, { a: 1 })).toBe(false);
  });
});
