import {
  type Dimension,
  METRIC_UNITS,
  type Metric,
  type MetricQuery,
  type MetricSource,
} from '../../../aws/metric.ts';
import type { Properties } from '../../../template/properties.ts';
import { isPeriod } from '../period.ts';

const MAX_PERIOD_SECONDS = 604_800;

/** An alarm's Metrics: metrics and expressions that name each other by id; just one returns data. */
export function readMetricQueries(properties: Properties): MetricQuery[] {
  const queries = properties.sections('Metrics').map(readQuery);
  const ids = new Set(queries.map(({ id }) => id));
  if (ids.size < queries.length) properties.complain('Metrics', 'expected each Id once');
  const returning = queries.filter(({ returnsData }) => returnsData).length;
  if (returning !== 1)
    properties.complain('Metrics', `expected just one with ReturnData true, found ${returning}`);
  return queries;
}

function readQuery(section: Properties): MetricQuery {
  section.allowOnly(['AccountId', 'Expression', 'Id', 'Label', 'MetricStat', 'Period', 'ReturnData']);
  const id = section.requiredText('Id');
  if (id !== '' && !/^[a-z][A-Za-z0-9_]{0,254}$/.test(id))
    section.complain(
      'Id',
      `expected a small letter, then letters, digits and _, found ${JSON.stringify(id)}`,
    );
  const label = section.text('Label');
  const base = {
    id,
    ...(label !== undefined && { label }),
    returnsData: section.boolean('ReturnData') ?? true,
  };
  const stat = section.section('MetricStat');
  if ((stat === undefined) === !section.has('Expression'))
    section.complain('Expression', 'expected either MetricStat or Expression');
  if (stat) return { ...base, source: readMetricStat(stat) };
  const periodSeconds = readPeriod(section);
  return {
    ...base,
    expression: section.text('Expression') ?? '',
    ...(periodSeconds !== undefined && { periodSeconds }),
  };
}

function readMetricStat(section: Properties): MetricSource {
  section.allowOnly(['Metric', 'Period', 'Stat', 'Unit']);
  const metric = section.section('Metric');
  metric?.allowOnly(['Dimensions', 'MetricName', 'Namespace']);
  if (!section.has('Metric')) section.complain('Metric', 'expected a map, found nothing');
  if (!section.has('Period')) section.complain('Period', 'expected a number of seconds, found nothing');
  return {
    metric: metric ? readMetric(metric) : { namespace: '', name: '', dimensions: [] },
    stat: section.requiredText('Stat'),
    periodSeconds: readPeriod(section) ?? 60,
    ...readUnit(section),
  };
}

export function readMetric(section: Properties): Metric {
  return {
    namespace: section.requiredText('Namespace'),
    name: section.requiredText('MetricName'),
    dimensions: section.sections('Dimensions').map(readDimension),
  };
}

export function readUnit(section: Properties): Pick<MetricSource, 'unit'> {
  const unit = section.oneOf('Unit', METRIC_UNITS);
  return unit ? { unit } : {};
}

export function readPeriod(section: Properties): number | undefined {
  const seconds = section.integer('Period', 1, MAX_PERIOD_SECONDS);
  if (seconds !== undefined && !isPeriod(seconds))
    section.complain('Period', `expected 10, 20, 30 or a multiple of 60 seconds, found ${seconds}`);
  return seconds;
}

function readDimension(section: Properties): Dimension {
  section.allowOnly(['Name', 'Value']);
  return { name: section.requiredText('Name'), value: section.requiredText('Value') };
}
