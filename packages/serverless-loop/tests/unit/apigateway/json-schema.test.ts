import { expect, test } from 'vitest';
import { schemaProblems } from '../../../src/services/apigateway/requests/json-schema.ts';

/**
 * The words of java-json-tools' json-schema-validator (its messages `validation.properties`), as API Gateway gives them in
 * `$context.error.validationErrorString`.
 */
test.each([
  [
    { type: 'object', required: ['size', 'name'] },
    {},
    'object has missing required properties (["name","size"])',
  ],
  [
    { type: 'string' },
    7,
    'instance type (integer) does not match any allowed primitive type (allowed: ["string"])',
  ],
  [
    { type: ['string', 'null'] },
    [],
    'instance type (array) does not match any allowed primitive type (allowed: ["null","string"])',
  ],
  [
    { enum: ['dog', 'cat'] },
    'cow',
    'instance value ("cow") not found in enum (possible values: ["dog","cat"])',
  ],
  [{ minLength: 3 }, 'ab', 'string "ab" is too short (length: 2, required minimum: 3)'],
  [{ maxLength: 1 }, 'ab', 'string "ab" is too long (length: 2, maximum allowed: 1)'],
  [{ pattern: '^a$' }, 'b', 'ECMA 262 regex "^a$" does not match input string "b"'],
  [{ minimum: 25 }, 1, 'numeric instance is lower than the required minimum (minimum: 25, found: 1)'],
  [
    { minimum: 1, exclusiveMinimum: true },
    1,
    'numeric instance is not strictly greater than the required minimum 1',
  ],
  [{ maximum: 2 }, 3, 'numeric instance is greater than the required maximum (maximum: 2, found: 3)'],
  [
    { maximum: 2, exclusiveMaximum: true },
    2,
    'numeric instance is not strictly lower than the required maximum 2',
  ],
  [{ multipleOf: 2 }, 3, 'remainder of division is not zero (3 / 2)'],
  [{ minItems: 2 }, [1], 'array is too short: must have at least 2 elements but instance has 1 elements'],
  [{ maxItems: 0 }, [1], 'array is too long: must have at most 0 elements but instance has 1 elements'],
  [{ uniqueItems: true }, [1, 1], 'array must not contain duplicate elements'],
  [{ minProperties: 1 }, {}, 'object has too few properties (found 0 but schema requires at least 1)'],
  [{ maxProperties: 0 }, { a: 1 }, 'object has too many properties (found 1 but schema requires at most 0)'],
  [
    { additionalProperties: false, properties: { a: {} } },
    { a: 1, c: 1, b: 1 },
    'object instance has properties which are not allowed by the schema: ["b","c"]',
  ],
  [
    { allOf: [{}, { type: 'string' }] },
    1,
    'instance failed to match all required schemas (matched only 1 out of 2)',
  ],
  [{ anyOf: [{ type: 'string' }] }, 1, 'instance failed to match at least one required schema among 1'],
  [{ oneOf: [{}, {}] }, 1, 'instance failed to match exactly one schema (matched 2 out of 2)'],
  [{ not: {} }, 1, 'instance matched a schema which it should not have'],
])('%j finds what is wrong with %j', (schema, value, problem) => {
  expect(schemaProblems(value, schema)).toEqual([problem]);
});

test('what is wrong inside is told, by references too', () => {
  const schema = {
    definitions: { box: { type: 'object', required: ['name'] } },
    properties: { boxes: { type: 'array', items: { $ref: '#/definitions/box' } } },
  };
  expect(schemaProblems({ boxes: [{ name: 1 }, {}, 3] }, schema)).toEqual([
    'object has missing required properties (["name"])',
    'instance type (integer) does not match any allowed primitive type (allowed: ["object"])',
  ]);
  expect(schemaProblems({ boxes: [{ name: 1 }] }, schema)).toEqual([]);
});
