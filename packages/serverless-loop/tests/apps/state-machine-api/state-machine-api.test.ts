import { expect, test } from 'vitest';
import { startApp } from '../app.ts';

const here = import.meta.dirname;

test('names that SAM makes for APIs and state machines resolve as in the translated template', async () => {
  const app = await startApp(here);
  expect(await app.call('F')).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/_aws\/execute-api\/[a-z0-9]{10}\/Prod\/$/);
  expect(app.stack.outputs).toMatchObject([
    {
      name: 'Roles',
      value: expect.stringMatching(
        /^arn:aws:iam::\d+:role\/app-MRole-\w+,arn:aws:iam::\d+:role\/app-MTickRole-/,
      ),
    },
    { name: 'Stage', value: expect.stringMatching(/live|Stage/) },
  ]);
  expect(app.stack.queues).toHaveLength(1);
});
