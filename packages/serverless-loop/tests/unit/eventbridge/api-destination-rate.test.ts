import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createApiDestinations } from '../../../src/services/eventbridge/http/api-destinations.ts';
import { createCaller } from '../../../src/services/eventbridge/http/caller.ts';
import { createConnections } from '../../../src/services/eventbridge/http/connections.ts';
import { manualClock } from '../../manual-clock.ts';

const ARN = 'arn:aws:events:eu-west-1:123456789012';

/** EventBridge API reference, "CreateApiDestination", InvocationRateLimitPerSecond. */
test('an API destination is called no more often than it allows: others wait for their turn', async () => {
  let called = 0;
  const server = createServer((_request, response) => {
    called += 1;
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port }: AddressInfo = JSON.parse(JSON.stringify(server.address()));
  const clock = manualClock();
  const connectionArn = `${ARN}:connection/c/1`;
  const arn = `${ARN}:api-destination/d/1`;
  const caller = createCaller({
    connections: createConnections({
      connections: [
        {
          logicalId: '',
          name: 'c',
          arn: connectionArn,
          type: 'BASIC',
          parameters: { BasicAuthParameters: { Username: 'u', Password: 'p' } },
        },
      ],
      now: clock.now,
      secrets: { keep: () => '', arnOf: () => undefined, forget: () => undefined },
    }),
    apiDestinations: createApiDestinations(
      [
        {
          logicalId: '',
          name: 'd',
          arn,
          connectionArn,
          endpoint: `http://127.0.0.1:${port}/`,
          method: 'POST',
          ratePerSecond: 2,
        },
      ],
      clock.now,
    ),
    clock,
    now: clock.now,
    callableHosts: [],
    authorizeRole: () => undefined,
    signal: () => new AbortController().signal,
  });
  const sender = { name: 'rule', role: { arn: 'arn:aws:iam::123456789012:role/r' } };
  const calls = [1, 2, 3].map(() => caller.call(arn, { body: '{}' }, sender));
  await calls[0];
  expect(called).toBe(1);
  await clock.advance(499);
  expect(clock.waiting()).toBe(2);
  await clock.advance(1);
  await calls[1];
  expect(called).toBe(2);
  await clock.advance(500);
  await Promise.all(calls);
  await expect.poll(() => called).toBe(3);
});
