import path from 'node:path';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { startLoop } from 'serverless-loop';
import { expect, test } from 'vitest';

// Lambda developer guide, "Handling errors for an SQS event source in Lambda" and "Using event filtering with an Amazon SQS event source".
test('messages that a worker names come again until they are given up, and those that its filter drops never come', async () => {
  await using loop = await startLoop({
    template: path.join(import.meta.dirname, 'template.yaml'),
    clock: 'manual',
  });
  const { endpoint, region, outputs } = loop;
  const sqs = new SQSClient({
    endpoint,
    region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const bodies = [{ kind: 'job' }, { kind: 'job', fails: true }, { kind: 'rest', fails: true }];
  const Entries = bodies.map((body, at) => ({ Id: String(at), MessageBody: JSON.stringify(body) }));
  await sqs.send(new SendMessageBatchCommand({ QueueUrl: outputs.Jobs, Entries }));
  await loop.clock.advance(5 * 60_000);
  const facts = loop.facts.soFar();
  const failed = facts.flatMap((fact) => (fact.kind === 'batch.failed' ? fact.failedCount : []));
  expect(failed).toEqual([1, 1]);
  expect(facts.filter(({ kind }) => kind === 'batch.filtered')).toHaveLength(1);
  const given = facts.filter((fact) => fact.kind === 'queue.sent' && fact.queueName.includes('Failed'));
  expect(given).toHaveLength(1);
});
