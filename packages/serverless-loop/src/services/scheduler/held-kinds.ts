import { type HeldKind, heldKind } from '../../template/held-kind.ts';
import type { OtherModel, Stack } from '../../template/model.ts';
import type { GroupModel, ScheduleModel } from './schedule.ts';
import type { Scheduler } from './scheduler.ts';

const SCHEDULE_TYPE = 'AWS::Scheduler::Schedule';
const GROUP_TYPE = 'AWS::Scheduler::ScheduleGroup';

/** The schedules of a stack. */
export function schedulesOf({ others }: Pick<Stack, 'others'>): ScheduleModel[] {
  return others.flatMap(({ type, model }) => (type === SCHEDULE_TYPE && isSchedule(model) ? [model] : []));
}

/** The schedule groups of a stack. */
export function groupsOf({ others }: Pick<Stack, 'others'>): GroupModel[] {
  return others.flatMap(({ type, model }) => (type === GROUP_TYPE && isGroup(model) ? [model] : []));
}

/** Only this service's own readers make models of these types. */
function isSchedule(model: OtherModel['model']): model is ScheduleModel {
  return typeof model === 'object' && model !== null && 'expression' in model;
}

function isGroup(model: OtherModel['model']): model is GroupModel {
  return typeof model === 'object' && model !== null && 'tags' in model;
}

/** Schedule groups and schedules of stacks. */
export function schedulerHeldKinds({
  groups,
  schedules,
}: Pick<Scheduler, 'groups' | 'schedules'>): HeldKind[] {
  return [
    heldKind({
      partsOf: (stack) =>
        groupsOf(stack).map((model) => ({ logicalId: model.logicalId, name: model.name, model })),
      has: ({ name }) => groups.has(name),
      add: groups.add,
      change: groups.change,
      remove: ({ name }) => groups.remove(name),
    }),
    heldKind({
      partsOf: (stack) =>
        schedulesOf(stack).map((model) => ({ logicalId: model.logicalId, name: model.arn, model })),
      has: ({ arn }) => schedules.has(arn),
      add: schedules.put,
      change: schedules.put,
      remove: schedules.remove,
    }),
  ];
}
