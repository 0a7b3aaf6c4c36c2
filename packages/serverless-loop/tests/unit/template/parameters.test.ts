import { describe, expect, test } from 'vitest';
import { sampleOf } from '../../matrix.ts';
import { outputOf, problemsOf, withOutput } from './load.ts';

/** The declaration stands on line 6, under `Parameters`, after an output that refers to it. */
const declaring = (declaration: string) => withOutput('!Ref Size', `Parameters:\n  Size: ${declaration}`);
const valueWith = (declaration: string, size?: string) =>
  outputOf('!Ref Size', `Parameters: {Size: ${declaration}}`, {
    ...(size !== undefined && { parameterOverrides: { Size: size } }),
  });

describe('parameters', () => {
  test('an override wins over the default', () => {
    expect(valueWith('{Type: String, Default: small}')).toBe('small');
    expect(valueWith('{Type: String, Default: small}', 'large')).toBe('large');
    expect(valueWith('{Type: String, Default: small}', '')).toBe('');
  });

  test('a number keeps its text', () => {
    expect(valueWith('{Type: Number, Default: 1.50}')).toBe('1.50');
  });

  test('lists are split and trimmed', () => {
    const lists =
      'Parameters: {Names: {Type: CommaDelimitedList, Default: "a, b"}, Counts: {Type: List<Number>, Default: "1,2"}}';
    expect(outputOf('!Join ["|", !Ref Names]', lists)).toBe('a|b');
    expect(outputOf('!Select [1, !Ref Counts]', lists)).toBe('2');
  });

  test("AWS's own types are taken as text", () => {
    expect(valueWith('{Type: "AWS::EC2::VPC::Id", Default: vpc-1}')).toBe('vpc-1');
  });

  test('a Parameter Store parameter takes its value from an override', () => {
    expect(valueWith('{Type: "AWS::SSM::Parameter::Value<String>", Default: /size}', 'large')).toBe('large');
  });

  test.each([
    [
      'AllowedValues',
      '{Type: String, AllowedValues: [small, large]}',
      'huge',
      'value, expected one of small, large, found "huge"',
    ],
    [
      'AllowedValues of each item of a list',
      '{Type: CommaDelimitedList, AllowedValues: [a, b]}',
      'a,c',
      'value, expected one of a, b, found "c"',
    ],
    [
      'AllowedPattern, which must match all of the value',
      '{Type: String, AllowedPattern: "[a-z]+"}',
      'abc1',
      'value, expected text matching [a-z]+, found "abc1"',
    ],
    ...sampleOf(['(a+)+', '(a|aa)+', `${'a?'.repeat(40)}${'a'.repeat(40)}b`], 1).map(
      (pattern): [string, string, string, string] => [
        `an AllowedPattern that would try for ever, ${pattern}`,
        `{Type: String, AllowedPattern: "${pattern}"}`,
        `${'a'.repeat(60)}!`,
        `value, expected an AllowedPattern that is matched within a second, with all others of the template (it may try too many ways: ${pattern}), found "${'a'.repeat(60)}!"`,
      ],
    ),
    ['MinLength', '{Type: String, MinLength: 3}', 'ab', 'value, expected at least 3 characters, found "ab"'],
    ['MaxLength', '{Type: String, MaxLength: 1}', 'ab', 'value, expected at most 1 characters, found "ab"'],
    ['MinValue', '{Type: Number, MinValue: 1}', '0', 'value, expected at least 1, found "0"'],
    ['MaxValue', '{Type: Number, MaxValue: 9}', '10', 'value, expected at most 9, found "10"'],
    ['a number that is none', '{Type: Number}', 'ten', 'value, expected a number, found "ten"'],
    ['List<Number>', '{Type: List<Number>}', '1,x', 'value, expected a number, found "x"'],
    [
      'ConstraintDescription',
      '{Type: Number, MaxValue: 9, ConstraintDescription: one digit}',
      '10',
      'value, expected at most 9, found "10" (one digit)',
    ],
    [
      'a hidden value, which is not shown',
      '{Type: String, NoEcho: true, MinLength: 9}',
      'secret',
      'value, expected at least 9 characters, found another value',
    ],
    [
      'an unknown type',
      '{Type: Strings, Default: a}',
      undefined,
      'Type, expected String, Number, CommaDelimitedList, List<Number> or an AWS type, found Strings',
    ],
  ])('%s is refused with the line of the parameter', (_name, declaration, size, message) => {
    const options = size === undefined ? {} : { parameterOverrides: { Size: size } };
    expect(problemsOf(declaring(declaration), options)).toEqual([`template.yaml:6: Size: ${message}`]);
  });

  test('a default that is not allowed is refused', () => {
    expect(problemsOf(declaring('{Type: Number, Default: 5, MaxValue: 4}'))).toEqual([
      'template.yaml:6: Size: value, expected at most 4, found "5"',
    ]);
  });

  test('an override for no parameter names those there are', () => {
    const options = { parameterOverrides: { Sise: 'a' } };
    expect(problemsOf(declaring('{Type: String, Default: a}'), options)).toEqual([
      'template.yaml: no parameter Sise to override (did you mean Size?); known parameters: Size',
    ]);
  });

  test('an override named like a property of every object is no parameter', () => {
    const options = { parameterOverrides: { constructor: 'a' } };
    expect(problemsOf(declaring('{Type: String, Default: a}'), options)).toHaveLength(1);
  });
});
