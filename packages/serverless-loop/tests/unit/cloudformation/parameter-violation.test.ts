import { expect, test } from 'vitest';
import { patternMatcher } from '../../../src/aws/allowed-pattern.ts';
import { violationOf } from '../../../src/services/cloudformation/deploy/parameter-violation.ts';
import { summarizeTemplate } from '../../../src/template/summary.ts';

function violation(declaration: string, value: string): string | undefined {
  const source = `Parameters: {P: {${declaration}}}\nResources: {Q: {Type: AWS::SQS::Queue}}`;
  const [parameter] = summarizeTemplate(source).parameters;
  return parameter ? violationOf(parameter, value, patternMatcher(20)) : expect.fail('no parameter');
}

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
test.each([
  ['Type: String, AllowedValues: [dev, prod]', 'test', "Parameter 'P' must be one of AllowedValues"],
  ['Type: String, AllowedPattern: "[a-z]+"', 'a1', "Parameter 'P' must match pattern [a-z]+"],
  ['Type: String, MinLength: 3', 'ab', "Parameter 'P' must contain at least 3 characters"],
  ['Type: String, MaxLength: 3', 'abcd', "Parameter 'P' must contain at most 3 characters"],
  ['Type: Number', 'many', "Parameter 'P' must be a number."],
  ['Type: Number', '', "Parameter 'P' must be a number."],
  ['Type: Number, MinValue: 3', '2', "Parameter 'P' must be a number not less than 3"],
  ['Type: Number, MaxValue: 3', '4', "Parameter 'P' must be a number not greater than 3"],
  ['Type: List<Number>, MaxValue: 3', '1, 4', "Parameter 'P' must be a number not greater than 3"],
  ['Type: CommaDelimitedList, AllowedValues: [a, b]', 'a,c', "Parameter 'P' must be one of AllowedValues"],
  [
    'Type: String, MinLength: 3, ConstraintDescription: three letters',
    'ab',
    "Parameter 'P' failed to satisfy constraint: three letters",
  ],
])('{%s} refuses %j in the words of CloudFormation', (declaration, value, words) => {
  expect(violation(declaration, value)).toBe(words);
});

test.each([
  ['Type: String', ''],
  ['Type: String, AllowedValues: [dev, prod]', 'prod'],
  ['Type: Number, MinValue: 0, MaxValue: 10', '10'],
  ['Type: List<Number>', '1,2'],
  ['Type: List<Number>', ''],
])('{%s} takes %j', (declaration, value) => {
  expect(violation(declaration, value)).toBeUndefined();
});

test.each(['(a+)+', '(a|aa)+'])('an AllowedPattern that would try for ever is given up: %s', (pattern) => {
  expect(violation(`Type: String, AllowedPattern: "${pattern}"`, `${'a'.repeat(60)}!`)).toBe(
    `Parameter 'P' must match pattern ${pattern}, which takes longer than the loop gives the patterns of a template`,
  );
});

test('the patterns of a template share their time: a list of values that each take for ever ends as one does', () => {
  const matchesWhole = patternMatcher(20);
  const outcomes = Array.from({ length: 200 }, () => matchesWhole('(a+)+', `${'a'.repeat(60)}!`));
  expect(new Set(outcomes)).toEqual(new Set(['too slow']));
  expect(matchesWhole('[a-z]+', 'quick')).toBe('yes');
}, 20_000);
