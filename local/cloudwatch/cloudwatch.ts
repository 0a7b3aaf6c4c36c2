import type { Place } from '../aws/arn.ts';
import type { LazyJsonService } from '../aws/operation.ts';
import type { Clock } from '../clock.ts';
import type { Report } from '../facts.ts';
import { type CallMetrics, callMetrics } from './call-metrics.ts';
import { eventsMetrics } from './events-metrics.ts';
import { lambdaMetrics } from './lambda-metrics.ts';
import { logMetrics } from './log-metrics.ts';
import { MetricStore } from './metric-store.ts';
import { sqsMetrics } from './sqs-metrics.ts';

export { measured } from './measured-service.ts';

export interface CloudWatchOptions {
  place: Place;
  /** Real time: what tools ask for are hours of the day, whatever the pace of retries. */
  clock: Clock;
  report: Report;
}

export interface CloudWatch {
  service: LazyJsonService;
  /** Makes metrics of facts. */
  observe: Report;
  /** Makes metrics of calls. */
  calls: CallMetrics;
}

/** Amazon CloudWatch: metrics, in memory. All but the counting is loaded when a tool asks for it. */
export function startCloudWatch({ place, clock, report }: CloudWatchOptions): CloudWatch {
  const now = () => clock.now();
  const store = new MetricStore((limit) => report({ kind: 'metrics.dropped', limit }));
  const listeners = [
    lambdaMetrics(store, now),
    eventsMetrics(store, now),
    sqsMetrics(store, now).observe,
    logMetrics(store, now),
  ];
  return {
    service: {
      targetPrefix: 'GraniteServiceVersion20100801',
      async load() {
        const { cloudWatchService } = await import('./service.ts');
        return cloudWatchService({ place, store, now });
      },
    },
    observe(fact) {
      for (const listen of listeners) listen(fact);
    },
    calls: callMetrics(store, now),
  };
}
