import { sortedBy } from '../aws/sorted.ts';
import type { EventBridge } from '../services/eventbridge/eventbridge.ts';
import type { Scheduler } from '../services/scheduler/scheduler.ts';
import type { ResourceReport, Stack } from '../template/model.ts';
import { didYouMean } from '../template/nearest.ts';

/** Something that time sets off: a rule with a schedule, or a schedule of EventBridge Scheduler. */
export interface Schedule {
  /** Empty for one that a call has made. */
  logicalId: string;
  name: string;
  type: 'AWS::Events::Rule' | 'AWS::Scheduler::Schedule';
  /** `rate(…)`, `cron(…)` or `at(…)`. */
  expression: string;
  /** Of a SAM function's `Schedule` or `ScheduleV2`, which it was made from. */
  eventName?: string;
}

/** The schedules of a loop, which can be met before their time. */
export interface LoopSchedules {
  list(): Schedule[];
  /**
   * Meets one now, by its logical id, its name or the name of its event; a disabled one, too. Its targets are on their way then.
   * Throws NoSuchScheduleError.
   */
  fire(name: string): Schedule;
}

/** A name that no schedule has, or more than one. */
export class NoSuchScheduleError extends Error {
  override readonly name = 'NoSuchScheduleError';
  readonly wanted: string;
  /** Names by which each schedule can be told from the others. */
  readonly known: readonly string[];

  constructor(wanted: string, schedules: readonly Schedule[], several: readonly Schedule[] = []) {
    const known = schedules.map(ownName);
    super(
      several.length > 0
        ? `"${wanted}" is the name of several schedules: expected one of ${several.map(ownName).join(', ')}`
        : `expected a schedule, found "${wanted}"${didYouMean(wanted, known)}; there are: ${known.join(', ') || 'none'}`,
    );
    this.wanted = wanted;
    this.known = known;
  }
}

interface Fireable extends Schedule {
  fire(): void;
}

export function loopSchedules(
  stack: () => Pick<Stack, 'resources'>,
  {
    eventbridge,
    scheduler,
  }: { eventbridge: Pick<EventBridge, 'schedules'>; scheduler: Pick<Scheduler, 'schedules' | 'fire'> },
): LoopSchedules {
  function all(): Fireable[] {
    const resources = new Map(stack().resources.map((resource) => [resource.logicalId, resource]));
    const found = [
      ...eventbridge.schedules.list().map((rule): Fireable => {
        const { logicalId, name, scheduleExpression: expression = '' } = rule;
        const fire = () => eventbridge.schedules.fire(name);
        const named = eventNameOf(resources.get(logicalId));
        return { logicalId, name, type: 'AWS::Events::Rule', expression, ...named, fire };
      }),
      ...scheduler.schedules.list().map(({ logicalId, name, groupName, expression, arn }): Fireable => {
        const fire = () => void scheduler.fire(arn);
        const inGroup = groupName === 'default' ? name : `${groupName}/${name}`;
        const named = eventNameOf(resources.get(logicalId));
        return {
          logicalId,
          name: inGroup,
          type: 'AWS::Scheduler::Schedule',
          expression,
          ...named,
          fire,
        };
      }),
    ];
    return sortedBy(found, ownName);
  }

  return {
    list: () => all().map(described),
    fire(name) {
      const schedules = all();
      const [found, ...others] = named(name, schedules);
      if (!found || others.length > 0)
        throw new NoSuchScheduleError(name, schedules, found ? [found, ...others] : []);
      found.fire();
      return described(found);
    },
  };
}

/** The name by which a schedule can be told from all others. */
export function ownName({ logicalId, name }: Schedule): string {
  return logicalId || name;
}

/** Those of a name, as it is most surely meant: a logical id before a name, and that before an event's. */
function named(wanted: string, schedules: readonly Fireable[]): Fireable[] {
  const ways: ((schedule: Fireable) => boolean)[] = [
    ({ logicalId }) => logicalId === wanted,
    ({ name }) => name === wanted,
    ({ name }) => name.endsWith(`/${wanted}`),
    ({ eventName }) => eventName === wanted,
  ];
  return ways.map((isMeant) => schedules.filter(isMeant)).find(({ length }) => length > 0) ?? [];
}

/** SAM puts the name of an event behind that of its function. */
function eventNameOf(resource: ResourceReport | undefined): { eventName?: string } {
  const { logicalId = '', madeFrom = '' } = resource ?? {};
  const eventName = madeFrom === '' ? '' : logicalId.slice(madeFrom.length);
  return eventName === '' ? {} : { eventName };
}

function described({ fire: _fire, ...schedule }: Fireable): Schedule {
  return schedule;
}
