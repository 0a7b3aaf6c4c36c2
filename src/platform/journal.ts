import { MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Decision, Journal } from '../orders/ports.ts';
import type { Telemetry } from './telemetry.ts';

/** Counted under these names. A decision without a name here has its log line alone. */
const COUNTS: Partial<Record<Decision['what'], string>> = {
  'order created': 'OrdersCreated',
  'order repeated': 'OrdersRepeated',
  'order processed': 'OrdersProcessed',
  'publish retried': 'PublishRetries',
};

/** Writes each decision as one log line and counts it; times each step, in the log and in the trace. */
export function journalOf({ logger, metrics, tracing }: Telemetry, elapsedMs: () => number): Journal {
  return {
    follow({ orderId, correlationId }) {
      logger.setCorrelationId(correlationId);
      logger.appendKeys({ orderId });
      tracing.annotate('orderId', orderId);
    },
    record(decision) {
      const { what, ...data } = decision;
      logger.info(what, data);
      measure(metrics, decision);
    },
    async step(name, run) {
      const startedAt = elapsedMs();
      let outcome = 'failed';
      try {
        const result = await tracing.inSubsegment(name, run);
        outcome = 'done';
        return result;
      } finally {
        logger.info(`${name} ${outcome}`, { step: name, durationMs: Math.round(elapsedMs() - startedAt) });
      }
    },
  };
}

function measure(metrics: Telemetry['metrics'], decision: Decision): void {
  const name = COUNTS[decision.what];
  if (name !== undefined) metrics.addMetric(name, MetricUnit.Count, 1);
  if (decision.what === 'order processed') {
    metrics.addMetric('OrderProcessingTime', MetricUnit.Milliseconds, decision.sinceCreatedMs);
  }
  // A line of its own: a dimension is of every metric in a line.
  if (decision.what === 'order refused') {
    const refused = metrics.singleMetric().addDimension('reason', decision.reason);
    refused.addMetric('OrdersRefused', MetricUnit.Count, 1);
  }
}
