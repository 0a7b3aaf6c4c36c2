import {
  boolean,
  integer,
  list,
  number,
  type Read,
  required,
  structure,
  timestamp,
} from '../../aws/members.ts';
import type { MetricUnit } from '../../aws/metric.ts';
import { DAY_MS } from '../../aws/time-units.ts';
import type { Sample } from './bucket.ts';
import { invalidCombination, invalidValue, missingParameter } from './cloudwatch-error.ts';
import type { MetricStore } from './metric-store.ts';
import { parseDimensions } from './parse-metric.ts';
import { DIMENSIONS, METRIC_NAME, NAMESPACE, UNIT } from './shapes.ts';

const MAX_DATA = 1_000;
const MAX_VALUES = 150;
/** API reference, "MetricDatum": values beyond are refused. */
const MAX_VALUE = 2 ** 360;
const OLDEST_MS = 14 * DAY_MS;
const NEWEST_MS = 2 * 3_600_000;

const STATISTICS = {
  SampleCount: required(number()),
  Sum: required(number()),
  Minimum: required(number()),
  Maximum: required(number()),
} as const;

const DATUM = {
  MetricName: required(METRIC_NAME),
  Dimensions: DIMENSIONS,
  Timestamp: timestamp(),
  Value: number(),
  StatisticValues: structure(STATISTICS),
  Values: list(number(), { max: MAX_VALUES }),
  Counts: list(number(), { max: MAX_VALUES }),
  Unit: UNIT,
  StorageResolution: integer(),
} as const;

const DATA = list(structure(DATUM), { max: MAX_DATA });

export const PUT_METRIC_DATA = {
  Namespace: required(NAMESPACE),
  MetricData: DATA,
  EntityMetricData: list(structure({ MetricData: DATA })),
  StrictEntityValidation: boolean(),
} as const;

/** All of its data or, where one is wrong, none. */
export function putMetricData(store: MetricStore, input: Read<typeof PUT_METRIC_DATA>, nowMs: number): void {
  const { Namespace: namespace, MetricData = [], EntityMetricData = [] } = input;
  if (namespace.startsWith('AWS/'))
    throw invalidValue(
      `The value ${namespace} for parameter Namespace is invalid: AWS/ is for AWS's own metrics.`,
    );
  const data = [...MetricData, ...EntityMetricData.flatMap((entity) => entity.MetricData ?? [])];
  if (data.length === 0) throw missingParameter('MetricData');
  const readings = data.map((datum, index) => parseDatum(datum, `MetricData.member.${index + 1}`, nowMs));
  for (const { name, dimensions, samples, ...reading } of readings)
    for (const sample of samples) store.add({ namespace, name, dimensions }, { ...reading, ...sample });
}

function parseDatum(datum: Read<typeof DATUM>, where: string, nowMs: number) {
  const { Timestamp: atMs = nowMs, StorageResolution: resolution = 60 } = datum;
  if (atMs < nowMs - OLDEST_MS || atMs > nowMs + NEWEST_MS)
    throw invalidValue(
      `The parameter ${where}.Timestamp must specify a time within the past two weeks and no more than two hours ahead.`,
    );
  if (resolution !== 1 && resolution !== 60)
    throw invalidValue(`The parameter ${where}.StorageResolution must be 1 or 60.`);
  const unit: MetricUnit = datum.Unit ?? 'None';
  return {
    name: datum.MetricName,
    dimensions: parseDimensions(datum.Dimensions),
    atMs,
    unit,
    resolutionSeconds: resolution === 1 ? 1 : 60,
    samples: parseSamples(datum, where),
  } as const;
}

function parseSamples(datum: Read<typeof DATUM>, where: string): Sample[] {
  const { Value: value, StatisticValues: statistics, Values: values = [], Counts: counts = [] } = datum;
  const given = [value !== undefined, statistics !== undefined, values.length > 0].filter(Boolean).length;
  if (given === 0) throw missingParameter(`${where}.Value`);
  if (given > 1)
    throw invalidCombination(
      `The parameters ${where}.Value, .Values and .StatisticValues are mutually exclusive.`,
    );
  if (value !== undefined) return [sampleOf(value, 1, `${where}.Value`)];
  if (statistics) return [statisticSet(statistics, `${where}.StatisticValues`)];
  if (counts.length > 0 && counts.length !== values.length)
    throw invalidValue(`The parameters ${where}.Values and ${where}.Counts must be of the same size.`);
  return values.map((one, index) => sampleOf(one, counts[index] ?? 1, `${where}.Values`));
}

function sampleOf(value: number, count: number, where: string): Sample {
  if (Math.abs(value) > MAX_VALUE || !(count > 0))
    throw invalidValue(`The value ${value} for parameter ${where} is invalid.`);
  return { count, sum: value * count, minimum: value, maximum: value };
}

function statisticSet(statistics: Read<typeof STATISTICS>, where: string): Sample {
  for (const [name, value] of Object.entries(statistics))
    if (Math.abs(value) > MAX_VALUE)
      throw invalidValue(`The value ${value} for parameter ${where}.${name} is invalid.`);
  const { SampleCount: count, Sum: sum, Minimum: minimum, Maximum: maximum } = statistics;
  const sample = { count, sum, minimum, maximum };
  if (!(sample.count > 0)) throw invalidValue(`The parameter ${where}.SampleCount must be greater than 0.`);
  if (sample.minimum > sample.maximum)
    throw invalidCombination(
      `The parameter ${where}.Maximum must be greater than or equal to ${where}.Minimum.`,
    );
  return sample;
}
