import { throughUnseen } from '../../aws/lineage.ts';
import { formatTraceHeader, inferredSegmentId, parseTraceHeader } from '../../aws/trace-header.ts';

/** The header when it is a valid one: an invalid one is dropped, its event is not. */
export function validTraceHeader(header: string | undefined): string | undefined {
  return parseTraceHeader(header) && header;
}

/**
 * The trace header for the targets of an event: the root stays, the parent is the bus, whose segment X-Ray infers
 * from the publisher's call (EventBridge guide, "Integration with X-Ray"; the parent is on no page).
 */
export function targetTraceHeader(header: string | undefined): string | undefined {
  const trace = parseTraceHeader(header);
  if (!trace?.sampled || trace.parent === undefined) return throughUnseen(header);
  return throughUnseen(formatTraceHeader({ ...trace, parent: inferredSegmentId(trace.parent) }));
}
