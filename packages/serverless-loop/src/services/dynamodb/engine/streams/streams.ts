import type { Clock } from '../clock.ts';
import { seconds } from '../clock.ts';
import type { Write, WriteCause, WriteRecorder } from '../items/writer.ts';
import type { Place } from '../place.ts';
import type { Change, Store } from '../storage/store.ts';
import type { StreamViewType, TableSettings } from '../tables/table-settings.ts';
import { readRecord, readSettings } from './kept-form.ts';
import { recordOf } from './record.ts';
import { type KeptRecord, type Stream, type StreamSettings, startSequence } from './stream.ts';
import { TraceHeaders } from './trace-headers.ts';

/** A stream keeps a record so long (DynamoDB guide, "Change data capture for DynamoDB Streams"). */
const KEPT_SECONDS = 24 * 60 * 60;

export interface Streams extends WriteRecorder {
  /** By ARN; what is too old is gone from it. */
  find(arn: string): Stream | undefined;
  /** In the order of their making. */
  all(): Stream[];
  /** A new stream of the table, and what keeps it; it is there at once. */
  open(
    table: TableSettings,
    viewType: StreamViewType,
  ): { settings: StreamSettings; changes: readonly Change[] };
  /** Gives the changes that end a stream: its records are there until they are too old. */
  close(arn: string): readonly Change[];
  /** Gives the changes that remove the records of all streams; those that come later are numbered on. */
  emptied(): readonly Change[];
  /** Greater than that of every record that there is, and less than those to come. */
  nextSequenceNumber(): string;
  /** The records to come are made by a call with this trace header. */
  tracedBy(traceHeader: string | undefined): void;
  /** The trace header of the call that made a record, one of the latest in this process. */
  traceHeaderOf(sequenceNumber: string): string | undefined;
  /** Calls the listener after each batch of records, until it is told to stop. Must not throw. */
  onRecords(arn: string, listener: () => void): { stop(): void };
}

export interface StreamsOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly place: Place;
  newId(): string;
  /** For a table whose stream is to have a label of its own; else it is the time of its making. */
  labelOf?: (tableArn: string) => string | undefined;
}

export function startStreams({ store, clock, newId, labelOf }: StreamsOptions): Streams {
  const kept = store.map<StreamSettings>('streams', readSettings);
  const streams = new Map<string, Stream>();
  const listeners = new Map<string, Set<() => void>>();
  const headers = new TraceHeaders();
  for (const [arn, settings] of [...kept.entries()]) streams.set(arn, streamOf(settings));
  const nextSequenceNumber = startSequence(clock.now, lastNumber(streams.values()));

  function streamOf(settings: StreamSettings): Stream {
    return { settings, records: store.map<KeptRecord>(`stream/${settings.arn}`, readRecord) };
  }

  /** Removes what is too old, a stream that has ended with its last records. */
  function trim(stream: Stream): void {
    const oldest = seconds(clock) - KEPT_SECONDS;
    const { settings, records } = stream;
    if (settings.ended && settings.ended.at < oldest) {
      store.commit([kept.remove(settings.arn), records.clear()]);
      streams.delete(settings.arn);
      return;
    }
    const old: Change[] = [];
    for (const [number, { createdAt }] of records.entries()) {
      if (createdAt >= oldest) break;
      old.push(records.remove(number));
    }
    if (old.length > 0) store.commit(old);
  }

  return {
    nextSequenceNumber,
    find(arn) {
      const stream = streams.get(arn);
      if (stream) trim(stream);
      return streams.get(arn);
    },
    all() {
      for (const stream of [...streams.values()]) trim(stream);
      return [...streams.values()];
    },
    open({ name, arn: tableArn, keySchema }, viewType) {
      const label = labelOf?.(tableArn) ?? new Date(clock.now()).toISOString().slice(0, -1);
      const firstSequenceNumber = nextSequenceNumber();
      const arn = `${tableArn}/stream/${label}`;
      const settings: StreamSettings = {
        arn,
        label,
        tableName: name,
        viewType,
        keySchema,
        createdAt: seconds(clock),
        shardId: `shardId-${String(Math.floor(clock.now())).padStart(20, '0')}-${newId().slice(0, 8)}`,
        firstSequenceNumber,
      };
      const stream = streamOf(settings);
      // One that ended may have had the same label.
      const cleared = streams.has(arn) ? [stream.records.clear()] : [];
      streams.set(arn, stream);
      return { settings, changes: [...cleared, kept.put(arn, settings)] };
    },
    close(arn) {
      const stream = streams.get(arn);
      if (!stream) return [];
      const settings = {
        ...stream.settings,
        ended: { at: seconds(clock), sequenceNumber: nextSequenceNumber() },
      };
      streams.set(arn, { ...stream, settings });
      return [kept.put(arn, settings)];
    },
    tracedBy(traceHeader) {
      headers.current = traceHeader;
    },
    traceHeaderOf: (sequenceNumber) => headers.of(sequenceNumber),
    emptied: () => [...streams.values()].map(({ records }) => records.clear()),
    record(writes, cause) {
      return writes.flatMap((write) => {
        const stream = streamTo(streams, write);
        return stream ? recordChange(stream, write, cause) : [];
      });
    },
    recorded(writes) {
      if (listeners.size === 0) return;
      const arns = new Set(writes.map(({ table }) => table.settings.stream?.arn));
      for (const arn of arns) for (const listener of (arn && listeners.get(arn)) || []) listener();
    },
    onRecords(arn, listener) {
      const of = listeners.get(arn) ?? new Set();
      listeners.set(arn, of);
      of.add(listener);
      return {
        stop() {
          of.delete(listener);
          if (of.size === 0) listeners.delete(arn);
        },
      };
    },
  };

  function recordChange(stream: Stream, write: Write, cause: WriteCause): Change[] {
    const record = recordOf(write, cause, stream.settings, newId().replaceAll('-', ''), seconds(clock));
    if (!record) return [];
    const old = [...oldest(stream)];
    const sequenceNumber = nextSequenceNumber();
    headers.note(sequenceNumber);
    return [stream.records.put(sequenceNumber, record), ...old];
  }

  /** A few of the records that are too old: each new one takes them with it. */
  function* oldest({ records }: Stream): Generator<Change> {
    const before = seconds(clock) - KEPT_SECONDS;
    let removed = 0;
    for (const [number, { createdAt }] of records.entries()) {
      if (createdAt >= before || removed === 2) return;
      removed += 1;
      yield records.remove(number);
    }
  }
}

function streamTo(streams: ReadonlyMap<string, Stream>, { table }: Write): Stream | undefined {
  const { stream } = table.settings;
  return stream && streams.get(stream.arn);
}

/** The greatest that was ever given: of a record, or of a stream's beginning or end. */
function lastNumber(streams: Iterable<Stream>): string | undefined {
  let last: string | undefined;
  for (const { settings, records } of streams) {
    const numbers = [settings.firstSequenceNumber, settings.ended?.sequenceNumber];
    for (const [number] of records.entries({}, 'backward')) {
      numbers.push(number);
      break;
    }
    for (const number of numbers)
      if (number !== undefined && (last === undefined || number > last)) last = number;
  }
  return last;
}
