import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changesOf } from './changes.ts';
import { documentsOf } from './documents.ts';
import { accepts, type ObjectSchema, type Schema } from './json-schema.ts';

const released = {
  type: 'object',
  required: ['id', 'size', 'colour', 'about'],
  properties: {
    id: { type: 'string', pattern: '^[a-z]+$', maxLength: 8 },
    size: { type: 'integer', minimum: 1, maximum: 9 },
    colour: { type: 'string', enum: ['red', 'blue'] },
    note: { type: 'string', maxLength: 20 },
    about: { type: 'object', required: ['at'], properties: { at: { type: 'string', format: 'date-time' } } },
  },
} satisfies ObjectSchema;

/** The released schema with other fields; undefined takes one away. */
function withFields(
  fields: Record<string, Schema | undefined>,
  required: string[] = released.required,
): Schema {
  const properties = Object.entries({ ...released.properties, ...fields }).flatMap(([name, schema]) =>
    schema === undefined ? [] : [[name, schema] as const],
  );
  return { type: 'object', required, properties: Object.fromEntries(properties) };
}

describe('refused is', () => {
  test.each<[string, Schema, string[]]>([
    [
      'a field that is gone',
      withFields({ size: undefined }, ['id', 'colour', 'about']),
      ['detail.size is gone', 'detail.size may now be absent'],
    ],
    [
      'a field under another name',
      withFields({ note: undefined, notes: { type: 'string' } }),
      ['detail.note is gone'],
    ],
    [
      'a field inside another that is gone',
      withFields({ about: { type: 'object', required: [], properties: {} } }),
      ['detail.about.at is gone', 'detail.about.at may now be absent'],
    ],
    [
      'another type',
      withFields({ size: { type: 'string' } }),
      ['detail.size was of type integer and is of type string'],
    ],
    [
      'an object in place of a text',
      withFields({ id: { type: 'object', required: [], properties: {} } }),
      ['detail.id was of type string and is of type object'],
    ],
    [
      'a narrower enum',
      withFields({ colour: { type: 'string', enum: ['red'] } }),
      ['detail.colour may no longer be "blue"'],
    ],
    [
      'a wider enum',
      withFields({ colour: { type: 'string', enum: ['blue', 'green', 'red'] } }),
      ['detail.colour may now be "green"'],
    ],
    [
      'an enum that is gone',
      withFields({ colour: { type: 'string' } }),
      ['detail.colour may now be any text'],
    ],
    [
      'an enum where there was none',
      withFields({ note: { type: 'string', enum: ['a', 'b'], maxLength: 20 } }),
      ['detail.note may now be but a few words'],
    ],
    [
      'a field that is newly required',
      withFields({}, [...released.required, 'note']),
      ['detail.note must now be there'],
    ],
    [
      'a new field that is required',
      withFields({ more: { type: 'string' } }, [...released.required, 'more']),
      ['detail.more must now be there'],
    ],
    [
      'a field that may now be absent',
      withFields({}, ['id', 'size', 'about']),
      ['detail.colour may now be absent'],
    ],
    [
      'another range',
      withFields({ size: { type: 'integer', minimum: 0, maximum: 8 } }),
      ['detail.size had minimum 1 and has minimum 0', 'detail.size had maximum 9 and has maximum 8'],
    ],
    [
      'another form of a text',
      withFields({ id: { type: 'string', pattern: '^[a-z0-9]+$' } }),
      [
        'detail.id had pattern "^[a-z]+$" and has pattern "^[a-z0-9]+$"',
        'detail.id had maxLength 8 and has maxLength none',
      ],
    ],
    [
      'a format that is gone',
      withFields({ about: { type: 'object', required: ['at'], properties: { at: { type: 'string' } } } }),
      ['detail.about.at had format "date-time" and has format none'],
    ],
  ])('%s', (_, current, changes) => {
    expect(changesOf(released, current)).toEqual(changes);
  });
});

describe('let through is', () => {
  const { about } = released.properties;
  test.each<[string, Schema]>([
    ['no change', withFields({})],
    [
      'another order of words and fields',
      withFields({ colour: { type: 'string', enum: ['blue', 'red'] } }, released.required.toReversed()),
    ],
    ['a new field that may be absent', withFields({ more: { type: 'integer', minimum: 0, maximum: 3 } })],
    [
      'a new field, always there in what it is part of',
      withFields({ more: { type: 'object', required: ['x'], properties: { x: { type: 'string' } } } }),
    ],
    [
      'a new field inside another',
      withFields({ about: { ...about, properties: { ...about.properties, by: { type: 'string' } } } }),
    ],
  ])('%s', (_, current) => {
    expect(changesOf(released, current)).toEqual([]);
    expectAccepted(documentsOf(current), released);
    expectAccepted(documentsOf(released), current);
  });
});

function expectAccepted(documents: fc.Arbitrary<unknown>, schema: Schema) {
  fc.assert(fc.property(documents, (document) => accepts(schema, document)));
}
