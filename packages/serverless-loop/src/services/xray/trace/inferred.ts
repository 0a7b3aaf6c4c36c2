import type { JsonObject } from '../../../aws/json-object.ts';
import { inferredSegmentId } from '../../../aws/trace-header.ts';
import { parseSegment, type Segment, within } from './segment.ts';

/** X-Ray's names for what an AWS SDK calls, by the subsegment's name. SDKs name some by client, some by endpoint. */
const SERVICES: Record<string, { name: string; origin: string }> = {
  DynamoDB: { name: 'DynamoDB', origin: 'AWS::DynamoDB::Table' },
  EventBridge: { name: 'Events', origin: 'AWS::Events' },
  Events: { name: 'Events', origin: 'AWS::Events' },
  Lambda: { name: 'Lambda', origin: 'AWS::Lambda' },
  S3: { name: 'S3', origin: 'AWS::S3::Bucket' },
  SFN: { name: 'STEPFUNCTIONS', origin: 'AWS::STEPFUNCTIONS' },
  SNS: { name: 'SNS', origin: 'AWS::SNS' },
  SQS: { name: 'SQS', origin: 'AWS::SQS::Queue' },
};

/**
 * Segments for the services that were called and sent none of their own, made from the subsegments of their callers
 * (X-Ray guide, "Concepts", Subsegments).
 */
export function inferredSegments(segments: Segment[]): Segment[] {
  const called = new Set(segments.map(({ parentId }) => parentId));
  return segments
    .flatMap(within)
    .filter(({ id, namespace }) => (namespace === 'aws' || namespace === 'remote') && !called.has(id))
    .map((call) => inferredSegment(call, segments[0]?.document.trace_id));
}

function inferredSegment(call: Segment, traceId: unknown): Segment {
  const { name, origin } = serviceOf(call);
  const { id, start_time, end_time, error, fault, throttle, http, aws } = call.document;
  const document: JsonObject = defined({
    id: inferredSegmentId(call.id),
    name,
    start_time,
    trace_id: traceId,
    end_time,
    parent_id: id,
    inferred: true,
    error,
    fault,
    throttle,
    http,
    aws: withResource(call.aws, aws),
    origin,
  });
  const segment = parseSegment(document);
  if (!segment) throw new Error(`subsegment ${call.id} was parsed and can't be parsed again`);
  return segment;
}

function serviceOf({ namespace, name }: Segment): { name: string; origin?: string } {
  if (namespace === 'remote') return { name };
  return SERVICES[name] ?? { name, origin: `AWS::${name.replaceAll(' ', '')}` };
}

/** X-Ray names the resource by what the call was about. */
function withResource(
  { table_name, queue_url, topic_arn, bucket_name, function_name }: JsonObject,
  aws: unknown,
) {
  const subject = [table_name, queue_url, topic_arn, bucket_name, function_name].find(
    (value) => typeof value === 'string',
  );
  if (subject === undefined || typeof aws !== 'object' || 'resource_names' in { ...aws }) return aws;
  return { ...aws, resource_names: [subject] };
}

function defined(document: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(document).filter(([, value]) => value !== undefined));
}
