import { formatArn, type Place } from '../../aws/arn.ts';
import type { JsonObject, JsonOperation } from '../../aws/operation.ts';
import type { Clock } from '../../clock.ts';
import type { QueueModel } from '../../template/model.ts';
import { optionalInteger, optionalText, requiredText, textList, textMap } from './input.ts';
import type { Queue } from './queue.ts';
import { queueAttributes } from './queue-attributes.ts';
import { needOn } from './queue-need.ts';
import { applySettings, parseSettings } from './queue-settings.ts';
import type { Queues } from './queues.ts';
import { invalidParameter, queueDoesNotExist, sqsError } from './sqs-error.ts';

const PURGE_INTERVAL_MS = 60_000;
const LISTED = { least: 1, most: 1000, rule: 'Must be between 1 and 1000, if provided.' };

export interface QueueOperationsOptions {
  queues: Queues;
  place: Place;
  endpoint: string;
  clock: Clock;
}

/** The operations on queues as a whole. */
export function queueOperations(options: QueueOperationsOptions): Record<string, JsonOperation> {
  const { queues, place, clock } = options;
  const purgedAtMs = new WeakMap<Queue, number>();
  const operation = (action: string, handle: (input: JsonObject) => JsonObject): JsonOperation => ({
    handle,
    needs: needOn(place, action),
  });
  return {
    CreateQueue: operation('CreateQueue', (input) => createQueue(input, options)),
    DeleteQueue: operation('DeleteQueue', (input) => {
      queues.delete(queueOf(input, queues));
      return {};
    }),
    GetQueueUrl: operation('GetQueueUrl', (input) => getQueueUrl(input, options)),
    ListQueues: {
      handle: (input) => listQueues(input, queues),
      needs: () => [{ action: 'sqs:ListQueues', resource: '*' }],
    },
    GetQueueAttributes: operation('GetQueueAttributes', (input) => {
      const attributes = queueAttributes(queueOf(input, queues), textList(input, 'AttributeNames'));
      return Object.keys(attributes).length > 0 ? { Attributes: attributes } : {};
    }),
    SetQueueAttributes: operation('SetQueueAttributes', (input) => {
      const settings = parseSettings(
        textMap(input, 'Attributes'),
        (arn) => queues.findByArn(arn) !== undefined,
      );
      queueOf(input, queues).change((model) => applySettings(model, settings));
      return {};
    }),
    PurgeQueue: operation('PurgeQueue', (input) => {
      const queue = queueOf(input, queues);
      refuseAnotherPurge(queue, purgedAtMs.get(queue), clock);
      purgedAtMs.set(queue, clock.elapsedMs());
      queue.purge();
      return {};
    }),
    ...tagOperations(queues, place),
  };
}

function tagOperations(queues: Queues, place: Place): Record<string, JsonOperation> {
  return {
    ListQueueTags: {
      handle: (input) => {
        const { tags } = queueOf(input, queues);
        return tags.size > 0 ? { Tags: Object.fromEntries(tags) } : {};
      },
      needs: needOn(place, 'ListQueueTags'),
    },
    TagQueue: {
      handle: (input) => {
        const { tags } = queueOf(input, queues);
        for (const [key, value] of Object.entries(textMap(input, 'Tags'))) tags.set(key, value);
        return {};
      },
      needs: needOn(place, 'TagQueue'),
    },
    UntagQueue: {
      handle: (input) => {
        const { tags } = queueOf(input, queues);
        for (const key of textList(input, 'TagKeys')) tags.delete(key);
        return {};
      },
      needs: needOn(place, 'UntagQueue'),
    },
  };
}

function createQueue(input: JsonObject, { queues, place, endpoint }: QueueOperationsOptions): JsonObject {
  const name = requiredText(input, 'QueueName');
  const { FifoQueue, ...attributes } = textMap(input, 'Attributes');
  if (FifoQueue === 'true' || name.endsWith('.fifo')) {
    throw sqsError('UnsupportedOperation', `FIFO queues are not emulated here, so ${name} can't be created.`);
  }
  if (!/^[\w-]{1,80}$/.test(name)) {
    throw invalidParameter(
      'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
    );
  }
  const settings = parseSettings(attributes, (arn) => queues.findByArn(arn) !== undefined);
  const existing = queues.find(name);
  if (existing) refuseOtherAttributes(existing, attributes);
  const model = existing?.model ?? applySettings(defaultQueue(name, place, endpoint), settings);
  const queue = existing ?? queues.create(model);
  for (const [key, value] of Object.entries(textMap(input, 'tags'))) queue.tags.set(key, value);
  return { QueueUrl: model.url };
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
    (name) => (attributes[name] || undefined) !== current[name],
  );
  if (different === undefined) return;
  throw sqsError(
    'QueueNameExists',
    `A queue already exists with the same name and a different value for attribute ${different}`,
  );
}

function getQueueUrl(input: JsonObject, { queues, place }: QueueOperationsOptions): JsonObject {
  const queue = queues.find(requiredText(input, 'QueueName'));
  const owner = optionalText(input, 'QueueOwnerAWSAccountId') ?? place.accountId;
  if (!queue || owner !== place.accountId) throw queueDoesNotExist();
  return { QueueUrl: queue.model.url };
}

/** By name; a page ends with the name that its token holds. Pages only for those who ask for them, as in SQS. */
function listQueues(input: JsonObject, queues: Queues): JsonObject {
  const prefix = optionalText(input, 'QueueNamePrefix') ?? '';
  const asked = optionalInteger(input, 'MaxResults', LISTED);
  const after = Buffer.from(optionalText(input, 'NextToken') ?? '', 'base64').toString();
  const found = queues
    .list()
    .map(({ model }) => model)
    .filter(({ name }) => name.startsWith(prefix) && name > after)
    .sort((one, other) => (one.name < other.name ? -1 : 1));
  const page = found.slice(0, asked ?? LISTED.most);
  const last = page.at(-1);
  return {
    ...(page.length > 0 && { QueueUrls: page.map(({ url }) => url) }),
    ...(asked !== undefined &&
      last !== undefined &&
      page.length < found.length && { NextToken: Buffer.from(last.name).toString('base64') }),
  };
}

function refuseAnotherPurge(queue: Queue, purgedAtMs: number | undefined, clock: Clock): void {
  if (purgedAtMs === undefined || clock.elapsedMs() - purgedAtMs >= PURGE_INTERVAL_MS) return;
  throw sqsError(
    'PurgeQueueInProgress',
    `Only one PurgeQueue operation on ${queue.model.name} is allowed every 60 seconds.`,
    403,
  );
}

function queueOf(input: JsonObject, queues: Queues): Queue {
  return queues.ofUrl(requiredText(input, 'QueueUrl'));
}
