import { MINUTE_MS } from '../../../aws/time-units.ts';
import type { Clock, Timer } from '../../../clock.ts';
import { createTally } from '../../../tally.ts';
import type { MeasuredEvent, Measurement } from './measure-events.ts';
import type { ActiveMetricFilter } from './metric-filter.ts';

export interface MetricLinesOptions {
  /** The day: a default value counts for its minutes. */
  wallClock: Clock;
  /** Takes a value of a metric. */
  onMetric(measurement: Measurement): void;
}

/** Makes metrics of what is written to log groups. */
export interface MetricLines {
  take(filter: ActiveMetricFilter, event: MeasuredEvent): void;
  /** Resolves when every event is counted. */
  idle(): Promise<void>;
  /** Forgets what is not counted yet, default values too. */
  drop(): void;
}

/** A minute of a filter in which its group has events. */
interface Minute {
  isMatched: boolean;
  timer: Timer;
}

export function metricLines({ wallClock, onMetric }: MetricLinesOptions): MetricLines {
  const waiting = new Map<ActiveMetricFilter, MeasuredEvent[]>();
  const minutes = new Map<ActiveMetricFilter, Minute>();
  const working = createTally();

  async function count(filter: ActiveMetricFilter): Promise<void> {
    const { measureEvents } = await import('./measure-events.ts');
    const events = waiting.get(filter);
    if (!events) return;
    waiting.delete(filter);
    const { isMatched, measurements } = await measureEvents(filter, events);
    for (const measurement of measurements) onMetric(measurement);
    const minute = minutes.get(filter);
    if (isMatched && minute) minute.isMatched = true;
  }

  /** "The value published when log events are ingested and none matches": known at the minute's end. */
  function beginMinute(filter: ActiveMetricFilter): void {
    const { defaultValue: value, metricNamespace, metricName, unit = 'None' } = filter.transformation;
    if (value === undefined || minutes.has(filter)) return;
    const atMs = wallClock.now();
    const timer = wallClock.after(MINUTE_MS - (atMs % MINUTE_MS), () => {
      const minute = minutes.get(filter);
      minutes.delete(filter);
      const metric = { namespace: metricNamespace, name: metricName, dimensions: [] };
      if (minute?.isMatched === false) onMetric({ metric, atMs, value, unit });
    });
    minutes.set(filter, { isMatched: false, timer });
  }

  return {
    take(filter, event) {
      beginMinute(filter);
      const events = waiting.get(filter);
      if (events) {
        events.push(event);
        return;
      }
      waiting.set(filter, [event]);
      const end = working.begin();
      setImmediate(() => void count(filter).finally(end));
    },
    idle: working.idle,
    drop() {
      waiting.clear();
      for (const { timer } of minutes.values()) timer.cancel();
      minutes.clear();
    },
  };
}
