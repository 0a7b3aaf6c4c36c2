import type { Place } from '../aws/arn.ts';
import type { JsonObject, JsonOperation, JsonService } from '../aws/operation.ts';
import { getMetricData } from './get-metric-data.ts';
import { getMetricStatistics } from './get-metric-statistics.ts';
import { listMetrics } from './list-metrics.ts';
import type { MetricStore } from './metric-store.ts';
import { putMetricData } from './put-metric-data.ts';

export interface CloudWatchServiceOptions {
  place: Place;
  store: MetricStore;
  now: () => number;
}

/** The operations of CloudWatch (CloudWatch API reference), loaded when the first is called. */
export function cloudWatchService({ place, store, now }: CloudWatchServiceOptions): JsonService {
  return {
    targetPrefix: 'GraniteServiceVersion20100801',
    jsonVersion: '1.0',
    errorNamespace: 'com.amazonaws.cloudwatch',
    operations: {
      PutMetricData: operation('PutMetricData', (input) => putMetricData(store, input, now())),
      GetMetricData: operation('GetMetricData', (input) => getMetricData(store, input)),
      GetMetricStatistics: operation('GetMetricStatistics', (input) => getMetricStatistics(store, input)),
      ListMetrics: operation('ListMetrics', (input) =>
        listMetrics(store, input, { nowMs: now(), accountId: place.accountId }),
      ),
    },
  };
}

/** These know no resources (Service Authorization Reference, "Amazon CloudWatch"). */
function operation(name: string, handle: (input: JsonObject) => JsonObject): JsonOperation {
  return { handle, needs: () => [{ action: `cloudwatch:${name}`, resource: '*' }] };
}
