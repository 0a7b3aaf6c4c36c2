import {
  type AlarmState,
  datapointsToAlarmOf,
  type MetricAlarmModel,
  missingDataOf,
} from '../../../aws/alarm.ts';
import type { MetricQuery, MetricSource } from '../../../aws/metric.ts';
import { MetricMathError } from '../math/math-error.ts';
import type { MetricStore } from '../metric-store.ts';
import { runQueries } from '../run-queries.ts';
import { findStatistic, percentOf } from '../statistics.ts';
import { bucketsByPeriod, type Points, readPoints, type TimeSpan } from '../time-series.ts';
import { judge } from './judgement.ts';
import { type Datapoint, isBreaching, stateReason } from './reason.ts';

/** More periods are read than are needed, in case some have no data: two, as in the tables of the guide. */
const EXTRA_PERIODS = 2;

export interface Evaluation {
  state: AlarmState;
  reason: string;
  /** JSON. */
  reasonData: string;
}

/** Judges the alarm's metric at the end of a period; undefined where the state stays as it is. */
export function evaluateMetricAlarm(
  alarm: MetricAlarmModel,
  store: MetricStore,
  { endMs, nowMs }: { endMs: number; nowMs: number },
): Evaluation | undefined {
  const periodSeconds = periodOf(alarm);
  const stepMs = periodSeconds * 1000;
  const periods = alarm.evaluationPeriods + EXTRA_PERIODS;
  const span = { fromMs: endMs - periods * stepMs, toMs: endMs };
  const recent = { fromMs: endMs - alarm.evaluationPeriods * stepMs, toMs: endMs };
  if (alarm.ignoresLowSampleCount && hasTooFewSamples(alarm, store, recent)) return undefined;

  const points = pointsOf(alarm, store, span);
  const all = Array.from({ length: periods }, (_, index) => {
    const atMs = span.fromMs + index * stepMs;
    return { atMs, value: points.get(atMs) };
  });
  const state = judge({
    breaches: all.map(({ value }) => (value === undefined ? undefined : isBreaching(alarm, value))),
    evaluationPeriods: alarm.evaluationPeriods,
    datapointsToAlarm: datapointsToAlarmOf(alarm),
    missingData: watchesDynamoDb(alarm) ? 'ignore' : missingDataOf(alarm),
  });
  if (state === 'unchanged') return undefined;
  const judged = all
    .flatMap(({ atMs, value }) => (value === undefined ? [] : [{ atMs, value }]))
    .slice(-alarm.evaluationPeriods);
  return { state, reason: stateReason(alarm, state, judged), reasonData: reasonData(alarm, judged, nowMs) };
}

/** The period of the alarm's metric; all metrics of an expression have the same. */
export function periodOf(alarm: MetricAlarmModel): number {
  const [first] = sourcesOf(alarm);
  return first?.periodSeconds ?? 60;
}

export function sourcesOf({ watched }: MetricAlarmModel): MetricSource[] {
  if ('source' in watched) return [watched.source];
  return watched.queries.flatMap((query) => ('source' in query ? [query.source] : []));
}

function pointsOf({ watched }: MetricAlarmModel, store: MetricStore, span: TimeSpan): Points {
  if ('queries' in watched) return pointsOfQueries(watched.queries, store, span);
  const statistic = findStatistic(watched.source.stat);
  return statistic ? readPoints(store, watched.source, statistic, span) : new Map();
}

/** An expression that fails gives no data: the alarm goes by its setting for missing ones. */
function pointsOfQueries(queries: MetricQuery[], store: MetricStore, span: TimeSpan): Points {
  try {
    return runQueries(store, queries, span)[0]?.series[0]?.points ?? new Map();
  } catch (error) {
    if (error instanceof MetricMathError) return new Map();
    throw error;
  }
}

/** Alarms on these always ignore missing data (API reference, "PutMetricAlarm", TreatMissingData). */
function watchesDynamoDb(alarm: MetricAlarmModel): boolean {
  return sourcesOf(alarm).some(({ metric }) => metric.namespace === 'AWS/DynamoDB');
}

/** Fewer than ten over the rarer part of the percentile (guide, "Percentile-based CloudWatch alarms and low data samples"). */
function hasTooFewSamples({ watched }: MetricAlarmModel, store: MetricStore, span: TimeSpan): boolean {
  const percent = 'source' in watched ? percentOf(watched.source.stat) : undefined;
  if (percent === undefined || !('source' in watched)) return false;
  const rarer = percent >= 50 ? 100 - percent : percent;
  const buckets = [...bucketsByPeriod(store, watched.source, span).values()].flat();
  const samples = buckets.reduce((sum, { count }) => sum + count, 0);
  // 100 - 99.9 is a little less than 0.1.
  return samples * rarer < 1_000 - 1e-6;
}

/** The reason's data, which the API gives for programs. */
function reasonData(alarm: MetricAlarmModel, judged: readonly Datapoint[], nowMs: number): string {
  const { watched, threshold } = alarm;
  const [oldest] = judged;
  return JSON.stringify({
    version: '1.0',
    queryDate: longTime(nowMs),
    ...(oldest && { startDate: longTime(oldest.atMs) }),
    ...('source' in watched && { statistic: watched.source.stat }),
    period: periodOf(alarm),
    recentDatapoints: judged.map(({ value }) => value),
    threshold,
    evaluatedDatapoints: judged.toReversed().map(({ atMs, value }) => ({ timestamp: longTime(atMs), value })),
  });
}

/** `2019-11-21T04:18:51.691+0000`. */
export function longTime(atMs: number): string {
  return new Date(atMs).toISOString().replace('Z', '+0000');
}
