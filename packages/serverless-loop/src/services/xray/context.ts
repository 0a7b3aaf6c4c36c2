import type { Place } from '../../aws/arn.ts';
import type { JsonObject, RestRequest } from '../../aws/operation.ts';
import type { TraceStore } from './store.ts';

/** What every operation works with. */
export interface XRayContext {
  store: TraceStore;
  /** Takes a document that a client sent. */
  take(traceId: string, document: string): void;
  place: Place;
}

/** Answers one operation; throws AwsError for a fault of the caller. */
export type XRayHandler = (request: RestRequest, context: XRayContext) => JsonObject;
