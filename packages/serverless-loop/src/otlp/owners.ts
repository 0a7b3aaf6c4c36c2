import type { Span } from './span.ts';

/** Spans that belong together, and the segment they hang under when that came apart from them. */
export interface SpanGroup {
  spans: Span[];
  /** The service whose segment it is; undefined for subsegments that a function sent by themselves. */
  service?: string;
  parentId?: string;
}

/** Tells which service each span is of. Subsegments come before the segment that they belong to, so they wait for it. */
export interface Owners {
  add(group: SpanGroup): void;
  /** Those whose service is known by now, and those that have waited for too many others. */
  take(): Owned[];
  /** All, known or not. */
  takeAll(): Owned[];
}

export interface Owned {
  /** Undefined when nobody knows. */
  service: string | undefined;
  spans: Span[];
}

const MAX_KNOWN = 10_000;
const MAX_WAITING = 2_000;

export function spanOwners(): Owners {
  /** Services by the ids of their spans, the newest of them. */
  const known = new Map<string, string>();
  let ready: Owned[] = [];
  let waiting: SpanGroup[] = [];

  function settle(group: SpanGroup, service: string | undefined): void {
    ready.push({ service, spans: group.spans });
    if (service === undefined) return;
    for (const { spanId } of group.spans) known.set(spanId, service);
    for (const oldest of known.keys()) {
      if (known.size <= MAX_KNOWN) break;
      known.delete(oldest);
    }
  }

  /** Again and again, because one that is settled may be what another waits for. */
  function settleWaiting(): void {
    for (let before = -1; before !== waiting.length; ) {
      before = waiting.length;
      const unsettled: SpanGroup[] = [];
      for (const group of waiting) {
        const service = known.get(group.parentId ?? '');
        if (service === undefined) unsettled.push(group);
        else settle(group, service);
      }
      waiting = unsettled;
    }
    for (const group of waiting.splice(0, waiting.length - MAX_WAITING)) settle(group, undefined);
  }

  function take(): Owned[] {
    settleWaiting();
    const taken = ready;
    ready = [];
    return taken;
  }

  return {
    add(group) {
      if (group.service === undefined) waiting.push(group);
      else settle(group, group.service);
    },
    take,
    takeAll() {
      const taken = take();
      return [...taken, ...waiting.splice(0).map(({ spans }) => ({ service: undefined, spans }))];
    },
  };
}
