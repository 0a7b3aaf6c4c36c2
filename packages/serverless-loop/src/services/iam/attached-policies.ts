import { isDeepStrictEqual } from 'node:util';
import type { Attachment, RoleModel } from '../../template/model.ts';
import type { Iam } from './authorize.ts';

type RolePolicy = Extract<Attachment, { kind: 'rolePolicy' }>;

/** Gives a role what its stack says now, and leaves it the policies that other stacks have attached. */
export function changeRole(role: RoleModel, before: RoleModel, roles: Iam['roles']): void {
  const current = roles.byArn(role.arn) ?? role;
  roles.put({
    ...role,
    statements: [...role.statements, ...foreign(current.statements, before.statements)],
    ...(role.declared && {
      declared: {
        ...role.declared,
        inline: [...role.declared.inline, ...foreign(current.declared?.inline, before.declared?.inline)],
        managed: [...role.declared.managed, ...foreign(current.declared?.managed, before.declared?.managed)],
      },
    }),
  });
}

export function withPolicy(role: RoleModel, policy: RolePolicy): RoleModel {
  const { declared } = role;
  const { managedArn, policyName, statements } = policy;
  return {
    ...role,
    statements: [...role.statements, ...statements],
    ...(declared && {
      declared: {
        ...declared,
        ...(managedArn === undefined
          ? { inline: [...declared.inline, { name: policyName, statements }] }
          : { managed: [...declared.managed, managedArn] }),
      },
    }),
  };
}

export function withoutPolicy(role: RoleModel, policy: RolePolicy): RoleModel {
  const { declared } = role;
  const { managedArn, policyName, statements } = policy;
  return {
    ...role,
    statements: foreign(role.statements, statements),
    ...(declared && {
      declared: {
        ...declared,
        inline: foreign(declared.inline, managedArn === undefined ? [{ name: policyName, statements }] : []),
        managed: declared.managed.filter((arn) => arn !== managedArn),
      },
    }),
  };
}

/** Leaves out one's own. */
function foreign<Item>(all: readonly Item[] = [], own: readonly Item[] = []): Item[] {
  return all.filter((item) => !own.some((other) => isDeepStrictEqual(other, item)));
}
