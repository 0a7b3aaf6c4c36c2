import type { MetricUnit } from '../../aws/metric.ts';
import type { JsonObject } from '../../aws/operation.ts';
import type { Sample } from './bucket.ts';
import { invalidCombination, invalidValue, missingParameter } from './cloudwatch-error.ts';
import {
  numberList,
  objectList,
  optionalNumber,
  optionalObject,
  optionalTime,
  requiredText,
} from './input.ts';
import type { MetricStore } from './metric-store.ts';
import { parseDimensions, parseNamespace, parseUnit } from './parse-metric.ts';

const MOST_DATA = 1_000;
const MOST_VALUES = 150;
/** API reference, "MetricDatum": values beyond are refused. */
const LARGEST = 2 ** 360;
const OLDEST_MS = 14 * 86_400_000;
const NEWEST_MS = 2 * 3_600_000;

/** PutMetricData: all of its data or, where one is wrong, none. */
export function putMetricData(store: MetricStore, input: JsonObject, nowMs: number): JsonObject {
  const namespace = parseNamespace(input);
  if (namespace.startsWith('AWS/'))
    throw invalidValue(
      `The value ${namespace} for parameter Namespace is invalid: AWS/ is for AWS's own metrics.`,
    );
  const data = [
    ...objectList(input, 'MetricData', MOST_DATA),
    ...objectList(input, 'EntityMetricData').flatMap((entity) => objectList(entity, 'MetricData', MOST_DATA)),
  ];
  if (data.length === 0) throw missingParameter('MetricData');
  const readings = data.map((datum, index) => parseDatum(datum, `MetricData.member.${index + 1}`, nowMs));
  for (const { name, dimensions, samples, ...reading } of readings)
    for (const sample of samples) store.add({ namespace, name, dimensions }, { ...reading, ...sample });
  return {};
}

function parseDatum(datum: JsonObject, where: string, nowMs: number) {
  const atMs = optionalTime(datum, 'Timestamp') ?? nowMs;
  if (atMs < nowMs - OLDEST_MS || atMs > nowMs + NEWEST_MS)
    throw invalidValue(
      `The parameter ${where}.Timestamp must specify a time within the past two weeks and no more than two hours ahead.`,
    );
  const resolution = optionalNumber(datum, 'StorageResolution') ?? 60;
  if (resolution !== 1 && resolution !== 60)
    throw invalidValue(`The parameter ${where}.StorageResolution must be 1 or 60.`);
  const unit: MetricUnit = parseUnit(datum) ?? 'None';
  return {
    name: requiredText(datum, 'MetricName'),
    dimensions: parseDimensions(datum),
    atMs,
    unit,
    resolutionSeconds: resolution === 1 ? 1 : 60,
    samples: parseSamples(datum, where),
  } as const;
}

function parseSamples(datum: JsonObject, where: string): Sample[] {
  const value = optionalNumber(datum, 'Value');
  const statistics = optionalObject(datum, 'StatisticValues');
  const values = numberList(datum, 'Values', MOST_VALUES);
  const given = [value !== undefined, statistics !== undefined, values.length > 0].filter(Boolean).length;
  if (given === 0) throw missingParameter(`${where}.Value`);
  if (given > 1)
    throw invalidCombination(
      `The parameters ${where}.Value, .Values and .StatisticValues are mutually exclusive.`,
    );
  if (value !== undefined) return [sampleOf(value, 1, `${where}.Value`)];
  if (statistics) return [statisticSet(statistics, `${where}.StatisticValues`)];
  const counts = numberList(datum, 'Counts', MOST_VALUES);
  if (counts.length > 0 && counts.length !== values.length)
    throw invalidValue(`The parameters ${where}.Values and ${where}.Counts must be of the same size.`);
  return values.map((one, index) => sampleOf(one, counts[index] ?? 1, `${where}.Values`));
}

function sampleOf(value: number, count: number, where: string): Sample {
  if (Math.abs(value) > LARGEST || !(count > 0))
    throw invalidValue(`The value ${value} for parameter ${where} is invalid.`);
  return { count, sum: value * count, minimum: value, maximum: value };
}

function statisticSet(input: JsonObject, where: string): Sample {
  const member = (name: string): number => {
    const value = optionalNumber(input, name);
    if (value === undefined) throw missingParameter(`${where}.${name}`);
    if (Math.abs(value) > LARGEST)
      throw invalidValue(`The value ${value} for parameter ${where}.${name} is invalid.`);
    return value;
  };
  const sample = {
    count: member('SampleCount'),
    sum: member('Sum'),
    minimum: member('Minimum'),
    maximum: member('Maximum'),
  };
  if (!(sample.count > 0)) throw invalidValue(`The parameter ${where}.SampleCount must be greater than 0.`);
  if (sample.minimum > sample.maximum)
    throw invalidCombination(
      `The parameter ${where}.Maximum must be greater than or equal to ${where}.Minimum.`,
    );
  return sample;
}
