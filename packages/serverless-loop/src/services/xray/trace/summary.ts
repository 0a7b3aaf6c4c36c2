import type { Place } from '../../../aws/arn.ts';
import {
  boolean,
  integer,
  list,
  map,
  number,
  structure,
  text,
  timestamp,
  union,
} from '../../../aws/members.ts';
import { ROOT_CAUSE, rootCauses } from './root-causes.ts';
import { durationOf, type HttpData, rounded, type Segment, within } from './segment.ts';
import { SERVICE_ID, type ServiceId, sameService, serviceIdOf } from './service-id.ts';
import type { Trace } from './trace.ts';

const ANNOTATION = structure({
  AnnotationValue: union({ StringValue: text(), NumberValue: number(), BooleanValue: boolean() }),
  ServiceIds: list(SERVICE_ID),
});

/** API reference, TraceSummary. */
export const SUMMARY = structure({
  Id: text(),
  StartTime: timestamp(),
  Duration: number(),
  ResponseTime: number(),
  HasFault: boolean(),
  HasError: boolean(),
  HasThrottle: boolean(),
  IsPartial: boolean(),
  Http: structure({
    HttpURL: text(),
    HttpStatus: integer(),
    HttpMethod: text(),
    UserAgent: text(),
    ClientIp: text(),
  }),
  Annotations: map(list(ANNOTATION)),
  Users: list(structure({ UserName: text(), ServiceIds: list(SERVICE_ID) })),
  ServiceIds: list(SERVICE_ID),
  ResourceARNs: list(structure({ ARN: text() })),
  InstanceIds: list(structure({ Id: text() })),
  AvailabilityZones: list(structure({ Name: text() })),
  EntryPoint: SERVICE_ID,
  FaultRootCauses: list(ROOT_CAUSE),
  ErrorRootCauses: list(ROOT_CAUSE),
  ResponseTimeRootCauses: list(structure({ ClientImpacting: boolean() })),
  Revision: integer(),
  MatchedEventTime: timestamp(),
});

/** Tells of a trace as GetTraceSummaries does. */
export function summaryOf(trace: Trace, place: Place) {
  const { root, segments } = trace;
  const startMs = trace.startTime * 1_000;
  return {
    Id: trace.id,
    StartTime: startMs,
    Duration: rounded(trace.endTime - trace.startTime),
    ResponseTime: rounded(durationOf(root)),
    HasFault: root.fault,
    HasError: root.error,
    HasThrottle: root.throttle,
    IsPartial: trace.isPartial,
    Http: httpOf(root.http),
    Annotations: annotationsOf(segments, place),
    Users: usersOf(segments, place),
    ServiceIds: distinct(segments.map((segment) => serviceIdOf(segment, place))),
    ResourceARNs: arnsOf(segments).map((ARN) => ({ ARN })),
    InstanceIds: [],
    AvailabilityZones: [],
    EntryPoint: serviceIdOf(root, place),
    FaultRootCauses: rootCauses(trace, place, 'fault'),
    ErrorRootCauses: rootCauses(trace, place, 'error'),
    ResponseTimeRootCauses: [],
    Revision: trace.revision,
    MatchedEventTime: startMs,
  };
}

function httpOf({ url, method, userAgent, clientIp, status }: HttpData) {
  return { HttpURL: url, HttpMethod: method, UserAgent: userAgent, ClientIp: clientIp, HttpStatus: status };
}

/** By key: each value, and the services whose segments have it. */
function annotationsOf(segments: Segment[], place: Place) {
  const byKey = new Map<string, Map<string | number | boolean, ServiceId[]>>();
  for (const segment of segments) {
    const service = serviceIdOf(segment, place);
    for (const [key, value] of within(segment).flatMap(({ annotations }) => annotations)) {
      const values = byKey.get(key) ?? new Map<string | number | boolean, ServiceId[]>();
      values.set(value, distinct([...(values.get(value) ?? []), service]));
      byKey.set(key, values);
    }
  }
  return Object.fromEntries(
    [...byKey].map(([key, values]) => [
      key,
      [...values].map(([value, ServiceIds]) => ({ AnnotationValue: annotationValue(value), ServiceIds })),
    ]),
  );
}

function annotationValue(value: string | number | boolean) {
  if (typeof value === 'string') return { StringValue: value };
  return typeof value === 'number' ? { NumberValue: value } : { BooleanValue: value };
}

function usersOf(segments: Segment[], place: Place) {
  const byUser = new Map<string, ServiceId[]>();
  for (const segment of segments) {
    for (const { user } of within(segment)) {
      if (user !== undefined)
        byUser.set(user, distinct([...(byUser.get(user) ?? []), serviceIdOf(segment, place)]));
    }
  }
  return [...byUser].map(([UserName, ServiceIds]) => ({ UserName, ServiceIds }));
}

function arnsOf(segments: Segment[]): string[] {
  const arns = segments.flatMap(({ resourceArn, aws }) => [resourceArn, aws.function_arn]);
  return [...new Set(arns.filter((arn) => typeof arn === 'string'))];
}

function distinct(services: ServiceId[]): ServiceId[] {
  return services.filter((service, at) => services.findIndex((other) => sameService(service, other)) === at);
}
