import type { Metric } from '../../aws/metric.ts';
import type { QueueDepth } from '../../aws/queue-depth.ts';
import type { Report } from '../../facts.ts';
import type { MetricStore } from './metric-store.ts';

/** A queue that nothing happened to for so long, and that is empty, sends nothing (SQS guide, "Monitoring Amazon SQS queues using CloudWatch"). */
const ACTIVE_MS = 6 * 3_600_000;

export interface SqsMetrics {
  observe: Report;
  /** Notes how full the active queues are. */
  sample(depths: readonly QueueDepth[], atMs: number): void;
  /** Takes all queues for quiet. */
  forget(): void;
}

/** SQS's own metrics, by queue (SQS guide, "Available CloudWatch metrics for Amazon SQS"). */
export function sqsMetrics(store: MetricStore, now: () => number): SqsMetrics {
  const lastSeenAt = new Map<string, number>();

  function count(name: string, queueName: string, value = 1): void {
    lastSeenAt.set(queueName, now());
    store.count(metric(name, queueName), now(), value, name === 'SentMessageSize' ? 'Bytes' : 'Count');
  }

  return {
    observe(fact) {
      switch (fact.kind) {
        case 'queue.sent':
          count('SentMessageSize', fact.queueName, fact.sizeBytes);
          return count('NumberOfMessagesSent', fact.queueName);
        case 'queue.deduplicated':
          return count('NumberOfDeduplicatedSentMessages', fact.queueName);
        case 'queue.received':
          return count('NumberOfMessagesReceived', fact.queueName);
        case 'queue.deleted':
          return count('NumberOfMessagesDeleted', fact.queueName);
      }
    },
    forget: () => lastSeenAt.clear(),
    sample(depths, atMs) {
      for (const { queueName, visible, notVisible, delayed, oldestAgeSeconds } of depths) {
        const isQuiet = now() - (lastSeenAt.get(queueName) ?? Number.NEGATIVE_INFINITY) > ACTIVE_MS;
        if (isQuiet && oldestAgeSeconds === undefined) continue;
        const note = (name: string, value: number) =>
          store.count(metric(name, queueName), atMs, value, 'Count');
        note('ApproximateNumberOfMessagesVisible', visible);
        note('ApproximateNumberOfMessagesNotVisible', notVisible);
        note('ApproximateNumberOfMessagesDelayed', delayed);
        store.count(
          metric('ApproximateAgeOfOldestMessage', queueName),
          atMs,
          oldestAgeSeconds ?? 0,
          'Seconds',
        );
      }
    },
  };
}

function metric(name: string, queueName: string): Metric {
  return { namespace: 'AWS/SQS', name, dimensions: [{ name: 'QueueName', value: queueName }] };
}
