import {
  type AlarmState,
  type Comparison,
  datapointsToAlarmOf,
  type MetricAlarmModel,
  missingDataOf,
} from '../../../aws/alarm.ts';

/** A value of the metric that an alarm watches. */
export interface Datapoint {
  /** Begin of its period, epoch milliseconds. */
  atMs: number;
  value: number;
}

const WORDS: Record<Comparison, string> = {
  GreaterThanOrEqualToThreshold: 'greater than or equal to',
  GreaterThanThreshold: 'greater than',
  LessThanThreshold: 'less than',
  LessThanOrEqualToThreshold: 'less than or equal to',
};

const TREATED = {
  breaching: '[Breaching]',
  notBreaching: '[NonBreaching]',
  ignore: '[Ignored]',
  missing: '[Missing]',
};

/**
 * The reason for an alarm's state, as CloudWatch words it (LocalStack's record, test_cloudwatch.snapshot.json,
 * test_breaching_alarm_actions). The data points that were judged come oldest first.
 */
export function stateReason(
  alarm: MetricAlarmModel,
  state: AlarmState,
  judged: readonly Datapoint[],
): string {
  const { evaluationPeriods: most, threshold } = alarm;
  const datapointsToAlarm = datapointsToAlarmOf(alarm);
  const gaps = most - judged.length;
  if (state === 'INSUFFICIENT_DATA')
    return `Insufficient Data: ${count(gaps, 'datapoint')} ${were(gaps)} unknown.`;
  const treated = `${count(gaps, 'missing datapoint')} ${were(gaps)} treated as ${TREATED[missingDataOf(alarm)]}`;
  if (judged.length === 0)
    return `Threshold Crossed: no datapoints were received for ${count(most, 'period')} and ${treated}.`;

  const telling = judged.filter(({ value }) => isBreaching(alarm, value) === (state === 'ALARM'));
  const shown = telling.length > 0 ? telling : judged;
  const list = shown
    .toReversed()
    .map(({ atMs, value }) => `${decimal(value)} (${shortTime(atMs)})`)
    .join(', ');
  const not = state === 'ALARM' ? '' : 'not ';
  const compared = `${were(shown.length)} ${not}${WORDS[alarm.comparison]} the threshold (${decimal(threshold)})`;
  if (gaps > 0)
    return `Threshold Crossed: ${count(shown.length, 'datapoint')} [${list}] ${compared} and ${treated}.`;
  const least = state === 'ALARM' ? datapointsToAlarm : most - datapointsToAlarm + 1;
  const change = state === 'ALARM' ? 'OK -> ALARM' : 'ALARM -> OK';
  return `Threshold Crossed: ${shown.length} out of the last ${most} datapoints [${list}] ${compared} (minimum ${count(least, 'datapoint')} for ${change} transition).`;
}

export function isBreaching({ comparison, threshold }: MetricAlarmModel, value: number): boolean {
  switch (comparison) {
    case 'GreaterThanOrEqualToThreshold':
      return value >= threshold;
    case 'GreaterThanThreshold':
      return value > threshold;
    case 'LessThanThreshold':
      return value < threshold;
    case 'LessThanOrEqualToThreshold':
      return value <= threshold;
  }
}

/** `2.0`: CloudWatch never shows a whole number without its decimal. */
function decimal(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e7 ? value.toFixed(1) : String(value);
}

/** `21/11/19 04:17:00`. */
function shortTime(atMs: number): string {
  const [date = '', time = ''] = new Date(atMs).toISOString().split('T');
  const [year = '', month = '', day = ''] = date.split('-');
  return `${day}/${month}/${year.slice(2)} ${time.slice(0, 8)}`;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

function were(number: number): string {
  return number === 1 ? 'was' : 'were';
}
