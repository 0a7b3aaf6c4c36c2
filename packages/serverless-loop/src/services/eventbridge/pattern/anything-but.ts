import { isObject } from '../../../aws/json-object.ts';
import { isScalar, isText, type Scalar } from '../json.ts';
import { comparable, isNumber } from './comparable.ts';
import { InvalidPatternError } from './invalid-pattern-error.ts';
import { parseEqualsIgnoreCase, parsePrefix, parseSuffix } from './text-operators.ts';
import type { ValueTest } from './value-test.ts';
import { parseWildcard } from './wildcard.ts';

/**
 * `{ "anything-but": … }` of a string, a number, a list of either, or a prefix, suffix, wildcard or equals-ignore-case of
 * one string or a list. Fits every leaf that is there and is none of them, null too (LocalStack's record,
 * test_events_patterns.snapshot.json, content_anything_but_string_null).
 */
export function parseAnythingBut(operand: unknown): ValueTest {
  if (isObject(operand)) return parseNegated(operand);
  if (Array.isArray(operand)) return noneOf(listedValues(operand));
  const value = textOrNumber(operand);
  if (value === undefined) throw badOperand();
  return noneOf([value]);
}

function textOrNumber(operand: unknown): string | number | undefined {
  if (isText(operand)) return operand;
  return isNumber(operand) ? comparable(operand) : undefined;
}

function listedValues(list: unknown[]): (string | number)[] {
  const values = list.map(textOrNumber).filter((value) => value !== undefined);
  if (values.length < list.length)
    throw new InvalidPatternError('Inside anything but list, start|null|boolean is not supported.');
  if (new Set(values.map((value) => typeof value)).size !== 1)
    throw new InvalidPatternError(
      'Inside anything but list, either all values are number or string, mixed type is not supported',
    );
  return values;
}

function noneOf(values: (string | number)[]): ValueTest {
  const refused = new Set<Scalar>(values);
  return (value) => !refused.has(value);
}

function parseNegated(operand: Record<string, unknown>): ValueTest {
  const [operator, ...others] = Object.keys(operand);
  if (operator === undefined || others.length > 0)
    throw new InvalidPatternError('Inside anything-but exactly one operator is allowed');
  const parse = parserOf(operator);
  const tests = operandsOf(operand[operator]).map(parse);
  return (value) => !tests.some((test) => test(value));
}

function parserOf(operator: string): (operand: Scalar) => ValueTest {
  switch (operator) {
    case 'prefix':
      return (operand) => parsePrefix(affix(operand));
    case 'suffix':
      return (operand) => parseSuffix(affix(operand));
    case 'wildcard':
      return parseWildcard;
    case 'equals-ignore-case':
      return parseIgnoredCase;
    default:
      throw new InvalidPatternError(`Unsupported anything-but pattern: ${operator}`);
  }
}

function operandsOf(operand: unknown): Scalar[] {
  if (isText(operand) || isNumber(operand)) return [operand];
  if (!Array.isArray(operand)) throw badOperand();
  if (operand.length === 0) throw new InvalidPatternError('Empty arrays are not allowed');
  // The operator's own parser refuses what is no string, in its own words.
  return operand.map((value) => (isScalar(value) ? value : null));
}

function affix(operand: Scalar): string {
  if (!isText(operand)) throw new InvalidPatternError('prefix/suffix match pattern must be a string');
  if (operand === '') throw new InvalidPatternError('Null prefix/suffix not allowed');
  return operand;
}

function parseIgnoredCase(operand: Scalar): ValueTest {
  if (!isText(operand))
    throw new InvalidPatternError(
      'Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.',
    );
  return parseEqualsIgnoreCase(operand);
}

function badOperand(): InvalidPatternError {
  return new InvalidPatternError('Value of anything-but must be an array or single string/number value.');
}
