import type { LogGroupModel } from '../../template/model.ts';
import { type EventRing, eventRing, type KeptEvent } from './event-ring.ts';
import type { ActiveMetricFilter } from './metric-filters/metric-filter.ts';
import type { ActiveSubscription } from './subscriptions/subscription-filter.ts';

export interface LogGroup extends Omit<LogGroupModel, 'logicalId'> {
  /** Epoch milliseconds. */
  creationTime: number;
  kmsKeyId?: string;
  /** By name. */
  streams: Map<string, LogStream>;
  /** By name. */
  subscriptions: Map<string, ActiveSubscription>;
  /** By name. */
  metricFilters: Map<string, ActiveMetricFilter>;
}

export interface LogStream {
  id: number;
  groupName: string;
  name: string;
  creationTime: number;
}

export interface LogStore {
  /** By name. */
  groups: ReadonlyMap<string, LogGroup>;
  addGroup(group: Pick<LogGroup, 'name'> & Partial<LogGroup>): LogGroup;
  removeGroup(name: string): void;
  addStream(group: LogGroup, name: string): LogStream;
  removeStream(group: LogGroup, name: string): void;
  /** Epoch milliseconds. */
  now(): number;
  addEvent(stream: LogStream, timestamp: number, message: string, origin?: EventOrigin): void;
  /** Of all groups, in the order they came; those of a stream that is gone are nobody's. */
  events(from?: number, to?: number): Iterable<KeptEvent>;
  /** Removes all streams and events; the groups stay. */
  empty(): void;
}

/** Where an event comes from, as far as that is known. */
export interface EventOrigin {
  /** Of the call that writes it. */
  traceHeader?: string | undefined;
  /** A function logs it, in an invocation unless it starts. */
  isLogged?: true;
  requestId?: string | undefined;
}

/** An event that a group has got. */
export interface AddedEvent {
  group: LogGroup;
  streamName: string;
  timestamp: number;
  /** Counts all events ever kept. */
  sequence: number;
  message: string;
  origin: EventOrigin;
}

export interface LogStoreOptions {
  /** Over all groups. */
  maxBytes: number;
  onFull(): void;
  /** Told of the events of groups that have filters. */
  onAdded(added: AddedEvent): void;
  now(): number;
}

/** A group keeps this many streams, the newest: each environment makes one, and a loop may run for weeks. */
const MAX_STREAMS = 1_000;

/** Groups and streams by name, and the newest events of all of them. */
export function logStore({ maxBytes, onFull, onAdded, now }: LogStoreOptions): LogStore {
  const groups = new Map<string, LogGroup>();
  const ring: EventRing = eventRing({ maxBytes, onFull });
  let streamId = 0;

  return {
    groups,
    addGroup(given) {
      const group: LogGroup = {
        creationTime: now(),
        logGroupClass: 'STANDARD',
        deletionProtectionEnabled: false,
        tags: {},
        streams: new Map(),
        subscriptions: new Map(),
        metricFilters: new Map(),
        ...given,
      };
      groups.set(group.name, group);
      return group;
    },
    removeGroup: (name) => void groups.delete(name),
    addStream({ name: groupName, streams }, name) {
      const [oldest] = streams.keys();
      if (oldest !== undefined && streams.size >= MAX_STREAMS) streams.delete(oldest);
      const stream = { id: streamId, groupName, name, creationTime: now() };
      streamId += 1;
      streams.set(name, stream);
      return stream;
    },
    removeStream: ({ streams }, name) => void streams.delete(name),
    now,
    addEvent({ id, groupName, name: streamName }, timestamp, message, origin = {}) {
      const sequence = ring.add(id, timestamp, now(), message);
      const group = groups.get(groupName);
      if (group && group.subscriptions.size + group.metricFilters.size > 0)
        onAdded({ group, streamName, timestamp, sequence, message, origin });
    },
    events: ring.events,
    empty() {
      for (const { streams } of groups.values()) streams.clear();
      ring.empty();
    },
  };
}
