import { isDeepStrictEqual } from 'node:util';
import type { Statement } from '../../aws/statement.ts';
import type { RoleDeclaration, RoleModel } from '../../template/model.ts';

/** The statements of a managed policy, by its ARN or name; of one that isn't known here none. */
export type StatementsOf = (policy: string) => readonly Statement[];

/**
 * The role with other policies, and with what they allow together. What it is granted beside the policies that are known, by
 * policies of a stack, stays.
 */
export function withDeclaration(
  role: RoleModel,
  declared: RoleDeclaration,
  statementsOf: StatementsOf,
  statementsBefore: StatementsOf = statementsOf,
): RoleModel {
  const before = role.declared ? grantedBy(role.declared, statementsBefore) : [];
  const statements = [...without(role.statements, before), ...grantedBy(declared, statementsOf)];
  return { ...role, declared, statements };
}

function grantedBy({ inline, managed }: RoleDeclaration, statementsOf: StatementsOf): Statement[] {
  return [
    ...inline.flatMap(({ statements }) => statements),
    ...managed.flatMap((policy) => statementsOf(policy)),
  ];
}

/** Each of `own` takes away one that is like it. */
function without(all: readonly Statement[], own: readonly Statement[]): Statement[] {
  const left = [...all];
  for (const statement of own) {
    const at = left.findIndex((other) => isDeepStrictEqual(other, statement));
    if (at >= 0) left.splice(at, 1);
  }
  return left;
}
