import path from 'node:path';
import { startLoop } from 'serverless-loop';
import { expect, test } from 'vitest';

// SNS developer guide, "Amazon SNS subscription filter policies".
test('a function hears what the filter policy of its subscription wants, published by another with the runtime’s SDK', async () => {
  await using loop = await startLoop({ template: path.join(import.meta.dirname, 'template.yaml') });
  await loop.invoke('Writer', { sections: ['sport', 'weather', 'arts'] });
  await loop.idle();
  const facts = loop.facts.soFar();
  const read = facts.flatMap((fact) => (fact.kind === 'log' ? (/read (.*)/.exec(fact.line)?.[1] ?? []) : []));
  expect(read.toSorted()).toEqual(['{"section":"arts"}', '{"section":"sport"}']);
  expect(facts.filter(({ kind }) => kind === 'notification.filtered')).toHaveLength(1);
});
