import { type Clock, runAt, type Timer } from '../../clock.ts';
import { firstOccurrence, nextOccurrence } from './occurrences.ts';
import type { KeptSchedule, SchedulesListener } from './schedules.ts';

export interface DueOptions {
  /** The clock of the day. */
  clock: Pick<Clock, 'now' | 'after'>;
  /** From 0 up to 1: where in its flexible window a schedule is met. */
  random: () => number;
  /** Called at each time of each enabled schedule, which it is given. */
  fire(schedule: KeptSchedule, scheduledMs: number): Promise<void>;
  /** Called when a schedule was met for the last time, and its target has been invoked. */
  onEnd(schedule: KeptSchedule): void;
}

/** Waits for the times of schedules. */
export interface DueSchedules extends SchedulesListener {
  stop(): void;
}

export function dueSchedules({ clock, random, fire, onEnd }: DueOptions): DueSchedules {
  const waiting = new Map<string, Set<Timer>>();

  /** Waits for a time, and then for those after it. Returns false where there is none. */
  function wait(schedule: KeptSchedule, timers: Set<Timer>, dueMs: number | undefined): boolean {
    if (dueMs === undefined) return false;
    const { model, createdAt } = schedule;
    const timer = runAt(clock, dueMs, () => {
      timers.delete(timer);
      // A clock that is a hair early is not asked for the same time again.
      const afterMs = Math.max(dueMs, clock.now());
      const goesOn = wait(schedule, timers, nextOccurrence(model, afterMs, createdAt));
      meetInWindow(schedule, timers, dueMs, goesOn);
    });
    timers.add(timer);
    return true;
  }

  function meetInWindow(
    schedule: KeptSchedule,
    timers: Set<Timer>,
    scheduledMs: number,
    goesOn: boolean,
  ): void {
    const meet = async () => {
      await fire(schedule, scheduledMs);
      if (!goesOn) onEnd(schedule);
    };
    const { flexibleMinutes } = schedule.model;
    if (flexibleMinutes === undefined) return void meet();
    const timer = runAt(clock, scheduledMs + random() * flexibleMinutes * 60_000, () => {
      timers.delete(timer);
      void meet();
    });
    timers.add(timer);
  }

  function remove(arn: string): void {
    for (const timer of waiting.get(arn) ?? []) timer.cancel();
    waiting.delete(arn);
  }

  return {
    put(schedule) {
      const { model, createdAt, isChanged } = schedule;
      remove(model.arn);
      if (!model.enabled) return;
      const timers = new Set<Timer>();
      waiting.set(model.arn, timers);
      const first = isChanged
        ? nextOccurrence(model, clock.now(), createdAt)
        : firstOccurrence(model, createdAt);
      wait(schedule, timers, first);
    },
    remove,
    stop() {
      for (const arn of [...waiting.keys()]) remove(arn);
    },
  };
}
