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

/** Where a Query reads: the hash key's values and tests of the first so many range attributes, in key order. */
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
  const tests = new Map(condition.map((test) => [test.name, test]));
  const hash = key.hash.map((attribute) => hashValue(attribute, tests.get(attribute.name)));
  const range: RangeTest[] = [];
  for (const attribute of key.range) {
    const test = tests.get(attribute.name);
    if (!test) break;
    checkType(attribute, test);
    range.push({ operator: test.operator, values: test.values });
    if (test.operator !== '=') break;
  }
  if (hash.length + range.length < condition.length)
    throw validationError('Query key condition not supported');
  return { hash, range };
}

function hashValue(attribute: KeyAttribute, test: KeyTest | undefined): AttributeValue {
  if (!test) throw validationError(`Query condition missed key schema element: ${attribute.name}`);
  checkType(attribute, test);
  const [value] = test.values;
  if (test.operator !== '=' || value === undefined) {
    throw validationError('Query key condition not supported');
  }
  return value;
}

function checkType(attribute: KeyAttribute, test: KeyTest): void {
  if (test.values.every((value) => attribute.type in value)) return;
  throw validationError(
    'One or more parameter values were invalid: Condition parameter type does not match schema type',
  );
}
