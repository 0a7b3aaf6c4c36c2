import { isObject } from '../../aws/json-object.ts';
import type { Metric, MetricUnit } from '../../aws/metric.ts';
import { shown } from '../../aws/shown.ts';
import { BoundedMap } from './bounded-map.ts';
import type { MeasuredCall } from './measured-service.ts';
import type { MetricStore } from './metric-store.ts';

/** Counts of the calls that services answer, which no fact tells. */
export interface CallMetrics {
  dynamodb(call: MeasuredCall): void;
  events(call: MeasuredCall): void;
  sqs(call: MeasuredCall): void;
}

const WRITES = new Set(['BatchWriteItem', 'DeleteItem', 'PutItem', 'TransactWriteItems', 'UpdateItem']);
const THROTTLES = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
]);

/** Metrics that are kept made: more than a stack's tables have. */
const MAX_KEPT = 1_000;

export function callMetrics(store: MetricStore, now: () => number): CallMetrics {
  const kept = new BoundedMap<string, Metric>(MAX_KEPT);
  const tableMetric = (name: string, tableName: string, operation = ''): Metric => {
    const key = `${name} ${tableName} ${operation}`;
    const found = kept.get(key);
    if (found) return found;
    const metric = newTableMetric(name, tableName, operation);
    kept.set(key, metric);
    return metric;
  };
  const count = (metric: Metric, value = 1, unit: MetricUnit = 'Count') =>
    store.count(metric, now(), value, unit);

  return {
    /** DynamoDB guide, "DynamoDB metrics and dimensions". */
    dynamodb({ operation, input, durationMs, output, error }) {
      const tables = tableNames(input);
      if (!error) {
        for (const table of tables) {
          count(tableMetric('SuccessfulRequestLatency', table, operation), durationMs, 'Milliseconds');
          const items = output?.Count;
          if (typeof items === 'number') count(tableMetric('ReturnedItemCount', table, operation), items);
        }
        return;
      }
      for (const table of tables) {
        if (error.code === 'ConditionalCheckFailedException')
          count(tableMetric('ConditionalCheckFailedRequests', table));
        else if (THROTTLES.has(error.code)) {
          count(tableMetric('ThrottledRequests', table, operation));
          count(tableMetric(WRITES.has(operation) ? 'WriteThrottleEvents' : 'ReadThrottleEvents', table));
        } else if (error.status >= 500) count(tableMetric('SystemErrors', table, operation));
      }
      const isUsers =
        error.status < 500 && error.code !== 'ConditionalCheckFailedException' && !THROTTLES.has(error.code);
      if (isUsers) count({ namespace: 'AWS/DynamoDB', name: 'UserErrors', dimensions: [] });
    },

    /** EventBridge guide, "EventBridge PutEvents metrics". */
    events({ operation, input, durationMs, output, error }) {
      if (operation !== 'PutEvents') return;
      const note = (name: string, value: number, unit: MetricUnit = 'Count') =>
        count({ namespace: 'AWS/Events', name: `PutEvents${name}`, dimensions: [] }, value, unit);
      note('ApproximateCallCount', 1);
      note(error ? 'ApproximateFailedCount' : 'ApproximateSuccessCount', 1);
      note('Latency', durationMs, 'Milliseconds');
      const entries = input.Entries;
      if (Array.isArray(entries)) note('EntriesCount', entries.length);
      const failed = output?.FailedEntryCount;
      if (typeof failed === 'number') note('FailedEntriesCount', failed);
    },

    sqs({ operation, input, output, error }) {
      if (operation !== 'ReceiveMessage' || error || output?.Messages !== undefined) return;
      const queueName = shown(input.QueueUrl).split('/').at(-1) ?? '';
      count({
        namespace: 'AWS/SQS',
        name: 'NumberOfEmptyReceives',
        dimensions: [{ name: 'QueueName', value: queueName }],
      });
    },
  };
}

/** Without an operation when that is empty. */
function newTableMetric(name: string, tableName: string, operation: string): Metric {
  const table = { name: 'TableName', value: tableName };
  const dimensions = operation === '' ? [table] : [table, { name: 'Operation', value: operation }];
  return { namespace: 'AWS/DynamoDB', name, dimensions };
}

/** The tables that a call is about, by name. */
function tableNames({ TableName, RequestItems, TransactItems }: Record<string, unknown>): string[] {
  if (typeof TableName === 'string' && !RequestItems && !TransactItems) return [nameIn(TableName)];
  const named: unknown[] = [TableName];
  if (isObject(RequestItems)) named.push(...Object.keys(RequestItems));
  if (Array.isArray(TransactItems))
    for (const item of TransactItems.filter(isObject))
      for (const action of Object.values(item)) if (isObject(action)) named.push(action.TableName);
  const texts = named.filter((name) => typeof name === 'string');
  return [...new Set(texts.map(nameIn))];
}

/** The name behind a name or an ARN. */
function nameIn(nameOrArn: string): string {
  return nameOrArn.slice(nameOrArn.lastIndexOf('/') + 1);
}
