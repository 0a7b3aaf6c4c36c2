import type { JsonObject } from './json-object.ts';

/** An event by which an AWS service tells of itself, on EventBridge's default bus. */
export interface ServiceEvent {
  /** E.g. `aws.s3`. */
  source: string;
  detailType: string;
  /** The ARNs of what it is about. */
  resources: string[];
  detail: JsonObject;
  traceHeader?: string;
}
