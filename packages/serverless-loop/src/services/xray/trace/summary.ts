import type { Place } from '../../../aws/arn.ts';
import type { JsonObject } from '../../../aws/operation.ts';
import { rootCauses } from './root-causes.ts';
import { durationOf, type HttpData, type Segment, within } from './segment.ts';
import { type ServiceId, sameService, serviceIdOf } from './service-id.ts';
import type { Trace } from './trace.ts';

/** What GetTraceSummaries tells of a trace (API reference, TraceSummary). */
export function summaryOf(trace: Trace, place: Place): JsonObject {
  const { root, segments } = trace;
  const { status } = root.http;
  return {
    Id: trace.id,
    StartTime: trace.startTime,
    Duration: rounded(trace.endTime - trace.startTime),
    ResponseTime: rounded(durationOf(root)),
    HasFault: root.fault,
    HasError: root.error,
    HasThrottle: root.throttle,
    IsPartial: trace.isPartial,
    Http: { ...httpOf(root.http), ...(status === undefined ? {} : { HttpStatus: status }) },
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
    MatchedEventTime: trace.startTime,
  };
}

function httpOf({ url, method, userAgent, clientIp }: HttpData): JsonObject {
  return {
    ...(url === undefined ? {} : { HttpURL: url }),
    ...(method === undefined ? {} : { HttpMethod: method }),
    ...(userAgent === undefined ? {} : { UserAgent: userAgent }),
    ...(clientIp === undefined ? {} : { ClientIp: clientIp }),
  };
}

/** By key: each value, and the services whose segments have it. */
function annotationsOf(segments: Segment[], place: Place): JsonObject {
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

function annotationValue(value: string | number | boolean): JsonObject {
  if (typeof value === 'string') return { StringValue: value };
  return typeof value === 'number' ? { NumberValue: value } : { BooleanValue: value };
}

function usersOf(segments: Segment[], place: Place): JsonObject[] {
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

function rounded(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
