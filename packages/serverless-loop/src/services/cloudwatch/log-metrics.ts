import type { Report } from '../../facts.ts';
import { readEmf } from './emf.ts';
import type { MetricStore } from './metric-store.ts';

/**
 * Metrics that functions write to their logs. What can't be read is counted by log group (CloudWatch Logs guide, "Monitoring
 * with CloudWatch metrics").
 */
export function logMetrics(store: MetricStore, now: () => number): Report {
  function countError(name: 'EMFParsingErrors' | 'EMFValidationErrors', logGroup: string): void {
    const dimensions = [{ name: 'LogGroupName', value: logGroup }];
    store.count({ namespace: 'AWS/Logs', name, dimensions }, now(), 1, 'Count');
  }

  return (fact) => {
    if (fact.kind !== 'log' || fact.source !== 'function') return;
    const line = readEmf(fact.line, now());
    if (line.kind === 'unreadable') countError('EMFParsingErrors', fact.logGroup);
    if (line.kind !== 'metrics') return;
    if (line.problems.length > 0) countError('EMFValidationErrors', fact.logGroup);
    for (const { metric, values, ...reading } of line.metrics)
      for (const value of values)
        store.add(metric, { ...reading, count: 1, sum: value, minimum: value, maximum: value });
  };
}
