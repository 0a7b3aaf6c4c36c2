import { AwsError } from '../../aws/errors.ts';
import { integer, list, map, required, structure, text, unread } from '../../aws/members.ts';

import { type ConsoleContext, endpoint } from '../context.ts';

const NAME = required(text({ min: 1 }));

export const QUEUE_ENDPOINTS = {
  'GET /_loop/queues': endpoint({
    purpose: 'the queues, with the number of their messages and the age of the oldest',
    input: {},
    answer: (_input, { depths }) => ({ queues: depths() }),
  }),
  'GET /_loop/queue': endpoint({
    purpose: 'the messages of a queue: looking at them receives none',
    input: { name: NAME, limit: integer({ min: 1, max: 1_000 }) },
    answer({ name, limit = 100 }, { messagesOf }) {
      const messages = messagesOf(name);
      if (!messages)
        throw new AwsError('ResourceNotFoundException', `There is no queue "${name}".`, { status: 404 });
      return { queueName: name, count: messages.length, messages: messages.slice(0, limit) };
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

async function urlOf(name: string, { call }: ConsoleContext, signal: AbortSignal): Promise<unknown> {
  const { QueueUrl } = await call('sqs', 'GetQueueUrl', { QueueName: name }, signal);
  return QueueUrl;
}
