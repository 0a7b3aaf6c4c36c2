import { isObject } from '../../../aws/json-object.ts';
import { isScalar, type Scalar } from '../json.ts';
import { parseAnythingBut } from './anything-but.ts';
import { parseCidr } from './cidr.ts';
import { exactly } from './exactly.ts';
import { InvalidPatternError } from './invalid-pattern-error.ts';
import { parseNumeric } from './numeric.ts';
import { parseEqualsIgnoreCase, parsePrefix, parseSuffix } from './text-operators.ts';
import type { ValueTest } from './value-test.ts';
import { parseWildcard } from './wildcard.ts';

/** A pattern's test of one field: any of its values or operators is enough. */
export interface FieldTest {
  /** Tells whether a leaf of the event fits. */
  fits: ValueTest;
  /** True when it is also enough that the event has no such leaf (`exists: false`). */
  fitsAbsence: boolean;
  /** As the pattern has them: for who asks why it didn't fit. */
  alternatives: readonly unknown[];
}

/** Takes the array at a field of a pattern: values and operators. */
export function parseField(alternatives: unknown[]): FieldTest {
  if (alternatives.length === 0) throw new InvalidPatternError('Empty arrays are not allowed');
  const values: Scalar[] = [];
  const tests: ValueTest[] = [];
  let fitsAbsence = false;
  for (const alternative of alternatives) {
    if (isScalar(alternative)) values.push(alternative);
    else if (!isObject(alternative))
      throw new InvalidPatternError('Match value must be String, number, true, false, or null');
    else if (isAbsence(alternative)) fitsAbsence = true;
    else tests.push(parseOperator(alternative));
  }
  const fits = anyOf(values.length > 0 ? [exactly(values), ...tests] : tests);
  return { fits, fitsAbsence, alternatives };
}

function anyOf(tests: ValueTest[]): ValueTest {
  const [only] = tests;
  return only && tests.length === 1 ? only : (value) => tests.some((test) => test(value));
}

function isAbsence(expression: Record<string, unknown>): boolean {
  return nameOf(expression) === 'exists' && expression.exists === false;
}

function parseOperator(expression: Record<string, unknown>): ValueTest {
  const name = nameOf(expression);
  const operand = expression[name];
  switch (name) {
    case 'prefix':
      return parsePrefix(operand);
    case 'suffix':
      return parseSuffix(operand);
    case 'equals-ignore-case':
      return parseEqualsIgnoreCase(operand);
    case 'wildcard':
      return parseWildcard(operand);
    case 'anything-but':
      return parseAnythingBut(operand);
    case 'numeric':
      return parseNumeric(operand);
    case 'cidr':
      return parseCidr(operand);
    case 'exists':
      return parsePresence(operand);
    default:
      throw new InvalidPatternError(`Unrecognized match type ${name}`);
  }
}

function parsePresence(operand: unknown): ValueTest {
  if (operand !== true) throw new InvalidPatternError('exists match pattern must be either true or false.');
  return () => true;
}

function nameOf(expression: Record<string, unknown>): string {
  const [name, ...others] = Object.keys(expression);
  if (name === undefined || others.length > 0)
    throw new InvalidPatternError('A match expression must have exactly one key');
  return name;
}
