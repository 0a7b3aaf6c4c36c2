import { patternMatcher } from '../../aws/allowed-pattern.ts';
import type { Place } from '../../aws/arn.ts';
import { AwsError } from '../../aws/errors.ts';
import { type ParameterVersion, parameterArn } from './parameter.ts';

/** Characters of the value by tier (Systems Manager guide, "Managing parameter tiers"). */
const MAX_CHARACTERS = { Standard: 4096, Advanced: 8192, 'Intelligent-Tiering': 8192 } as const;
/** Of the whole ARN. */
const MAX_ARN_LENGTH = 1011;
const DEEPEST = 15;
const NAME = /^[\w.-]+$/;

/**
 * Throws AwsError for a name that a new parameter may not have (Systems Manager API, "PutParameter", Name, and guide,
 * "Requirements and constraints for parameter names").
 */
export function checkName(name: string, place: Place): void {
  const levels = name.replace(/^\//, '').split('/');
  if (name.includes('/') && !name.startsWith('/'))
    throw invalid('Parameter name must be a fully qualified name.');
  if (/^\/?(?:aws|ssm)/i.test(name)) {
    if (/^\/aws\//i.test(name))
      throw new AwsError('AccessDeniedException', `No access to reserved parameter name: ${name}.`);
    throw invalid(`Parameter name: can't be prefixed with "aws" or "ssm" (case-insensitive).`);
  }
  if (!levels.every((level) => NAME.test(level)))
    throw invalid(
      'Parameter name: can only be a mix of letters, numbers and the following 3 symbols .-_ and each sub-path must have at least one of them.',
    );
  if (levels.length > DEEPEST)
    throw new AwsError(
      'HierarchyLevelLimitExceededException',
      `Hierarchy level limit exceeded. A parameter name can have ${DEEPEST} levels at most.`,
    );
  if (parameterArn(place, name).length > MAX_ARN_LENGTH)
    throw invalid(`Parameter name: the ARN can have ${MAX_ARN_LENGTH} characters at most.`);
}

/** Throws AwsError for a version that its parameter may not get. */
export function checkSettings(version: ParameterVersion, before: ParameterVersion | undefined): void {
  const { type, value, tier, allowedPattern, dataType } = version;
  if (before && (type === 'SecureString') !== (before.type === 'SecureString'))
    throw new AwsError(
      'HierarchyTypeMismatchException',
      'Parameter type cannot be changed. Delete the parameter and create it anew with the other type.',
    );
  if (before?.tier === 'Advanced' && tier === 'Standard')
    throw invalid(
      "This parameter uses the advanced-parameter tier. You can't downgrade a parameter from the advanced-parameter tier to the standard-parameter tier. If necessary, you can delete the advanced parameter and recreate it as a standard parameter.",
    );
  if (value.length > MAX_CHARACTERS[tier])
    throw invalid(
      tier === 'Standard'
        ? 'Standard tier parameters support a maximum parameter value of 4096 characters. To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier. For more information, see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html'
        : `${tier} tier parameters support a maximum parameter value of ${MAX_CHARACTERS[tier]} characters.`,
    );
  if (dataType !== 'text' && dataType !== 'aws:ec2:image' && dataType !== 'aws:ssm:integration')
    throw invalid(
      `The following data type is not supported: ${dataType} (Data type names are all lowercase.)`,
    );
  if (allowedPattern !== undefined) checkPattern(value, allowedPattern);
}

function checkPattern(value: string, pattern: string): void {
  const outcome = patternMatcher()(pattern, value);
  if (outcome === 'yes') return;
  if (outcome === 'no')
    throw new AwsError(
      'ParameterPatternMismatchException',
      `Parameter value, cannot be validated against allowedPattern: ${pattern}`,
    );
  const why = outcome === 'no pattern' ? 'is not a regular expression' : 'takes too long to match';
  throw new AwsError('InvalidAllowedPatternException', `The pattern ${pattern} ${why}.`);
}

/** Systems Manager API, "LabelParameterVersion": labels that break the rules are told, and the others are given. */
export function checkLabels(labels: readonly string[]): { valid: string[]; invalid: string[] } {
  const isValid = (label: string) => /^[A-Za-z_.-][\w.-]{0,99}$/.test(label) && !/^(?:aws|ssm)/i.test(label);
  return { valid: labels.filter(isValid), invalid: labels.filter((label) => !isValid(label)) };
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message);
}
