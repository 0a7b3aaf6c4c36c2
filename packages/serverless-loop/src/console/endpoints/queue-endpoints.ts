import { isObject } from '../../aws/json-object.ts';
import { integer, list, map, required, structure, text, unread } from '../../aws/members.ts';
import type { SeenMessage } from '../../services/sqs/seen-message.ts';
import { type ConsoleContext, endpoint } from '../context.ts';
import { notFound } from '../invalid.ts';
import { messageWords } from '../message-words.ts';
import { tryAgain } from '../try-again.ts';

const NAME = required(text({ min: 1 }));

export const QUEUE_ENDPOINTS = {
  'GET /_loop/queues': endpoint({
    purpose:
      'the queues, with the number of their messages, the age of the oldest, and where their dead letters go',
    input: {},
    async answer(_input, context, { signal }) {
      const queues = context.depths().map(async (depth) => ({
        ...depth,
        ...(await settingsOf(depth.queueName, context, signal)),
      }));
      return { queues: withSources(await Promise.all(queues)) };
    },
  }),
  'GET /_loop/queue': endpoint({
    purpose:
      'the messages of a queue, with why they are there and how they are tried again: looking at them receives none',
    input: { name: NAME, limit: integer({ min: 1, max: 1_000 }) },
    answer({ name, limit = 100 }, { messagesOf }) {
      const messages = messagesOf(name);
      if (!messages) throw notFound(`There is no queue "${name}".`);
      return { queueName: name, count: messages.length, messages: messages.slice(0, limit).map(inWords) };
    },
  }),
  'POST /_loop/queue/send': endpoint({
    purpose: 'sends a message, with attributes as SendMessage takes them',
    changes: true,
    input: {
      name: NAME,
      body: required(text()),
      attributes: map(unread(structure({}))),
      delaySeconds: integer(),
    },
    async answer({ name, body, attributes, delaySeconds }, context, { signal }) {
      const { MessageId } = await context.call(
        'sqs',
        'SendMessage',
        {
          QueueUrl: await urlOf(name, context, signal),
          MessageBody: body,
          ...(attributes && { MessageAttributes: attributes }),
          ...(delaySeconds !== undefined && { DelaySeconds: delaySeconds }),
        },
        signal,
      );
      return { messageId: MessageId };
    },
  }),
  'POST /_loop/queue/purge': endpoint({
    purpose: 'drops every message of a queue, those in flight too',
    changes: true,
    input: { name: NAME },
    async answer({ name }, context, { signal }) {
      await context.call('sqs', 'PurgeQueue', { QueueUrl: await urlOf(name, context, signal) }, signal);
      return {};
    },
  }),
  'POST /_loop/queue/delete': endpoint({
    purpose: 'deletes a message that can be received',
    changes: true,
    input: { name: NAME, messageId: required(text({ min: 1 })) },
    async answer({ name, messageId }, context, { signal }) {
      await urlOf(name, context, signal);
      if (!context.withdraw(name, messageId))
        throw notFound(`The queue has no message "${messageId}" that can be received.`);
      return {};
    },
  }),
  'POST /_loop/queue/redrive': endpoint({
    purpose:
      'tries messages of a dead-letter queue again, all that can be received or some: moves each back to the queue that it came from or to another one, invokes the function that gave up its event, or puts the event on its bus anew',
    changes: true,
    input: { name: NAME, to: text({ min: 1 }), messageIds: list(text({ min: 1 }), { min: 1 }) },
    async answer({ name, to, messageIds }, context, { signal }) {
      const chosen = messageIds && { messageIds };
      if (to !== undefined) return { moved: context.redrive(name, { to, ...chosen }), left: 0 };
      await urlOf(name, context, signal);
      return { ...(await tryAgain(name, chosen ?? {}, context, signal)) };
    },
  }),
};

/** As AWS tells them, and its place in the template. */
async function settingsOf(name: string, context: ConsoleContext, signal: AbortSignal) {
  const url = await urlOf(name, context, signal);
  const asked = { QueueUrl: url, AttributeNames: ['All'] };
  const { Attributes } = await context.call('sqs', 'GetQueueAttributes', asked, signal);
  const { QueueArn, FifoQueue, RedrivePolicy } = isObject(Attributes) ? Attributes : {};
  const policy: unknown = typeof RedrivePolicy === 'string' ? JSON.parse(RedrivePolicy) : undefined;
  const declared = context.stack().queues.find((queue) => queue.name === name);
  return {
    logicalId: declared?.logicalId ?? '',
    arn: QueueArn,
    url,
    isFifo: FifoQueue === 'true',
    ...(isObject(policy) && {
      deadLetterArn: policy.deadLetterTargetArn,
      maxReceiveCount: Number(policy.maxReceiveCount),
    }),
  };
}

/** Each with the names of those whose dead letters it takes. */
function withSources<Queue extends { queueName: string; arn: unknown; deadLetterArn?: unknown }>(
  queues: readonly Queue[],
) {
  return queues.map((queue) => ({
    ...queue,
    deadLettersOf: queues
      .filter((other) => other.deadLetterArn === queue.arn)
      .map((other) => other.queueName),
  }));
}

function inWords(message: SeenMessage) {
  return { ...message, ...messageWords(message) };
}

async function urlOf(name: string, { call }: ConsoleContext, signal: AbortSignal): Promise<unknown> {
  const { QueueUrl } = await call('sqs', 'GetQueueUrl', { QueueName: name }, signal);
  return QueueUrl;
}
