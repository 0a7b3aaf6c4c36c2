import type { Place } from '../../aws/arn.ts';
import type { JsonObject } from '../../aws/operation.ts';
import { type Segment, within } from './segment.ts';
import { serviceIdOf } from './service-id.ts';
import type { Trace } from './trace.ts';

/** A service on the way to a cause: its segment, and the subsegments down to where the way goes on. */
interface Step {
  segment: Segment;
  entities: Segment[];
}

/**
 * Where errors or faults began: each segment or subsegment that has one while nothing below it has, with the services
 * and their parts on the way there (X-Ray API reference, ErrorRootCause and FaultRootCause).
 */
export function rootCauses(trace: Trace, place: Place, kind: 'error' | 'fault'): JsonObject[] {
  const { segments, root } = trace;
  const causes: JsonObject[] = [];
  const seen = new Set<Segment>();
  const calledBy = Map.groupBy(segments, ({ parentId }) => parentId);

  function visit(at: Segment, path: Step[], step: Step): void {
    if (seen.has(at)) return;
    seen.add(at);
    const called = calledBy.get(at.id) ?? [];
    const isCause = at[kind] && ![...at.subsegments, ...called].some((below) => below[kind]);
    if (isCause) {
      causes.push({
        Services: [...path, step].map((each) => rendered(each, place)),
        ClientImpacting: root[kind],
      });
    }
    for (const child of at.subsegments) visit(child, path, { ...step, entities: [...step.entities, child] });
    for (const segment of called) visit(segment, [...path, step], { segment, entities: [segment] });
  }

  const ids = new Set(segments.flatMap((segment) => [...within(segment)]).map(({ id }) => id));
  for (const segment of segments) {
    const isEntry = segment.parentId === undefined || !ids.has(segment.parentId);
    if (isEntry) visit(segment, [], { segment, entities: [segment] });
  }
  return causes;
}

function rendered({ segment, entities }: Step, place: Place): JsonObject {
  return {
    ...serviceIdOf(segment, place),
    EntityPath: entities.map(({ name, exceptions, namespace }) => ({
      Name: name,
      Exceptions: exceptions.map((exception) => ({
        ...(exception.name === undefined ? {} : { Name: exception.name }),
        ...(exception.message === undefined ? {} : { Message: exception.message }),
      })),
      Remote: namespace === 'remote',
    })),
    Inferred: segment.isInferred,
  };
}
