import { formatArn, type Place } from '../../aws/arn.ts';
import { integer, list, required, text } from '../../aws/members.ts';
import { pageOf } from '../../aws/page.ts';
import type { Clock } from '../../clock.ts';
import type { QueueModel } from '../../template/model.ts';
import { operation, queueArn, type SqsContext } from './context.ts';
import { asksForFifo, DEFAULT_FIFO } from './fifo/fifo-settings.ts';
import type { Queue } from './queue.ts';
import { queueAttributes } from './queue-attributes.ts';
import { applySettings, parseSettings } from './queue-settings.ts';
import type { Queues } from './queues.ts';
import { ATTRIBUTE_NAMES, ATTRIBUTES, QUEUE_URL, TAGS } from './shapes.ts';
import { invalidParameter, invalidValue, queueDoesNotExist, sqsError } from './sqs-error.ts';

const PURGE_INTERVAL_MS = 60_000;
const LONGEST_PAGE = 1_000;

const PAGE_INPUT = {
  NextToken: text(),
  MaxResults: integer({ min: 1, max: LONGEST_PAGE, reason: 'Must be between 1 and 1000, if provided.' }),
} as const;

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
  ListQueues: operation({
    input: { QueueNamePrefix: text(), ...PAGE_INPUT },
    output: { QueueUrls: list(text(), { name: 'QueueUrl', flat: true }), NextToken: text() },
    needs: () => ['*'],
    handle({ QueueNamePrefix = '', ...page }, { queues }) {
      const { urls, NextToken } = urlPage(queues, 'ListQueues', page, ({ name }) =>
        name.startsWith(QueueNamePrefix),
      );
      return { ...(urls.length > 0 && { QueueUrls: urls }), NextToken };
    },
  }),
  ListDeadLetterSourceQueues: operation({
    input: { QueueUrl: QUEUE_URL, ...PAGE_INPUT },
    // By this name in the API alone of all (SQS API reference, "ListDeadLetterSourceQueues").
    output: { queueUrls: list(text(), { name: 'QueueUrl', flat: true }), NextToken: text() },
    needs: queueArn,
    handle({ QueueUrl, ...page }, { queues }) {
      const { arn } = queues.ofUrl(QueueUrl).model;
      const { urls, NextToken } = urlPage(
        queues,
        `sources of ${arn}`,
        page,
        ({ redrive }) => redrive?.deadLetterArn === arn,
      );
      return { queueUrls: urls, NextToken };
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
      const settings = parseSettings(Attributes ?? {}, {
        queueArn: queue.model.arn,
        isFifo: queue.model.fifo !== undefined,
        findQueue: (arn) => queues.findByArn(arn)?.model,
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
  ListQueueTags: operation({
    input: { QueueUrl: QUEUE_URL },
    output: { Tags: TAGS },
    needs: queueArn,
    handle({ QueueUrl }, { queues }) {
      const { tags } = queues.ofUrl(QueueUrl);
      return tags.size > 0 ? { Tags: Object.fromEntries(tags) } : {};
    },
  }),
  TagQueue: operation({
    input: { QueueUrl: QUEUE_URL, Tags: TAGS },
    needs: queueArn,
    handle({ QueueUrl, Tags }, { queues }) {
      const { tags } = queues.ofUrl(QueueUrl);
      for (const [key, value] of Object.entries(Tags ?? {})) tags.set(key, value);
      return {};
    },
  }),
  UntagQueue: operation({
    input: { QueueUrl: QUEUE_URL, TagKeys: list(text(), { name: 'TagKey', flat: true }) },
    needs: queueArn,
    handle({ QueueUrl, TagKeys }, { queues }) {
      const { tags } = queues.ofUrl(QueueUrl);
      for (const key of TagKeys ?? []) tags.delete(key);
      return {};
    },
  }),
};

function createQueue(
  name: string,
  attributes: Record<string, string>,
  { queues, place, endpoint }: SqsContext,
): Queue {
  const isFifo = asksForFifo(attributes);
  refuseName(name, isFifo);
  const bare = defaultQueue(name, place, endpoint);
  const settings = parseSettings(attributes, {
    queueArn: bare.arn,
    isFifo,
    findQueue: (arn) => queues.findByArn(arn)?.model,
  });
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

/** The URLs of a page of the queues that are wanted. */
function urlPage(
  queues: Queues,
  of: string,
  { NextToken: token, MaxResults }: { NextToken?: string; MaxResults?: number },
  isWanted: (queue: QueueModel) => boolean,
): { urls: string[]; NextToken?: string | undefined } {
  const wanted = queues
    .list()
    .map(({ model }) => model)
    .filter(isWanted);
  const { items, nextToken } = pageOf(wanted, {
    list: of,
    limit: MaxResults ?? LONGEST_PAGE,
    token,
    keyOf: ({ name }) => name,
    refusal: (given) => invalidValue(given, 'NextToken', 'It is no token of this list.'),
  });
  // Pages only for those who ask for them (SQS API reference, "ListQueues").
  return { urls: items.map(({ url }) => url), ...(MaxResults !== undefined && { NextToken: nextToken }) };
}

function refuseAnotherPurge(queue: Queue, purgedAtMs: number | undefined, clock: Clock): void {
  if (purgedAtMs === undefined || clock.elapsedMs() - purgedAtMs >= PURGE_INTERVAL_MS) return;
  throw sqsError(
    'PurgeQueueInProgress',
    `Only one PurgeQueue operation on ${queue.model.name} is allowed every 60 seconds.`,
    403,
  );
}
