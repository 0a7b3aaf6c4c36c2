import type { HttpParts } from '../../aws/delivery.ts';
import { AwsError } from '../../aws/errors.ts';
import { isObject, type JsonObject } from '../../aws/json-object.ts';
import type { TargetModel } from '../../template/model.ts';
import { compilePath } from './json-path.ts';

/** Finds the group of a FIFO queue or the partition key of a stream that an event belongs to; undefined where the target names none. */
export type GroupOf = (event: JsonObject) => string | undefined;

/** Fills the HTTP request of an API destination from an event. */
export type HttpOf = (event: JsonObject) => HttpParts;

/** Prepares what a target's SqsParameters or KinesisParameters say. Throws AwsError ValidationException, as PutTargets answers. */
export function compileGroup({ id, arn, more = {} }: TargetModel): GroupOf {
  const groupId = parameterOf(more.SqsParameters, 'MessageGroupId');
  // moto's words, moto/events/models.py.
  if (/:sqs:.*\.fifo$/.test(arn) && groupId === undefined)
    throw invalid(`Parameter(s) SqsParameters must be specified for target: ${id}.`);
  const keyPath = parameterOf(more.KinesisParameters, 'PartitionKeyPath');
  if (keyPath === undefined) return () => groupId;
  const read = compilePath(keyPath);
  if (!read) throw invalid(`Invalid PartitionKeyPath for target ${id}.`);
  return (event) => keyText(read(event));
}

/** Prepares a target's HttpParameters, whose values may be paths into the event; undefined where it has none. */
export function compileHttp({ more = {} }: TargetModel): HttpOf | undefined {
  const given = more.HttpParameters;
  if (!isObject(given)) return undefined;
  const { PathParameterValues: path, HeaderParameters: headers, QueryStringParameters: query } = given;
  return (event) => ({
    path: Array.isArray(path) ? path.map((value) => filled(String(value), event)) : [],
    headers: filledMap(headers, event),
    query: filledMap(query, event),
  });
}

function filledMap(values: unknown, event: JsonObject): Record<string, string> {
  const entries = Object.entries(isObject(values) ? values : {});
  return Object.fromEntries(entries.map(([name, value]) => [name, filled(String(value), event)]));
}

function filled(value: string, event: JsonObject): string {
  const read = value.startsWith('$.') ? compilePath(value) : undefined;
  return read ? (keyText(read(event)) ?? '') : value;
}

function parameterOf(parameters: unknown, name: string): string | undefined {
  const value = isObject(parameters) ? parameters[name] : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A path that leads nowhere leaves the key to the event's id. */
function keyText(found: unknown): string | undefined {
  if (found === undefined || found === null) return undefined;
  return typeof found === 'string' ? found : JSON.stringify(found);
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message);
}
