import { validationError } from '../dynamodb-error.ts';
import type { AttributeValue } from '../values/attribute-value.ts';
import type { KeyCondition, KeyOperator, KeyTest } from './syntax.ts';

/** One attribute of a key, with its type by AttributeDefinitions. */
export interface KeyAttribute {
  readonly name: string;
  readonly type: 'S' | 'N' | 'B';
}

/** The key of a table or index; both lists hold several attributes in indexes with keys of several attributes. */
export interface KeyAttributes {
  readonly hash: readonly KeyAttribute[];
  readonly range: readonly KeyAttribute[];
}

export interface RangeTest {
  readonly operator: KeyOperator;
  readonly values: readonly AttributeValue[];
}

/** The range that a Query reads: the hash key's values and tests of the first so many range attributes, in key order. */
export interface KeyRange {
  readonly hash: readonly AttributeValue[];
  /** Every test but the last is an equality. */
  readonly range: readonly RangeTest[];
}

/**
 * Fits a key condition to the key that is queried.
 * @throws {DynamoDbError} ValidationException when an attribute lacks its test, has one of the wrong kind or
 * type, or when a test is of an attribute outside the key.
 */
export function keyRange(condition: KeyCondition, key: KeyAttributes): KeyRange {
  const attributes = [...key.hash, ...key.range];
  // A key of one attribute has these words (scylladb, test/alternator/test_gsi.py, test_faux_range_key_in_keyconditions).
  if (condition.length > 1 && attributes.length === 1) throw unsupported();
  if (condition.length > attributes.length) {
    throw validationError(
      `The number of query conditions (${condition.length}) exceeds the number of key attributes defined in the schema (${attributes.length})`,
    );
  }
  const tests = new Map(condition.map((test) => [test.name, test]));
  const hash = key.hash.map((attribute) => testOf(tests, attribute, key.hash.length > 1));
  checkRangeOrder(key.range, tests);
  const range = key.range.flatMap((attribute) => tests.get(attribute.name) ?? []);
  if (hash.length + range.length < condition.length) throw missed(key.range, tests);
  for (const attribute of key.range) checkType(attribute, tests.get(attribute.name));
  return { hash: hash.flatMap(({ values }) => values), range };
}

const unsupported = () => validationError('Query key condition not supported');

const missed = (attributes: readonly KeyAttribute[], tests: ReadonlyMap<string, KeyTest>) => {
  const missing = attributes.find(({ name }) => !tests.has(name));
  return validationError(`Query condition missed key schema element: ${missing?.name}`);
};

// Keys of several attributes are refused so: paritysuite/dynamodb-conformance,
// tests/tier1/query/multiAttributeGsiKey.test.ts, and test/alternator/test_gsi_composite_keys.py.

/** The test of a hash attribute, which every query has and which is an equality. */
function testOf(tests: ReadonlyMap<string, KeyTest>, attribute: KeyAttribute, several: boolean): KeyTest {
  const test = tests.get(attribute.name);
  if (several && test?.operator !== '=') {
    throw validationError(
      `HASH key attributes ${attribute.name} must have equality conditions specified in the query`,
    );
  }
  if (!test) throw missed([attribute], tests);
  checkType(attribute, test);
  if (test.operator !== '=') throw unsupported();
  return test;
}

/** Range attributes are tested from the first one on, and all but the last of them for equality. */
function checkRangeOrder(range: readonly KeyAttribute[], tests: ReadonlyMap<string, KeyTest>): void {
  const last = range.findLast(({ name }) => tests.has(name));
  const open = range.find(({ name }) => tests.get(name)?.operator !== '=');
  if (!last || !open || range.indexOf(open) >= range.indexOf(last)) return;
  throw validationError(
    `RANGE key attributes ${open.name} must have equality conditions specified in the query because a condition is present on key attribute ${last.name}`,
  );
}

function checkType(attribute: KeyAttribute, test: KeyTest | undefined): void {
  if (!test || test.values.every((value) => attribute.type in value)) return;
  throw validationError(
    'One or more parameter values were invalid: Condition parameter type does not match schema type',
  );
}
