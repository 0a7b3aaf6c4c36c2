import { expect, test } from 'vitest';
import { inspectApp, missingOf } from '../app.ts';

// SAM developer guide, "Globals section of the AWS SAM template": maps are joined, the rest is replaced.
test('what Globals say holds for each resource of their kinds, but for what one says itself', () => {
  const stack = inspectApp(import.meta.dirname);
  expect(missingOf(stack)).toEqual([]);
  const [plain, own] = stack.functions;
  expect(plain).toMatchObject({
    timeoutMs: 7_000,
    memorySizeMB: 256,
    tracing: 'Active',
    reservedConcurrency: 3,
    environment: { SHARED: 'all', OVER: 'below' },
    tags: { team: 'north' },
    asyncInvoke: { maximumRetryAttempts: 0 },
  });
  expect(own).toMatchObject({
    timeoutMs: 9_000,
    memorySizeMB: 256,
    environment: { SHARED: 'all', OVER: 'above', OWN: 'mine' },
    tags: { team: 'north', part: 'own' },
  });
  const stages = stack.apis.map(({ protocol, stages }) => [
    protocol,
    stages.map(({ variables }) => variables),
  ]);
  expect(Object.fromEntries(stages)).toEqual({
    REST: expect.arrayContaining([{ colour: 'red' }]),
    HTTP: [{ colour: 'blue' }],
  });
  const rest = stack.apis.find(({ protocol }) => protocol === 'REST');
  expect(rest?.routes.map(({ method }) => method)).toContain('OPTIONS');
});
