import { patternMatcher } from '../../../aws/allowed-pattern.ts';
import type { Read } from '../../../aws/members.ts';
import type { TemplateSummary } from '../../../template/model.ts';
import { validationError } from '../errors.ts';
import type { WISH } from '../shapes.ts';
import type { StackRecord } from '../stack-record.ts';
import { violationOf } from './parameter-violation.ts';

/**
 * The values that a call gives to a template's parameters: those that it brings, and those of the stack where it says
 * `UsePreviousValue`. Defaults are the template's own. Throws CloudFormation's errors.
 */
export function parameterValues(
  given: NonNullable<Read<typeof WISH>['Parameters']>,
  { parameters: declared }: TemplateSummary,
  record: StackRecord | undefined,
): Record<string, string> {
  const known = new Set(declared.map(({ key }) => key));
  const previous = new Map(record?.parameters.map(({ key, value }) => [key, value]));
  const values = new Map<string, string>();
  for (const { ParameterKey: key = '', ParameterValue: value = '', UsePreviousValue } of given) {
    if (values.has(key)) throw validationError(`Duplicate parameter key: ${key}`);
    if (UsePreviousValue && value !== '')
      throw validationError(
        `Invalid input for parameter key ${key}. Cannot specify usePreviousValue as true and non empty value for a parameter`,
      );
    values.set(key, UsePreviousValue ? previousValue(key, previous) : value);
  }
  const unknown = [...values.keys()].filter((key) => !known.has(key));
  if (unknown.length > 0)
    throw validationError(`Parameters: [${unknown.join(', ')}] do not exist in the template`);
  const missing = declared
    .filter(({ key, defaultValue }) => defaultValue === undefined && !values.has(key))
    .map(({ key }) => key);
  if (missing.length > 0) throw validationError(`Parameters: [${missing.join(', ')}] must have values`);
  const matchesWhole = patternMatcher();
  for (const parameter of declared) {
    const value = values.get(parameter.key) ?? parameter.defaultValue ?? '';
    const problem = violationOf(parameter, value, matchesWhole);
    if (problem !== undefined) throw validationError(problem);
  }
  return Object.fromEntries(values);
}

function previousValue(key: string, previous: ReadonlyMap<string, string>): string {
  const value = previous.get(key);
  if (value !== undefined) return value;
  throw validationError(
    `Invalid input for parameter key ${key}. Cannot specify usePreviousValue as true for a parameter key not in the previous template`,
  );
}
