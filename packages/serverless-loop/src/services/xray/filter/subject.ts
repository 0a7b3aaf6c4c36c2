import { type Segment, within } from '../trace/segment.ts';
import type { Trace } from '../trace/trace.ts';

/** The subject of a filter: a whole trace, whose own figures are those of its root, or one segment of it. */
export interface Subject {
  trace: Trace;
  /** Its outcome, times and HTTP data count. */
  segment: Segment;
  /** Annotations, users and exceptions are looked for in these. */
  scope: Segment[];
}

export type Predicate = (subject: Subject) => boolean;

export function ofTrace(trace: Trace): Subject {
  return { trace, segment: trace.root, scope: trace.segments };
}

export function ofSegment(trace: Trace, segment: Segment): Subject {
  return { trace, segment, scope: [segment] };
}

/** The scope's segments and all within them. */
export function allOf({ scope }: Subject): Segment[] {
  return scope.flatMap(within);
}
