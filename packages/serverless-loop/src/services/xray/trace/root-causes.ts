import type { Place } from '../../../aws/arn.ts';
import { boolean, list, structure, text } from '../../../aws/members.ts';
import { type Segment, within } from './segment.ts';
import { SERVICE_ID, serviceIdOf } from './service-id.ts';
import type { Trace } from './trace.ts';

/** A segment or subsegment on the way from an entry point. */
interface Stop {
  at: Segment;
  /** The segment that it is, or that it is a part of. */
  segment: Segment;
  before?: Stop;
}

/** A reader looks at the first of many causes. */
const MAX_CAUSES = 20;

/** X-Ray API reference, ErrorRootCause and FaultRootCause. */
export const ROOT_CAUSE = structure({
  Services: list(
    structure({
      ...SERVICE_ID.members,
      EntityPath: list(
        structure({
          Name: text(),
          Exceptions: list(structure({ Name: text(), Message: text() })),
          Remote: boolean(),
        }),
      ),
      Inferred: boolean(),
    }),
  ),
  ClientImpacting: boolean(),
});

/**
 * Finds the places at which errors or faults began: each segment or subsegment that has one while nothing below it has, with
 * the services and their parts on the way there.
 */
export function rootCauses(trace: Trace, place: Place, kind: 'error' | 'fault') {
  const { segments, root } = trace;
  const calledBy = Map.groupBy(segments, ({ parentId }) => parentId);
  const ids = new Set(segments.flatMap(within).map(({ id }) => id));
  const isEntry = ({ parentId }: Segment) => parentId === undefined || !ids.has(parentId);
  const ahead: Stop[] = segments.filter(isEntry).map((segment) => ({ at: segment, segment }));
  const causes: Stop[] = [];
  const seen = new Set<Segment>();
  for (const stop of ahead) {
    if (causes.length === MAX_CAUSES) break;
    const { at, segment } = stop;
    if (seen.has(at)) continue;
    seen.add(at);
    const called = calledBy.get(at.id) ?? [];
    for (const child of at.subsegments) ahead.push({ at: child, segment, before: stop });
    for (const other of called) ahead.push({ at: other, segment: other, before: stop });
    if (at[kind] && ![...at.subsegments, ...called].some((below) => below[kind])) causes.push(stop);
  }
  return causes.map((cause) => ({ Services: servicesTo(cause, place), ClientImpacting: root[kind] }));
}

/** From the entry point to a stop, its parts together for each service. */
function servicesTo(stop: Stop, place: Place) {
  const services: { segment: Segment; parts: Segment[] }[] = [];
  for (let each: Stop | undefined = stop; each; each = each.before) {
    const last = services.at(-1);
    if (last?.segment === each.segment) last.parts.push(each.at);
    else services.push({ segment: each.segment, parts: [each.at] });
  }
  return services.reverse().map(({ segment, parts }) => ({
    ...serviceIdOf(segment, place),
    EntityPath: parts.reverse().map(rendered),
    Inferred: segment.isInferred,
  }));
}

function rendered({ name, exceptions, namespace }: Segment) {
  return {
    Name: name,
    Exceptions: exceptions.map((exception) => ({ Name: exception.name, Message: exception.message })),
    Remote: namespace === 'remote',
  };
}
