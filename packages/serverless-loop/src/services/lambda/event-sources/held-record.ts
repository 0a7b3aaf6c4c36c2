import type { JsonObject } from '../../../aws/json-object.ts';

/** A record of a stream on its way to a function. */
export interface HeldRecord {
  sequenceNumber: string;
  createdAtMs: number;
  /** As the function gets it. */
  event: JsonObject;
  /** In the clock's emulated time: older records are discarded. */
  expiresAtMs: number;
}
