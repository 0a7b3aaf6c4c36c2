import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { onlyInMatrix } from 'serverless-loop/tests';
import { expect, test } from 'vitest';
import { textOf } from '../app/events/event-files.ts';
import { blockOf } from './pages.ts';
import { compilerErrorsOf, plainProject, queuesUsed, runningProject } from './projects.ts';

/** A copy of the project after step 2 of "A new version" in docs/events.md. */
function projectOfBothVersions(): string {
  const folder = plainProject();
  const file = path.join(folder, 'src/orders/order-created.ts');
  const source = readFileSync(file, 'utf8');
  const replaced = /^\/\*\* [^\n]*\nexport function parseOrderCreated\(.*?^}\n/ms;
  expect(source).toMatch(replaced);
  writeFileSync(
    file,
    source.replace(replaced, () => blockOf('docs/events.md', 'ts')),
  );
  return folder;
}

/** order-created.json with another version, and a field of version 2. */
function eventOfVersion(schemaVersion: string): Record<string, unknown> {
  return JSON.parse(
    textOf('order-created.json')
      .replace('"schemaVersion": "1"', `"schemaVersion": "${schemaVersion}"`)
      .replace('"snackCount"', '"lineCount"'),
  );
}

onlyInMatrix(() => {
  test('the code for two versions is what the compiler wants', () => {
    expect(compilerErrorsOf(projectOfBothVersions())).toBe('');
  });
});

test('a processor of both versions processes what the creator publishes and what the next will', async () => {
  const { system, ...project } = await runningProject(projectOfBothVersions());
  const { answer } = await system.createOrder(textOf('order-express.json'));
  await system.settled();
  expect(await system.storedOrder(answer.orderId)).toMatchObject({ status: 'PROCESSED' });

  const next = eventOfVersion('2');
  const item = JSON.parse(textOf('order-created.item.json'));
  await system.putItem(item);
  await system.publish(next);
  expect(await system.storedOrder(item.orderId.S)).toMatchObject({ status: 'PROCESSED' });
  expect(queuesUsed({ system, ...project })).toEqual([]);

  // Of a version still later it knows that it does not know it.
  await system.publish(eventOfVersion('3'));
  const { Body } = await system.messageOf('OrderProcessorFailureQueueUrl');
  expect(Body).toContain('"errorType":"UnknownSchemaVersion"');
});
