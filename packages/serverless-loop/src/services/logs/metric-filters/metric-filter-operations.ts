import { inSlices } from '../../../aws/in-slices.ts';
import {
  boolean,
  integer,
  list,
  map,
  number,
  oneOf,
  required,
  structure,
  text,
} from '../../../aws/members.ts';
import { METRIC_UNITS } from '../../../aws/metric.ts';
import { pageOf } from '../../../aws/page.ts';
import { groupNamed, groupNeed, operation } from '../context.ts';
import { invalidParameter, invalidToken, noSuchMetricFilter } from '../errors.ts';
import { compileFields } from '../filter/event-fields.ts';
import { patternTest } from '../pattern-test.ts';
import { FILTER_NAME, FILTER_PATTERN, GROUP_NAME, LISTED, MAX_LISTED, TIME } from '../shapes.ts';
import type { ActiveMetricFilter } from './metric-filter.ts';

/** The model's pattern allows no colon, and AWS takes one (LocalStack's record, test_logs_metric_filters.py, test_put_metric_filter_with_special_namespace). */
const METRIC_NAME = text({ max: 255 });

const TRANSFORMATION = structure({
  metricName: required(METRIC_NAME),
  metricNamespace: required(METRIC_NAME),
  metricValue: required(text({ max: 100 })),
  defaultValue: number(),
  dimensions: map(text({ max: 255 })),
  unit: oneOf(METRIC_UNITS),
});
const TRANSFORMATIONS = list(TRANSFORMATION, { min: 1, max: 1 });

const FILTER = structure({
  filterName: FILTER_NAME,
  filterPattern: FILTER_PATTERN,
  metricTransformations: TRANSFORMATIONS,
  creationTime: TIME,
  logGroupName: GROUP_NAME,
  applyOnTransformedLogs: boolean(),
});

const MESSAGE = text({ min: 1 });
const MATCH = structure({ eventNumber: integer(), eventMessage: MESSAGE, extractedValues: map(text()) });

/** CloudWatch Logs reference, "PutMetricFilter", "DescribeMetricFilters", "DeleteMetricFilter" and "TestMetricFilter". */
export const METRIC_FILTER_OPERATIONS = {
  PutMetricFilter: operation({
    input: {
      logGroupName: required(GROUP_NAME),
      filterName: required(FILTER_NAME),
      filterPattern: required(FILTER_PATTERN),
      metricTransformations: required(TRANSFORMATIONS),
      applyOnTransformedLogs: boolean(),
    },
    needs: groupNeed,
    async handle(input, { putMetricFilter }) {
      const { logGroupName, filterName: name, filterPattern: pattern, metricTransformations } = input;
      const [transformation] = metricTransformations;
      if (!transformation) return {};
      const applyOnTransformedLogs = input.applyOnTransformedLogs ?? false;
      await putMetricFilter({ name, logGroupName, pattern, transformation, applyOnTransformedLogs });
      return {};
    },
  }),

  DescribeMetricFilters: operation({
    input: {
      logGroupName: GROUP_NAME,
      filterNamePrefix: FILTER_NAME,
      ...LISTED,
      metricName: METRIC_NAME,
      metricNamespace: METRIC_NAME,
    },
    output: { metricFilters: list(FILTER), nextToken: text() },
    needs: groupNeed,
    handle({ logGroupName, filterNamePrefix = '', limit = MAX_LISTED, nextToken, ...metric }, context) {
      const { metricName, metricNamespace } = metric;
      if ((metricName === undefined) !== (metricNamespace === undefined))
        throw invalidParameter('metricName and metricNamespace must be specified together.');
      const groups =
        logGroupName === undefined ? [...context.store.groups.values()] : [groupNamed(logGroupName, context)];
      const wanted = groups
        .flatMap(({ metricFilters }) => [...metricFilters.values()])
        .filter(
          ({ name, transformation: of }) =>
            name.startsWith(filterNamePrefix) &&
            (metricName === undefined ||
              (of.metricName === metricName && of.metricNamespace === metricNamespace)),
        );
      const { items, ...more } = pageOf(wanted, {
        list: `metric filters of ${logGroupName ?? 'all'}`,
        limit,
        token: nextToken,
        // "The results are ASCII-sorted by filter name."
        keyOf: (filter) => `${filter.name}:${filter.logGroupName}`,
        refusal: invalidToken,
      });
      return { metricFilters: items.map(describe), ...more };
    },
  }),

  DeleteMetricFilter: operation({
    input: { logGroupName: required(GROUP_NAME), filterName: required(FILTER_NAME) },
    needs: groupNeed,
    handle({ logGroupName, filterName }, context) {
      if (!groupNamed(logGroupName, context).metricFilters.delete(filterName)) throw noSuchMetricFilter();
      return {};
    },
  }),

  TestMetricFilter: operation({
    input: {
      filterPattern: required(FILTER_PATTERN),
      logEventMessages: required(list(MESSAGE, { min: 1, max: 50 })),
    },
    output: { matches: list(MATCH) },
    needs: () => ['*'],
    async handle({ filterPattern, logEventMessages }) {
      return { matches: await inSlices(matchesOf(filterPattern, logEventMessages)) };
    },
  }),
};

function describe({ name, pattern, transformation, ...filter }: ActiveMetricFilter) {
  return {
    filterName: name,
    filterPattern: pattern,
    metricTransformations: [transformation],
    ...filter,
  };
}

function* matchesOf(pattern: string, messages: readonly string[]) {
  const matches = patternTest(pattern);
  const fieldsOf = compileFields(pattern);
  const found: { eventNumber: number; eventMessage: string; extractedValues: Record<string, string> }[] = [];
  for (const [eventNumber, eventMessage] of messages.entries()) {
    yield;
    if (!(yield* matches(eventMessage))) continue;
    const { all: extractedValues } = yield* fieldsOf(eventMessage);
    found.push({ eventNumber, eventMessage, extractedValues });
  }
  return found;
}
