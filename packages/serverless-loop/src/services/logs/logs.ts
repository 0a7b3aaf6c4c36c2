import { type Place, parseArn } from '../../aws/arn.ts';
import type { Receiver, ReceiverOf } from '../../aws/delivery.ts';
import { AwsError } from '../../aws/errors.ts';
import type { LazyJsonService } from '../../aws/operation.ts';
import { jsonService } from '../../aws/service.ts';
import type { Clock } from '../../clock.ts';
import type { Report } from '../../facts.ts';
import type { LogGroupModel } from '../../template/model.ts';
import { eventId } from './event-position.ts';
import { functionLogs } from './function-logs.ts';
import { type AddedEvent, logStore } from './log-store.ts';
import type { MetricFilter } from './metric-filters/metric-filter.ts';
import { type MetricFilters, metricFiltersIn } from './metric-filters/metric-filters.ts';
import { type MetricLinesOptions, metricLines } from './metric-filters/metric-lines.ts';
import type { SubscriptionFilter } from './subscriptions/subscription-filter.ts';
import { subscriptionLines } from './subscriptions/subscription-lines.ts';
import { type Subscriptions, subscriptionsIn } from './subscriptions/subscriptions.ts';

export interface LogsOptions extends MetricLinesOptions {
  place: Place;
  groups: LogGroupModel[];
  subscriptions: readonly SubscriptionFilter[];
  metricFilters: readonly MetricFilter[];
  report: Report;
  clock: Clock;
  /** Finds the functions and streams that subscribers are. */
  receiverOf: ReceiverOf;
  /** Tells whether a role lets CloudWatch Logs assume it for a log group. */
  trusts(roleArn: string, sourceArn: string): boolean;
  /** The trace header of a running invocation. */
  traceOf(requestId: string): string | undefined;
  /** Tells whether a function's role lets Lambda do this for it. */
  mayWrite(functionName: string, action: string, resource: string): boolean;
  /** The most that is kept of all groups together. */
  maxBytes?: number;
  /** Epoch milliseconds. */
  now?: () => number;
}

/** Takes events for log groups. */
export interface Logs extends Receiver {
  service: LazyJsonService;
  /** Takes every fact and keeps the log lines. */
  observe: Report;
  /** Empties every group. */
  clear(): void;
  /** For stacks that come, change and go while the loop runs. */
  groups: {
    has(name: string): boolean;
    /** Makes a group, or gives it other settings and keeps what it holds. */
    put(model: LogGroupModel): void;
    remove(name: string): void;
  };
  subscriptions: Pick<Subscriptions, 'has' | 'put' | 'remove'>;
  metricFilters: Pick<MetricFilters, 'has' | 'put' | 'remove'>;
  /** Resolves when nothing is on its way to a subscriber, and all is counted. */
  idle(): Promise<void>;
  /** The same, but for what waits for the clock. */
  settled(): Promise<void>;
  /** Drops what is on its way. */
  drop(): void;
  /** Sends nothing more. */
  stop(): void;
}

/** The stream of events that services send to a group. AWS draws its name. */
const DELIVERED = 'delivered';

const MAX_BYTES = 8 * 1024 * 1024;

/** CloudWatch Logs: what functions log, the newest of it, and what clients put there; what matches goes to subscribers. */
export function startLogs(options: LogsOptions): Logs {
  const { place, report, maxBytes = MAX_BYTES, now = Date.now } = options;
  const store = logStore({ maxBytes, now, onFull: () => report({ kind: 'logs.full', maxBytes }), onAdded });
  const keep = functionLogs({ ...options, store });
  const subscriptions = subscriptionsIn(store, { ...options, now });
  const lines = subscriptionLines(options);
  const metricFilters = metricFiltersIn(store);
  const metrics = metricLines(options);
  let isStopped = false;

  function put({ logicalId: _, ...model }: LogGroupModel): void {
    const before = store.groups.get(model.name);
    if (!before) return void store.addGroup(model);
    const { creationTime, streams, subscriptions: subscribed, metricFilters: measured } = before;
    store.addGroup({
      ...model,
      ...{ creationTime, streams, subscriptions: subscribed, metricFilters: measured },
    });
  }

  function drop(): void {
    lines.drop();
    metrics.drop();
  }

  function onAdded({ group, streamName, timestamp, sequence, message, origin }: AddedEvent): void {
    if (isStopped) return;
    const { traceHeader, requestId, isLogged = false } = origin;
    const id = eventId({ timestamp, sequence });
    const event = { id, timestamp, message, ...(traceHeader !== undefined && { traceHeader }) };
    const written = { streamName, event, isLogged, ...(requestId !== undefined && { requestId }) };
    for (const filter of group.subscriptions.values()) lines.take(filter, written);
    for (const filter of group.metricFilters.values()) metrics.take(filter, event);
  }

  for (const model of options.groups) put(model);
  for (const model of options.subscriptions) subscriptions.begin(model);
  for (const model of options.metricFilters) metricFilters.begin(model);

  return {
    service: {
      title: 'CloudWatch Logs',
      targetPrefix: 'Logs_20140328',
      signingName: 'logs',
      load: async () =>
        jsonService((await import('./service.ts')).LOGS, {
          ...{ store, place, subscribe: subscriptions.put, putMetricFilter: metricFilters.put },
        }),
    },
    receive(groupArn, { body, logStream = DELIVERED, atMs = now(), traceHeader }) {
      const [, name = ''] = /^log-group:([^:]+)/.exec(parseArn(groupArn)?.resource ?? '') ?? [];
      const group = store.groups.get(name);
      if (!group) throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
      const stream = group.streams.get(logStream) ?? store.addStream(group, logStream);
      store.addEvent(stream, atMs, body, { traceHeader });
    },
    observe(fact) {
      if (fact.kind === 'log') keep(fact);
      else if (fact.kind === 'invocation.ended') lines.ended(fact.requestId);
    },
    clear: store.empty,
    groups: {
      has: (name) => store.groups.has(name),
      put,
      remove: store.removeGroup,
    },
    subscriptions,
    metricFilters,
    async idle() {
      await lines.idle();
      await metrics.idle();
    },
    async settled() {
      await lines.settled();
      await metrics.idle();
    },
    drop,
    stop() {
      isStopped = true;
      drop();
    },
  };
}
