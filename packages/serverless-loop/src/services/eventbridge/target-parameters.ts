import { AwsError } from '../../aws/errors.ts';
import { isObject, type JsonObject } from '../../aws/json-object.ts';
import type { TargetModel } from '../../template/model.ts';
import { compilePath } from './json-path.ts';

/** Finds the group of a FIFO queue or the partition key of a stream that an event belongs to; undefined where the target names none. */
export type GroupOf = (event: JsonObject) => string | undefined;

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
