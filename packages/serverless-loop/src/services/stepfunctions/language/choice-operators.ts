import * as check from './value-checks.ts';

/** The operators of choice rules, each with a check of its operand (states language, "Data-test expression"). */
export const OPERATORS: ReadonlyMap<string, check.ValueCheck> = new Map([
  ...comparing('String', check.text, [
    'Equals',
    'LessThan',
    'GreaterThan',
    'LessThanEquals',
    'GreaterThanEquals',
  ]),
  ...comparing('Numeric', check.number(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY), [
    'Equals',
    'LessThan',
    'GreaterThan',
    'LessThanEquals',
    'GreaterThanEquals',
  ]),
  ...comparing('Timestamp', check.timestamp, [
    'Equals',
    'LessThan',
    'GreaterThan',
    'LessThanEquals',
    'GreaterThanEquals',
  ]),
  ...comparing('Boolean', check.flag, ['Equals']),
  ['StringMatches', check.text],
  ...['IsNull', 'IsPresent', 'IsNumeric', 'IsString', 'IsBoolean', 'IsTimestamp'].map(
    (name): [string, check.ValueCheck] => [name, check.flag],
  ),
]);

function comparing(
  type: string,
  value: check.ValueCheck,
  relations: readonly string[],
): [string, check.ValueCheck][] {
  return relations.flatMap((relation): [string, check.ValueCheck][] => [
    [`${type}${relation}`, value],
    [`${type}${relation}Path`, check.path],
  ]);
}
