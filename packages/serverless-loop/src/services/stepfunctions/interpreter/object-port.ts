import type { JsonObject } from '../../../aws/json-object.ts';

/** In whose name objects are read and written. */
export interface ObjectCall {
  /** Of the Map that asks. */
  context: JsonObject;
  signal: AbortSignal;
}

/** Objects in S3, which a Map at a distance reads items of and writes results to. All reject with the StateError of S3's refusal. */
export interface ObjectPort {
  /** Takes the parameters of GetObject. */
  read(parameters: JsonObject, call: ObjectCall): Promise<Buffer>;
  /** Takes those of ListObjectsV2, and goes through all pages. */
  list(parameters: JsonObject, call: ObjectCall): Promise<JsonObject[]>;
  /** Takes those of PutObject. */
  write(parameters: JsonObject, call: ObjectCall): Promise<void>;
}
