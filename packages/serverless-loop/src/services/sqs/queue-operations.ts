import { required, text } from '../../aws/members.ts';
import type { Clock } from '../../clock.ts';
import { operation, queueArn } from './context.ts';
import { createQueue } from './create-queue.ts';
import type { Queue } from './queue.ts';
import { queueAttributes } from './queue-attributes.ts';
import { applySettings, parseSettings } from './queue-settings.ts';
import { ATTRIBUTE_NAMES, ATTRIBUTES, QUEUE_URL, TAGS } from './shapes.ts';
import { queueDoesNotExist, sqsError } from './sqs-error.ts';

const PURGE_INTERVAL_MS = 60_000;

/** The operations on queues as a whole. */
export const QUEUE_OPERATIONS = {
  CreateQueue: operation({
    input: { QueueName: required(text()), Attributes: ATTRIBUTES, tags: TAGS },
    output: { QueueUrl: text() },
    needs: queueArn,
    handle: ({ QueueName, Attributes, tags }, context) => {
      const queue = createQueue(QueueName, Attributes ?? {}, context);
      for (const [key, value] of Object.entries(tags ?? {})) queue.tags.set(key, value);
      return { QueueUrl: queue.model.url };
    },
  }),
  DeleteQueue: operation({
    input: { QueueUrl: QUEUE_URL },
    needs: queueArn,
    handle: ({ QueueUrl }, { queues }) => {
      queues.delete(queues.ofUrl(QueueUrl));
      return {};
    },
  }),
  GetQueueUrl: operation({
    input: { QueueName: required(text()), QueueOwnerAWSAccountId: text() },
    output: { QueueUrl: text() },
    needs: queueArn,
    handle: ({ QueueName, QueueOwnerAWSAccountId }, { queues, place }) => {
      const queue = queues.find(QueueName);
      if (!queue || (QueueOwnerAWSAccountId ?? place.accountId) !== place.accountId)
        throw queueDoesNotExist();
      return { QueueUrl: queue.model.url };
    },
  }),
  GetQueueAttributes: operation({
    input: { QueueUrl: QUEUE_URL, AttributeNames: ATTRIBUTE_NAMES },
    output: { Attributes: ATTRIBUTES },
    needs: queueArn,
    handle({ QueueUrl, AttributeNames }, { queues }) {
      const attributes = queueAttributes(queues.ofUrl(QueueUrl), AttributeNames ?? []);
      return Object.keys(attributes).length > 0 ? { Attributes: attributes } : {};
    },
  }),
  SetQueueAttributes: operation({
    input: { QueueUrl: QUEUE_URL, Attributes: ATTRIBUTES },
    needs: queueArn,
    handle({ QueueUrl, Attributes }, { queues }) {
      const queue = queues.ofUrl(QueueUrl);
      const queueExists = (arn: string) => queues.findByArn(arn) !== undefined;
      const settings = parseSettings(Attributes ?? {}, {
        isFifo: queue.model.fifo !== undefined,
        queueExists,
      });
      queue.change((model) => applySettings(model, settings));
      return {};
    },
  }),
  PurgeQueue: operation({
    input: { QueueUrl: QUEUE_URL },
    needs: queueArn,
    handle({ QueueUrl }, { queues, clock, purgedAtMs }) {
      const queue = queues.ofUrl(QueueUrl);
      refuseAnotherPurge(queue, purgedAtMs.get(queue), clock);
      purgedAtMs.set(queue, clock.elapsedMs());
      queue.purge();
      return {};
    },
  }),
};

function refuseAnotherPurge(queue: Queue, purgedAtMs: number | undefined, clock: Clock): void {
  if (purgedAtMs === undefined || clock.elapsedMs() - purgedAtMs >= PURGE_INTERVAL_MS) return;
  throw sqsError(
    'PurgeQueueInProgress',
    `Only one PurgeQueue operation on ${queue.model.name} is allowed every 60 seconds.`,
    403,
  );
}
