import type { Place } from '../../../aws/arn.ts';
import { boolean, integer, list, structure, text, type ValueOf } from '../../../aws/members.ts';
import { ownersOf, type Segment } from '../trace/segment.ts';
import { SERVICE_ID, type ServiceId, serviceIdOf } from '../trace/service-id.ts';
import type { Trace } from '../trace/trace.ts';
import { HISTOGRAM, histogramOf, STATISTICS, statisticsOf, TIMES, timesOf } from './statistics.ts';

const EDGE = structure({
  ReferenceId: integer(),
  ...TIMES,
  SummaryStatistics: STATISTICS,
  ResponseTimeHistogram: HISTOGRAM,
  Aliases: list(structure({ Name: text() })),
});

type Edge = ValueOf<typeof EDGE>;

/** API reference, Service. */
export const SERVICE = structure({
  ReferenceId: integer(),
  ...SERVICE_ID.members,
  Root: boolean(),
  State: text(),
  ...TIMES,
  Edges: list(EDGE),
  SummaryStatistics: STATISTICS,
  DurationHistogram: HISTOGRAM,
  ResponseTimeHistogram: HISTOGRAM,
});

type Service = ValueOf<typeof SERVICE>;

interface Node {
  id: ServiceId;
  segments: Segment[];
  isRoot: boolean;
  /** The calls to each other service, by its key: the segments of the called. */
  calls: Map<string, Segment[]>;
}

/**
 * The services of these traces and who called whom, each entry point with a client before it.
 * The order and the times follow from the traces alone, so that the same traces give the same bytes.
 */
export function serviceGraph(traces: Trace[], place: Place): Service[] {
  const nodes = new Map<string, Node>();
  const clients = new Map<string, Segment[]>();

  function nodeOf(segment: Segment): Node {
    const id = serviceIdOf(segment, place);
    const key = keyOf(segment, place);
    const node = nodes.get(key) ?? { id, segments: [], isRoot: false, calls: new Map() };
    nodes.set(key, node);
    return node;
  }

  for (const trace of traces) {
    const owners = ownersOf(trace.segments);
    for (const segment of trace.segments) {
      const key = keyOf(segment, place);
      const node = nodeOf(segment);
      node.segments.push(segment);
      const caller = segment.parentId === undefined ? undefined : owners.get(segment.parentId);
      if (caller && caller !== segment) append(nodeOf(caller).calls, key, segment);
      if (segment === trace.root) {
        node.isRoot = true;
        append(clients, key, segment);
      }
    }
  }

  const references = new Map([...nodes.keys()].map((key, at) => [key, at]));
  const edge = ([key, segments]: [string, Segment[]]) => edgeTo(references.get(key) ?? 0, segments);
  return [
    ...[...nodes].map(([key, node]) => service(references.get(key) ?? 0, node, [...node.calls].map(edge))),
    ...[...clients].map(([key, segments], at) =>
      client(nodes.size + at, nodes.get(key)?.id.Name ?? '', segments, [edge([key, segments])]),
    ),
  ];
}

function keyOf(segment: Segment, place: Place): string {
  const { Name, Type = '' } = serviceIdOf(segment, place);
  return JSON.stringify([Name, Type]);
}

function append(calls: Map<string, Segment[]>, key: string, segment: Segment): void {
  const known = calls.get(key);
  if (known) known.push(segment);
  else calls.set(key, [segment]);
}

function service(ReferenceId: number, { id, segments, isRoot }: Node, Edges: Edge[]): Service {
  return {
    ReferenceId,
    ...id,
    Root: isRoot,
    State: segments.every(({ isInferred }) => isInferred) ? 'unknown' : 'active',
    ...timesOf(segments),
    Edges,
    SummaryStatistics: statisticsOf(segments),
    DurationHistogram: histogramOf(segments),
    ResponseTimeHistogram: histogramOf(segments),
  };
}

/** Whoever called the entry point: nothing is known of it but that. */
function client(ReferenceId: number, name: string, segments: Segment[], Edges: Edge[]): Service {
  return {
    ReferenceId,
    Name: name,
    Names: [name],
    Type: 'client',
    State: 'unknown',
    ...timesOf(segments),
    Edges,
  };
}

function edgeTo(ReferenceId: number, segments: Segment[]): Edge {
  return {
    ReferenceId,
    ...timesOf(segments),
    SummaryStatistics: statisticsOf(segments),
    ResponseTimeHistogram: histogramOf(segments),
    Aliases: [],
  };
}
