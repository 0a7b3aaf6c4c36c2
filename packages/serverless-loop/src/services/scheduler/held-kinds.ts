import { type HeldKind, heldKind, named } from '../../template/held-kind.ts';
import { ownModels } from '../../template/stack-models.ts';
import type { GroupModel, ScheduleModel } from './schedule.ts';
import type { Scheduler } from './scheduler.ts';

export const schedulesOf = ownModels<ScheduleModel>('AWS::Scheduler::Schedule');
export const groupsOf = ownModels<GroupModel>('AWS::Scheduler::ScheduleGroup');

/** Schedule groups and schedules of stacks. */
export function schedulerHeldKinds({
  groups,
  schedules,
}: Pick<Scheduler, 'groups' | 'schedules'>): HeldKind[] {
  return [
    heldKind({
      partsOf: (stack) => named(groupsOf(stack)),
      has: ({ name }) => groups.has(name),
      add: groups.add,
      change: groups.change,
      remove: ({ name }) => groups.remove(name),
    }),
    heldKind({
      partsOf: (stack) => named(schedulesOf(stack), ({ arn }) => arn),
      has: ({ arn }) => schedules.has(arn),
      add: schedules.put,
      change: schedules.put,
      remove: schedules.remove,
    }),
  ];
}
