import { expect, test } from 'vitest';
import { onlyInMatrix } from '../../matrix.ts';
import { inspectApp, missingOf, startApp } from '../app.ts';

test('an application in Python has nothing that is missing', () => {
  expect(missingOf(inspectApp(import.meta.dirname))).toEqual([]);
});

/** Lambda guide, "Building Lambda functions with Python"; pip installs AWS's own client, awslambdaric, the first time. */
onlyInMatrix(() => {
  test("runs with the machine's Python by AWS's own client, and its SDK reaches the loop", async ({
    skip,
  }) => {
    const app = await startApp(import.meta.dirname);
    const why = await app.loop.ready().then(
      () => undefined,
      (error: unknown) => String(error),
    );
    if (why && /no python3 on this machine|could not be installed/.test(why)) skip(why);
    const name = app.stack.functions[0]?.name;
    const first = { calls: 1, function: name, sent: true, root: true };
    expect(await app.call('Counter', { text: 'one' })).toEqual(first);
    expect(await app.call('Counter', { text: 'two' })).toEqual({ ...first, calls: 2 });
    expect(JSON.stringify(app.facts)).toContain('counted 2');
  }, 240_000);
});
