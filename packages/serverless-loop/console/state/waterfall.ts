/** A segment or a subsegment of a trace, as X-Ray's documents have it (X-Ray guide, "X-Ray segment documents"). */
export interface Segment {
  id: string;
  name: string;
  /** Seconds since the epoch. */
  start_time: number;
  /** Absent while it goes on. */
  end_time?: number;
  parent_id?: string;
  origin?: string;
  fault?: boolean;
  error?: boolean;
  throttle?: boolean;
  subsegments?: readonly Segment[];
}

/** A bar of the waterfall. */
export interface Bar {
  id: string;
  name: string;
  /** 0 for the first; one more for each that it lies in. */
  depth: number;
  /** Milliseconds from the trace's beginning. */
  offsetMs: number;
  durationMs: number;
  isGoingOn: boolean;
  state: 'ok' | 'fault' | 'error' | 'throttled';
}

export interface Waterfall {
  bars: readonly Bar[];
  /** Epoch milliseconds of its beginning. */
  startedAt: number;
  durationMs: number;
}

/**
 * The bars of a trace: each below that which it lies in, in the order in which they began. One whose parent has not come, or
 * is gone, lies in none; documents that name each other as parents end nothing.
 */
export function waterfall(documents: readonly Segment[], nowMs: number): Waterfall {
  const all = documents.flatMap((document) => flat(document));
  const known = new Map(all.map((part) => [part.segment.id, part]));
  const startedAt = Math.min(...all.map(({ segment }) => segment.start_time * 1_000));
  const children = Map.groupBy(all, ({ parentId = '' }) => (known.has(parentId) ? parentId : ''));
  const bars: Bar[] = [];
  const drawn = new Set<string>();

  function draw(parentId: string, depth: number): void {
    const parts = children.get(parentId) ?? [];
    for (const { segment } of parts.toSorted(byStart)) {
      if (drawn.has(segment.id)) continue;
      drawn.add(segment.id);
      bars.push(barOf(segment, { depth, startedAt, nowMs }));
      draw(segment.id, depth + 1);
    }
  }

  draw('', 0);
  // The rest goes round in circles: each circle is drawn from where it began.
  for (const { segment, parentId = '' } of all.toSorted(byStart))
    if (!drawn.has(segment.id)) draw(parentId, 0);
  const durationMs = Math.max(0, ...bars.map((bar) => bar.offsetMs + bar.durationMs));
  return { bars, startedAt: all.length === 0 ? nowMs : startedAt, durationMs };
}

interface Part {
  segment: Segment;
  parentId: string | undefined;
}

function flat(segment: Segment, parentId = segment.parent_id): Part[] {
  const inner = (segment.subsegments ?? []).flatMap((sub) => flat(sub, segment.id));
  return [{ segment, parentId }, ...inner];
}

function byStart(one: Part, other: Part): number {
  return one.segment.start_time - other.segment.start_time;
}

function barOf(
  segment: Segment,
  { depth, startedAt, nowMs }: { depth: number; startedAt: number; nowMs: number },
): Bar {
  const { id, name, start_time, end_time } = segment;
  const startMs = start_time * 1_000;
  const endMs = end_time === undefined ? Math.max(nowMs, startMs) : end_time * 1_000;
  return {
    id,
    name,
    depth,
    offsetMs: startMs - startedAt,
    durationMs: Math.max(0, endMs - startMs),
    isGoingOn: end_time === undefined,
    state: stateOf(segment),
  };
}

/** A throttle is an error, too: it is told as what it is. */
function stateOf({ fault, error, throttle }: Segment): Bar['state'] {
  if (throttle) return 'throttled';
  if (fault) return 'fault';
  return error ? 'error' : 'ok';
}
