import type { StoredTrace } from '../store.ts';
import { inferredSegments } from './inferred.ts';
import { parseSegment, type Segment, within } from './segment.ts';

/** A trace put together from its documents. */
export interface Trace {
  id: string;
  /** Those that were sent, and those inferred; by start. */
  segments: Segment[];
  /** The segment that all began with. */
  root: Segment;
  /** Epoch seconds. */
  startTime: number;
  endTime: number;
  isPartial: boolean;
  /** Grows with every document. */
  revision: number;
}

/** Puts a trace together; undefined when not one of its documents is a segment. */
export function assembleTrace({ id, documents }: StoredTrace): Trace | undefined {
  const segments = joined(newest(documents.map(parseDocument)));
  segments.push(...inferredSegments(segments));
  sortByStart(segments);
  const root = rootOf(segments);
  if (!root) return undefined;
  const all = segments.flatMap((segment) => [...within(segment)]);
  return {
    id,
    segments,
    root,
    startTime: segments.reduce((first, { startTime }) => Math.min(first, startTime), root.startTime),
    endTime: all.reduce(
      (last, { startTime, endTime = startTime }) => Math.max(last, endTime),
      root.startTime,
    ),
    isPartial: all.some(({ endTime }) => endTime === undefined),
    revision: documents.length,
  };
}

function parseDocument(document: Buffer | string): Segment | undefined {
  try {
    return parseSegment(JSON.parse(document.toString()));
  } catch {
    return undefined;
  }
}

/** A segment may be sent again: first in progress, then whole. What is whole isn't undone by what comes late. */
function newest(parsed: (Segment | undefined)[]): Segment[] {
  const byId = new Map<string, Segment>();
  for (const segment of parsed) {
    if (!segment) continue;
    const known = byId.get(segment.id);
    if (known?.endTime === undefined || segment.endTime !== undefined) byId.set(segment.id, segment);
  }
  return [...byId.values()];
}

/** Hangs subsegments that were sent on their own under their parents. One whose parent never came stands for itself. */
function joined(sent: Segment[]): Segment[] {
  const byId = new Map(
    sent.flatMap((segment) => [...within(segment)]).map((segment) => [segment.id, segment]),
  );
  const whole: Segment[] = [];
  const apart = new Map<Segment, Segment[]>();
  for (const segment of sent) {
    const parent = segment.parentId === undefined ? undefined : byId.get(segment.parentId);
    if (!segment.isSubsegment || !parent || parent === segment) whole.push(segment);
    else if (!apart.get(parent)?.push(segment)) apart.set(parent, [segment]);
  }
  for (const [parent, subsegments] of apart) embed(subsegments, parent);
  return whole;
}

/** What belongs to its place alone, and one that the parent brought itself, go. */
function embed(subsegments: Segment[], parent: Segment): void {
  const ids = new Set(subsegments.map(({ id }) => id));
  for (const subsegment of subsegments) {
    const { trace_id: _, parent_id: __, type: ___, ...document } = subsegment.document;
    subsegment.document = document;
  }
  parent.subsegments = [...parent.subsegments.filter(({ id }) => !ids.has(id)), ...subsegments].sort(
    (one, other) => one.startTime - other.startTime,
  );
}

/** Callers before those they called in the same moment. */
function sortByStart(segments: Segment[]): void {
  const owners = new Map(
    segments.flatMap((owner) => [...within(owner)].map(({ id }) => [id, owner] as const)),
  );
  const depths = new Map<Segment, number>();
  for (const segment of segments) {
    const callers = new Set<Segment>();
    for (let at: Segment | undefined = segment; at && !callers.has(at); at = owners.get(at.parentId ?? '')) {
      callers.add(at);
    }
    depths.set(segment, callers.size);
  }
  const depthOf = (segment: Segment) => depths.get(segment) ?? 0;
  segments.sort((one, other) => one.startTime - other.startTime || depthOf(one) - depthOf(other));
}

/** The first that nothing else in the trace called. */
function rootOf(segments: Segment[]): Segment | undefined {
  const ids = new Set(segments.flatMap((segment) => [...within(segment)]).map(({ id }) => id));
  return segments.find(({ parentId }) => parentId === undefined || !ids.has(parentId)) ?? segments[0];
}
