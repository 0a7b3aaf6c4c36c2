import type { Place } from '../../aws/arn.ts';
import { once } from '../../aws/once.ts';
import type { LazyRestService } from '../../aws/operation.ts';
import type { OperationPort } from '../../aws/operation-port.ts';
import { restOperations } from '../../aws/rest-service.ts';
import { signingNameOfSdk } from '../../aws/sdk-services.ts';
import type { Clock } from '../../clock.ts';
import type { Report } from '../../facts.ts';
import { createTally } from '../../tally.ts';
import { dueSchedules } from './due-schedules.ts';
import type { GroupModel, ScheduleModel } from './schedule.ts';
import { createSchedules, groupArn, type KeptSchedule, type Schedules } from './schedules.ts';
import type { TargetPorts } from './target-call.ts';
import { refuseRequest } from './target-input.ts';
import { apiNameOf, universalOf } from './universal-target.ts';
import { refuseInvalidSchedule } from './validate.ts';

export interface SchedulerOptions extends TargetPorts {
  place: Place;
  groups: readonly GroupModel[];
  schedules: readonly ScheduleModel[];
  /** Of the retries. */
  clock: Clock;
  /** The clock of the day, which schedules go by. */
  wallClock: Clock;
  report: Report;
  /** Judges by a role's trust policy whether Scheduler may assume it for the schedules of a group. */
  trusts(roleArn: string, sourceArn: string): boolean;
  /** The operations of universal targets. */
  operations: Pick<OperationPort, 'find'>;
  /** For jitter and flexible windows, from 0 up to 1. */
  random?: () => number;
}

export interface Scheduler {
  service: LazyRestService;
  groups: {
    has(name: string): boolean;
    add(model: GroupModel): void;
    change(model: GroupModel): void;
    remove(name: string): void;
  };
  schedules: {
    list(): ScheduleModel[];
    has(arn: string): boolean;
    /** Makes a schedule, or gives one other settings. Rejects with the AwsError of Scheduler. */
    put(model: ScheduleModel): Promise<void>;
    remove(model: ScheduleModel): void;
  };
  /** Meets a schedule now, whatever its time is; resolves when its target is invoked or given up. */
  fire(arn: string): Promise<void>;
  /** Resolves when no target is invoked or waits to be. */
  idle(): Promise<void>;
  /** The same, but for those that wait to be tried again. */
  settled(): Promise<void>;
  /** Gives up what waits to be tried again. */
  drop(): void;
  stop(): void;
}

/** Starts EventBridge Scheduler: schedules that time sets off, their targets, retries and dead letters. */
export function startScheduler(options: SchedulerOptions): Scheduler {
  const { place, wallClock, trusts, random = Math.random } = options;
  const { now } = wallClock;
  let stopping = new AbortController();
  const tally = createTally();
  const working = createTally();

  async function fire({ model }: KeptSchedule, scheduledMs: number): Promise<void> {
    const end = tally.begin();
    const loaded = working.begin();
    const { signal } = stopping;
    try {
      const { invokeTarget } = await import('./invocation.ts');
      const invoking = invokeTarget(model, scheduledMs, signal, { ...options, random, working });
      loaded();
      await invoking;
    } finally {
      end();
    }
  }

  const due = dueSchedules({
    clock: wallClock,
    random,
    fire,
    onEnd({ model }) {
      if (model.isDeletedAtEnd) schedules.remove(model);
    },
  });
  const schedules: Schedules = createSchedules(place, now, due);
  for (const model of options.groups) schedules.addGroup(model);
  // The template of the loop's own start was read as a whole: what a role may not do is told when it is to do it.
  for (const model of options.schedules) {
    const { groupName: name } = model;
    // It is of another stack.
    if (!schedules.hasGroup(name))
      schedules.addGroup({ logicalId: '', name, arn: groupArn(place, name), tags: {} });
    schedules.put(model);
  }

  async function refuseInvalid(model: ScheduleModel): Promise<void> {
    refuseInvalidSchedule(model, { now, trusts });
    const universal = universalOf(model.target.arn);
    if (!universal) return;
    const signingName = signingNameOfSdk(universal.service) ?? universal.service;
    const found = await options.operations.find(signingName, apiNameOf(universal));
    if (found) refuseRequest(model.target, found.operation.input);
  }

  return {
    service: {
      title: 'EventBridge Scheduler',
      signingName: 'scheduler',
      load: once(async () => {
        const { SCHEDULER } = await import('./service.ts');
        return restOperations(SCHEDULER, { place, schedules, refuseInvalid });
      }),
    },
    groups: {
      has: schedules.hasGroup,
      add: schedules.addGroup,
      change: schedules.changeGroup,
      remove: schedules.removeGroup,
    },
    schedules: {
      list: () => schedules.list().map(({ model }) => model),
      has: schedules.has,
      async put(model) {
        await refuseInvalid(model);
        schedules.put(model);
      },
      remove: schedules.remove,
    },
    async fire(arn) {
      const schedule = schedules.list().find(({ model }) => model.arn === arn);
      if (schedule) await fire(schedule, now());
    },
    idle: tally.idle,
    settled: working.idle,
    drop() {
      stopping.abort();
      stopping = new AbortController();
    },
    stop() {
      stopping.abort();
      due.stop();
    },
  };
}
