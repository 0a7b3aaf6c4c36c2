import type { PatternMatcher } from '../../../aws/allowed-pattern.ts';
import type { ParameterSummary } from '../../../template/model.ts';

/** Words a value that a parameter doesn't take, as CloudFormation does; undefined for one that it takes. */
export function violationOf(
  parameter: ParameterSummary,
  value: string,
  matchesWhole: PatternMatcher,
): string | undefined {
  // A Parameter Store parameter's constraints are about its key's value, which is looked up elsewhere.
  if (parameter.type.startsWith('AWS::SSM::')) return undefined;
  const items = isList(parameter.type) ? listItems(value) : [value];
  const broken = items
    .map((item) => brokenRule(parameter, item, matchesWhole))
    .find((rule) => rule !== undefined);
  if (broken === undefined) return undefined;
  const { ConstraintDescription: described } = parameter.constraints;
  return described === undefined
    ? `Parameter '${parameter.key}' must ${broken}`
    : `Parameter '${parameter.key}' failed to satisfy constraint: ${described}`;
}

function brokenRule(
  { type, allowedValues, constraints }: ParameterSummary,
  value: string,
  matchesWhole: PatternMatcher,
): string | undefined {
  const { AllowedPattern, MinLength, MaxLength, MinValue, MaxValue } = constraints;
  if (/Number/.test(type)) {
    const number = Number(value);
    if (value.trim() === '' || !Number.isFinite(number)) return 'be a number.';
    if (MinValue !== undefined && number < Number(MinValue)) return `be a number not less than ${MinValue}`;
    if (MaxValue !== undefined && number > Number(MaxValue))
      return `be a number not greater than ${MaxValue}`;
  }
  if (allowedValues.length > 0 && !allowedValues.includes(value)) return 'be one of AllowedValues';
  if (MinLength !== undefined && value.length < Number(MinLength))
    return `contain at least ${MinLength} characters`;
  if (MaxLength !== undefined && value.length > Number(MaxLength))
    return `contain at most ${MaxLength} characters`;
  if (AllowedPattern === undefined) return undefined;
  switch (matchesWhole(AllowedPattern, value)) {
    case 'no':
      return `match pattern ${AllowedPattern}`;
    case 'too slow':
      return `match pattern ${AllowedPattern}, which takes longer than the loop gives the patterns of a template`;
    default:
      // A pattern that is none is told when the template is read.
      return undefined;
  }
}

function isList(type: string): boolean {
  return type === 'CommaDelimitedList' || type.startsWith('List<');
}

function listItems(value: string): string[] {
  return value === '' ? [] : value.split(',').map((item) => item.trim());
}
