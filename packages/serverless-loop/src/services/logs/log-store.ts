import type { LogGroupModel } from '../../template/model.ts';
import { type EventRing, eventRing, type KeptEvent } from './event-ring.ts';

export interface LogGroup extends Omit<LogGroupModel, 'logicalId'> {
  /** Epoch milliseconds. */
  creationTime: number;
  kmsKeyId?: string;
  /** By name. */
  streams: Map<string, LogStream>;
}

export interface LogStream {
  id: number;
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
  addEvent(stream: LogStream, timestamp: number, message: string): void;
  /** Of all groups, in the order they came; those of a stream that is gone are nobody's. */
  events(from?: number, to?: number): Iterable<KeptEvent>;
  /** Removes all streams and events; the groups stay. */
  empty(): void;
}

export interface LogStoreOptions {
  /** Over all groups. */
  maxBytes: number;
  onFull(): void;
  now(): number;
}

/** A group keeps this many streams, the newest: each environment makes one, and a loop may run for weeks. */
const MAX_STREAMS = 1_000;

/** Groups and streams by name, and the newest events of all of them. */
export function logStore({ maxBytes, onFull, now }: LogStoreOptions): LogStore {
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
        ...given,
      };
      groups.set(group.name, group);
      return group;
    },
    removeGroup: (name) => void groups.delete(name),
    addStream({ streams }, name) {
      const [oldest] = streams.keys();
      if (oldest !== undefined && streams.size >= MAX_STREAMS) streams.delete(oldest);
      const stream = { id: streamId, name, creationTime: now() };
      streamId += 1;
      streams.set(name, stream);
      return stream;
    },
    removeStream: ({ streams }, name) => void streams.delete(name),
    now,
    addEvent: ({ id }, timestamp, message) => ring.add(id, timestamp, now(), message),
    events: ring.events,
    empty() {
      for (const { streams } of groups.values()) streams.clear();
      ring.empty();
    },
  };
}
