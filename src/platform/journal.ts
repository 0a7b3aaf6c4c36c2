import { MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Decision, Journal } from '../orders/ports.ts';
import type { Telemetry } from './telemetry.ts';

/** A decision without a name here has its log line alone. */
const METRICS: Partial<Record<Decision['what'], string>> = {
  'order created': 'OrdersCreated',
  'order repeated': 'OrdersRepeated',
  'order refused': 'OrdersRefused',
  'order processed': 'OrdersProcessed',
};

/** Writes each decision as one log line and counts it; times each step, in the log and in the trace. */
export function journalOf({ logger, metrics, tracing }: Telemetry, elapsedMs: () => number): Journal {
  return {
    follow({ orderId, correlationId }) {
      logger.setCorrelationId(correlationId);
      logger.appendKeys({ orderId });
      tracing.annotate('orderId', orderId);
    },
    record({ what, ...data }) {
      logger.info(what, data);
      const metric = METRICS[what];
      if (metric !== undefined) metrics.addMetric(metric, MetricUnit.Count, 1);
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
