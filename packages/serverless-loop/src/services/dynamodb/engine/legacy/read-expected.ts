import type { ExpectedMember } from '../expressions/expression-members.ts';
import type { Condition } from '../expressions/syntax.ts';
import { readAttributeValue } from '../values/read-value.ts';
import { conditionOf, invalidParameter, readComparison, readOperator } from './comparison.ts';

// The words and their order are those of dynalite's records of AWS, validations/index.js,
// validateAttributeConditions.

/** Reads Expected: each attribute has a comparison, or a Value, or Exists. */
export function readExpected(expected: Readonly<Record<string, ExpectedMember>>): Condition[] {
  return Object.entries(expected).map(([name, member]) => readOne(name, member));
}

function readOne(name: string, member: ExpectedMember): Condition {
  const { AttributeValueList: list, ComparisonOperator: operator, Exists: exists, Value: value } = member;
  if (list != null && value != null) {
    throw invalidParameter(`Value and AttributeValueList cannot be used together for Attribute: ${name}`);
  }
  if (operator != null) return readCompared(name, member);
  if (list != null) {
    throw invalidParameter(
      `AttributeValueList can only be used with a ComparisonOperator for Attribute: ${name}`,
    );
  }
  if (exists === false) {
    if (value == null) return { kind: 'not_exists', path: [name] };
    throw invalidParameter(`Value cannot be used when Exists is false for Attribute: ${name}`);
  }
  if (value == null) {
    throw invalidParameter(
      `Value must be provided when Exists is ${exists ?? 'null'} for Attribute: ${name}`,
    );
  }
  return conditionOf({ name, operator: 'EQ', values: [readAttributeValue(value)] });
}

function readCompared(name: string, member: ExpectedMember): Condition {
  if (member.Exists != null) {
    throw invalidParameter(`Exists and ComparisonOperator cannot be used together for Attribute: ${name}`);
  }
  const operator = readOperator(`expected.${name}.member`, member.ComparisonOperator);
  const list = member.AttributeValueList ?? (member.Value == null ? undefined : [member.Value]);
  if (!list && operator !== 'NULL' && operator !== 'NOT_NULL') {
    throw invalidParameter(
      `Value or AttributeValueList must be used with ComparisonOperator: ${operator} for Attribute: ${name}`,
    );
  }
  return conditionOf(readComparison(name, operator, list ?? []));
}
