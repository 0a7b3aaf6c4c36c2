import { archivesOf } from '../services/eventbridge/archives/archive-model.ts';
import { apiDestinationsOf } from '../services/eventbridge/http/api-destinations.ts';
import { pipesOf } from '../services/pipes/pipe.ts';
import { machinesOf } from '../services/stepfunctions/held-kinds.ts';
import type { RoleModel, Stack } from '../template/model.ts';
import type { ArnOwners } from './arn-owners.ts';
import type { Edge } from './edge.ts';

/** The ways through pipes, into archives, and out by API destinations. */
export function otherEdges(stack: Stack, { ownerOf }: ArnOwners): Edge[] {
  return [
    ...pipesOf(stack).flatMap(({ logicalId, sourceArn, enrichmentArn, targetArn }): Edge[] => [
      { from: ownerOf(sourceArn), to: logicalId, kind: 'triggers' },
      ...(enrichmentArn === undefined
        ? []
        : [{ from: logicalId, to: ownerOf(enrichmentArn), kind: 'calls' } as const]),
      { from: logicalId, to: ownerOf(targetArn), kind: 'delivers' },
    ]),
    ...archivesOf(stack).map(
      ({ logicalId, busArn }): Edge => ({ from: ownerOf(busArn), to: logicalId, kind: 'keeps' }),
    ),
    ...apiDestinationsOf(stack).map(
      ({ logicalId, connectionArn, method, endpoint }): Edge => ({
        from: logicalId,
        to: ownerOf(connectionArn),
        kind: 'calls',
        label: `${method} ${endpoint}`,
      }),
    ),
  ];
}

/** The roles that resources of a stack act by, with the logical ids of those resources. */
export function actingRoles(stack: Stack): { logicalId: string; role: Pick<RoleModel, 'statements'> }[] {
  const others = [...machinesOf(stack), ...pipesOf(stack)].flatMap(({ logicalId, roleArn }) => {
    const role = stack.roles.find(({ arn }) => arn === roleArn);
    return role ? [{ logicalId, role }] : [];
  });
  return [...stack.functions, ...others];
}
