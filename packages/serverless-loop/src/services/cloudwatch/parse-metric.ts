import {
  type Dimension,
  METRIC_UNITS,
  type Metric,
  type MetricQuery,
  type MetricSource,
  type MetricUnit,
} from '../../aws/metric.ts';
import type { JsonObject } from '../../aws/operation.ts';
import { invalidCombination, invalidValue, missingParameter, validationError } from './cloudwatch-error.ts';
import {
  objectList,
  optionalBoolean,
  optionalChoice,
  optionalInteger,
  optionalObject,
  optionalText,
  requiredText,
} from './input.ts';
import { findStatistic } from './statistics.ts';

const MOST_DIMENSIONS = 30;
const LONGEST_PERIOD = 86_400;
const SHORT_PERIODS = [1, 5, 10, 20, 30];
const MOST_QUERIES = 500;

export function parseMetric(input: JsonObject): Metric {
  return {
    namespace: parseNamespace(input),
    name: shortText(input, 'MetricName', 255),
    dimensions: parseDimensions(input),
  };
}

export function parseNamespace(input: JsonObject): string {
  const namespace = shortText(input, 'Namespace', 255);
  if (namespace.startsWith(':'))
    throw invalidValue('The value for parameter Namespace must not begin with a colon.');
  return namespace;
}

export function parseDimensions(input: JsonObject): Dimension[] {
  const dimensions = objectList(input, 'Dimensions', MOST_DIMENSIONS).map((dimension) => ({
    name: shortText(dimension, 'Name', 255),
    value: shortText(dimension, 'Value', 1024),
  }));
  const names = new Set(dimensions.map(({ name }) => name));
  if (names.size < dimensions.length) throw invalidValue('The parameter Dimensions names a dimension twice.');
  return dimensions;
}

export function parseUnit(input: JsonObject): MetricUnit | undefined {
  return optionalChoice(input, 'Unit', METRIC_UNITS);
}

/** Seconds: 1, 5, 10, 20, 30 or a multiple of 60. */
export function parsePeriod(input: JsonObject): number | undefined {
  const seconds = optionalInteger(input, 'Period', { least: 1, most: LONGEST_PERIOD * 365 });
  if (seconds === undefined || seconds % 60 === 0 || SHORT_PERIODS.includes(seconds)) return seconds;
  throw invalidValue('The parameter Period must be 1, 5, 10, 20, 30 or a multiple of 60.');
}

export function requiredPeriod(input: JsonObject): number {
  const seconds = parsePeriod(input);
  if (seconds === undefined) throw missingParameter('Period');
  return seconds;
}

/** The members of MetricDataQueries, or an alarm's Metrics. */
export function parseQueries(input: JsonObject, name: string): MetricQuery[] {
  const queries = objectList(input, name, MOST_QUERIES).map(parseQuery);
  const ids = new Set(queries.map(({ id }) => id));
  if (ids.size < queries.length)
    throw validationError('The values for parameter id in MetricDataQueries are not unique.');
  return queries;
}

function parseQuery(input: JsonObject): MetricQuery {
  const id = requiredText(input, 'Id');
  if (!/^[a-z][A-Za-z0-9_]{0,254}$/.test(id))
    throw validationError(
      `The value ${id} for parameter MetricDataQueries.member.Id is not matching the expected pattern ^[a-z][a-zA-Z0-9_]*$.`,
    );
  const label = optionalText(input, 'Label');
  const base = {
    id,
    ...(label !== undefined && { label }),
    returnsData: optionalBoolean(input, 'ReturnData') ?? true,
  };
  const stat = optionalObject(input, 'MetricStat');
  const expression = optionalText(input, 'Expression');
  if ((stat === undefined) === (expression === undefined))
    throw invalidCombination(`The query ${id} must have either MetricStat or Expression.`);
  if (stat) return { ...base, source: parseSource(stat) };
  const periodSeconds = parsePeriod(input);
  return { ...base, expression: expression ?? '', ...(periodSeconds !== undefined && { periodSeconds }) };
}

function parseSource(input: JsonObject): MetricSource {
  const metric = optionalObject(input, 'Metric');
  if (!metric) throw missingParameter('MetricStat.Metric');
  const unit = parseUnit(input);
  return {
    metric: parseMetric(metric),
    stat: parseStat(requiredText(input, 'Stat')),
    periodSeconds: requiredPeriod(input),
    ...(unit && { unit }),
  };
}

export function parseStat(stat: string): string {
  if (!findStatistic(stat))
    throw invalidValue(`The value ${stat} for parameter Stat is not a valid statistic.`);
  return stat;
}

export function renderMetric({ namespace, name, dimensions }: Metric): JsonObject {
  return { Namespace: namespace, MetricName: name, Dimensions: renderDimensions(dimensions) };
}

export function renderDimensions(dimensions: readonly Dimension[]): JsonObject[] {
  return dimensions.map(({ name, value }) => ({ Name: name, Value: value }));
}

function shortText(input: JsonObject, name: string, longest: number): string {
  const text = requiredText(input, name);
  if (text.length > longest)
    throw invalidValue(`The value for parameter ${name} must have at most ${longest} characters.`);
  return text;
}
