import { archivesOf } from '../services/eventbridge/archives/archive-model.ts';
import { apiDestinationsOf } from '../services/eventbridge/http/api-destinations.ts';
import { subscriptionsOf } from '../services/logs/subscriptions/subscription-filter.ts';
import { pipesOf } from '../services/pipes/pipe.ts';
import { machinesOf } from '../services/stepfunctions/held-kinds.ts';
import type { RoleModel, Stack } from '../template/model.ts';
import type { ArnOwners } from './arn-owners.ts';
import type { Edge } from './edge.ts';

/** The ways through pipes, out of log groups, into archives, and out by API destinations. */
export function otherEdges(stack: Stack, { ownerOf }: ArnOwners): Edge[] {
  return [
    ...pipesOf(stack).flatMap(({ logicalId, sourceArn, enrichmentArn, targetArn }): Edge[] => [
      { from: ownerOf(sourceArn), to: logicalId, kind: 'triggers' },
      ...(enrichmentArn === undefined
        ? []
        : [{ from: logicalId, to: ownerOf(enrichmentArn), kind: 'calls' } as const]),
      { from: logicalId, to: ownerOf(targetArn), kind: 'delivers' },
    ]),
    ...subscriptionsOf(stack).flatMap(({ logicalId, logGroupName, destinationArn, pattern }): Edge[] => [
      { from: groupIdOf(stack, logGroupName), to: logicalId, kind: 'matches' },
      { from: logicalId, to: ownerOf(destinationArn), kind: 'delivers', label: pattern },
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

/** A function's group is the function's, unless the template has it. */
function groupIdOf({ logGroups, functions }: Stack, name: string): string {
  const owner =
    logGroups.find((group) => group.name === name) ??
    functions.find(({ logging }) => logging.logGroup === name);
  return owner?.logicalId ?? name;
}

/** The roles that resources of a stack act by, with the logical ids of those resources. */
export function actingRoles(stack: Stack): { logicalId: string; role: Pick<RoleModel, 'statements'> }[] {
  const others = [...machinesOf(stack), ...pipesOf(stack)].flatMap(({ logicalId, roleArn }) => {
    const role = stack.roles.find(({ arn }) => arn === roleArn);
    return role ? [{ logicalId, role }] : [];
  });
  return [...stack.functions, ...others];
}
