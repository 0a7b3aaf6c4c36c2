import type { Resource, Translated } from './translated-template.ts';

type Values = Record<string, string>;

const ABSENT = Symbol('AWS::NoValue');

/** The resources that a translated template has with these parameters, each Fn::If decided. */
export function resourcesWith(template: Translated, parameters: Values): Record<string, Resource> {
  const defaults = Object.entries(template.Parameters).map(([name, { Default }]) => [name, String(Default)]);
  const values: Values = { ...Object.fromEntries(defaults), 'AWS::StackName': 'a-stack', ...parameters };
  const holds = (condition: string): boolean => decide(template.Conditions[condition], values, holds);
  const there = Object.entries(template.Resources).filter(
    ([, { Condition }]) => Condition === undefined || holds(Condition),
  );
  const decided: Record<string, Resource> = Object.fromEntries(
    there.map(([id, resource]) => [id, Object(withoutIfs(resource, holds))]),
  );
  return decided;
}

function withoutIfs(value: unknown, holds: (condition: string) => boolean): unknown {
  if (Array.isArray(value))
    return value.map((item) => withoutIfs(item, holds)).filter((item) => item !== ABSENT);
  if (typeof value !== 'object' || value === null) return value;
  const { Ref, 'Fn::If': choice } = Object(value);
  if (Ref === 'AWS::NoValue') return ABSENT;
  if (choice !== undefined) return withoutIfs(holds(choice[0]) ? choice[1] : choice[2], holds);
  const members = Object.entries(value).map(([key, inner]) => [key, withoutIfs(inner, holds)]);
  return Object.fromEntries(members.filter(([, inner]) => inner !== ABSENT));
}

/** Throws on a condition of another kind than template.yaml has. */
function decide(condition: unknown, values: Values, holds: (condition: string) => boolean): boolean {
  const { Condition, 'Fn::Equals': equals, 'Fn::Not': not, 'Fn::And': and } = Object(condition);
  if (Condition !== undefined) return holds(Condition);
  if (equals !== undefined) return operandOf(equals[0], values) === operandOf(equals[1], values);
  if (not !== undefined) return !decide(not[0], values, holds);
  if (and !== undefined) return Object.values<unknown>(and).every((part) => decide(part, values, holds));
  throw new Error(`unknown condition ${JSON.stringify(condition)}`);
}

function operandOf(operand: unknown, values: Values): string {
  const { Ref } = Object(operand);
  if (Ref === undefined) return String(operand);
  const value = values[Ref];
  if (value === undefined) throw new Error(`unknown parameter ${Ref}`);
  return value;
}
