import { isObject, type JsonObject } from '../../../aws/json-object.ts';
import { parsedJson } from '../../../aws/parsed-json.ts';
import { timeText } from '../../../aws/time-text.ts';
import type { HeldRecord } from './held-record.ts';

/** "The state can be a maximum of 1 MB per shard" (Lambda guide, "Configuring aggregation with a tumbling window"). */
const MAX_STATE_BYTES = 1_048_576;

/** The windows of one shard: distinct, one after the other, by the times of the records. */
export interface TumblingWindows {
  /** Tells whether a record belongs to the open window; opens one for it when none is open. */
  admits(record: HeldRecord): boolean;
  /** The end of the open window, epoch milliseconds. */
  endMs(): number | undefined;
  /** The state has outgrown its limit: the window ends before its time. */
  isFull(): boolean;
  /** The members of an event beside its records. */
  members(isFinal: boolean): JsonObject;
  /** Takes the state that a function answers with. */
  answered(payload: Buffer): void;
  /** Closes the window: the next one begins without a state. */
  close(): void;
}

/** `source` has the members that name the shard in events. */
export function tumblingWindows(seconds: number, source: JsonObject): TumblingWindows {
  const lengthMs = seconds * 1000;
  let startMs: number | undefined;
  let state: JsonObject = {};
  let isFull = false;
  return {
    admits({ createdAtMs }) {
      const its = Math.floor(createdAtMs / lengthMs) * lengthMs;
      startMs ??= its;
      // A record with a time from before its window opened, by a clock that was set back, is not lost.
      return its <= startMs;
    },
    endMs: () => (startMs === undefined ? undefined : startMs + lengthMs),
    isFull: () => isFull,
    members: (isFinal) => ({
      window: { start: timeText(startMs ?? 0), end: timeText((startMs ?? 0) + lengthMs) },
      state,
      ...source,
      isFinalInvokeForWindow: isFinal,
      isWindowTerminatedEarly: isFinal && isFull,
    }),
    answered(payload) {
      state = stateIn(payload);
      isFull = Buffer.byteLength(JSON.stringify(state)) > MAX_STATE_BYTES;
    },
    close() {
      startMs = undefined;
      state = {};
      isFull = false;
    },
  };
}

function stateIn(payload: Buffer): JsonObject {
  const answer = parsedJson(payload.toString());
  return isObject(answer) && isObject(answer.state) ? answer.state : {};
}
