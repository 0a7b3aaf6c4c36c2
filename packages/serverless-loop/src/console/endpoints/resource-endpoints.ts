import { AwsError } from '../../aws/errors.ts';
import type { JsonObject } from '../../aws/json-object.ts';
import { integer, required, text } from '../../aws/members.ts';
import { endpoint } from '../context.ts';

export const RESOURCE_ENDPOINTS = {
  'GET /_loop/queues': endpoint({
    purpose: 'the queues, with the number of their messages and the age of the oldest',
    input: {},
    answer: (_input, { depths }) => ({ queues: depths() }),
  }),
  'GET /_loop/queue': endpoint({
    purpose: 'the messages of a queue: looking at them receives none',
    input: { name: required(text()), limit: integer({ min: 1, max: 1_000 }) },
    answer({ name, limit = 100 }, { messagesOf }) {
      const messages = messagesOf(name);
      if (!messages)
        throw new AwsError('ResourceNotFoundException', `There is no queue "${name}".`, { status: 404 });
      return { queueName: name, count: messages.length, messages: messages.slice(0, limit) };
    },
  }),
  'GET /_loop/traces': endpoint({
    purpose: 'the X-Ray documents of the newest traces, or of one, the last trace first',
    input: { id: text(), limit: integer({ min: 1, max: 1_000 }) },
    answer({ id, limit = 50 }, { documents }) {
      const traces = new Map<string, JsonObject[]>();
      for (const text of documents()) {
        const segment: JsonObject = JSON.parse(text);
        const traceId = String(segment.trace_id);
        if (id === undefined || id === traceId)
          traces.set(traceId, [...(traces.get(traceId) ?? []), segment]);
      }
      const newest = [...traces].slice(-limit).reverse();
      return { traces: newest.map(([traceId, segments]) => ({ traceId, segments })) };
    },
  }),
};
