import { formatArn, type Place } from '../../aws/arn.ts';
import { AwsError } from '../../aws/errors.ts';
import { sortedBy } from '../../aws/sorted.ts';
import { DEFAULT_GROUP, type GroupModel, type ScheduleModel } from './schedule.ts';

/** With the times of its making and of its last change: epoch milliseconds. */
interface Kept<Model> {
  model: Model;
  createdAt: number;
  modifiedAt: number;
}

export interface KeptSchedule extends Kept<ScheduleModel> {
  /** It has other settings than it was made with. */
  isChanged: boolean;
}
export type KeptGroup = Kept<GroupModel>;

/** The schedule groups of an account and what is in them, found by name. */
export interface Schedules {
  groups(): KeptGroup[];
  /** Throws AwsError when there is none. */
  group(name: string): KeptGroup;
  hasGroup(name: string): boolean;
  /** Throws AwsError for a name that is taken. */
  addGroup(model: GroupModel): void;
  changeGroup(model: GroupModel): void;
  /** Removes its schedules with it. Throws AwsError when there is none, and for the default group. */
  removeGroup(name: string): void;
  /** Of one group, or of all; in the order of their groups and names. */
  list(groupName?: string): KeptSchedule[];
  has(arn: string): boolean;
  /** Throws AwsError when there is none, or no such group. */
  find(groupName: string, name: string): KeptSchedule;
  /** Makes a schedule, or gives one other settings. Throws AwsError when there is no such group. */
  put(model: ScheduleModel): KeptSchedule;
  remove(model: Pick<ScheduleModel, 'arn'>): void;
}

/** Told of a schedule that is put or removed. */
export interface SchedulesListener {
  put(schedule: KeptSchedule): void;
  remove(arn: string): void;
}

export function createSchedules(place: Place, now: () => number, listener: SchedulesListener): Schedules {
  const groups = new Map<string, KeptGroup>();
  const schedules = new Map<string, KeptSchedule>();

  const kept = <Model>(model: Model): Kept<Model> => ({ model, createdAt: now(), modifiedAt: now() });
  const arn = groupArn(place, DEFAULT_GROUP);
  groups.set(DEFAULT_GROUP, kept({ logicalId: '', name: DEFAULT_GROUP, arn, tags: {} }));

  function group(name: string): KeptGroup {
    const found = groups.get(name);
    if (!found) throw notFound(`Schedule group ${name} does not exist.`);
    return found;
  }

  function remove(model: Pick<ScheduleModel, 'arn'>): void {
    if (schedules.delete(model.arn)) listener.remove(model.arn);
  }

  function list(groupName?: string): KeptSchedule[] {
    const found = [...schedules.values()].filter(
      ({ model }) => groupName === undefined || model.groupName === groupName,
    );
    return sortedBy(found, ({ model }) => model.arn);
  }

  return {
    groups: () => sortedBy(groups.values(), ({ model }) => model.name),
    group,
    hasGroup: (name) => groups.has(name),
    addGroup(model) {
      if (groups.has(model.name)) throw conflict(`Schedule group ${model.name} already exists.`);
      groups.set(model.name, kept(model));
    },
    changeGroup(model) {
      groups.set(model.name, { ...group(model.name), model, modifiedAt: now() });
    },
    removeGroup(name) {
      group(name);
      if (name === DEFAULT_GROUP)
        throw new AwsError('ValidationException', 'The default schedule group can not be deleted.');
      for (const { model } of list(name)) remove(model);
      groups.delete(name);
    },
    list,
    has: (scheduleArn) => schedules.has(scheduleArn),
    find(groupName, name) {
      const { model } = group(groupName);
      const found = list(model.name).find((schedule) => schedule.model.name === name);
      if (!found) throw notFound(`Schedule ${name} does not exist.`);
      return found;
    },
    put(model) {
      group(model.groupName);
      const before = schedules.get(model.arn);
      const schedule = before
        ? { ...before, model, modifiedAt: now(), isChanged: true }
        : { ...kept(model), isChanged: false };
      schedules.set(model.arn, schedule);
      listener.put(schedule);
      return schedule;
    },
    remove,
  };
}

export function scheduleArn(place: Place, groupName: string, name: string): string {
  return formatArn(place, 'scheduler', `schedule/${groupName}/${name}`);
}

export function groupArn(place: Place, name: string): string {
  return formatArn(place, 'scheduler', `schedule-group/${name}`);
}

/** The ARN of the group that a schedule is in, which its role's trust policy may ask for. */
export function groupArnOf({ arn, groupName }: Pick<ScheduleModel, 'arn' | 'groupName'>): string {
  return arn.replace(/:schedule\/.*$/, `:schedule-group/${groupName}`);
}

/** A client that had no answer calls again with the same token (Scheduler API reference, "CreateSchedule", ClientToken). */
export function isSameCall(
  { model }: Kept<{ clientToken?: string }>,
  clientToken: string | undefined,
): boolean {
  return clientToken !== undefined && model.clientToken === clientToken;
}

function notFound(message: string): AwsError {
  return new AwsError('ResourceNotFoundException', message, { status: 404 });
}

export function conflict(message: string): AwsError {
  return new AwsError('ConflictException', message, { status: 409 });
}
