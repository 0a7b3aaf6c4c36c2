import { pipesOf } from '../services/pipes/pipe.ts';
import { machinesOf } from '../services/stepfunctions/held-kinds.ts';
import type { RoleModel, Stack } from '../template/model.ts';
import type { ArnOwners } from './arn-owners.ts';
import type { Edge } from './edge.ts';

/** A right to all that there is, as X-Ray's, says nothing of any resource. */
export function permissionEdges(stack: Stack, { matching }: ArnOwners): Edge[] {
  return actingRoles(stack).flatMap(({ logicalId, role }) =>
    role.statements
      .filter(({ effect }) => effect === 'Allow')
      .flatMap(({ actions = [], resources = [] }) =>
        resources
          .filter((pattern) => pattern !== '*')
          .flatMap(matching)
          .filter((to) => to !== logicalId)
          .map((to) => ({ from: logicalId, to, kind: 'permits', label: actions.join(', ') }) as const),
      ),
  );
}

/** The roles that resources of a stack act by, with the logical ids of those resources. */
function actingRoles(stack: Stack): { logicalId: string; role: Pick<RoleModel, 'statements'> }[] {
  const others = [...machinesOf(stack), ...pipesOf(stack)].flatMap(({ logicalId, roleArn }) => {
    const role = stack.roles.find(({ arn }) => arn === roleArn);
    return role ? [{ logicalId, role }] : [];
  });
  return [...stack.functions, ...others];
}
