import path from 'node:path';
import { startLoop } from 'serverless-loop';
import { expect, test } from 'vitest';

// Lambda developer guide, "Capturing records of Lambda asynchronous invocations".
test('the record of an event goes where its end says, after as many tries as are declared', async () => {
  await using loop = await startLoop({
    template: path.join(import.meta.dirname, 'template.yaml'),
    clock: 'manual',
  });
  await loop.invoke('Halver', { n: 4 }, { async: true });
  await loop.invoke('Halver', { n: 3 }, { async: true });
  await loop.invoke('Older', { n: 3 }, { async: true });
  await loop.clock.advance(5 * 60_000);
  const facts = loop.facts.soFar();
  const sent = (name: string) =>
    facts.filter((fact) => fact.kind === 'queue.sent' && fact.queueName.includes(name));
  expect([sent('Done').length, sent('Dead').length]).toEqual([1, 1]);
  expect(facts.filter((fact) => fact.kind === 'topic.published')).toHaveLength(1);
  const ended = facts.flatMap((fact) => (fact.kind === 'invocation.ended' ? fact.outcome : []));
  expect(ended.toSorted()).toEqual(['error', 'error', 'error', 'ok']);
});
