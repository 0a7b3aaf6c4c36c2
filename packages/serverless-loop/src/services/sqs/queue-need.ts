import { formatArn, type Place } from '../../aws/arn.ts';
import type { JsonObject, Need } from '../../aws/operation.ts';
import { shown } from '../../aws/shown.ts';
import { parseQueueUrl } from './queues.ts';

/** The right to do an action on the queue that a request names by URL or by name. */
export function needOn(place: Place, action: string): (input: JsonObject) => Need[] {
  return ({ QueueUrl, QueueName }) => {
    const name = typeof QueueUrl === 'string' ? parseQueueUrl(QueueUrl).name : shown(QueueName ?? '');
    return [{ action: `sqs:${action}`, resource: formatArn(place, 'sqs', name) }];
  };
}
