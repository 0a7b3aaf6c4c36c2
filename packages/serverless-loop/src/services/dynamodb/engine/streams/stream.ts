import type { StoredMap } from '../storage/store.ts';
import type { KeySchemaElement, StreamViewType } from '../tables/table-settings.ts';
import type { Item } from '../values/attribute-value.ts';

/** A stream but for its records, as it is kept: JSON. */
export interface StreamSettings {
  readonly arn: string;
  readonly label: string;
  readonly tableName: string;
  readonly viewType: StreamViewType;
  readonly keySchema: readonly KeySchemaElement[];
  /** Epoch seconds. */
  readonly createdAt: number;
  readonly shardId: string;
  readonly firstSequenceNumber: string;
  /** Once it was disabled: nothing is written to it any more. */
  readonly ended?: { readonly at: number; readonly sequenceNumber: string };
}

/** A record of a stream, as it is kept. */
export interface KeptRecord {
  readonly eventId: string;
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  /** Epoch seconds. */
  readonly createdAt: number;
  readonly keys: Item;
  readonly newImage?: Item;
  readonly oldImage?: Item;
  readonly sizeBytes: number;
  readonly userIdentity?: { readonly type: string; readonly principalId: string };
}

export interface Stream {
  readonly settings: StreamSettings;
  /** By their sequence numbers. */
  readonly records: StoredMap<KeptRecord>;
}

const SEQUENCE_DIGITS = 8;

/** Makes sequence numbers: each is greater than all before, as text too, since all have 21 digits. */
export function startSequence(now: () => number, last?: string) {
  let lastMs = last === undefined ? 0 : Number(last.slice(0, -SEQUENCE_DIGITS));
  let count = last === undefined ? 0 : Number(last.slice(-SEQUENCE_DIGITS));
  return (): string => {
    const nowMs = Math.max(Math.floor(now()), lastMs);
    count = nowMs > lastMs ? 0 : count + 1;
    lastMs = nowMs;
    return String(nowMs).padStart(13, '0') + String(count).padStart(SEQUENCE_DIGITS, '0');
  };
}
