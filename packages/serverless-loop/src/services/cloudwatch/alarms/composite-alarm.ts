import type { AlarmRecord } from './alarm-record.ts';
import { type Evaluation, longTime } from './metric-alarm.ts';
import { type AlarmRule, holds } from './rule.ts';

/** The state that a composite alarm's rule gives it, with the alarm that changed last; undefined where it has it already. */
export function evaluateComposite(
  record: AlarmRecord,
  rule: AlarmRule,
  { children, find }: { children: readonly AlarmRecord[]; find(alarm: string): AlarmRecord | undefined },
): (Evaluation & { trigger?: AlarmRecord }) | undefined {
  const state = holds(rule, (alarm) => find(alarm)?.state) ? 'ALARM' : 'OK';
  if (state === record.state) return undefined;
  const [trigger] = children.toSorted((a, b) => b.transitionedAtMs - a.transitionedAtMs);
  const isFirst = record.state === 'INSUFFICIENT_DATA' || !trigger;
  const reason = isFirst
    ? `${record.model.arn} was created and its alarm rule evaluates to ${state}`
    : `${trigger.model.arn} transitioned to ${trigger.state} at ${wordedTime(trigger.transitionedAtMs)}`;
  return { state, reason, reasonData: reasonData(trigger), ...(trigger && { trigger }) };
}

function reasonData(trigger: AlarmRecord | undefined): string {
  const triggeringAlarms = trigger
    ? [
        {
          arn: trigger.model.arn,
          state: { value: trigger.state, timestamp: longTime(trigger.transitionedAtMs) },
        },
      ]
    : [];
  return JSON.stringify({ triggeringAlarms });
}

/** `Wednesday 10 November, 2021 02:45:55 UTC`. */
function wordedTime(atMs: number): string {
  const date = new Date(atMs);
  const part = (options: Intl.DateTimeFormatOptions) =>
    date.toLocaleString('en-GB', { ...options, timeZone: 'UTC' });
  const day = `${part({ weekday: 'long' })} ${part({ day: '2-digit' })} ${part({ month: 'long' })}`;
  return `${day}, ${date.getUTCFullYear()} ${date.toISOString().slice(11, 19)} UTC`;
}
