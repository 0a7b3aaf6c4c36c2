import type { Segment } from './waterfall.ts';

/** A segment with the request that it is of, as Lambda writes it (X-Ray guide, "X-Ray segment documents", `aws`). */
type WithRequest = Segment & { aws?: { request_id?: unknown } };

/** Finds a segment, or a subsegment at any depth, by its id. */
export function spanOf(segments: readonly Segment[], id: string): Segment | undefined {
  for (const segment of segments) {
    const found = segment.id === id ? segment : spanOf(segment.subsegments ?? [], id);
    if (found) return found;
  }
  return undefined;
}

/** The requests to functions that a span belongs to: its own, or that of the nearest one that it lies in. */
export function requestsOf(segments: readonly Segment[], id: string): string[] {
  const parents = new Map<string, string>();
  const own = new Map<string, string>();
  const note = (segment: WithRequest, parentId: string | undefined): void => {
    if (parentId !== undefined) parents.set(segment.id, parentId);
    const requestId = segment.aws?.request_id;
    if (typeof requestId === 'string') own.set(segment.id, requestId);
    for (const inner of segment.subsegments ?? []) note(inner, segment.id);
  };
  for (const segment of segments) note(segment, segment.parent_id);

  const seen = new Set<string>();
  for (let at: string | undefined = id; at !== undefined && !seen.has(at); at = parents.get(at)) {
    seen.add(at);
    const requestId = own.get(at);
    if (requestId !== undefined) return [requestId];
  }
  return [];
}
