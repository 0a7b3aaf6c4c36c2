import { list, map, number, structure, text, timestamp } from '../../aws/members.ts';
import { operation } from './context.ts';
import { getMetricData, METRIC_DATA } from './get-metric-data.ts';
import { getMetricStatistics, METRIC_STATISTICS } from './get-metric-statistics.ts';
import { listMetrics, METRIC_FILTER } from './list-metrics.ts';
import { PUT_METRIC_DATA, putMetricData } from './put-metric-data.ts';
import { MESSAGES, METRIC, NEXT } from './shapes.ts';

/** The operations on metrics, which know no resource (Service Authorization Reference, "Amazon CloudWatch"). */
export const METRIC_OPERATIONS = {
  PutMetricData: operation({
    input: PUT_METRIC_DATA,
    needs: () => ['*'],
    handle(input, { store, now }) {
      putMetricData(store, input, now());
      return {};
    },
  }),
  GetMetricData: operation({
    input: METRIC_DATA,
    output: {
      MetricDataResults: list(
        structure({
          Id: text(),
          Label: text(),
          Timestamps: list(timestamp()),
          Values: list(number()),
          StatusCode: text(),
          Messages: MESSAGES,
        }),
      ),
      Messages: MESSAGES,
      ...NEXT,
    },
    needs: () => ['*'],
    handle: (input, { store }) => getMetricData(store, input),
  }),
  GetMetricStatistics: operation({
    input: METRIC_STATISTICS,
    output: {
      Label: text(),
      Datapoints: list(
        structure({
          Timestamp: timestamp(),
          SampleCount: number(),
          Average: number(),
          Sum: number(),
          Minimum: number(),
          Maximum: number(),
          Unit: text(),
          ExtendedStatistics: map(number()),
        }),
      ),
    },
    needs: () => ['*'],
    handle: (input, { store }) => getMetricStatistics(store, input),
  }),
  ListMetrics: operation({
    input: METRIC_FILTER,
    output: { Metrics: list(structure(METRIC)), OwningAccounts: list(text()), ...NEXT },
    needs: () => ['*'],
    handle: (input, { store, place, now }) =>
      listMetrics(store, input, { nowMs: now(), accountId: place.accountId }),
  }),
};
