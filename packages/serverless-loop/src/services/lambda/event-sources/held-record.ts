import type { JsonObject } from '../../../aws/json-object.ts';

/** A record of a stream on its way to a function. */
export interface HeldRecord {
  sequenceNumber: string;
  createdAtMs: number;
  /** As the function gets it. */
  event: JsonObject;
  /** The trace header of the call that made it. */
  traceHeader?: string;
  /** In the clock's emulated time: older records are discarded. */
  expiresAtMs: number;
}

/** An event has at most 6 MB (Lambda guide, "Lambda quotas", synchronous invocation). */
const MAX_EVENT_BYTES = 6_291_456;
/** Room for the members around the records, a window's state apart. */
const ENVELOPE_BYTES = 1_024;

/** Records that wait to become a batch. */
export interface HeldBatch {
  /** False when there is no room for it in one event. */
  add(record: HeldRecord): boolean;
  /** It has as many as a batch may have. */
  isFull(): boolean;
  isEmpty(): boolean;
  /** Empties it. */
  take(): HeldRecord[];
}

export function heldBatch(batchSize: number): HeldBatch {
  let records: HeldRecord[] = [];
  let bytes = ENVELOPE_BYTES;
  return {
    add(record) {
      const more = Buffer.byteLength(JSON.stringify(record.event)) + 1;
      if (records.length > 0 && bytes + more > MAX_EVENT_BYTES) return false;
      records.push(record);
      bytes += more;
      return true;
    },
    isFull: () => records.length >= batchSize,
    isEmpty: () => records.length === 0,
    take() {
      const taken = records;
      records = [];
      bytes = ENVELOPE_BYTES;
      return taken;
    },
  };
}
