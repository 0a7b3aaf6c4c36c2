import { nextTime } from '../../aws/schedule-times.ts';
import { type Clock, runAt, type Timer } from '../../clock.ts';
import type { RuleModel } from '../../template/model.ts';
import { type ActiveRule, prepareRule } from './active-rule.ts';

/** The rules that time fires. */
export interface RuleSchedules {
  /** Waits for the rule's times in place of those that it had. */
  put(rule: RuleModel): void;
  remove(rule: Pick<RuleModel, 'arn'>): void;
  stop(): void;
}

/** Calls `fire` at each time of each enabled rule with a schedule, by the clock of the day. */
export function ruleSchedules(
  clock: Pick<Clock, 'now' | 'after'>,
  fire: (rule: ActiveRule) => void,
): RuleSchedules {
  const waiting = new Map<string, Timer>();

  function wait(rule: ActiveRule, expression: string, sinceMs: number, afterMs: number): void {
    const nextMs = nextTime(expression, afterMs, sinceMs);
    if (nextMs === undefined) return;
    const timer = runAt(clock, nextMs, () => {
      // A clock that is a hair early is not asked for the same time again.
      wait(rule, expression, sinceMs, Math.max(nextMs, clock.now()));
      fire(rule);
    });
    waiting.set(rule.arn, timer);
  }

  function remove({ arn }: Pick<RuleModel, 'arn'>): void {
    waiting.get(arn)?.cancel();
    waiting.delete(arn);
  }

  return {
    put(rule) {
      remove(rule);
      const { scheduleExpression, enabled } = rule;
      if (scheduleExpression === undefined || !enabled) return;
      const { scheduled } = prepareRule(rule);
      if (scheduled) wait(scheduled, scheduleExpression, clock.now(), clock.now());
    },
    remove,
    stop() {
      for (const timer of waiting.values()) timer.cancel();
      waiting.clear();
    },
  };
}
