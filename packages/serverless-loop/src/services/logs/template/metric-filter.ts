import { METRIC_UNITS } from '../../../aws/metric.ts';
import type { Properties } from '../../../template/properties.ts';
import { readOwn } from '../../../template/read-own.ts';
import type { Resource } from '../../../template/resource.ts';
import type { Reading } from '../../../template/resource-kind.ts';
import type { World } from '../../../template/world.ts';
import {
  METRIC_FILTER_TYPE,
  type MetricFilterModel,
  type MetricTransformation,
} from '../metric-filters/metric-filter.ts';
import { readFilterName } from './subscription-filter.ts';

const KNOWN_PROPERTIES = [
  'ApplyOnTransformedLogs',
  'EmitSystemFieldDimensions',
  'FieldSelectionCriteria',
  'FilterName',
  'FilterPattern',
  'LogGroupName',
  'MetricTransformations',
];
const TRANSFORMATION_PROPERTIES = [
  'DefaultValue',
  'Dimensions',
  'MetricName',
  'MetricNamespace',
  'MetricValue',
  'Unit',
];

/** Reads each AWS::Logs::MetricFilter. */
export function readMetricFilters(reading: Reading): void {
  readOwn(reading, METRIC_FILTER_TYPE, readOne);
}

function readOne(resource: Resource, world: World): MetricFilterModel | undefined {
  const properties = world.read(resource, KNOWN_PROPERTIES);
  world.reports.emulated(resource);
  world.reportLeftOut(resource, properties);
  const name = readFilterName(resource, properties, world);
  const [section, ...others] = properties.sections('MetricTransformations');
  if (!section || others.length > 0)
    properties.complain(
      'MetricTransformations',
      `expected a list of one, found ${section ? others.length + 1 : 'none'}`,
    );
  if (!section) return undefined;
  return {
    logicalId: resource.logicalId,
    name,
    logGroupName: properties.requiredText('LogGroupName'),
    pattern: properties.text('FilterPattern') ?? '',
    transformation: readTransformation(section),
    applyOnTransformedLogs: properties.boolean('ApplyOnTransformedLogs') ?? false,
  };
}

function readTransformation(section: Properties): MetricTransformation {
  section.allowOnly(TRANSFORMATION_PROPERTIES);
  const defaultValue = section.number('DefaultValue');
  const unit = section.oneOf('Unit', METRIC_UNITS);
  const dimensions = section
    .sections('Dimensions')
    .map((dimension) => [dimension.requiredText('Key'), dimension.requiredText('Value')]);
  return {
    metricNamespace: section.requiredText('MetricNamespace'),
    metricName: section.requiredText('MetricName'),
    metricValue: section.requiredText('MetricValue'),
    ...(defaultValue !== undefined && { defaultValue }),
    ...(unit && { unit }),
    ...(dimensions.length > 0 && { dimensions: Object.fromEntries(dimensions) }),
  };
}
