import { durationOf } from '../trace/segment.ts';
import { serviceNameOf, serviceTypeOf } from '../trace/service-id.ts';
import { allOf, type Predicate, type Subject } from './subject.ts';

/** Keywords that are true or false of a trace or a service (X-Ray guide, "Using filter expressions"). */
export const BOOLEAN_KEYWORDS: Record<string, Predicate> = {
  ok: ({ segment: { error, fault, throttle } }) => !error && !fault && !throttle,
  error: ({ segment }) => segment.error,
  throttle: ({ segment }) => segment.throttle,
  fault: ({ segment }) => segment.fault,
  partial: ({ trace }) => trace.isPartial,
  inferred: ({ scope }) => scope.some(({ isInferred }) => isInferred),
  root: ({ trace, segment }) => trace.root === segment,
  remote: (subject) => allOf(subject).some(({ namespace }) => namespace === 'remote'),
};

export const NUMBER_KEYWORDS: Record<string, (subject: Subject) => number | undefined> = {
  responsetime: ({ segment }) => durationOf(segment),
  duration: ({ trace, segment }) =>
    segment === trace.root ? trace.endTime - trace.startTime : durationOf(segment),
  'http.status': ({ segment }) => segment.http.status,
};

/** Several values where several segments may have one: one of them has to match. */
export const STRING_KEYWORDS: Record<string, (subject: Subject) => (string | undefined)[]> = {
  'http.url': ({ segment }) => [segment.http.url],
  'http.method': ({ segment }) => [segment.http.method],
  'http.useragent': ({ segment }) => [segment.http.userAgent],
  'http.clientip': ({ segment }) => [segment.http.clientIp],
  user: (subject) => allOf(subject).map(({ user }) => user),
  name: ({ scope }) => scope.map(serviceNameOf),
  type: ({ scope }) => scope.map(serviceTypeOf),
  message: (subject) => allOf(subject).flatMap(({ exceptions }) => exceptions.map(({ message }) => message)),
  'resource.arn': (subject) =>
    allOf(subject)
      .flatMap(({ resourceArn, aws }) => [resourceArn, aws.function_arn])
      .map((arn) => (typeof arn === 'string' ? arn : undefined)),
};
