import type { ResourceState } from '../../../template/deployment.ts';
import type { ResourceReport } from '../../../template/model.ts';

/**
 * The logical ids of what the loop can't make and a stack can do without: it serves only what is without effect here, as a
 * topic does that nobody but alarms send to. What stands alone is what somebody wants from the stack, and is needed.
 */
export function dispensable(
  resources: readonly ResourceState[],
  reports: readonly ResourceReport[],
): ReadonlySet<string> {
  const statuses = new Map(reports.map(({ logicalId, status }) => [logicalId, status]));
  const neighbours = neighboursOf(resources);
  const found = new Set<string>();
  for (const { logicalId } of resources) {
    if (statuses.get(logicalId) !== 'not emulated' || found.has(logicalId)) continue;
    const group = groupAround(logicalId, neighbours, (other) => statuses.get(other) === 'not emulated');
    const around = [...group].flatMap((member) => [...(neighbours.get(member) ?? [])]);
    const outside = around.filter((other) => !group.has(other)).map((other) => statuses.get(other));
    if (outside.length > 0 && outside.every((status) => status === 'accepted'))
      for (const member of group) found.add(member);
  }
  return found;
}

/** The resources that each refers to, and those that refer to it. */
function neighboursOf(resources: readonly ResourceState[]): Map<string, Set<string>> {
  const neighbours = new Map(resources.map(({ logicalId }) => [logicalId, new Set<string>()]));
  for (const { logicalId, dependsOn } of resources)
    for (const other of dependsOn) {
      neighbours.get(logicalId)?.add(other);
      neighbours.get(other)?.add(logicalId);
    }
  return neighbours;
}

function groupAround(
  start: string,
  neighbours: ReadonlyMap<string, ReadonlySet<string>>,
  isOfIt: (logicalId: string) => boolean,
): Set<string> {
  const group = new Set([start]);
  for (const member of group)
    for (const other of neighbours.get(member) ?? []) if (isOfIt(other)) group.add(other);
  return group;
}
