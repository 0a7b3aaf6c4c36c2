import { isObject } from '../../aws/json-object.ts';
import { integer, list, map, required, structure, text, unread } from '../../aws/members.ts';
import type { SeenMessage } from '../../services/sqs/seen-message.ts';
import { type ConsoleContext, endpoint } from '../context.ts';
import { notFound } from '../invalid.ts';
import { messageWords } from '../message-words.ts';

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
  'POST /_loop/queue/redrive': endpoint({
    purpose:
      'moves messages of a dead-letter queue, all that can be received or some, back to where they came from or to another queue',
    changes: true,
    input: { name: NAME, to: text({ min: 1 }), messageIds: list(text({ min: 1 }), { min: 1 }) },
    answer({ name, to, messageIds }, { redrive }) {
      return { moved: redrive(name, { ...(to !== undefined && { to }), ...(messageIds && { messageIds }) }) };
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
