import type { ResourceState } from '../../../template/deployment.ts';
import type { Stack } from '../../../template/model.ts';

/** The part of a stack that is of these resources. */
export function onlyOf(stack: Stack, logicalIds: ReadonlySet<string>): Stack {
  const isOf = ({ logicalId }: { logicalId: string }) => logicalIds.has(logicalId);
  const isRoleOf = ({ name }: { name: string }) =>
    stack.resources.some((resource) => isOf(resource) && resource.physicalId === name);
  return {
    ...stack,
    roles: stack.roles.filter(isRoleOf),
    logGroups: stack.logGroups.filter(isOf),
    buckets: stack.buckets.filter(isOf),
    topics: stack.topics.filter(isOf),
    attachments: stack.attachments.filter(isOf),
    alarms: stack.alarms.filter(isOf),
    dashboards: stack.dashboards.filter(isOf),
    functions: stack.functions.filter(isOf),
    tables: stack.tables.filter(isOf),
    queues: stack.queues.filter(isOf),
    buses: stack.buses.filter(isOf),
    rules: stack.rules.filter(isOf),
    resources: stack.resources.filter(isOf),
  };
}

/** What runs when an update has stopped half way: these resources as they shall be, the others as they were. */
export function mixOf(before: Stack, after: Stack, changed: ReadonlySet<string>): Stack {
  const others = new Set(before.resources.map(({ logicalId }) => logicalId).filter((id) => !changed.has(id)));
  const [kept, made] = [onlyOf(before, others), onlyOf(after, changed)];
  return {
    ...before,
    roles: [...kept.roles, ...made.roles],
    logGroups: [...kept.logGroups, ...made.logGroups],
    buckets: [...kept.buckets, ...made.buckets],
    topics: [...kept.topics, ...made.topics],
    attachments: [...kept.attachments, ...made.attachments],
    alarms: [...kept.alarms, ...made.alarms],
    dashboards: [...kept.dashboards, ...made.dashboards],
    functions: [...kept.functions, ...made.functions],
    tables: [...kept.tables, ...made.tables],
    queues: [...kept.queues, ...made.queues],
    buses: [...kept.buses, ...made.buses],
    rules: [...kept.rules, ...made.rules],
    resources: [...kept.resources, ...made.resources],
  };
}

export function statesOf(
  states: readonly ResourceState[],
  logicalIds: ReadonlySet<string>,
): readonly ResourceState[] {
  return states.filter(({ logicalId }) => logicalIds.has(logicalId));
}
