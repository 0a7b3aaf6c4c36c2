import { formatArn, type Place } from '../../aws/arn.ts';
import { operationsOf } from '../../aws/service.ts';
import type { Clock } from '../../clock.ts';
import { type DataStreams, nameInArn, type StreamReference } from './data-streams.ts';

/** The context of Kinesis's operations. */
export interface KinesisContext {
  streams: DataStreams;
  place: Place;
  clock: Clock;
}

export const operation = operationsOf<KinesisContext>();

/** The stream that a request names, whether it is there or not. */
export function onStream(
  { StreamName, StreamARN = '' }: StreamReference,
  { place }: KinesisContext,
): string[] {
  return [formatArn(place, 'kinesis', `stream/${StreamName ?? nameInArn(StreamARN) ?? ''}`)];
}
