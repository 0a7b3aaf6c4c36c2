import type { JsonObject } from '../../aws/json-object.ts';

/** One item changed, with its images in DynamoDB's JSON. An image is undefined when there was, or is, no item. */
export interface ItemWrite {
  tableName: string;
  /** The API operation that changed it, e.g. `PutItem`. */
  operation: string;
  newImage: JsonObject | undefined;
  oldImage: JsonObject | undefined;
}
