import { type HeldKind, heldAttachment, heldKind, type Part } from '../../template/held-kind.ts';
import type { RoleModel, Stack } from '../../template/model.ts';
import { changeRole, withoutPolicy, withPolicy } from './attached-policies.ts';
import type { Iam } from './authorize.ts';
import { noSuchRole } from './iam-errors.ts';

/** Roles of stacks, and policies that stacks attach to the roles of others. */
export function iamHeldKinds({ roles }: Pick<Iam, 'roles'>): HeldKind[] {
  return [
    heldKind({
      partsOf: partsOfRoles,
      // One that a function only names, and nobody has made, is in nobody's way.
      has: ({ name }) => roles.find(name)?.role.declared !== undefined,
      add: roles.put,
      change: (role, before) => changeRole(role, before, roles),
      remove: roles.remove,
      runs: (arn) => (roles.byArn(arn)?.declared ? 'role' : undefined),
    }),
    heldAttachment(
      'rolePolicy',
      (policy) => {
        for (const name of policy.roleNames) {
          const role = roles.find(name)?.role;
          if (!role?.declared) throw noSuchRole(name);
          roles.put(withPolicy(role, policy));
        }
      },
      (policy) => {
        for (const name of policy.roleNames) {
          const role = roles.find(name)?.role;
          if (role) roles.put(withoutPolicy(role, policy));
        }
      },
    ),
  ];
}

function partsOfRoles({ roles, resources }: Stack): Part<RoleModel>[] {
  return roles.flatMap((model) => {
    const resource = resources.find(
      ({ type, physicalId }) => type === 'AWS::IAM::Role' && physicalId === model.name,
    );
    return resource ? [{ logicalId: resource.logicalId, name: model.name, model }] : [];
  });
}
