import path from 'node:path';
import { startLoop } from 'serverless-loop';
import { expect, test } from 'vitest';

// EventBridge user guide, "Creating a scheduled rule (legacy)".
test('a schedule sends its own input at its time of the day, and one that is off sends nothing', async () => {
  await using loop = await startLoop({
    template: path.join(import.meta.dirname, 'template.yaml'),
    clock: { retries: 'manual', day: new Date('2026-01-31T03:00:00Z') },
  });
  await loop.clock.advance(60 * 60_000);
  const logged = loop.facts.soFar().flatMap((fact) => (fact.kind === 'log' ? fact : []));
  const own = logged.filter(({ source }) => source === 'function');
  expect(own.map(({ line }) => line.split('\t').at(-1)?.trim())).toEqual(['{"older":30}']);
});
