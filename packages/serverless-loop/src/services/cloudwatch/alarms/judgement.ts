import type { AlarmState, MissingData } from '../../../aws/alarm.ts';

export interface Judged {
  /** Of each period, the newest last: whether it breaches; undefined where there are no data. More than are needed. */
  breaches: readonly (boolean | undefined)[];
  evaluationPeriods: number;
  datapointsToAlarm: number;
  missingData: MissingData;
}

/**
 * The state that an alarm comes to, or `unchanged` (CloudWatch guide, "Configuring how CloudWatch alarms treat missing data").
 * With as many data points as are needed, only the newest count; where there are fewer, each gap that must be filled is filled
 * as the alarm says.
 */
export function judge({
  breaches,
  evaluationPeriods,
  datapointsToAlarm,
  missingData,
}: Judged): AlarmState | 'unchanged' {
  const real = breaches.filter((breach) => breach !== undefined).slice(-evaluationPeriods);
  const breaching = real.filter(Boolean).length;
  const gaps = evaluationPeriods - real.length;
  if (breaching >= datapointsToAlarm) return 'ALARM';
  if (gaps === 0) return 'OK';
  if (missingData === 'breaching') return breaching + gaps >= datapointsToAlarm ? 'ALARM' : 'OK';
  if (missingData === 'notBreaching' || real.includes(false)) return 'OK';
  if (missingData === 'ignore') return 'unchanged';
  return isOldEnough(breaches, datapointsToAlarm) ? 'ALARM' : 'INSUFFICIENT_DATA';
}

/**
 * All that is there breaches. It is an alarm once the oldest of it is as old as the data points that an alarm takes: one that
 * came just now may be followed by a better one (same page, "Avoiding premature transitions to alarm state").
 */
function isOldEnough(breaches: Judged['breaches'], datapointsToAlarm: number): boolean {
  const oldest = breaches.indexOf(true);
  return oldest >= 0 && breaches.length - oldest >= datapointsToAlarm;
}
