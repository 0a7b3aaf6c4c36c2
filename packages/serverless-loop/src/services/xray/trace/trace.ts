import { parseJsonWithin, SEGMENT_LIMITS } from '../../../aws/json-limits.ts';
import type { StoredTrace } from '../store.ts';
import { inferredSegments } from './inferred.ts';
import { ownersOf, parseSegment, type Segment, within } from './segment.ts';

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
  const all = segments.flatMap(within);
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
    return parseSegment(parseJsonWithin(document.toString(), SEGMENT_LIMITS));
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

/** Subsegments that were sent apart, one in the other: deeper than functions nest. */
const DEEPEST = 40;

/** Hangs subsegments that were sent on their own under their parents. One whose parent never came stands for itself. */
function joined(sent: Segment[]): Segment[] {
  const places = new Map(
    sent.flatMap((owner) => within(owner).map((segment) => [segment.id, { segment, owner }] as const)),
  );
  const placeOf = ({ parentId = '' }: Segment) => places.get(parentId);
  const whole: Segment[] = [];
  const apart = new Map<Segment, Segment[]>();
  for (const segment of sent) {
    const parent = placeOf(segment)?.segment;
    if (!segment.isSubsegment || !parent || isEndless(segment)) whole.push(segment);
    else if (!apart.get(parent)?.push(segment)) apart.set(parent, [segment]);
  }
  for (const [parent, subsegments] of apart) embed(subsegments, parent);
  return whole;

  /** It is within itself, or so deep that it may as well be. */
  function isEndless(segment: Segment): boolean {
    let at: Segment | undefined = segment;
    for (let depth = 0; at?.isSubsegment && depth <= DEEPEST; depth += 1) at = placeOf(at)?.owner;
    return at?.isSubsegment ?? false;
  }
}

/** Members that belong to its place alone, and a subsegment that the parent brought itself, go. */
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
  const owners = ownersOf(segments);
  const depths = new Map<Segment, number>();
  for (const segment of segments) {
    const way: Segment[] = [];
    let at: Segment | undefined = segment;
    for (; at && !depths.has(at); at = owners.get(at.parentId ?? '')) {
      // For now: so that a circle ends.
      depths.set(at, 0);
      way.push(at);
    }
    let depth = at ? (depths.get(at) ?? 0) : 0;
    for (const passed of way.reverse()) {
      depth += 1;
      depths.set(passed, depth);
    }
  }
  const depthOf = (segment: Segment) => depths.get(segment) ?? 0;
  segments.sort((one, other) => one.startTime - other.startTime || depthOf(one) - depthOf(other));
}

/** The first that nothing else in the trace called. */
function rootOf(segments: Segment[]): Segment | undefined {
  const ids = new Set(segments.flatMap(within).map(({ id }) => id));
  return segments.find(({ parentId }) => parentId === undefined || !ids.has(parentId)) ?? segments[0];
}
