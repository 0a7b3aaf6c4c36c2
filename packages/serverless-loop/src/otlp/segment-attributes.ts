import { isObject, type JsonObject } from '../aws/json-object.ts';
import { attributesOf, type KeyValue } from './attributes.ts';

/**
 * Attributes of a segment or subsegment, in OpenTelemetry's words where it has some (semantic conventions: AWS SDK, FaaS,
 * HTTP, exceptions), else in X-Ray's. Annotations keep their keys; metadata is JSON under its namespace.
 */
export function segmentAttributes(segment: JsonObject): KeyValue[] {
  const aws = objectOf(segment.aws);
  return [
    ...attributesOf(objectOf(segment.annotations)),
    ...attributesOf({
      'aws.xray.origin': segment.origin,
      'aws.xray.throttle': segment.throttle,
      'enduser.id': segment.user,
      'cloud.resource_id': segment.resource_arn ?? aws.function_arn,
      'error.type': errorType(segment),
      ...(segment.namespace === 'aws' ? callAttributes(segment, aws) : {}),
      ...functionAttributes(segment, aws),
      ...httpAttributes(objectOf(segment.http)),
    }),
    ...metadataAttributes(objectOf(segment.metadata)),
  ];
}

/** A call by an AWS SDK. */
function callAttributes({ name }: JsonObject, aws: JsonObject): Record<string, unknown> {
  const table = aws.table_name;
  return {
    'rpc.system': 'aws-api',
    'rpc.service': name,
    'rpc.method': aws.operation,
    'aws.request_id': aws.request_id,
    'cloud.region': aws.region,
    ...(name === 'DynamoDB' ? { 'db.system.name': 'aws.dynamodb', 'db.operation.name': aws.operation } : {}),
    ...(typeof table === 'string' ? { 'aws.dynamodb.table_names': [table] } : {}),
  };
}

function functionAttributes(
  { origin, name, subsegments }: JsonObject,
  aws: JsonObject,
): Record<string, unknown> {
  if (origin === 'AWS::Lambda') return { 'faas.invoked_name': name, 'faas.invocation_id': aws.request_id };
  if (origin !== 'AWS::Lambda::Function') return {};
  const parts = Array.isArray(subsegments) ? subsegments : [];
  return {
    'faas.name': name,
    'faas.coldstart': parts.some((part) => objectOf(part).name === 'Initialization'),
  };
}

function httpAttributes(http: JsonObject): Record<string, unknown> {
  const request = objectOf(http.request);
  return {
    'http.request.method': request.method,
    'url.full': request.url,
    'user_agent.original': request.user_agent,
    'client.address': request.client_ip,
    'http.response.status_code': objectOf(http.response).status,
  };
}

function metadataAttributes(metadata: JsonObject): KeyValue[] {
  const texts = Object.entries(metadata).map(([namespace, value]) => [
    `aws.xray.metadata.${namespace}`,
    JSON.stringify(value),
  ]);
  return attributesOf(Object.fromEntries(texts));
}

function errorType(segment: JsonObject): unknown {
  if (segment.fault !== true && segment.error !== true) return undefined;
  const { exceptions } = objectOf(segment.cause);
  const type = Array.isArray(exceptions) ? objectOf(exceptions[0]).type : undefined;
  return type ?? objectOf(objectOf(segment.http).response).status ?? '_OTHER';
}

export function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}
