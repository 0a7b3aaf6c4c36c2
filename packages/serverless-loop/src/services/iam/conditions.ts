import { BlockList, isIP } from 'node:net';
import type { Statement } from '../../aws/statement.ts';
import type { Context } from './context.ts';
import { matchesArn, matchesPattern, resolveVariables } from './pattern.ts';

type Compare = (expected: string, actual: string, context: Context) => boolean;

interface Operator {
  compare: Compare;
  /** True when none of the values may match, and a missing key satisfies the condition. */
  negated: boolean;
}

export type ConditionOutcome = { met: boolean } | { unknownOperator: string };

const equals: Compare = (expected, actual, context) => resolveVariables(expected, context) === actual;
const equalsIgnoreCase: Compare = (expected, actual, context) =>
  resolveVariables(expected, context)?.toLowerCase() === actual.toLowerCase();
const sameBoolean: Compare = (expected, actual) => expected.toLowerCase() === actual.toLowerCase();

/** A CIDR block, or one address alone (the same page, "IP address condition operators"). */
const inBlock: Compare = (expected, actual) => {
  const [network = '', bits] = expected.split('/');
  const family = familyOf(network);
  const actualFamily = familyOf(actual);
  if (!family || !actualFamily) return false;
  const whole = family === 'ipv4' ? 32 : 128;
  const prefix = bits === undefined ? whole : Number(bits);
  if (!(prefix >= 0 && prefix <= whole)) return false;
  const block = new BlockList();
  block.addSubnet(network, prefix, family);
  return block.check(actual, actualFamily);
};

function familyOf(address: string): 'ipv4' | 'ipv6' | undefined {
  const version = isIP(address);
  return version === 0 ? undefined : version === 4 ? 'ipv4' : 'ipv6';
}

/** IAM guide, "IAM JSON policy elements: Condition operators". ArnEquals and ArnLike behave alike there. */
const OPERATORS = new Map<string, Operator>([
  ['StringEquals', { compare: equals, negated: false }],
  ['StringNotEquals', { compare: equals, negated: true }],
  ['StringEqualsIgnoreCase', { compare: equalsIgnoreCase, negated: false }],
  ['StringNotEqualsIgnoreCase', { compare: equalsIgnoreCase, negated: true }],
  ['StringLike', { compare: matchesPattern, negated: false }],
  ['StringNotLike', { compare: matchesPattern, negated: true }],
  ['ArnEquals', { compare: matchesArn, negated: false }],
  ['ArnLike', { compare: matchesArn, negated: false }],
  ['ArnNotEquals', { compare: matchesArn, negated: true }],
  ['ArnNotLike', { compare: matchesArn, negated: true }],
  ['Bool', { compare: sameBoolean, negated: false }],
  ['IpAddress', { compare: inBlock, negated: false }],
  ['NotIpAddress', { compare: inBlock, negated: true }],
]);

/** Tells whether every condition holds, or names an operator that can't be judged here. */
export function checkConditions(
  conditions: NonNullable<Statement['conditions']>,
  context: Context,
): ConditionOutcome {
  let met = true;
  for (const [operatorName, keys] of Object.entries(conditions)) {
    const check = checkerOf(operatorName, context);
    if (!check) return { unknownOperator: operatorName };
    met &&= Object.entries(keys).every(([key, values]) => check(context.get(key.toLowerCase()), values));
  }
  return { met };
}

function checkerOf(
  operatorName: string,
  context: Context,
): ((actual: string | undefined, values: string[]) => boolean) | undefined {
  if (operatorName === 'Null') return isNull;
  const name = /^(?<quantifier>ForAllValues:|ForAnyValue:)?(?<operator>\w+?)(?<ifExists>IfExists)?$/.exec(
    operatorName,
  );
  const operator = OPERATORS.get(name?.groups?.operator ?? '');
  if (!operator) return undefined;
  const { compare, negated } = operator;
  const quantifier = name?.groups?.quantifier;
  const metWhenMissing =
    name?.groups?.ifExists !== undefined ||
    quantifier === 'ForAllValues:' ||
    (negated && quantifier === undefined);
  return (actual, values) => {
    if (actual === undefined) return metWhenMissing;
    return values.some((value) => compare(value, actual, context)) !== negated;
  };
}

function isNull(actual: string | undefined, values: string[]): boolean {
  return values.some((value) => (value.toLowerCase() === 'true') === (actual === undefined));
}
