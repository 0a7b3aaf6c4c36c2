import type { Place } from '../../aws/arn.ts';
import { operationsOf } from '../../aws/service.ts';
import type { TraceStore } from './store.ts';

/** X-Ray's operations work on it. */
export interface XRayContext {
  store: TraceStore;
  /** Takes a document that a client sent. */
  take(traceId: string, document: string): void;
  place: Place;
}

export const operation = operationsOf<XRayContext>();

/** X-Ray grants its actions on no resource but all (Service Authorization Reference, "AWS X-Ray"). */
export function onAll(): string[] {
  return ['*'];
}
