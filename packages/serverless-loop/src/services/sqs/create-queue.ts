import { formatArn, type Place } from '../../aws/arn.ts';
import type { QueueModel } from '../../template/model.ts';
import type { SqsContext } from './context.ts';
import { asksForFifo, DEFAULT_FIFO } from './fifo/fifo-settings.ts';
import type { Queue } from './queue.ts';
import { queueAttributes } from './queue-attributes.ts';
import { applySettings, parseSettings } from './queue-settings.ts';
import { invalidParameter, sqsError } from './sqs-error.ts';

export function createQueue(
  name: string,
  attributes: Record<string, string>,
  { queues, place, endpoint }: SqsContext,
): Queue {
  const isFifo = asksForFifo(attributes);
  refuseName(name, isFifo);
  const queueExists = (arn: string) => queues.findByArn(arn) !== undefined;
  const settings = parseSettings(attributes, { isFifo, queueExists });
  const bare = defaultQueue(name, place, endpoint);
  const model = applySettings({ ...bare, ...(isFifo && { fifo: DEFAULT_FIFO }) }, settings);
  const existing = queues.find(name);
  if (existing) refuseOtherAttributes(existing, attributes);
  return existing ?? queues.create(model);
}

/** The suffix counts towards the length (SQS API reference, "CreateQueue", QueueName). */
function refuseName(name: string, isFifo: boolean): void {
  if (isFifo && !/^[\w-]{1,75}\.fifo$/.test(name))
    throw invalidParameter(
      'The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length.',
    );
  if (!isFifo && !/^[\w-]{1,80}$/.test(name))
    throw invalidParameter(
      'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
    );
}

function defaultQueue(name: string, place: Place, endpoint: string): QueueModel {
  return {
    logicalId: name,
    name,
    arn: formatArn(place, 'sqs', name),
    url: `${endpoint}/${place.accountId}/${name}`,
    visibilityTimeoutSeconds: 30,
    messageRetentionSeconds: 345_600,
    delaySeconds: 0,
    receiveWaitSeconds: 0,
    maximumMessageBytes: 1_048_576,
    resourcePolicy: [],
  };
}

/** Creating a queue once more is no error as long as nothing would change. */
function refuseOtherAttributes(queue: Queue, attributes: Record<string, string>): void {
  const current = queueAttributes(queue, ['All']);
  const [different] = Object.keys(attributes).filter(
    (name) => (written(attributes[name]) || undefined) !== current[name],
  );
  if (different === undefined) return;
  throw sqsError(
    'QueueNameExists',
    `A queue already exists with the same name and a different value for attribute ${different}`,
  );
}

/** Truth is told in any case of letters, and shown in small ones. */
function written(text = ''): string {
  return /^(true|false)$/i.test(text) ? text.toLowerCase() : text;
}
