import type { AlarmModel } from '../../aws/alarm.ts';
import type { Place } from '../../aws/arn.ts';
import type { ReceiverOf } from '../../aws/delivery.ts';
import type { Metric, MetricUnit } from '../../aws/metric.ts';
import { once } from '../../aws/once.ts';
import type { LazyJsonService } from '../../aws/operation.ts';
import type { LazyQueryService } from '../../aws/query-service.ts';
import type { QueueDepth } from '../../aws/queue-depth.ts';
import { jsonService, queryService } from '../../aws/service.ts';
import { MINUTE_MS } from '../../aws/time-units.ts';
import type { Clock } from '../../clock.ts';
import type { Report } from '../../facts.ts';
import { watchAlarms } from './alarms/alarm-watch.ts';
import { breakpointHold } from './alarms/breakpoint-hold.ts';
import { apiMetrics } from './api-metrics.ts';
import { type CallMetrics, callMetrics } from './call-metrics.ts';
import { refuseInvalidBody } from './dashboard-body.ts';
import type { Dashboard, Dashboards } from './dashboards.ts';
import { eventsMetrics } from './events-metrics.ts';
import { lambdaMetrics } from './lambda-metrics.ts';
import { logMetrics } from './log-metrics.ts';
import { MetricStore } from './metric-store.ts';
import { startTicker, type Ticker } from './minute-ticker.ts';
import { sqsMetrics } from './sqs-metrics.ts';
import { statesMetrics } from './states-metrics.ts';

export { measured } from './measured-service.ts';
export { alarmProblems } from './validate-alarms.ts';

export interface CloudWatchOptions {
  place: Place;
  /** Real time: what tools ask for are hours of the day, whatever the pace of retries. */
  clock: Clock;
  report: Report;
  alarms: readonly AlarmModel[];
  dashboards: readonly Dashboard[];
  /** The depths of the queues now. */
  queueDepths(): readonly QueueDepth[];
  /** Finds the topics that alarms notify. */
  receiverOf: ReceiverOf;
}

export interface CloudWatch {
  service: LazyJsonService;
  /** The same for older clients. */
  query: LazyQueryService;
  /** Makes metrics of facts. */
  observe: Report;
  /** Takes a value of a metric, as metric filters of log groups find it. */
  take(measurement: { metric: Metric; atMs: number; value: number; unit: MetricUnit }): void;
  /** Makes metrics of calls. */
  calls: CallMetrics;
  /** Forgets every metric; alarms keep their states until they are judged again. */
  clear(): void;
  /** From here on queues are measured and alarms judged, each minute. */
  begin(): void;
  /** For stacks that come, change and go while the loop runs. */
  alarms: {
    has(name: string): boolean;
    /** Rejects with AwsError for an expression or a rule that can't be read. */
    put(alarm: AlarmModel): Promise<void>;
    remove(name: string): Promise<void>;
  };
  dashboards: { has(name: string): boolean; put(dashboard: Dashboard): void; remove(name: string): void };
  /** Resolves when no alarm is being judged, nor acts. */
  settled(): Promise<void>;
  /** Waits for alarms that are being judged. */
  stop(): Promise<void>;
}

/**
 * Amazon CloudWatch: metrics, in memory, and alarms on them. Only the counting is loaded at the start; what answers tools when
 * one calls, what judges alarms when the first minute with an alarm is over.
 */
export function startCloudWatch(options: CloudWatchOptions): CloudWatch {
  const { place, clock, report } = options;
  const now = () => clock.now();
  const store = new MetricStore((limit) => report({ kind: 'metrics.dropped', limit }));
  const sqs = sqsMetrics(store, now);
  const hold = breakpointHold(now);
  const listeners = [
    lambdaMetrics(store, now),
    apiMetrics(store, now),
    eventsMetrics(store, now),
    statesMetrics(store, now),
    sqs.observe,
    logMetrics(store, now),
    hold.observe,
  ];
  const alarms = watchAlarms({
    store,
    now,
    report,
    async act(actionArn, change) {
      const { actOn } = await import('./alarms/act.ts');
      await actOn(actionArn, change, { place, receiverOf: options.receiverOf });
    },
  });
  for (const alarm of options.alarms) void alarms.put(alarm);
  const dashboards: Dashboards = new Map();
  const keep = (dashboard: Dashboard): void => {
    refuseInvalidBody(dashboard.body);
    dashboards.set(dashboard.name, { ...dashboard, modifiedAtMs: now() });
  };
  for (const dashboard of options.dashboards) keep(dashboard);
  let ticker: Ticker | undefined;
  let judging = Promise.resolve();

  function tick(atMs: number): void {
    if (atMs % MINUTE_MS === 0) {
      // Messages that are there as the minute ends belong to it.
      sqs.sample(options.queueDepths(), atMs - 1);
      store.dropOlderThan(atMs);
    }
    if (!alarms.isEmpty()) judge(atMs);
  }

  function judge(atMs: number): void {
    const held = hold.holds();
    if (!held) judging = alarms.evaluate(atMs);
    else if (held.functionName) report({ kind: 'alarms.held', functionName: held.functionName });
  }

  async function load() {
    const [{ CLOUDWATCH }, { AlarmTags }, book] = await Promise.all([
      import('./service.ts'),
      import('./alarms/alarm-tags.ts'),
      alarms.book(),
    ]);
    const context = { place, store, book, tags: new AlarmTags(book), dashboards, now };
    return { json: jsonService(CLOUDWATCH, context), query: queryService(CLOUDWATCH, context) };
  }
  const services = once(load);

  return {
    service: {
      title: 'CloudWatch',
      targetPrefix: 'GraniteServiceVersion20100801',
      signingName: 'monitoring',
      load: async () => (await services()).json,
    },
    query: {
      title: 'CloudWatch',
      signingName: 'monitoring',
      version: '2010-08-01',
      load: async () => (await services()).query,
    },
    observe(fact) {
      for (const listen of listeners) listen(fact);
    },
    take: ({ metric, atMs, value, unit }) => store.count(metric, atMs, value, unit),
    calls: callMetrics(store, now),
    clear() {
      store.clear();
      sqs.forget();
      alarms.reset();
    },
    begin() {
      ticker ??= startTicker(clock, () => alarms.stepSeconds() * 1000, tick);
    },
    alarms: { has: alarms.has, put: alarms.put, remove: alarms.delete },
    dashboards: {
      has: (name) => dashboards.has(name),
      put: keep,
      remove: (name) => void dashboards.delete(name),
    },
    settled: alarms.settled,
    async stop() {
      ticker?.stop();
      await judging;
    },
  };
}
