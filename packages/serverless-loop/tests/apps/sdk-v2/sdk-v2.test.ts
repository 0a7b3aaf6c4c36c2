import { expect, test } from 'vitest';
import { onlyInMatrix } from '../../matrix.ts';
import { inspectApp, missingOf, startApp } from '../app.ts';

test('an application of Node.js 16 has nothing that is missing', () => {
  expect(missingOf(inspectApp(import.meta.dirname))).toEqual([]);
});

/*
 * Lambda guide, "Runtime-included SDK versions": version 2 up to nodejs16.x. It doesn't know AWS_ENDPOINT_URL, and still reaches
 * the loop alone, even where code names an address of AWS. npm installs it the first time, some 90 MB.
 */
onlyInMatrix(() => {
  test("version 2 of the SDK is there without a package, and reaches the loop's services, never AWS", async ({
    skip,
  }) => {
    const app = await startApp(import.meta.dirname);
    const answer = await app.call('Lister', { id: 'box-1' });
    const missing = app.facts.find((fact) => fact.kind === 'sdk.missing');
    if (missing) skip(`npm can't install aws-sdk here: ${missing.reason}`);
    expect(answer).toEqual({
      major: '2',
      sent: 'string',
      Item: { id: 'box-1', size: 3 },
      file: 'text',
      refused: 'AuthorizationError',
    });
    expect(app.facts.filter(({ kind }) => kind === 'aws.refused')).toEqual([]);
  }, 180_000);
});
